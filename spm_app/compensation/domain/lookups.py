"""Looking things up: the band that is reached, a place on a curve, a cell of a grid. Exact fractions all through."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from spm_app.compensation.domain.rates import Bound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.rates import Band, Grid


def reached(starts: Sequence[Fraction | int], at: Fraction | int, bound: Bound) -> int:
    """The last of these starts that `at` has come to; what lies below the first belongs to the first."""
    from_below = bound is Bound.LOWER_INCLUSIVE
    passed = [no for no, start in enumerate(starts) if at > start or (from_below and at == start)]
    return max(passed, default=0)


def on_curve(points: Sequence[tuple[Fraction | int, Fraction | int]], at: Fraction) -> Fraction:
    """Straight lines between points; nothing before the first, level beyond the last."""
    return Fraction(0) if at < points[0][0] else between(points, at)


def between(points: Sequence[tuple[Fraction | int, Fraction | int]], at: Fraction) -> Fraction:
    """Straight lines between points, level before the first and beyond the last."""
    if at <= points[0][0]:
        return Fraction(points[0][1])
    for (low, low_worth), (high, high_worth) in pairwise(points):
        if at <= high:
            return low_worth + (at - low) * Fraction(high_worth - low_worth) / (high - low)
    return Fraction(points[-1][1])


def in_bands(bands: Sequence[Band], at: Fraction, bound: Bound, *, interpolated: bool) -> Fraction:
    """What the band that is reached says, or a place on the lines between the bands' starts."""
    if interpolated:
        return between([(band.start, band.rate) for band in bands], at)
    return Fraction(bands[reached([band.start for band in bands], at, bound)].rate)


def in_grid(grid: Grid, row: Fraction, column: Fraction, bound: Bound) -> Fraction:
    """The cell of both places, or a place on the straight lines between cells in both directions."""
    if not grid.interpolated:
        at = reached(grid.row_starts, row, bound)
        return Fraction(grid.cells[at][reached(grid.column_starts, column, bound)])
    return between([*zip(grid.row_starts, _along(grid, column), strict=True)], row)


def _along(grid: Grid, column: Fraction) -> list[Fraction]:
    return [between([*zip(grid.column_starts, cells, strict=True)], column) for cells in grid.cells]
