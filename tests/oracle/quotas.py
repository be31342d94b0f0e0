"""What a measure is held against: quotas and targets of any time, cut by days, ramped after hire."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import Accumulate
from spm_app.kernel.period import Period
from tests.oracle.exact import MILLION, half_up
from tests.oracle.people import Case, counts, every_day, holds_on, is_eligible, whole_time

if TYPE_CHECKING:
    from datetime import date

    from spm_app.compensation.domain.terms import Limit, Measure


@dataclass(frozen=True)
class Row:
    """A quota as it was given, with its time."""

    time: Period
    amount: int


def quota_of(case: Case, measure: Measure, *, before: bool = False) -> int | None:
    """The quota of the period, of the pay periods so far, or of the whole time; None when there is none.

    `before` is how it stood before this period: nothing when no time has passed.
    """
    if measure.accumulate.is_cumulative and measure.quota.whole_year:
        return cut(case, measure, whole_time(case, measure))
    found = [cut(case, measure, each) for each in times(case, measure, before=before) if days(case, measure, each)]
    return None if None in found else sum(each or 0 for each in found)


def times(case: Case, measure: Measure, *, before: bool) -> list[Period]:
    """This pay period, and those since the time began when it accumulates."""
    period, calendar = case.inputs.period, case.inputs.calendar
    found = [] if before else [period]
    start = whole_time(case, measure).start
    each = period
    while measure.accumulate.is_cumulative and each.start > start:
        each = calendar.before(each)
        found.append(each)
    return found


def days(case: Case, measure: Measure, time: Period) -> list[date]:
    """The days of that time whose deals count; of the whole time, those on which the payee is or will be eligible."""
    if measure.accumulate.is_cumulative and measure.quota.whole_year and time == whole_time(case, measure):
        return [day for day in every_day(time) if is_eligible(case, day)]
    return [day for day in every_day(time) if counts(case, measure, day)]


def cut(case: Case, measure: Measure, time: Period) -> int | None:
    """The quota of that time for the days that count, ramped: at least 1 when anything is left of it."""
    whole = found(rows(case, measure.quota.name), time, case)
    if whole is None:
        return None
    parts = [ramped(case, measure, day) for day in days(case, measure, time)]
    exact = whole * sum(parts, Fraction(0)) / time.days
    return max(1, half_up(exact)) if exact > 0 else half_up(exact)


def rows(case: Case, name: str) -> list[Row]:
    own = [each for each in case.inputs.quotas if each.person_id == case.payee and each.name == name]
    period = case.inputs.period
    return [Row(Period(each.start or period.start, each.end or period.end), each.amount) for each in own]


def found(known: list[Row], time: Period, case: Case) -> Fraction | None:
    """The row of exactly that time, else those that make it up, else a part of a longer one by months."""
    made = tiles(known, time.start, time.end)
    if made is not None:
        return Fraction(sum(each.amount for each in made))
    longer = [each for each in known if each.time.start <= time.start and time.end <= each.time.end]
    if not longer:
        return None
    row = min(longer, key=lambda each: each.time.days)
    return Fraction(row.amount * months(case, time), months(case, row.time))


def tiles(known: list[Row], start: date, end: date) -> list[Row] | None:
    """Rows that cover the days without gap or overlap, longer ones first."""
    if start == end:
        return []
    for row in sorted(known, key=lambda each: -each.time.days):
        if row.time.start == start and row.time.end <= end:
            rest = tiles(known, row.time.end, end)
            if rest is not None:
                return [row, *rest]
    return None


def months(case: Case, time: Period) -> int:
    return len(list(case.inputs.calendar.months(time)))


def ramped(case: Case, measure: Measure, day: date) -> Fraction:
    """Which part of the quota counts on that day."""
    hired = next((each.hired_on for each in case.inputs.people if each.person_id == case.payee), None)
    if hired is None:
        return Fraction(1)
    last_of_month = (day + timedelta(days=1)).day == 1
    begun = 12 * (day.year - hired.year) + day.month - hired.month
    passed = max(0, begun - (day.day < hired.day and not last_of_month))
    ramp = measure.quota.ramp
    return Fraction(ramp[passed], MILLION) if passed < len(ramp) else Fraction(1)


def target_of(case: Case, limit: Limit | None, measure: Measure, *, of_period: bool = False) -> int:
    """What is paid at 100 %, over the same time as the quota; or of this pay period alone."""
    if limit is None:
        return 0
    if of_period or not measure.accumulate.is_cumulative:
        return _target(case, limit, replace(measure, accumulate=Accumulate.PERIOD), (case.inputs.period, 1))
    if measure.quota.whole_year:
        time = whole_time(case, measure)
        return _target(case, limit, measure, (time, periods_in(case, time)))
    return sum(_target(case, limit, measure, (each, 1)) for each in times(case, measure, before=False))


def periods_in(case: Case, time: Period) -> int:
    """How many pay periods it has."""
    found, each = 1, case.inputs.calendar.containing(time.start, case.inputs.calendar.grain_of(case.inputs.period))
    while each.end < time.end:
        found, each = found + 1, case.inputs.calendar.after(each)
    return found


def _target(case: Case, limit: Limit, measure: Measure, span: tuple[Period, int]) -> int:
    time, periods = span
    own = days(case, measure, time)
    if limit.amount is not None:
        return half_up(Fraction(limit.amount * periods * len(own), time.days))
    a_year = sum(annual(case, day) for day in own) * (limit.of_target or 0)
    return half_up(Fraction(a_year * months(case, time), 12 * time.days * MILLION))


def annual(case: Case, day: date) -> int:
    """The person's target incentive a year, as of that day."""
    own = [each for each in case.inputs.incentives if each.person_id == case.payee]
    return next((each.annual for each in own if holds_on(each.start, each.end, day)), 0)
