"""Whole units from exact figures: the two roundings there are."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MILLION = 1_000_000


def half_up(amount: Fraction) -> int:
    """Away from nothing at the half."""
    return floor(amount + Fraction(1, 2)) if amount >= 0 else -floor(-amount + Fraction(1, 2))


def spread(exact: Sequence[Fraction], whole: int) -> list[int]:
    """Whole units that add up to `whole`: largest remainders first, the earlier first among equals."""
    amounts = [floor(each) for each in exact]
    queue = sorted(range(len(exact)), key=lambda at: (amounts[at] - exact[at], at))
    for at in queue[: whole - sum(amounts)]:
        amounts[at] += 1
    return amounts


def shared(whole: int, weights: Sequence[int | Fraction]) -> list[int]:
    """The whole cut in proportion to the weights, which are not all nothing."""
    total = sum(weights, Fraction(0))
    return spread([whole * Fraction(each) / total for each in weights], whole)
