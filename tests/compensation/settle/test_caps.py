"""The plan's cap and floor; a refundable cap pays back when there is room."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.settle.order import settled
from spm_app.compensation.domain.settle.terms import Ceiling, Level, Payment, Settlement
from spm_app.compensation.domain.settle.values import Balance, Earned, Earning, History, Kept, Terms
from spm_app.kernel.errors import InvalidInput
from tests.compensation.settle.desk import ANNA, did, earned, given, kept, month, one, plan_terms, year_of


def test_no_more_than_the_cap_is_paid() -> None:
    terms = plan_terms(Settlement(cap=Ceiling(Level(1_000_00))))
    done = one(given(1, terms, sold=[earned(1_250_00)]))
    assert (done.earned, done.paid, kept(done)) == (1_250_00, 1_000_00, {})
    assert did(done) == [("earned", 1_250_00), ("capped", -250_00)]


def test_a_refundable_cap_pays_back_when_a_later_period_has_room() -> None:
    """1,500 and 1,300 over a cap of 1,000 leave 800; then 700 and 400 leave room for 300 and 600."""
    terms = plan_terms(Settlement(cap=Ceiling(Level(1_000_00), refundable=True)))
    sold = {1: earned(1_500_00), 2: earned(1_300_00), 3: earned(700_00), 4: earned(400_00)}
    months = year_of(terms, sold, months=4)
    assert [each.paid for each in months] == [1_000_00, 1_000_00, 1_000_00, 900_00]
    assert [kept(each).get("capped", 0) for each in months] == [500_00, 800_00, 500_00, 0]
    assert did(months[3]) == [("earned", 400_00), ("refunded", 200_00), ("refunded", 300_00)]


def test_a_cap_may_be_a_share_of_the_target_incentive() -> None:
    """150 % of 800 is 1,200."""
    terms = plan_terms(Settlement(cap=Ceiling(Level(of_target=1_500_000))))
    assert one(given(1, terms, sold=[earned(1_300_00)], targets={ANNA: 800_00})).paid == 1_200_00
    with pytest.raises(InvalidInput) as refused:
        settled(given(1, terms, sold=[earned(1_300_00)]))
    assert [each.key for each in refused.value.problems] == ["compensation.inputs.no_target"]


def test_each_component_gives_its_part_of_the_cut() -> None:
    """900 and 300, capped at 1,000: 200 is cut, 150 and 50; a component below nothing gives nothing."""
    terms = Terms(
        "plan", Settlement(cap=Ceiling(Level(1_000_00))), {"a": Payment(code="A"), "b": Payment(code="B")}, {}
    )
    parts = (Earning("plan", "a", 900_00), Earning("plan", "b", 300_00), Earning("plan", "c", 0))
    done = one(given(1, terms, sold=[Earned(ANNA, parts)]))
    assert [(each.component, each.amount) for each in done.entries[3:]] == [("a", -150_00), ("b", -50_00)]
    assert done.codes == {"A": 750_00, "B": 250_00, "": 0}


def test_a_floor_raises_what_is_below_it() -> None:
    terms = plan_terms(Settlement(floor=Level(300_00)))
    assert [one(given(1, terms, sold=[earned(each)])).paid for each in (0, 120_00, 300_00, 450_00)] == [
        300_00,
        300_00,
        300_00,
        450_00,
    ]
    of_target = plan_terms(Settlement(floor=Level(of_target=250_000)))
    done = one(given(1, of_target, sold=[earned(10_00)], targets={ANNA: 800_00}))
    assert done.paid == 200_00
    assert done.entries[1].derivation == {
        "floor": 200_00,
        "reached": 10_00,
        "of_target": 250_000,
        "target": 800_00,
    }


def test_what_a_cap_withheld_is_paid_when_the_cap_is_gone() -> None:
    left = Balance(ANNA, Kept.CAPPED, "plan", 80_00, 100_00, month(1).start)
    done = one(given(2, sold=[earned(10_00)], history=History((left,))))
    assert (done.paid, kept(done)) == (90_00, {})
