"""How much of each quarter somebody is there to carry a quota, in days: the first and the last included."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from spm_app.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Presence:
    """Days there, of the days that a quarter has."""

    days: int
    of: int

    @property
    def share(self) -> Fraction:
        """The part of the quarter."""
        return Fraction(self.days, self.of)

    @property
    def in_part(self) -> int | None:
        """The days, where they are not all there are."""
        return None if self.days == self.of else self.days


def presences(stretches: Iterable[tuple[date, date | None]], quarters: Sequence[Period]) -> tuple[Presence, ...]:
    """For each quarter, the days of the stretches that fall into it; an end is the first day away, None still there."""
    seated = tuple(stretches)
    return tuple(Presence(sum(_days(each, quarter) for each in seated), quarter.days) for quarter in quarters)


def _days(stretch: tuple[date, date | None], quarter: Period) -> int:
    start, end = max(stretch[0], quarter.start), min(stretch[1] or quarter.end, quarter.end)
    return max(0, (end - start).days)
