"""The time that a measure, its quota and its target are of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import Accumulate, Measure
from spm_app.kernel.period import Grain, Period

if TYPE_CHECKING:
    from datetime import date

    from spm_app.compensation.domain.terms import Plan
    from spm_app.kernel.period import FiscalCalendar

_GRAINS = {Accumulate.QUARTER: Grain.QUARTER, Accumulate.HALF: Grain.HALF, Accumulate.YEAR: Grain.YEAR}


@dataclass(frozen=True, slots=True)
class Time:
    """Days from `start` up to, not including, `end`; none when both are the same."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days


def since(measure: Measure, plan: Plan, period: Period, calendar: FiscalCalendar) -> date:
    """The first day that the measure counts: of the period, the longer time or the plan."""
    if measure.accumulate is Accumulate.PLAN:
        return plan.start
    grain = _GRAINS.get(measure.accumulate)
    return period.start if grain is None else min(calendar.containing(period.start, grain).start, period.start)


def passed(measure: Measure, plan: Plan, period: Period, calendar: FiscalCalendar) -> tuple[Time, ...]:
    """The pay periods that the measure has counted, this one last; of what is not cumulative this one alone."""
    first, grain = since(measure, plan, period, calendar), plan.period
    found, at = [Time(period.start, period.end)], period
    while at.start > first:
        at = calendar.containing(at.start - timedelta(days=1), grain)
        found.append(Time(at.start, at.end))
    return tuple(reversed(found))


def held_against(measure: Measure, plan: Plan, period: Period, calendar: FiscalCalendar) -> tuple[Time, ...]:
    """The times whose quotas and targets together the measure is held against: pay periods, or the whole time."""
    if not measure.quota.whole_year or not measure.accumulate.is_cumulative:
        return passed(measure, plan, period, calendar)
    first = since(measure, plan, period, calendar)
    if measure.accumulate is Accumulate.PLAN:
        return (Time(first, max(plan.end or period.end, period.end)),)
    return (Time(first, calendar.containing(period.start, _GRAINS[measure.accumulate]).end),)


def months_of(time: Time, calendar: FiscalCalendar) -> Fraction:
    """How many months of the calendar it has; a part of a month by its days."""
    if time.days <= 0:
        return Fraction(0)
    span = Period(time.start, time.end)
    return sum((Fraction(each.overlap(span), each.days) for each in calendar.months(span)), Fraction(0))
