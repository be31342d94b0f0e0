"""Bands that are reached, places on curves, cells of grids: exact, with figures that a pencil can check."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from spm_app.compensation.domain.lookups import between, in_bands, in_grid, on_curve, reached
from spm_app.compensation.domain.rates import Band, Bound, Grid, Key, Over

LOWER, UPPER = Bound.LOWER_INCLUSIVE, Bound.UPPER_INCLUSIVE
POINTS = ((80, 0), (100, 1_000), (120, 3_000))
BANDS = (Band(0, 80, 900), Band(80, 100, 1_000), Band(100, None, 1_200))
GRID = Grid(Key(Over.AMOUNT), Key(Over.AMOUNT), (0, 100), (0, 10, 20), ((1, 2, 3), (5, 6, 9)))


@pytest.mark.parametrize(
    ("at", "lower", "upper"), [(-5, 0, 0), (0, 0, 0), (79, 0, 0), (80, 1, 0), (81, 1, 1), (100, 2, 1), (999, 2, 2)]
)
def test_a_place_on_a_bound_belongs_to_one_band(at: int, lower: int, upper: int) -> None:
    assert (reached((0, 80, 100), at, LOWER), reached((0, 80, 100), at, UPPER)) == (lower, upper)


@pytest.mark.parametrize(
    ("at", "worth"),
    [
        ("79", 0),
        ("80", 0),
        ("90", 500),
        ("100", 1_000),
        ("105", 1_500),
        ("120", 3_000),
        ("500", 3_000),
        ("241/3", "50/3"),
    ],
)
def test_a_curve_is_straight_between_points(at: str, worth: int | str) -> None:
    assert on_curve(POINTS, Fraction(at)) == Fraction(worth)


def test_nothing_lies_before_the_first_point_and_level_lies_beyond_the_last() -> None:
    raised = ((80, 500), (100, 1_000))
    assert (on_curve(raised, Fraction(79)), on_curve(raised, Fraction(80))) == (0, 500)
    assert (between(raised, Fraction(79)), between(raised, Fraction(101))) == (500, 1_000)
    assert between(((80, 500),), Fraction(99)) == 500


def test_bands_say_their_own_or_lie_on_lines_between_their_starts() -> None:
    assert [in_bands(BANDS, Fraction(at), LOWER, interpolated=False) for at in (0, 80, 100)] == [900, 1_000, 1_200]
    assert in_bands(BANDS, Fraction(80), UPPER, interpolated=False) == 900
    assert [in_bands(BANDS, Fraction(at), LOWER, interpolated=True) for at in (0, 40, 90, 300)] == [
        900,
        950,
        1_100,
        1_200,
    ]


@pytest.mark.parametrize(
    ("row", "column", "cell"), [(0, 0, 1), (99, 9, 1), (99, 10, 2), (100, 10, 6), (500, 500, 9), (-1, -1, 1)]
)
def test_a_grid_has_the_cell_of_both_places(row: int, column: int, cell: int) -> None:
    assert in_grid(GRID, Fraction(row), Fraction(column), LOWER) == cell


def test_a_cell_s_bound_may_belong_to_the_one_below() -> None:
    assert in_grid(GRID, Fraction(100), Fraction(10), UPPER) == 1


@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [(0, 0, "1"), (0, 5, "3/2"), (50, 0, "3"), (50, 10, "4"), (50, 15, "5"), (25, 15, "15/4"), (300, 300, "9")],
)
def test_a_grid_may_be_straight_in_both_directions(row: int, column: int, cell: str) -> None:
    """Halfway down between 2 and 6 is 4, and between 3 and 9 is 6: halfway between those is 5."""
    lines = replace(GRID, interpolated=True)
    assert in_grid(lines, Fraction(row), Fraction(column), LOWER) == Fraction(cell)
