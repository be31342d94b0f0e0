"""Plans and seats that begin or end inside a period, worked out with a pencil. Never changed to fit the program.

The plan pays 5 % of the first 75 % of the quota, 10 % up to the whole of it, 15 % above. Every quota is 9,000.00 for
the quarter of 90 days; 45 days have 4,500.00 of it, of which 75 % is 3,375.00.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from spm_app.compensation.domain.inputs import InForce, Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.parts import notices
from spm_app.compensation.engine import Results, calculate
from spm_app.kernel.period import FiscalCalendar
from tests.compensation.plans import plan

Q1 = FiscalCalendar().parse("2026-Q1")
HALF = date(2026, 2, 15)
BEFORE = date(2025, 1, 1)


def _inputs(*seats: Seat) -> Inputs:
    """4,000.00 won on each of 10 January, 14 February (the last day of the first half) and 15 February."""
    days = {"A": date(2026, 1, 10), "B": date(2026, 2, 14), "C": HALF}
    deals = tuple(Transaction(name, day, 400_000) for name, day in days.items())
    shares = tuple(Share(name, 1) for name in days)
    return Inputs(Q1, plan().currency, deals, shares, seats, (Quota(1, 900_000),))


def _paid(results: Results) -> list[tuple[int, int | None, int, str]]:
    return [
        (each.earned, each.quota, each.measure, "".join(line.transaction for line in each.lines))
        for payee in results.payees()
        for each in payee.components
    ]


def _keys(results: Results) -> list[str]:
    return [each.key.removeprefix("compensation.part.") for each in notices(results.log)]


def test_a_plan_that_begins_inside_pays_its_days_against_a_quota_in_proportion() -> None:
    """C alone: 3,375.00 at 5 % is 168.75, the other 625.00 at 10 % is 62.50."""
    results = calculate([InForce(1, replace(plan(), start=HALF))], _inputs(Seat(1, "seller", None, BEFORE)))
    assert _paid(results) == [(231_25, 450_000, 400_000, "C")]
    assert _keys(results) == ["plan", "outside"]


def test_a_plan_that_ends_inside_pays_up_to_its_last_day() -> None:
    """A and B: 3,375.00 at 5 % is 168.75, 1,125.00 at 10 % is 112.50, 3,500.00 at 15 % is 525.00."""
    results = calculate([InForce(1, replace(plan(), end=HALF))], _inputs(Seat(1, "seller", None, BEFORE)))
    assert _paid(results) == [(806_25, 450_000, 800_000, "AB")]


def test_a_seat_that_begins_inside_has_the_days_that_are_left() -> None:
    results = calculate([InForce(1, plan())], _inputs(Seat(1, "seller", None, HALF)))
    assert _paid(results) == [(231_25, 450_000, 400_000, "C")]
    assert _keys(results) == ["payees", "outside"]
    assert results.log[0]["outside"] == 2


def test_a_seat_that_ends_inside_has_the_days_up_to_then() -> None:
    results = calculate([InForce(1, plan())], _inputs(Seat(1, "seller", None, BEFORE, HALF)))
    assert _paid(results) == [(806_25, 450_000, 800_000, "AB")]


def test_two_plans_one_after_the_other_pay_every_deal_once() -> None:
    """Both halves of the quarter together: 806.25 and 231.25."""
    parts = [InForce(1, replace(plan(), end=HALF)), InForce(2, replace(plan(), start=HALF))]
    results = calculate(parts, _inputs(Seat(1, "seller", None, BEFORE)))
    assert results.total_minor == 1_037_50
    assert [each[3] for each in _paid(results)] == ["AB", "C"]


def test_a_plan_of_another_year_says_that_it_pays_nothing() -> None:
    results = calculate([InForce(1, replace(plan(), start=date(2027, 1, 1), end=None))], _inputs())
    assert (results.total_minor, _keys(results)) == (0, ["not_in_force"])
