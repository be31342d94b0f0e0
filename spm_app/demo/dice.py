"""Chance, seeded: each subject has its own stream, so that a change in one leaves the others as they were."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def stream(seed: int, today: date, subject: str) -> random.Random:
    """The stream of that subject on that day; the same arguments give the same numbers on every machine."""
    return random.Random(f"{seed}:{today.isoformat()}:{subject}")  # noqa: S311 - a demo is to be repeatable


def how_many(rng: random.Random, mean: float) -> int:
    """A count around the mean, as arrivals are (Poisson)."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def around(rng: random.Random, median: float, spread: float) -> float:
    """A positive number, half of the time above the median; `spread` 0.4 keeps two thirds within a factor of 1.5."""
    return median * math.exp(rng.gauss(0, spread))
