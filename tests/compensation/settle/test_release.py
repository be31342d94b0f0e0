"""Payment gates and holds: what waits, what is held, and what is let go, in parts that add up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.settle.terms import Clawback, Hold, PaidWhen, Payment, Settlement, TakenBack
from spm_app.compensation.domain.settle.values import Balance, Event, History, Kept
from tests.compensation.settle.desk import ANNA, BRUNO, did, earned, given, kept, month, one, plan_terms, year_of


def happened(
    kind: str, month_: int, part: Fraction = Fraction(1), *, sale: str = "D", payee: int | None = None
) -> Event:
    return Event(sale, kind, date(2026, month_, 15), part, payee)


@pytest.mark.parametrize("when", [PaidWhen.INVOICED, PaidWhen.PAID])
def test_attained_when_booked_and_paid_at_the_amount_of_then(when: PaidWhen) -> None:
    """Booked in January, paid for in March: nothing in between, and then what January earned."""
    terms = plan_terms(payment=Payment(when))
    months = year_of(terms, {1: earned(("D", 70_00))}, months=4, events=[happened(when.value, 3)])
    assert [each.paid for each in months] == [0, 0, 70_00, 0]
    assert [kept(each) for each in months] == [{"waiting": 70_00}, {"waiting": 70_00}, {}, {}]
    assert did(months[0]) == [("earned", 70_00), ("waits", -70_00)]


def test_an_invoice_that_is_paid_in_thirds_pays_in_parts_that_add_up() -> None:
    """100.00 in thirds: 33.33, 33.34 (66.67 by then), 33.33."""
    third = Fraction(1, 3)
    events = [happened("paid", each, third) for each in (1, 2, 4)]
    months = year_of(plan_terms(payment=Payment(PaidWhen.PAID)), {1: earned(("D", 100_00))}, months=4, events=events)
    assert [each.paid for each in months] == [33_33, 33_34, 0, 33_33]


def test_more_than_the_whole_is_never_paid_and_what_is_below_nothing_does_not_wait() -> None:
    events = [happened("paid", 1, Fraction(3, 4)), happened("paid", 2, Fraction(3, 4))]
    sold = {1: earned(("D", 100_00), ("E", -10_00), 5_00)}
    months = year_of(plan_terms(payment=Payment(PaidWhen.PAID)), sold, months=3, events=events)
    assert [each.paid for each in months] == [70_00, 25_00, 0]


def test_a_share_is_held_for_so_many_periods() -> None:
    terms = plan_terms(payment=Payment(hold=Hold(200_000, periods=2)))
    months = year_of(terms, {1: earned(("D", 100_00)), 2: earned(("E", 50_00))}, months=4)
    assert [each.paid for each in months] == [80_00, 40_00, 20_00, 10_00]
    assert [kept(each).get("held", 0) for each in months] == [20_00, 30_00, 10_00, 0]


def test_a_hold_ends_with_its_event_part_by_part() -> None:
    """10 held of 40: 3.33 with the first third delivered, 6.67 with the rest."""
    events = [happened("delivered", 2, Fraction(1, 3)), happened("delivered", 3, Fraction(2, 3))]
    terms = plan_terms(payment=Payment(hold=Hold(250_000, until="delivered")))
    months = year_of(terms, {1: earned(("D", 40_00))}, months=4, events=events)
    assert [each.paid for each in months] == [30_00, 3_33, 6_67, 0]


def test_what_is_delivered_already_is_not_held() -> None:
    terms = plan_terms(payment=Payment(hold=Hold(250_000, until="delivered")))
    done = one(given(1, terms, sold=[earned(("D", 40_00))], events=(happened("delivered", 1, Fraction(1, 2)),)))
    assert (done.paid, kept(done)) == (35_00, {"held": 5_00})
    (balance,) = done.balances
    assert (balance.whole, balance.until, balance.due) == (10_00, "delivered", None)


@pytest.mark.parametrize(
    ("event", "paid"),
    [
        (happened("release", 2), [30_00, 10_00]),
        (happened("release", 2, payee=ANNA), [30_00, 10_00]),
        (happened("release", 2, payee=BRUNO), [30_00, 0]),
        (happened("release", 2, sale="E"), [30_00, 0]),
        (happened("release", 2, sale=""), [30_00, 10_00]),
        (happened("release", 2, sale="", payee=ANNA, part=Fraction(1, 4)), [30_00, 2_50]),
        (happened("audited", 2, sale=""), [30_00, 0]),
    ],
)
def test_a_person_lets_go_of_one_sale_or_of_all_for_one_payee_or_for_all(event: Event, paid: list[int]) -> None:
    terms = plan_terms(payment=Payment(hold=Hold(250_000, until="delivered")))
    assert [each.paid for each in year_of(terms, {1: earned(("D", 40_00))}, months=2, events=[event])] == paid


def test_a_release_for_all_sales_is_not_one_for_those_that_come_after() -> None:
    terms = plan_terms(payment=Payment(hold=Hold(500_000, until="release")))
    events = [happened("release", 2, sale="")]
    months = year_of(terms, {1: earned(("D", 40_00)), 3: earned(("E", 20_00))}, months=4, events=events)
    assert [each.paid for each in months] == [20_00, 20_00, 10_00, 0]


def test_what_becomes_due_is_held_in_its_turn() -> None:
    payment = Payment(PaidWhen.PAID, Hold(100_000, periods=1), Clawback(TakenBack.FULL))
    months = year_of(plan_terms(payment=payment), {1: earned(("D", 50_00))}, months=4, events=[happened("paid", 2)])
    assert [each.paid for each in months] == [0, 45_00, 5_00, 0]
    lines = [(line.earned, line.paid) for each in months for line in each.lines]
    assert lines == [(50_00, 0), (0, 45_00), (0, 5_00)]


def test_a_plan_holds_what_no_component_does() -> None:
    """A tenth of the 70 that are paid; a component's own hold comes first, and is not held twice."""
    terms = plan_terms(Settlement(hold=Hold(100_000, periods=1)))
    months = year_of(terms, {1: earned(70_00), 2: earned(-20_00)}, months=3)
    assert [each.paid for each in months] == [63_00, 0, 0]
    assert kept(months[1]) == {"carried": 13_00}
    own = plan_terms(Settlement(hold=Hold(100_000, periods=1)), Payment(hold=Hold(500_000, periods=1)))
    assert one(given(1, own, sold=[earned(("D", 70_00))])).paid == 35_00


