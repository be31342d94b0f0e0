"""What a grid pays: the cell that two keys fall into, or straight lines between cells."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.oracle.tables import Terms


def cell(terms: Terms, stretch: tuple[Fraction, Fraction], part: Fraction, at: Sequence[Fraction | None]) -> Fraction:
    """A rate of the stretch, or the stretch's part of an amount; nothing where a key is no figure."""
    row, column = at
    if row is None or column is None:
        return Fraction(0)
    found = looked_up(terms, row, column)
    if terms.component.table.worth.value == "amount":
        return part * found
    return (stretch[1] - stretch[0]) * tables.rated(terms, found)


def looked_up(terms: Terms, row: Fraction, column: Fraction) -> Fraction:
    grid = terms.component.table.grid
    assert grid is not None
    if grid.interpolated:
        by_row = [tables.between(_points(grid.column_starts, cells), column) for cells in grid.cells]
        return tables.between(_points(grid.row_starts, by_row), row)
    inclusive = terms.component.table.bound.value == "lower_inclusive"
    return Fraction(grid.cells[_at(grid.row_starts, row, inclusive)][_at(grid.column_starts, column, inclusive)])


def _points(starts: Sequence[int], values: Sequence[int | Fraction]) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(start), Fraction(value)) for start, value in zip(starts, values, strict=True)]


def _at(starts: Sequence[int], place: Fraction, inclusive: bool) -> int:
    """The last start that has been reached; the first when none has."""
    return max((at for at, start in enumerate(starts) if place > start or (inclusive and place == start)), default=0)
