"""Periods: half-open ranges of days, and the calendars that cut a year into them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spm_app.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, not including, `end`. `code` is how people write it: `2026-Q1`."""

    start: date
    end: date
    code: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty or backward range."""
        if self.start >= self.end:
            raise InvalidInput("kernel.period_backward", start=self.start, end=self.end)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        """Whether the day belongs to it."""
        return self.start <= day < self.end

    def overlap(self, other: Period) -> int:
        """How many days they share; 0 when they do not touch."""
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days)


class Layout(StrEnum):
    """How a fiscal year is cut: calendar months, or weeks grouped 4-4-5."""

    MONTHS = "months"
    WEEKS_445 = "4-4-5"


class Grain(StrEnum):
    """The sizes of period, small to large."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_CODE = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})(?:-(?:(?P<month>[0-9]{2})|Q(?P<quarter>[1-4])|H(?P<half>[12])))?")
_MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """A company's year: the month it starts in, its layout and its time zone.

    The fiscal year is named after the calendar year in which it starts. With the 4-4-5 layout the year starts on the
    Monday nearest to the first of `first_month` and has 52 or 53 weeks; a 53rd week belongs to the last month.
    `2026-04` is always the fourth *fiscal* month's code when the year does not start in January.
    """

    first_month: int = 1
    layout: Layout = Layout.MONTHS
    zone: str = "Europe/Rome"

    def day_of(self, instant: datetime) -> date:
        """The company's day at that instant; the instant must know its offset."""
        if instant.tzinfo is None:
            raise InvalidInput("kernel.instant_without_zone", instant=instant)
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def year_of(self, day: date) -> int:
        """The fiscal year that the day falls in."""
        return next(year for year in (day.year + 1, day.year, day.year - 1) if self._month_start(year, 0) <= day)

    def containing(self, day: date, grain: Grain) -> Period:
        """The one period of that size that the day falls in."""
        return next(each for each in self.periods(self.year_of(day), grain) if day in each)

    def periods(self, year: int, grain: Grain) -> tuple[Period, ...]:
        """The fiscal year cut into periods of that size, in order, without gap or overlap."""
        step = _MONTHS_IN[grain]
        return tuple(self._period(year, at, grain) for at in range(0, 12, step))

    def parse(self, code: str) -> Period:
        """The period written `2026`, `2026-H1`, `2026-Q1` or `2026-01`. Raises InvalidInput for anything else."""
        found = _CODE.fullmatch(code.strip())
        month = int(found["month"] or 1) if found else 0
        if found is None or not 1 <= month <= 12:
            raise InvalidInput("kernel.period_unreadable", code=code)
        year = int(found["year"])
        if found["quarter"]:
            return self._period(year, 3 * (int(found["quarter"]) - 1), Grain.QUARTER)
        if found["half"]:
            return self._period(year, 6 * (int(found["half"]) - 1), Grain.HALF)
        return self._period(year, month - 1, Grain.MONTH if found["month"] else Grain.YEAR)

    def grain_of(self, period: Period) -> Grain:
        """The size that the period's code says."""
        tail = period.code[4:6]
        return {"": Grain.YEAR, "-Q": Grain.QUARTER, "-H": Grain.HALF}.get(tail, Grain.MONTH)

    def before(self, period: Period) -> Period:
        """The period of the same size that ends where this one starts."""
        return self.containing(period.start - timedelta(days=1), self.grain_of(period))

    def after(self, period: Period) -> Period:
        """The period of the same size that starts where this one ends."""
        return self.containing(period.end, self.grain_of(period))

    def months(self, period: Period) -> Iterator[Period]:
        """The months inside a period of this calendar, in order."""
        day = period.start
        while day < period.end:
            month = self.containing(day, Grain.MONTH)
            yield month
            day = month.end

    def _period(self, year: int, at: int, grain: Grain) -> Period:
        step = _MONTHS_IN[grain]
        number = at // step + 1
        tail = {Grain.YEAR: "", Grain.HALF: f"-H{number}", Grain.QUARTER: f"-Q{number}"}.get(grain, f"-{number:02d}")
        return Period(self._month_start(year, at), self._month_start(year, at + step), f"{year:04d}{tail}")

    def _month_start(self, year: int, at: int) -> date:
        """First day of the fiscal month `at` (0 to 12; 12 is the next year's first)."""
        if at == 12:
            return self._month_start(year + 1, 0)
        if self.layout is Layout.WEEKS_445:
            return self._nearest_monday(year) + timedelta(weeks=13 * (at // 3) + 4 * (at % 3))
        months = self.first_month - 1 + at
        return date(year + months // 12, months % 12 + 1, 1)

    def _nearest_monday(self, year: int) -> date:
        first = date(year, self.first_month, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 - 3)
