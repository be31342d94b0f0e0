"""Whole minor units out of exact fractions: half up, and in parts that add up."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def half_up(value: Fraction | int) -> int:
    """The nearest whole number; a half goes away from zero."""
    whole = floor(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """A whole amount in parts by weight that add up: largest remainder, the earlier part first.

    Nothing is spread when no weight is above zero.
    """
    whole = sum(weights)
    if amount == 0 or whole <= 0:
        return [0] * len(weights)
    parts = [amount * weight // whole for weight in weights]
    behind = sorted(range(len(weights)), key=lambda at: (-(amount * weights[at] % whole), at))
    for at in behind[: amount - sum(parts)]:
        parts[at] += 1
    return parts
