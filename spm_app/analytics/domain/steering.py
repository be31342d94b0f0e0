"""Actual against plan, and what sales pay costs: minor units, shares of a whole, nothing rounded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from spm_app.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Plan:
    """Won so far in a year, of the goal; `due` is what of the goal should be won by now."""

    won: int
    goal: int
    due: int

    @property
    def ahead(self) -> int:
        """How much more than due was won; negative when behind."""
        return self.won - self.due

    @property
    def scale(self) -> int:
        """Where a drawing of it ends: at the goal, or beyond it where it was passed."""
        return max(self.won, self.goal)


@dataclass(frozen=True, slots=True)
class Cost:
    """Variable pay earned in a quarter, against the revenue won in it."""

    period: Period
    earned: int
    revenue: int

    @property
    def share(self) -> Fraction | None:
        """Pay of revenue; None without revenue."""
        return Fraction(self.earned, self.revenue) if self.revenue > 0 else None


def due_by(day: date, quotas: Iterable[tuple[Period, int]]) -> int:
    """What of the quarters' goals should be won when the day ends: the running one by its days, rounded down."""
    return sum(minor * _passed(quarter, day) // quarter.days for quarter, minor in quotas)


def _passed(quarter: Period, day: date) -> int:
    return min(quarter.days, max(0, (day - quarter.start).days + 1))
