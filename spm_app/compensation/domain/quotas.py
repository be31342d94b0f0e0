"""Which quota a payee has for a time: the one of that very time, or made up of others; by days, and with a ramp."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.times import Time, months_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spm_app.compensation.domain.enrolment import Stretch
    from spm_app.compensation.domain.inputs import Quota
    from spm_app.kernel.period import FiscalCalendar, Period

Rows = tuple[tuple[Time, int], ...]


def by_person(quotas: Iterable[Quota], name: str, period: Period) -> Mapping[int, Rows]:
    """The quotas of that name, each with its time, by person."""
    found: defaultdict[int, list[tuple[Time, int]]] = defaultdict(list)
    for each in quotas:
        if each.name == name:
            time = Time(each.start or period.start, each.end or period.end)
            found[each.person_id].append((time, each.amount))
    return {person: tuple(sorted(rows, key=lambda row: row[0].start)) for person, rows in found.items()}


def whole_quota(rows: Rows, time: Time, calendar: FiscalCalendar) -> Fraction | None:
    """The quota of a whole time, before days and ramp: its own, the sum of its parts, or its part of a longer one."""
    inside = [row for row in rows if time.start <= row[0].start and row[0].end <= time.end]
    tiled = _tiled(inside, time.start, time.end)
    if tiled is not None:
        return Fraction(tiled)
    around = [row for row in rows if row[0].start <= time.start and time.end <= row[0].end]
    if not around:
        return None
    own, amount = min(around, key=lambda row: row[0].days)
    return amount * months_of(time, calendar) / months_of(own, calendar)


def _tiled(rows: list[tuple[Time, int]], start: date, end: date) -> int | None:
    """The sum of rows that follow each other from start to end, long ones first; None where there is a gap."""
    if start == end:
        return 0
    for own, amount in sorted((row for row in rows if row[0].start == start), key=lambda row: -row[0].days):
        rest = _tiled(rows, own.end, end)
        if rest is not None:
            return amount + rest
    return None


def own_quota(rows: Rows, held: Sequence[Stretch], times: Sequence[Time], how: How) -> int | None:
    """The quota of a payee who is in the plan on these stretches: of each time its part by days, rounded by itself.

    A time without a day in the plan adds nothing; None when a time with one has no quota.
    """
    found = 0
    for time in times:
        days = _days(held, time, how.ramp)
        if not any(each.days_in(time.start, time.end) for each in held):
            continue
        whole = whole_quota(rows, time, how.calendar)
        if whole is None:
            return None
        exact = whole * days / time.days
        found += max(1, half_up(exact)) if exact > 0 else half_up(exact)
    return found


def _days(held: Sequence[Stretch], time: Time, ramp: Ramp | None) -> Fraction:
    """The days in the plan, each worth its part of the ramp."""
    if ramp is None:
        return Fraction(sum(each.days_in(time.start, time.end) for each in held))
    spans = ((max(each.start, time.start), min(each.end, time.end)) for each in held)
    return sum((ramp.days_in(start, end) for start, end in spans if start < end), Fraction(0))


@dataclass(frozen=True, slots=True)
class How:
    """The calendar by which longer quotas are cut, and the payee's ramp."""

    calendar: FiscalCalendar
    ramp: Ramp | None = None


class Ramp:
    """Which part of a quota counts in each month since a person came; all of it after the last."""

    def __init__(self, parts: tuple[int, ...], hired_on: date) -> None:
        """Parts in millionths, month by month."""
        self._parts, self._hired_on = parts, hired_on

    def days_in(self, start: date, end: date) -> Fraction:
        """The days of a time, each worth its part; days before the person came are worth the first."""
        found = Fraction((end - start).days)
        for at, part in enumerate(self._parts):
            first = _months_after(self._hired_on, at) if at else date.min
            days = (min(_months_after(self._hired_on, at + 1), end) - max(first, start)).days
            found -= max(0, days) * (1 - Fraction(part, WHOLE))
        return found


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month when it has none such."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    for last in range(day.day, day.day - 4, -1):
        try:
            return day.replace(year=year, month=month, day=last)
        except ValueError:
            continue
    raise AssertionError  # pragma: no cover - every month has 28 days


def half_up(amount: Fraction) -> int:
    """To the whole unit, away from nothing at the half."""
    return floor(amount + Fraction(1, 2)) if amount >= 0 else -floor(-amount + Fraction(1, 2))
