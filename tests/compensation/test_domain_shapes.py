"""What thresholds, caps and gates make of a table, and which components earn one sum."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spm_app.compensation.domain.rates import Band, Kind
from spm_app.compensation.domain.shapes import is_spread, is_tuned, shaped, without_accelerator
from tests.compensation.plan_parts import component_of, table_of

BANDS = "bands: [{from: 0 %, to: 50 %, rate: 2 %}, {from: 50 %, to: 100 %, rate: 4 %}, {from: 100 %, rate: 8 %}]"
HALF, WHOLE = 500_000, 1_000_000
FIRST, SECOND, THIRD = Band(0, HALF, 20_000), Band(HALF, WHOLE, 40_000), Band(WHOLE, None, 80_000)
AMOUNTS = "over: attainment, bands: [{from: 0 %, to: 50 %, amount: 1}, {from: 50 %, amount: 9}]"


def table(kind: str) -> str:
    return f"rate_table: {{kind: {kind}, over: attainment, {BANDS}}}"


def there(at: str) -> str:
    return f"threshold: {{at: {at}, pays: from_there}}"


def test_a_table_with_nothing_around_it_is_itself() -> None:
    component = component_of(table("marginal"))
    assert shaped(component) is component.table
    first_unit = component_of(table("marginal"), "threshold: {at: 50 %, pays: first_unit}")
    assert shaped(first_unit) is first_unit.table
    nowhere = component_of(table("marginal"), there("0 %"))
    assert shaped(nowhere) is nowhere.table


@pytest.mark.parametrize(
    ("at", "bands"),
    [
        ("50 %", (Band(0, HALF, 0), SECOND, THIRD)),
        ("30 %", (Band(0, 300_000, 0), replace(FIRST, start=300_000), SECOND, THIRD)),
        ("120 %", (Band(0, 1_200_000, 0), replace(THIRD, start=1_200_000))),
    ],
)
def test_from_a_threshold_on_slices_below_it_bear_nothing(at: str, bands: tuple[Band, ...]) -> None:
    shape = shaped(component_of(table("marginal"), there(at)))
    assert (shape.kind, shape.bands) == (Kind.MARGINAL, bands)


def test_a_rate_on_everything_is_then_on_what_lies_above_the_threshold() -> None:
    shape = shaped(component_of(table("whole_amount"), there("50 %")))
    assert (shape.kind, shape.point, shape.below, shape.above) == (Kind.HYBRID, HALF, Kind.MARGINAL, Kind.WHOLE_AMOUNT)
    assert shape.bands == (Band(0, HALF, 0), SECOND, THIRD)
    flat = shaped(component_of("rate: 5 %", there("10")))
    assert (flat.kind, flat.bands) == (Kind.HYBRID, (Band(0, 1_000, 0), Band(1_000, None, 50_000)))


@pytest.mark.parametrize(
    ("most", "bands"),
    [
        ("100 %", (FIRST, SECOND, Band(WHOLE, None, 0))),
        ("80 %", (FIRST, replace(SECOND, end=800_000), Band(800_000, None, 0))),
        ("200 %", (FIRST, SECOND, replace(THIRD, end=2_000_000), Band(2_000_000, None, 0))),
    ],
)
def test_a_cap_on_attainment_is_a_last_band_of_nothing(most: str, bands: tuple[Band, ...]) -> None:
    shape = shaped(component_of(table("marginal"), f"cap: {{attainment: {most}}}"))
    assert (shape.kind, shape.bands) == (Kind.MARGINAL, bands)
    whole = shaped(component_of(table("whole_amount"), f"cap: {{attainment: {most}}}"))
    assert (whole.kind, whole.point, whole.bands) == (Kind.HYBRID, bands[-1].start, bands)
    assert (whole.below, whole.above) == (Kind.WHOLE_AMOUNT, Kind.MARGINAL)


def test_bands_from_the_point_on_pay_what_the_band_below_it_pays() -> None:
    own = component_of(table("marginal")).table
    assert without_accelerator(own, WHOLE, 100).bands == (FIRST, SECOND, replace(THIRD, rate=40_000))
    assert without_accelerator(own, 0, 100).bands == tuple(replace(each, rate=20_000) for each in own.bands)
    assert without_accelerator(own, 700_000, 100).bands == (FIRST, SECOND, replace(THIRD, rate=40_000))


def test_over_an_amount_the_point_is_that_share_of_the_quota() -> None:
    """100 % of a quota of 10.00 is 10.00."""
    bands = "[{from: 0, to: 10, rate: 5 %}, {from: 10, rate: 9 %}]"
    own = table_of(f"{{kind: marginal, over: amount, bands: {bands}}}")
    assert without_accelerator(own, WHOLE, 1_000).bands[1].rate == 50_000
    assert without_accelerator(own, WHOLE, 1_001).bands[1].rate == 90_000
    assert without_accelerator(own, WHOLE, None) is own
    assert without_accelerator(own, WHOLE, 0) is own


def test_a_curve_goes_on_level_from_the_point() -> None:
    own = table_of("{kind: curve, over: attainment, points: [{at: 80 %, pays: 0}, {at: 200 %, pays: 500}]}")
    assert without_accelerator(own, WHOLE, 100) == replace(own, point=WHOLE)


@pytest.mark.parametrize(
    ("lines", "spread", "tuned"),
    [
        (("rate: 5 %",), False, False),
        ((table("marginal"),), False, False),
        ((table("marginal"), "cap: 5"), False, True),
        (("rate: 5 %", "aggregate: average"), True, False),
        (("rate: 5 %", "pool: {share_by: equal}"), True, False),
        (("rate_table: {kind: curve, over: attainment, points: [{at: 80 %, pays: 0}]}",), True, False),
        (("rate_table: {kind: whole_amount, over: {measure: margin}, bands: [{from: 0, rate: 5 %}]}",), True, False),
        (("rate_table: {kind: whole_amount, over: {field: discount}, bands: [{from: 0 %, rate: 5 %}]}",), False, False),
        ((f"rate_table: {{kind: step, {AMOUNTS}}}",), False, False),
        ((f"rate_table: {{kind: step, {AMOUNTS}}}", "accumulate: year"), True, True),
        ((f"rate_table: {{kind: step, {AMOUNTS}}}", "cap: 5"), True, True),
        ((f"rate_table: {{kind: step, {AMOUNTS}}}", "cap: 5", "accumulate: transaction"), False, True),
        ((f"rate_table: {{kind: interpolated, {AMOUNTS.replace('1}', '1 %}').replace('9}', '9 %}')}}}",), False, True),
    ],
)
def test_a_component_earns_one_sum_or_a_part_for_each_deal(lines: tuple[str, ...], spread: bool, tuned: bool) -> None:
    component = component_of(*lines)
    assert (is_spread(component), is_tuned(component)) == (spread, tuned)


def test_a_grid_is_one_sum_except_by_a_field_of_deals() -> None:
    columns = "columns: {over: {measure: margin}, from: [0]}, cells: [[1 %]]"
    own = component_of(f"rate_table: {{kind: grid, rows: {{over: attainment, from: [0 %]}}, {columns}}}")
    field = component_of(f"rate_table: {{kind: grid, rows: {{over: {{field: discount}}, from: [0 %]}}, {columns}}}")
    assert (is_spread(own), is_tuned(own), is_spread(field), is_tuned(field)) == (True, True, False, True)


def test_objectives_are_no_sum_to_spread() -> None:
    assert not is_spread(component_of("target: 5", credit="objectives: [{code: a, name: A, weight: 100 %}]"))
