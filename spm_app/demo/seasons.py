"""The year's ups and downs: when Italian companies ask, when they decide, and when nobody answers the telephone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

#: How many new deals a month brings, around 1.
ASKING = (0.92, 1.05, 1.15, 1.06, 1.08, 1.04, 0.88, 0.38, 1.18, 1.20, 1.12, 0.74)


def a_working_day(rng: random.Random, month: date) -> date:
    """Some working day of the month that this day is in."""
    first = month.replace(day=1)
    days = [first + timedelta(days=each) for each in range(31)]
    return rng.choice([day for day in days if day.month == first.month and day.weekday() < 5])


def decided_on(rng: random.Random, day: date, *, is_won: bool) -> date:
    """The day a decision due then is really taken: not in the middle of August, not at Christmas, not on a weekend.

    What would be signed just after a quarter's end is often pulled into its last days: sellers and buyers see to it.
    """
    if is_won and day.month in (1, 4, 7, 10) and day.day <= 12 and rng.random() < 0.55:
        day = day.replace(day=1) - timedelta(days=rng.randint(1, 6))
    if day.month == 8 and rng.random() < 0.7:
        day = date(day.year, 9, rng.randint(1, 20))
    if day.month == 12 and day.day > 22:
        day = date(day.year, 12, rng.randint(15, 22))
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def months(start: date, end: date) -> list[date]:
    """The first day of every month from that of `start` up to and with that of `end`."""
    found = [start.replace(day=1)]
    while (following := (found[-1] + timedelta(days=32)).replace(day=1)) <= end:
        found.append(following)
    return found
