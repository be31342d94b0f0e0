"""Where a payee stands when a period ends: every measure with its quota and target, certificates and scores."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.pays import AsOf
from spm_app.compensation.domain.rates import Key, Over

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of a payee, in its own unit. `base` is what was credited in the period.

    `before` is what had been measured when the period began, held against `quota_before`; `period_target` is the target
    of the pay period alone.
    """

    value: Fraction
    before: Fraction = Fraction(0)
    base: int = 0
    lines: int = 0
    quota: int | None = None
    quota_before: int | None = None
    target: Fraction = Fraction(0)
    period_target: Fraction = Fraction(0)

    @property
    def has_quota(self) -> bool:
        """Whether attainment is to be had."""
        return (self.quota or 0) > 0


@dataclass(frozen=True, slots=True)
class Standing:
    """All measures of a payee of one plan by code. `scores` are parts per million by objective."""

    figures: Mapping[str, Figure]
    certificates: frozenset[str] = frozenset()
    scores: Mapping[str, int] = field(default_factory=dict[str, int])

    def at(self, key: Key, own: str, as_of: AsOf = AsOf.END) -> Fraction | None:
        """Where the payee stands on what a key names, in the unit of its bounds; None when that is not to be had."""
        figure = self.figures[own if key.is_own else key.of]
        value = figure.value if as_of is AsOf.END else figure.before
        if not key.is_attainment:
            return value
        quota = figure.quota if as_of is AsOf.END else figure.quota_before
        return None if quota is None or quota <= 0 else value * WHOLE / quota


def place(key: Key, figure: Figure, value: Fraction) -> Fraction | None:
    """A value of the own measure in the unit of a table's bounds."""
    if key.over is not Over.ATTAINMENT:
        return value
    return value * WHOLE / (figure.quota or 1) if figure.has_quota else None
