"""A cancelled sale: how much is taken back, out of what, and never more than was paid."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.settle.terms import (
    Below,
    Ceiling,
    Clawback,
    Deficit,
    Hold,
    Level,
    PaidWhen,
    Payment,
    Settlement,
)
from spm_app.compensation.domain.settle.terms import TakenBack as Kind
from spm_app.compensation.domain.settle.values import Event, History, PaidLine
from tests.compensation.settle.desk import ANNA, did, earned, given, kept, one, plan_terms, year_of


def cancelled(
    day: date, *, sale: str = "D", part: Fraction = Fraction(1), until: date | None = None, months: int = 0
) -> Event:
    return Event(sale, "cancelled", day, part, term_until=until, term_months=months)


def paid(amount: int, *, net: int | None = None, taken: int = 0, day: date = date(2026, 1, 10)) -> History:
    """A sale that earned so much in an earlier period."""
    return History(lines=(PaidLine(ANNA, "plan", "sales", "D", day, amount, amount if net is None else net, taken),))


def test_we14_june_s_500_are_taken_back_in_august_and_attainment_is_left_alone() -> None:
    terms = plan_terms(payment=Payment(clawback=Clawback(Kind.FULL)))
    sold = {6: earned(("D", 500_00), day=date(2026, 6, 10))}
    months = year_of(terms, sold, months=9, events=[cancelled(date(2026, 8, 20))])
    net = [each.paid for each in months] + [-each.balances[0].amount for each in months[8:]]
    assert [months[5].paid, months[6].paid, months[7].paid] == [500_00, 0, 0]
    assert did(months[7]) == [("taken_back", -500_00), ("carried", 500_00)]
    assert sum(net) == 0


def test_what_was_paid_comes_off_later_pay() -> None:
    terms = plan_terms(payment=Payment(clawback=Clawback(Kind.FULL)))
    sold = {6: earned(("D", 500_00), day=date(2026, 6, 10)), 9: earned(700_00)}
    months = year_of(terms, sold, months=9, events=[cancelled(date(2026, 8, 20))])
    assert (months[8].paid, sum(each.paid for each in months)) == (200_00, 700_00)


def test_pay_that_may_be_negative_says_minus_500() -> None:
    terms = plan_terms(Settlement(deficit=Deficit(Below.PAY)), Payment(clawback=Clawback(Kind.FULL)))
    assert (
        one(given(8, terms, history=paid(500_00), sold=[earned(0)], events=(cancelled(date(2026, 8, 2)),))).paid
        == -500_00
    )


@pytest.mark.parametrize(
    ("clawback", "event", "taken"),
    [
        (Clawback(Kind.FULL), cancelled(date(2026, 3, 1)), 120_00),
        (Clawback(Kind.FULL), cancelled(date(2026, 3, 1), part=Fraction(1, 3)), 40_00),
        (Clawback(Kind.PARTIAL, share=250_000), cancelled(date(2026, 3, 1)), 30_00),
        # sold on 10 January for 12 months: by 10 March two have been used, a day later the third has begun
        (Clawback(Kind.UNEXPIRED), cancelled(date(2026, 3, 10), months=12), 100_00),
        (Clawback(Kind.UNEXPIRED), cancelled(date(2026, 3, 11), months=12), 90_00),
        (Clawback(Kind.UNEXPIRED), cancelled(date(2026, 1, 10), months=12), 120_00),
        # sold on 10 January until 9 May, 120 days on 10 May: on 11 March 60 are left
        (Clawback(Kind.UNEXPIRED), cancelled(date(2026, 3, 11), until=date(2026, 5, 10)), 60_00),
        (Clawback(Kind.UNEXPIRED), cancelled(date(2026, 3, 20), until=date(2026, 3, 10)), 0),
        (Clawback(Kind.UNEXPIRED), cancelled(date(2026, 3, 20), months=1), 0),
        (Clawback(Kind.UNEXPIRED), cancelled(date(2026, 1, 1), until=date(2026, 5, 10)), 120_00),
        (Clawback(Kind.UNEXPIRED), cancelled(date(2026, 3, 11)), 120_00),
        (Clawback(Kind.FULL, within_days=50), cancelled(date(2026, 3, 1)), 120_00),
        (Clawback(Kind.FULL, within_days=49), cancelled(date(2026, 3, 1)), 0),
        (Clawback(Kind.FULL, within_months=2), cancelled(date(2026, 3, 10)), 120_00),
        (Clawback(Kind.FULL, within_months=2), cancelled(date(2026, 3, 11)), 0),
    ],
)
def test_how_much_is_taken_back_of_120(clawback: Clawback, event: Event, taken: int) -> None:
    terms = plan_terms(payment=Payment(clawback=clawback))
    inputs = given(3, terms, sold=[earned(1_000_00)], history=paid(120_00), events=(event,))
    assert one(inputs).paid == 1_000_00 - taken


def test_never_more_than_was_paid_net_of_what_was_taken_before() -> None:
    """A sale of 120 of which 50 were paid; half was taken back before, and now all of it is cancelled."""
    terms = plan_terms(payment=Payment(clawback=Clawback(Kind.FULL)))
    event = cancelled(date(2026, 3, 1))
    history = paid(120_00, net=50_00, taken=60_00)
    done = one(given(3, terms, sold=[earned(1_000_00)], history=history, events=(event,)))
    assert done.paid == 950_00
    history = paid(120_00, net=0, taken=120_00)
    assert one(given(3, terms, sold=[earned(1_000_00)], history=history, events=(event,))).paid == 1_000_00


def test_two_parts_of_a_cancellation_in_two_months_add_up_and_are_not_seen_to_twice() -> None:
    """A third and then the rest, of 100: 33.33, then 66.67, and nothing more."""
    terms = plan_terms(payment=Payment(clawback=Clawback(Kind.FULL)))
    events = [cancelled(date(2026, 2, 1), part=Fraction(1, 3)), cancelled(date(2026, 3, 1), part=Fraction(2, 3))]
    sold = {1: earned(("D", 100_00)), 2: earned(200_00), 3: earned(200_00), 4: earned(200_00)}
    months = year_of(terms, sold, months=4, events=events)
    assert [each.paid for each in months] == [100_00, 166_67, 133_33, 200_00]


def test_a_sale_cancelled_in_its_own_period_is_not_paid_at_all() -> None:
    terms = plan_terms(payment=Payment(clawback=Clawback(Kind.FULL)))
    done = one(given(1, terms, sold=[earned(("D", 80_00), ("E", 20_00))], events=(cancelled(date(2026, 1, 20)),)))
    assert done.paid == 20_00
    assert {each.transaction: (each.earned, each.paid, each.taken) for each in done.lines} == {
        "D": (80_00, 0, 80_00),
        "E": (20_00, 20_00, 0),
    }


def test_what_waits_and_what_is_held_goes_before_what_was_paid() -> None:
    """Of 100, 60 wait for the customer's money and a quarter of the 40 paid is held: 30 paid, 10 held, 60 waiting."""
    payment = Payment(PaidWhen.PAID, Hold(250_000, periods=6), Clawback(Kind.PARTIAL, share=750_000))
    events = [Event("D", "paid", date(2026, 1, 20), Fraction(2, 5)), cancelled(date(2026, 2, 2))]
    first, second = year_of(plan_terms(payment=payment), {1: earned(("D", 100_00))}, months=2, events=events)
    assert (first.paid, kept(first)) == (30_00, {"waiting": 60_00, "held": 10_00})
    assert (second.paid, did(second)) == (0, [("taken_back", -5_00), ("carried", 5_00)])
    assert second.entries[1].derivation["waiting"] == 60_00
    assert second.entries[1].derivation["held"] == 10_00


