"""Every day falls in exactly one period of each size, whatever the company's calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.period import FiscalCalendar, Grain, Layout, Period

CALENDAR = FiscalCalendar()
WEEKS = FiscalCalendar(first_month=2, layout=Layout.WEEKS_445)
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
calendars = st.builds(FiscalCalendar, st.integers(1, 12), st.sampled_from(Layout))
grains = st.sampled_from(Grain)


def test_a_period_has_its_first_day_and_not_its_end() -> None:
    quarter = CALENDAR.parse("2026-Q1")
    assert date(2026, 1, 1) in quarter
    assert date(2026, 3, 31) in quarter
    assert date(2026, 4, 1) not in quarter
    assert (quarter.days, quarter.last_day) == (90, date(2026, 3, 31))


@pytest.mark.parametrize("end", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_period_ends_after_it_starts(end: date) -> None:
    with pytest.raises(InvalidInput):
        Period(date(2026, 1, 1), end)


def test_overlap_counts_shared_days() -> None:
    january, quarter = CALENDAR.parse("2026-01"), CALENDAR.parse("2026-Q1")
    assert january.overlap(quarter) == quarter.overlap(january) == 31
    assert january.overlap(CALENDAR.parse("2026-02")) == 0


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-H2", date(2026, 7, 1), date(2027, 1, 1)),
        (" 2026-Q4 ", date(2026, 10, 1), date(2027, 1, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1)),
    ],
)
def test_codes_are_read(code: str, start: date, end: date) -> None:
    assert CALENDAR.parse(code) == Period(start, end, code.strip())


@pytest.mark.parametrize(
    "code", ["", "26", "2026-Q5", "2026-13", "2026-00", "2026-H3", "2026Q1", "0000", "2026-1", "٢٠٢٦"]
)
def test_what_is_not_a_period_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput):
        CALENDAR.parse(code)


def test_a_year_that_starts_in_april_is_named_after_its_start() -> None:
    april = FiscalCalendar(first_month=4)
    assert april.year_of(date(2026, 3, 31)) == 2025
    assert april.parse("2026-Q4") == Period(date(2027, 1, 1), date(2027, 4, 1), "2026-Q4")
    assert april.parse("2026-04").start == date(2026, 7, 1)


def test_a_year_of_weeks_starts_on_the_monday_nearest_to_the_first() -> None:
    quarter = WEEKS.parse("2026-Q1")
    assert quarter.start == date(2026, 2, 2)
    assert [month.days for month in WEEKS.months(quarter)] == [28, 28, 35]


def test_a_fifty_third_week_belongs_to_the_last_month() -> None:
    years = [year for year in range(2000, 2030) if WEEKS.parse(str(year)).days == 53 * 7]
    assert years
    for year in years:
        assert [month.days for month in WEEKS.periods(year, Grain.MONTH)][-2:] == [28, 42]


@given(days, calendars, grains)
def test_every_day_falls_in_exactly_one_period(day: date, calendar: FiscalCalendar, grain: Grain) -> None:
    year = calendar.year_of(day)
    around = [each for near in (year - 1, year, year + 1) for each in calendar.periods(near, grain)]
    assert [each for each in around if day in each] == [calendar.containing(day, grain)]


@given(days, calendars, grains)
def test_periods_follow_each_other_without_gap(day: date, calendar: FiscalCalendar, grain: Grain) -> None:
    period = calendar.containing(day, grain)
    assert calendar.before(period).end == period.start
    assert calendar.after(period).start == period.end
    assert calendar.before(calendar.after(period)) == period
    assert calendar.grain_of(period) is grain


@given(days, calendars, grains)
def test_a_code_names_one_period(day: date, calendar: FiscalCalendar, grain: Grain) -> None:
    period = calendar.containing(day, grain)
    assert calendar.parse(period.code) == period


@given(days, calendars, grains)
def test_the_months_fill_the_period(day: date, calendar: FiscalCalendar, grain: Grain) -> None:
    period = calendar.containing(day, grain)
    months = list(calendar.months(period))
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert sum(month.days for month in months) == period.days


def test_the_last_instant_of_a_day_belongs_to_it_where_the_company_is() -> None:
    assert CALENDAR.day_of(datetime(2026, 3, 31, 21, 59, 59, 999999, tzinfo=UTC)) == date(2026, 3, 31)
    assert CALENDAR.day_of(datetime(2026, 3, 31, 22, 0, tzinfo=UTC)) == date(2026, 4, 1)
    assert CALENDAR.day_of(datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=9)))) == date(2025, 12, 31)


def test_an_instant_without_zone_has_no_day() -> None:
    with pytest.raises(InvalidInput):
        CALENDAR.day_of(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
