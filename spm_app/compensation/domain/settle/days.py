"""Days: months on from one, and how many of some stretches lie in a range."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.compensation.domain.settle.values import Stretch


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where there is no such day."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_in(stretches: Iterable[Stretch], first: date, past: date) -> int:
    """How many days of the stretches lie from `first` up to `past`; the stretches do not overlap."""
    return sum(max(0, (min(past, end) - max(first, start)).days) for start, end in stretches)
