"""Tables as terms: what they are keyed on, and what depends on where a deal stood."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.rates import Band, Bound, Grid, Key, Kind, Over, RateTable


def table(kind: Kind, over: Over = Over.AMOUNT, key: Key | None = None, grid: Grid | None = None) -> RateTable:
    return RateTable(kind, over, Bound.LOWER_INCLUSIVE, (Band(0, None, 0),), key=key, grid=grid)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_line_depends_on_where_it_stood_where_bands_are_cut(kind: Kind) -> None:
    assert table(kind).runs is (kind in {Kind.MARGINAL, Kind.HYBRID, Kind.INTERPOLATED})
    assert table(kind).pays_amounts is (kind in {Kind.STEP, Kind.INTERPOLATED, Kind.CURVE})


@pytest.mark.parametrize(
    ("over", "attainment", "own"),
    [
        (Over.ATTAINMENT, True, True),
        (Over.AMOUNT, False, True),
        (Over.MEASURE, False, False),
        (Over.ATTAINMENT_OF, True, False),
        (Over.FIELD, False, False),
    ],
)
def test_a_key_is_of_the_own_measure_or_of_another(over: Over, attainment: bool, own: bool) -> None:
    assert (Key(over).is_attainment, Key(over).is_own) == (attainment, own)


def test_a_table_says_what_it_is_looked_up_by() -> None:
    other, own = Key(Over.MEASURE, "margin"), Key(Over.ATTAINMENT)
    assert table(Kind.MARGINAL, Over.ATTAINMENT).keyed == own
    assert table(Kind.STEP, key=other).keys == (other,)
    assert table(Kind.GRID, key=other, grid=Grid(other, own, (0,), (0,), ((1,),))).keys == (other, own)
