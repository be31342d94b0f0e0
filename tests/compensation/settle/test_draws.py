"""Four kinds of draw: what is paid, what is owed, and how it is recovered."""

from __future__ import annotations

from datetime import date

import pytest

from spm_app.compensation.domain.settle.terms import Draw, DrawKind, Recovery, Settlement
from tests.compensation.settle.desk import ANNA, did, earned, given, kept, one, plan_terms, year_of


@pytest.mark.parametrize(
    ("kind", "paid", "owed"),
    [
        (DrawKind.RECOVERABLE, [300_00], [100_00]),
        (DrawKind.RECOVERABLE_GUARANTEE, [200_00, 100_00], [0, 50_00]),
        (DrawKind.GUARANTEE, [200_00, 100_00], [0, 0]),
        (DrawKind.NON_RECOVERABLE, [300_00], [0]),
    ],
)
def test_we38_four_kinds_side_by_side(kind: DrawKind, paid: list[int], owed: list[int]) -> None:
    """A draw of 100, 200 earned and then 50: plain draws are added, guarantees top up, recoverable ones are owed."""
    terms = plan_terms(Settlement(draw=Draw(kind, 100_00)))
    months = year_of(terms, {1: earned(200_00), 2: earned(50_00)}, months=len(paid))
    assert [each.paid for each in months] == paid
    assert [kept(each).get("owed", 0) for each in months] == owed


def test_what_is_owed_is_recovered_out_of_what_lies_above_the_guarantee() -> None:
    """Topped up by 50 in January; February's 200 pay it back, down to the guarantee of 100 and no further."""
    terms = plan_terms(Settlement(draw=Draw(DrawKind.RECOVERABLE_GUARANTEE, 100_00)))
    first, second, third = year_of(terms, {1: earned(50_00), 2: earned(120_00), 3: earned(200_00)}, months=3)
    assert (first.paid, kept(first)) == (100_00, {"owed": 50_00})
    assert (second.paid, kept(second)) == (100_00, {"owed": 30_00})
    assert (third.paid, kept(third)) == (170_00, {})
    assert did(third) == [("earned", 200_00), ("recovered", -30_00)]


def test_recovery_begins_on_its_day_and_takes_its_share_and_leaves_what_is_to_be_kept() -> None:
    """A draw of 300 in January and February only; from April half of what is earned, but 400 stay."""
    recovery = Recovery(start=date(2026, 4, 1), share=500_000, keep=400_00)
    draw = Draw(DrawKind.RECOVERABLE, 300_00, date(2026, 1, 1), date(2026, 3, 1), recovery)
    sold = {3: earned(1_000_00), 4: earned(1_000_00), 5: earned(450_00), 6: earned(900_00)}
    months = year_of(plan_terms(Settlement(draw=draw)), sold, months=6)
    assert [each.paid for each in months] == [300_00, 300_00, 1_000_00, 500_00, 400_00, 850_00]
    assert [kept(each).get("owed", 0) for each in months] == [300_00, 600_00, 600_00, 100_00, 50_00, 0]


def test_each_draw_is_recovered_from_so_many_periods_after_it() -> None:
    draw = Draw(DrawKind.RECOVERABLE, 100_00, end=date(2026, 3, 1), recovery=Recovery(periods=2))
    sold = {number: earned(500_00) for number in range(1, 6)}
    months = year_of(plan_terms(Settlement(draw=draw)), sold, months=5)
    assert [each.paid for each in months] == [600_00, 600_00, 400_00, 400_00, 500_00]


def test_a_draw_is_for_the_days_in_the_plan() -> None:
    """In January from the 17th on: 15 of 31 days, 310 x 15 / 31 = 150."""
    days = {ANNA: ((date(2026, 1, 17), date(2027, 1, 1)),)}
    terms = plan_terms(Settlement(draw=Draw(DrawKind.NON_RECOVERABLE, 310_00)), days=days)
    assert one(given(1, terms, sold=[earned(0)])).paid == 150_00
    elsewhere = plan_terms(Settlement(draw=Draw(DrawKind.NON_RECOVERABLE, 310_00)), days={})
    assert one(given(1, elsewhere, sold=[earned(0)])).paid == 0


def test_recovery_never_digs_below_nothing_nor_deeper_than_the_debt() -> None:
    draw = Draw(DrawKind.RECOVERABLE, 100_00, end=date(2026, 2, 1))
    months = year_of(plan_terms(Settlement(draw=draw)), {2: earned(30_00), 3: earned(500_00)}, months=3)
    assert [each.paid for each in months] == [100_00, 0, 430_00]
    assert [kept(each).get("owed", 0) for each in months] == [100_00, 70_00, 0]
