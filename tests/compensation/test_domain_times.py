"""Since when a measure counts, and of which times its quota is: days and months on the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.measures import Accumulate, Credit, Measure, QuotaTerms, To
from spm_app.compensation.domain.times import Time, held_against, months_of, passed, since
from spm_app.kernel.period import FiscalCalendar, Layout
from tests.compensation.plans import plan

CALENDAR = FiscalCalendar()
PLAN = plan()
Q1, Q2, Q3 = (CALENDAR.parse(f"2026-Q{quarter}") for quarter in (1, 2, 3))


def measure(accumulate: str, *, whole_year: bool = False) -> Measure:
    return Measure(
        (Credit(None, To.OWNER),), accumulate=Accumulate(accumulate), quota=QuotaTerms(whole_year=whole_year)
    )


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("accumulate", "first"),
    [
        ("period", "07-01"),
        ("transaction", "07-01"),
        ("quarter", "07-01"),
        ("half", "07-01"),
        ("year", "01-01"),
        ("plan", "01-01"),
    ],
)
def test_a_measure_counts_since_its_time_began(accumulate: str, first: str) -> None:
    assert since(measure(accumulate), PLAN, Q3, CALENDAR) == day(first)


def test_a_plan_counts_from_its_first_day_wherever_that_lies() -> None:
    for start in (day("02-15"), day("08-15")):
        assert since(measure("plan"), replace(PLAN, start=start), Q3, CALENDAR) == start


def test_a_time_shorter_than_the_pay_period_begins_with_it() -> None:
    assert since(measure("quarter"), PLAN, CALENDAR.parse("2026"), CALENDAR) == day("01-01")


def test_pay_periods_that_have_passed_are_counted_with_this_one_last() -> None:
    quarters = [Time(each.start, each.end) for each in (Q1, Q2, Q3)]
    assert [*passed(measure("year"), PLAN, Q3, CALENDAR)] == quarters
    assert [*passed(measure("half"), PLAN, Q3, CALENDAR)] == quarters[2:]
    assert [*passed(measure("period"), PLAN, Q3, CALENDAR)] == quarters[2:]
    assert [each.days for each in quarters] == [90, 91, 92]


def test_a_quota_of_the_whole_time_is_of_all_of_it() -> None:
    assert held_against(measure("year"), PLAN, Q2, CALENDAR) == passed(measure("year"), PLAN, Q2, CALENDAR)
    assert held_against(measure("year", whole_year=True), PLAN, Q2, CALENDAR) == (Time(day("01-01"), date(2027, 1, 1)),)
    assert held_against(measure("half", whole_year=True), PLAN, Q2, CALENDAR) == (Time(day("01-01"), day("07-01")),)
    assert held_against(measure("period", whole_year=True), PLAN, Q2, CALENDAR) == (Time(Q2.start, Q2.end),)


def test_the_whole_time_of_a_plan_ends_with_it() -> None:
    whole = measure("plan", whole_year=True)
    short = replace(PLAN, start=day("02-01"), end=day("11-01"))
    assert held_against(whole, short, Q2, CALENDAR) == (Time(day("02-01"), day("11-01")),)
    assert held_against(whole, replace(short, end=None), Q2, CALENDAR) == (Time(day("02-01"), Q2.end),)


def test_months_are_counted_by_their_days() -> None:
    assert months_of(Time(day("01-01"), day("04-01")), CALENDAR) == 3
    assert months_of(Time(day("02-15"), day("03-01")), CALENDAR) == Fraction(1, 2)
    assert months_of(Time(day("01-01"), day("01-01")), CALENDAR) == 0
    weeks = FiscalCalendar(layout=Layout.WEEKS_445)
    quarter = weeks.parse("2026-Q1")
    assert months_of(Time(quarter.start, quarter.end), weeks) == 3
