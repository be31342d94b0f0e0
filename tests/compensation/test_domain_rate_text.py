"""How a component pays, as an author writes it: a rate, bands, a curve or a grid, and everything that is refused."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.rates import Band, Bound, Grid, Key, Kind, Over, RateTable, Worth
from spm_app.compensation.domain.rule import Type
from tests.compensation.plan_parts import component_of, findings, table_of, text_of

UNITS = "credit: {to: owner, value: units}"
ATTAINED, AMOUNT = Key(Over.ATTAINMENT, "", Type.RATIO), Key(Over.AMOUNT)
TWO = "[{from: 0 %, to: 50 %, rate: 2 %}, {from: 50 %, rate: 3 %}]"
GRID = "kind: grid, rows: {over: attainment, from: [0 %, 50 %]}"
COLUMNS = "columns: {over: {measure: margin}, from: [0, 100, 250.50]}"


def flat(band: Band, worth: Worth = Worth.RATE) -> RateTable:
    return RateTable(Kind.FLAT, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (band,), worth=worth)


def test_one_rate_is_of_everything() -> None:
    assert component_of("rate: 2.5 %").table == flat(Band(0, None, 25_000))


def test_each_unit_may_be_worth_an_amount() -> None:
    assert component_of("each: 2.50", credit=UNITS).table == flat(Band(0, None, 0, 250), Worth.EACH)


@pytest.mark.parametrize("kind", ["marginal", "whole_amount"])
def test_bands_have_rates(kind: str) -> None:
    table = table_of(f"{{kind: {kind}, over: attainment, bands: {TWO}}}")
    assert (table.kind, table.worth, table.point) == (Kind(kind), Worth.RATE, None)
    assert table.bands == (Band(0, 500_000, 20_000), Band(500_000, None, 30_000))
    assert (table.bound, table.keyed, table.keys) == (Bound.LOWER_INCLUSIVE, ATTAINED, (ATTAINED,))


def test_bands_of_units_may_have_an_amount_for_each() -> None:
    table = table_of(
        "{kind: marginal, over: amount, bound: upper_inclusive,"
        " bands: [{from: 0, to: 10.5, each: 2}, {from: 10.5, each: 3}]}",
        UNITS,
    )
    assert (table.worth, table.bound) == (Worth.EACH, Bound.UPPER_INCLUSIVE)
    assert table.bands == (Band(0, 10_500_000, 0, 200), Band(10_500_000, None, 0, 300))
    assert table.keyed == Key(Over.AMOUNT, "", Type.NUMBER)


@pytest.mark.parametrize(
    ("over", "bounds", "key", "start"),
    [
        ("amount", "7.50", AMOUNT, 750),
        ("{measure: margin}", "7.50", Key(Over.MEASURE, "margin"), 750),
        ("{measure: boxes}", "7.5", Key(Over.MEASURE, "boxes", Type.NUMBER), 7_500_000),
        ("{measure: rating}", "7.5 %", Key(Over.MEASURE, "rating", Type.RATIO), 75_000),
        ("{attainment: margin}", "7.5 %", Key(Over.ATTAINMENT_OF, "margin", Type.RATIO), 75_000),
        ("{field: discount}", "7.5 %", Key(Over.FIELD, "discount", Type.RATIO), 75_000),
        ("{field: units}", "7.5", Key(Over.FIELD, "units", Type.NUMBER), 7_500_000),
        ("{field: margin}", "7.5", Key(Over.FIELD, "margin"), 750),
    ],
)
def test_bounds_are_in_the_unit_of_what_the_table_is_keyed_on(over: str, bounds: str, key: Key, start: int) -> None:
    table = table_of(f"{{kind: whole_amount, over: {over}, bands: [{{from: {bounds}, rate: 1 %}}]}}")
    assert (table.keyed, table.bands) == (key, (Band(start, None, 10_000),))


def test_a_hybrid_has_a_point_and_a_way_on_each_side() -> None:
    table = table_of(
        f"{{kind: hybrid, over: attainment, point: 50 %, below: whole_amount, above: marginal, bands: {TWO}}}"
    )
    assert (table.kind, table.point, table.below, table.above) == (
        Kind.HYBRID,
        500_000,
        Kind.WHOLE_AMOUNT,
        Kind.MARGINAL,
    )


def test_overage_has_its_point_at_the_quota() -> None:
    table = table_of(f"{{kind: retroactive_overage, over: attainment, bands: {TWO}}}")
    assert (table.kind, table.point, table.below, table.above) == (
        Kind.HYBRID,
        1_000_000,
        Kind.MARGINAL,
        Kind.WHOLE_AMOUNT,
    )


@pytest.mark.parametrize("kind", ["step", "interpolated"])
def test_bands_are_worth_amounts_or_shares_of_the_target(kind: str) -> None:
    bands = "[{from: 0 %, to: 50 %, amount: AMOUNT}, {from: 50 %, to: 100 %, amount: AMOUNT}]"
    amounts = table_of(f"{{kind: {kind}, over: attainment, bands: {bands.replace('AMOUNT', '12.50')}}}")
    shares = table_of(f"{{kind: {kind}, over: attainment, bands: {bands.replace('AMOUNT', '12.5 %')}}}")
    assert (amounts.worth, amounts.bands[1]) == (Worth.AMOUNT, Band(500_000, 1_000_000, 0, 1_250))
    assert (shares.worth, shares.bands[1]) == (Worth.TARGET, Band(500_000, 1_000_000, 125_000))


def test_a_curve_has_points() -> None:
    table = table_of("{kind: curve, over: attainment, points: [{at: 80 %, pays: 0}, {at: 120 %, pays: 500}]}")
    assert (table.kind, table.worth, table.pays_amounts) == (Kind.CURVE, Worth.AMOUNT, True)
    assert table.bands == (Band(800_000, None, 0), Band(1_200_000, None, 0, 50_000))
    shares = table_of("{kind: curve, over: {measure: boxes}, points: [{at: 8, pays: 50 %}]}")
    assert (shares.worth, shares.bands) == (Worth.TARGET, (Band(8_000_000, None, 500_000),))
    assert table_of("{kind: curve, over: amount, points: [{at: 8, pays: 1}]}").key is None


def test_a_grid_has_rates_by_two_keys() -> None:
    table = table_of(f"{{{GRID}, {COLUMNS}, cells: [[1 %, 2 %, 3 %], [4 %, 5 %, 6 %]]}}")
    rows, columns = ATTAINED, Key(Over.MEASURE, "margin")
    cells = ((10_000, 20_000, 30_000), (40_000, 50_000, 60_000))
    assert table.grid == Grid(rows, columns, (0, 500_000), (0, 10_000, 25_050), cells)
    assert (table.kind, table.worth, table.keys) == (Kind.GRID, Worth.RATE, (rows, columns))


def test_a_grid_may_have_amounts_and_lines_between_them() -> None:
    table = table_of(
        f"{{{GRID}, {COLUMNS}, interpolated: yes, bound: upper_inclusive, cells: [[1, 2, 3], [4, 5, 6.50]]}}"
    )
    assert table.grid is not None
    assert (table.worth, table.bound, table.grid.interpolated) == (Worth.AMOUNT, Bound.UPPER_INCLUSIVE, True)
    assert table.grid.cells[1] == (400, 500, 650)


HERE = "15:rate_table"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("{kind: lottery, over: amount, bands: [{from: 0, rate: 1 %}]}", [(f"{HERE}.kind", "not_a_choice")]),
        (f"{{over: attainment, bands: {TWO}}}", [(HERE, "missing")]),
        (f"{{kind: marginal, bands: {TWO.replace(' %,', ',')}}}", [(HERE, "missing")]),
        ("{kind: marginal, over: attainment}", [(HERE, "missing")]),
        ("{kind: marginal, over: attainment, bands: []}", [(f"{HERE}.bands", "not_a_list")]),
        ("{kind: marginal, over: attainment, bands: [5 %]}", [(f"{HERE}.bands[0]", "not_a_map")] * 2),
        ("{kind: marginal, over: attainment, bands: [{rate: 5 %}]}", [(f"{HERE}.bands[0]", "missing")]),
        ("{kind: marginal, over: weather, bands: [{from: 0 %, rate: 5 %}]}", [(f"{HERE}.over", "not_a_choice")]),
        (
            "{kind: marginal, over: attainment, bands: [{from: 0 %, amount: 5}]}",
            [(f"{HERE}.bands[0].amount", "unknown_key"), (f"{HERE}.bands[0]", "missing")],
        ),
        (
            "{kind: step, over: attainment, bands: [{from: 0 %, rate: 5 %}]}",
            [(f"{HERE}.bands[0].rate", "unknown_key"), (f"{HERE}.bands[0]", "missing")],
        ),
        (
            "{kind: step, over: amount, bands: [{from: 0, to: 5, amount: 5 %}, {from: 5, amount: 5}]}",
            [(f"{HERE}.bands[1].amount", "not_a_percentage")],
        ),
        (
            f"{{kind: marginal, over: attainment, point: 5 %, cells: [], bands: {TWO}}}",
            [(f"{HERE}.point", "not_of_this_kind"), (f"{HERE}.cells", "not_of_this_kind")],
        ),
        (f"{{kind: hybrid, over: attainment, bands: {TWO}}}", [(HERE, "missing")] * 3),
        (
            f"{{kind: hybrid, over: attainment, point: 5 %, below: step, above: marginal, bands: {TWO}}}",
            [(f"{HERE}.below", "not_a_choice")],
        ),
        (
            "{kind: retroactive_overage, over: amount, bands: [{from: 0, rate: 5 %}]}",
            [(f"{HERE}.over", "overage_of_quota")],
        ),
        (
            "{kind: retroactive_overage, bands: [{from: 0, rate: 5 %}]}",
            [(HERE, "missing")],
        ),
        (
            "{kind: marginal, over: {measure: margin}, bands: [{from: 0, rate: 5 %}]}",
            [(f"{HERE}.over", "other_key_whole")],
        ),
        ("{kind: whole_amount, over: {}, bands: [{from: 0, rate: 5 %}]}", [(f"{HERE}.over", "one_key")]),
        (
            "{kind: whole_amount, over: {measure: margin, field: units}, bands: [{from: 0, rate: 5 %}]}",
            [(f"{HERE}.over", "one_key")],
        ),
        (
            "{kind: whole_amount, over: {measure: weather}, bands: [{from: 0, rate: 5 %}]}",
            [(f"{HERE}.over.measure", "no_measure")],
        ),
        (
            "{kind: whole_amount, over: {field: stage}, bands: [{from: 0, rate: 5 %}]}",
            [(f"{HERE}.over.field", "rule.no_figure")],
        ),
        ("{kind: curve, over: attainment}", [(HERE, "missing")]),
        ("{kind: curve, points: [{at: 5, pays: 5}]}", [(HERE, "missing")]),
        ("{kind: curve, over: attainment, points: [{at: 5 %}]}", [(f"{HERE}.points[0]", "missing")]),
        (
            "{kind: curve, over: attainment, interpolated: yes, points: [{at: 5 %, pays: 5}]}",
            [(f"{HERE}.interpolated", "not_of_this_kind")],
        ),
        ("{kind: grid}", [(HERE, "missing")] * 3),
        (f"{{{GRID}, {COLUMNS}}}", [(HERE, "missing")]),
        (f"{{{GRID}, cells: [[1 %], [2 %]]}}", [(HERE, "missing"), (f"{HERE}.cells", "cells_differ")]),
        (f"{{{GRID}, {COLUMNS}, cells: [[1, 2, 3]]}}", [(f"{HERE}.cells", "cells_differ")]),
        (f"{{{GRID}, {COLUMNS}, cells: [[1, 2, 3], [4, 5]]}}", [(f"{HERE}.cells", "cells_differ")]),
        (f"{{{GRID}, {COLUMNS}, cells: [[1, 2, 3], [4, 5, 6 %]]}}", [(f"{HERE}.cells[1][2]", "not_an_amount")]),
        (
            f"{{{GRID}, {COLUMNS}, interpolated: so, cells: [[1, 2, 3], [4, 5, 6]]}}",
            [(f"{HERE}.interpolated", "not_yes_or_no")],
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_named_with_its_line(table: str, expected: list[tuple[str, str]]) -> None:
    assert findings(text_of(f"rate_table: {table}")) == expected


@pytest.mark.parametrize("lines", [(), ("rate: 5 %", "each: 5"), ("each: 5", f"rate_table: {{{GRID}}}")])
def test_a_component_pays_in_one_way(lines: tuple[str, ...]) -> None:
    assert findings(text_of(*lines))[0] == ("12:components[0]", "rate_or_table")
