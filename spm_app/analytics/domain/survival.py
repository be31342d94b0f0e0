"""How long things take when some have not ended yet (Kaplan and Meier, 1958)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def median_days(ended: Iterable[int], waiting: Iterable[int]) -> int | None:
    """The first day on which at least half have ended, by the product-limit estimate; None when it never comes.

    `ended` holds the ages at which things ended, `waiting` the ages so far of those that have not; an age at which both
    happen counts the ending first. Negative ages (dates the wrong way round) are left out.
    """
    ends = Counter(each for each in ended if each >= 0)
    out = Counter(each for each in waiting if each >= 0)
    at_risk, left, of = ends.total() + out.total(), 1, 1  # the share `left / of`: whole numbers, never reduced
    for age in sorted({*ends, *out}):
        if ends[age]:
            left, of = left * (at_risk - ends[age]), of * at_risk
            if 2 * left <= of:
                return age
        at_risk -= ends[age] + out[age]
    return None
