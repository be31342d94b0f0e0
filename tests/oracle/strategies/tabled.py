"""Every kind of rate table, over everything that one may be keyed on, in the unit that goes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.terms import (
    WHOLE,
    Accumulate,
    Aggregate,
    Band,
    Bound,
    Grid,
    Key,
    Kind,
    Over,
    RateTable,
    Worth,
)

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Measure

#: Bounds as shares of a quota, in cents, in millionths of a number, and as ratios.
RAGGED = {
    "attainment": [250_000, 333_333, 500_000, 750_000, 1_000_000, 1_500_001],
    Type.MONEY: [1, 50_000, 75_001, 100_000],
    Type.NUMBER: [1_000_000, 2_500_000, 3_000_000],
    Type.RATIO: [100_000, 200_000, 333_333],
}
#: The same for bands that pay in proportion, whose widths must have something in common.
ROUND = {
    "attainment": [250_000, 500_000, 800_000, 1_000_000, 1_500_000],
    Type.MONEY: [10_000, 50_000, 75_000],
    Type.NUMBER: [1_000_000, 2_500_000],
    Type.RATIO: [100_000, 250_000],
}
LOOKED_UP = (Kind.WHOLE_AMOUNT, Kind.STEP, Kind.CURVE, Kind.GRID)


def own_keys(measure: Measure) -> st.SearchStrategy[Key]:
    """The component's own measure, or its attainment."""
    return st.sampled_from([Key(Over.ATTAINMENT, "", Type.RATIO), Key(Over.AMOUNT, "", measure.unit)])


def other_keys(others: dict[str, Measure]) -> st.SearchStrategy[Key]:
    """Other measures, and what they attain."""
    found = [Key(Over.MEASURE, code, each.unit) for code, each in others.items()]
    return st.sampled_from([*found, *(Key(Over.ATTAINMENT_OF, code, Type.RATIO) for code in others)])


fields = st.sampled_from([Key(Over.FIELD, "discount", Type.RATIO), Key(Over.FIELD, "units", Type.NUMBER)])


def starts(key: Key, *, rounded: bool = False, most: int = 4) -> st.SearchStrategy[list[int]]:
    """From nothing upwards."""
    choice = (ROUND if rounded else RAGGED)["attainment" if key.is_attainment else key.type]
    return st.sets(st.sampled_from(choice), max_size=most).map(lambda each: [0, *sorted(each)])


@st.composite
def tables(draw: st.DrawFn, measure: Measure, others: dict[str, Measure]) -> RateTable:
    """A table that goes with the measure."""
    alone = measure.accumulate is Accumulate.TRANSACTION
    kinds = (
        [each for each in Kind if each is not Kind.GRID or not alone]
        if measure.runs
        else [*LOOKED_UP, *([Kind.FLAT] if measure.unit is Type.MONEY else [])]
    )
    kind = draw(st.sampled_from(kinds))
    key = draw(_key(kind, measure, others))
    if kind is Kind.FLAT:
        return RateTable(
            kind, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (_banded(0, None, draw, _flat(measure)),), worth=_flat(measure)
        )
    if kind is Kind.GRID:
        return draw(_grids(measure, key, draw(_key(kind, measure, others))))
    worth = draw(_worth(kind, measure))
    begin = draw(starts(key, rounded=kind in {Kind.INTERPOLATED, Kind.CURVE}))
    last = begin[-1] + 250_000 if kind is Kind.INTERPOLATED else None
    ends = [None] * len(begin) if kind is Kind.CURVE else [*begin[1:], last]
    bands = tuple(_banded(start, end, draw, worth) for start, end in zip(begin, ends, strict=True))
    own = key in {Key(Over.ATTAINMENT, "", Type.RATIO), Key(Over.AMOUNT, "", measure.unit)}
    table = RateTable(
        kind,
        key.over,
        draw(st.sampled_from(Bound)),
        bands,
        worth=worth,
        key=None if own and draw(st.booleans()) else key,
    )
    if kind is not Kind.HYBRID:
        return table
    ways = st.sampled_from([Kind.MARGINAL, Kind.WHOLE_AMOUNT])
    return replace(table, point=draw(st.sampled_from(begin)), below=draw(ways), above=draw(ways))


def _flat(measure: Measure) -> Worth:
    return Worth.EACH if measure.unit is Type.NUMBER else Worth.RATE


def _key(kind: Kind, measure: Measure, others: dict[str, Measure]) -> st.SearchStrategy[Key]:
    own = own_keys(measure)
    if kind is Kind.FLAT:
        return st.just(Key(Over.AMOUNT, "", measure.unit))
    if kind not in LOOKED_UP:
        return own
    by_deal = [fields] if measure.aggregate is Aggregate.SUM and kind in {Kind.WHOLE_AMOUNT, Kind.STEP} else []
    each = kind is Kind.WHOLE_AMOUNT and measure.unit is Type.NUMBER
    return st.one_of(own, *([other_keys(others)] if others and not each else []), *by_deal)


def _worth(kind: Kind, measure: Measure) -> st.SearchStrategy[Worth]:
    if kind in {Kind.STEP, Kind.INTERPOLATED, Kind.CURVE}:
        return st.sampled_from([Worth.AMOUNT, Worth.TARGET])
    return st.just(Worth.EACH if measure.unit is Type.NUMBER else Worth.RATE)


def _banded(start: int, end: int | None, draw: st.DrawFn, worth: Worth) -> Band:
    """A rate or share of the target, or an amount."""
    if worth in {Worth.RATE, Worth.TARGET}:
        return Band(start, end, draw(st.integers(0, WHOLE // 4 if worth is Worth.RATE else 2 * WHOLE)))
    return Band(start, end, 0, draw(st.integers(0, 100_000)))


@st.composite
def _grids(draw: st.DrawFn, measure: Measure, rows: Key, columns: Key) -> RateTable:
    interpolated = draw(st.booleans())
    row_starts, column_starts = (draw(starts(each, rounded=interpolated, most=2)) for each in (rows, columns))
    worth = Worth.RATE if measure.unit is Type.MONEY and draw(st.booleans()) else Worth.AMOUNT
    cells = tuple(tuple(draw(st.integers(0, 200_000)) for _ in column_starts) for _ in row_starts)
    grid = Grid(rows, columns, tuple(row_starts), tuple(column_starts), cells, interpolated)
    bound = draw(st.sampled_from(Bound))
    return RateTable(Kind.GRID, rows.over, bound, (Band(0, None, 0),), worth=worth, key=rows, grid=grid)
