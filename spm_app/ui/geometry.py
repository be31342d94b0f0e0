"""Where a figure lies in a drawing: pure numbers for small drawings that need no chart library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

WIDTH, HEIGHT = 100, 28


def spark_points(values: Sequence[int | Fraction]) -> str:
    """The `points` of a polyline in a box of 100 by 28, the lowest value at the bottom; empty for one value or none."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    spread = high - low or 1
    step = WIDTH / (len(values) - 1)
    return " ".join(
        f"{round(index * step, 2)},{round(HEIGHT - 2 - float((value - low) / spread) * (HEIGHT - 4), 2)}"
        for index, value in enumerate(values)
    )


def share_of_scale(value: int | Fraction, scale: int | Fraction) -> int:
    """How far along a scale that begins at zero a value lies, in whole per cent from 0 to 100."""
    return 0 if scale <= 0 else max(0, min(100, round(100 * value / scale)))