def test_balances_say_all_that_their_payment_depends_on() -> None:
    """Without the plan that they come from, and of a sale that nothing else is known of."""
    held = Balance(ANNA, Kept.HELD, "gone", 10_00, 10_00, month(1).start, "sales", "D", due=date(2026, 3, 1))
    waiting = Balance(ANNA, Kept.WAITING, "gone", 5_00, 6_00, month(1).start, "sales", "E", until="paid")
    inputs = given(3, history=History((held, waiting)), events=(happened("paid", 3, sale="E"),))
    done = one(inputs)
    assert (done.earned, done.paid, done.balances) == (0, 15_00, ())
    early = one(given(2, history=History((held, waiting))))
    assert (early.paid, early.balances) == (0, (held, waiting))
    with_terms = plan_terms(payment=Payment(clawback=Clawback(TakenBack.FULL)), plan="gone")
    assert one(given(3, with_terms, history=History((held,)))).lines == ()


def test_a_hold_too_small_to_keep_a_cent_keeps_nothing() -> None:
    done = one(given(1, plan_terms(payment=Payment(hold=Hold(10_000, periods=1))), sold=[earned(("D", 10))]))
    assert (done.paid, done.balances) == (10, ())


def test_what_is_paid_for_in_its_own_period_does_not_wait() -> None:
    done = one(
        given(1, plan_terms(payment=Payment(PaidWhen.PAID)), sold=[earned(("D", 10))], events=(happened("paid", 1),))
    )
    assert (done.paid, done.balances) == (10, ())