def test_what_a_cap_cut_was_never_paid_and_is_not_taken_back() -> None:
    """Two sales of 100 under a cap of 150 pay 75 each."""
    terms = plan_terms(Settlement(cap=Ceiling(Level(150_00))), Payment(clawback=Clawback(Kind.FULL)))
    sold = {1: earned(("D", 100_00), ("E", 100_00)), 2: earned(100_00)}
    months = year_of(terms, sold, months=2, events=[cancelled(date(2026, 2, 2))])
    assert [each.paid for each in months] == [150_00, 25_00]


def test_a_cancellation_that_lowers_attainment_takes_back_the_amount_of_then() -> None:
    """The engine saw a negative sale, minus 30 at today's rates; the sale had earned 50, and 50 are taken."""
    terms = plan_terms(payment=Payment(clawback=Clawback(Kind.FULL, reduces_attainment=True)))
    sold = [earned(("E", 200_00), ("D:cancelled", -30_00), ("F:cancelled", 0))]
    done = one(given(3, terms, sold=sold, history=paid(50_00), events=(cancelled(date(2026, 3, 1)),)))
    assert did(done) == [("earned", 170_00), ("undone", 30_00), ("taken_back", -50_00)]


def test_a_sale_of_a_plan_that_is_no_more_is_taken_back_by_the_terms_of_then() -> None:
    """Sold under last year's plan; this year's sees to it, out of this year's pay."""
    old = plan_terms(payment=Payment(clawback=Clawback(Kind.FULL), code="OLD"), plan="plan")
    new = plan_terms(plan="plan-2027")
    inputs = given(3, old, new, sold=[earned(90_00, plan="plan-2027")], history=paid(50_00))
    done = one(given(3, old, new, sold=inputs.earned, history=paid(50_00), events=(cancelled(date(2026, 3, 1)),)))
    assert (done.paid, done.codes) == (40_00, {"": 90_00, "OLD": -50_00})
    assert [(each.plan, each.taken) for each in done.lines] == [("plan", 50_00)]
    unknown = History(lines=(PaidLine(ANNA, "older", "sales", "D", date(2026, 1, 5), 10_00, 10_00),))
    event = cancelled(date(2026, 3, 1))
    assert one(given(3, old, new, sold=inputs.earned, history=unknown, events=(event,))).paid == 90_00


def test_without_terms_or_for_another_sale_nothing_is_taken_back() -> None:
    event = cancelled(date(2026, 3, 1))
    assert one(given(3, sold=[earned(("D", 10_00))], events=(event,))).paid == 10_00
    terms = plan_terms(payment=Payment(clawback=Clawback(Kind.FULL)))
    assert one(given(3, terms, sold=[earned(("E", 10_00), 5_00)], events=(event,))).paid == 15_00
    empty = cancelled(date(2026, 3, 1), sale="")
    assert one(given(3, terms, sold=[earned(("E", 10_00), 5_00)], events=(empty,))).paid == 15_00
