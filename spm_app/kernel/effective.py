"""Dated values: what held from which day up to, not including, which day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Dated(Generic[T_co]):
    """A value with its half-open range of days; `end` None means until further notice."""

    value: T_co
    start: date
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the value was in force on that day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Timeline(Generic[T_co]):
    """Dated values of one thing, in order of start, never two on one day."""

    steps: tuple[Dated[T_co], ...]

    @classmethod
    def of(cls, steps: Iterable[Dated[T_co]]) -> Timeline[T_co]:
        """Sorted; raises InvalidInput with every overlap."""
        ordered = tuple(sorted(steps, key=lambda step: step.start))
        found = overlaps(ordered)
        if found:
            raise InvalidInput("kernel.dates_overlap", problems=found)
        return cls(ordered)

    def as_of(self, day: date) -> T_co | None:
        """The value in force on that day, or None in a gap."""
        return next((step.value for step in self.steps if step.holds_on(day)), None)


def overlaps(steps: Iterable[Dated[T_co]]) -> tuple[Problem, ...]:
    """A problem for each step that starts before the one ahead of it has ended."""
    ordered = sorted(steps, key=lambda step: step.start)
    return tuple(
        Problem(at=later.start.isoformat(), key="kernel.dates_overlap_at", args={"start": later.start})
        for earlier, later in pairwise(ordered)
        if earlier.end is None or later.start < earlier.end
    )
