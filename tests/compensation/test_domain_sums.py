"""One sum: curves, grids, amounts that are reached, and rates looked up by another measure; by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from spm_app.compensation.domain.shapes import without_accelerator
from spm_app.compensation.domain.standing import Figure, Standing
from spm_app.compensation.domain.sums import sum_of
from tests.compensation.plan_parts import component_of

CURVE = "points: [{at: 50 %, pays: 0}, {at: 100 %, pays: 1000}, {at: 200 %, pays: 4000}]"
OVER_CURVE = f"rate_table: {{kind: curve, over: attainment, {CURVE}}}"
STEP = (
    "rate_table: {kind: step, over: attainment, bands: [{from: 0 %, to: 80 %, amount: 0}, {from: 80 %, amount: 500}]}"
)
OTHER = "rate_table: {kind: whole_amount, over: {attainment: margin}, bands: [{from: 0 %, to: 80 %, rate: 5 %}, LAST]}"
OTHER = OTHER.replace("LAST", "{from: 80 %, rate: 10 %}")
GRID = "rate_table: {kind: grid, rows: {over: attainment, from: [0 %, 100 %]}, columns: COLUMNS, cells: CELLS}"
GRID = GRID.replace("COLUMNS", "{over: {measure: margin}, from: [0, 100]}")


def sums(
    *lines: str, value: int = 100_00, quota: int | None = 100_00, before: int = 0, target: int = 0, margin: int = 0
) -> tuple[Fraction, Fraction, Fraction | None]:
    """Of the period, of earlier ones, and the one rate; in minor units."""
    component = component_of(*lines)
    own = Figure(Fraction(value), Fraction(before), base=value - before, quota=quota, target=Fraction(target))
    standing = Standing({"sales": own, "margin": Figure(Fraction(margin), quota=100_00)})
    total, earlier, _, rate = sum_of(component, component.table, standing)
    return total, earlier, rate


def notes(*lines: str, quota: int | None = 100_00, value: int = 100_00) -> dict[str, object]:
    component = component_of(*lines)
    figures = {"sales": Figure(Fraction(value), base=value, quota=quota), "margin": Figure(Fraction(0), quota=quota)}
    return sum_of(component, component.table, Standing(figures))[2]


@pytest.mark.parametrize(
    ("value", "pay"),
    [(49_99, 0), (50_00, 0), (75_00, 500_00), (100_00, 1_000_00), (150_00, 2_500_00), (900_00, 4_000_00)],
)
def test_a_curve_pays_what_lies_on_it(value: int, pay: int) -> None:
    assert sums(OVER_CURVE, value=value) == (pay, 0, None)


def test_points_may_be_shares_of_the_target() -> None:
    """80 % of 500.00 at the quota, and half of that halfway from nothing."""
    shares = "rate_table: {kind: curve, over: attainment, points: [{at: 0 %, pays: 0 %}, {at: 100 %, pays: 80 %}]}"
    assert sums(shares, target=500_00) == (400_00, 0, None)
    assert sums(shares, value=50_00, target=500_00) == (200_00, 0, None)


def test_a_cumulative_curve_pays_what_is_more_than_before() -> None:
    assert sums(OVER_CURVE, "accumulate: year", value=150_00, before=100_00) == (1_500_00, 1_000_00, None)
    assert sums(OVER_CURVE, "accumulate: year", value=75_00, before=0) == (500_00, 0, None)
    assert sums(OVER_CURVE, "accumulate: period", value=150_00, before=100_00) == (2_500_00, 0, None)
    over_amount = "rate_table: {kind: curve, over: amount, points: [{at: 0, pays: 0}, {at: 100, pays: 50}]}"
    assert sums(over_amount, "accumulate: year", value=80_00, before=20_00) == (30_00, 10_00, None)


def test_a_curve_without_its_accelerator_is_level_from_the_point() -> None:
    component = component_of(OVER_CURVE)
    level = without_accelerator(component.table, 1_000_000, 100_00)
    standing = Standing({"sales": Figure(Fraction(150_00), quota=100_00)})
    assert sum_of(component, level, standing)[0] == 1_000_00


def test_a_step_pays_the_band_that_is_reached() -> None:
    assert sums(STEP, value=79_99) == (0, 0, None)
    assert sums(STEP, value=80_00) == (500_00, 0, None)
    assert sums(STEP, "accumulate: year", value=90_00, before=85_00) == (0, 500_00, None)


def test_below_the_threshold_nothing_is_reached() -> None:
    threshold = "threshold: {at: 90 %, pays: first_unit}"
    assert sums(STEP, threshold, value=89_99) == (0, 0, None)
    assert sums(STEP, threshold, value=90_00) == (500_00, 0, None)
    assert sums(OVER_CURVE, threshold, value=80_00) == (0, 0, None)


def test_an_amount_needs_something_that_was_done() -> None:
    assert sums(STEP, value=0) == sums(OVER_CURVE, value=-5) == (0, 0, None)


def test_without_a_quota_nothing_is_paid_and_it_says_so() -> None:
    assert sums(STEP, quota=None) == (0, 0, None)
    assert notes(STEP, quota=None) == notes(OTHER, quota=0) == {"missing": "no_quota"}


def test_a_rate_by_another_measure_is_of_what_was_credited_in_the_period() -> None:
    assert sums(OTHER, margin=79_00, value=100_00) == (5_00, 0, Fraction(1, 20))
    assert sums(OTHER, margin=80_00, value=100_00) == (10_00, 0, Fraction(1, 10))
    assert sums(OTHER, "accumulate: year", margin=80_00, value=100_00, before=60_00) == (4_00, 0, Fraction(1, 10))
    assert notes(OTHER) == {"at": "0", "band": 0, "rate": "1/20"}


def test_a_rate_of_the_target_is_of_target_over_quota() -> None:
    """Target 50.00 over quota 200.00 is 25 %; 10 % of that on 100.00 is 2.50."""
    terms = (OTHER, "basis: target", "target: 5")
    assert sums(*terms, margin=80_00, quota=200_00, target=50_00) == (2_50, 0, Fraction(1, 40))
    assert sums(*terms, margin=80_00, quota=None, target=50_00) == (0, 0, 0)


@pytest.mark.parametrize("aggregate", ["average", "max"])
def test_a_rate_of_an_average_or_a_maximum_is_of_that_figure(aggregate: str) -> None:
    assert sums("rate: 5 %", f"aggregate: {aggregate}", value=60_00, before=20_00) == (3_00, 0, None)


RATES = GRID.replace("CELLS", "[[1 %, 2 %], [3 %, 4 %]]")
AMOUNTS = GRID.replace("CELLS", "[[10, 20], [30, 40]]")


@pytest.mark.parametrize(
    ("value", "margin", "rate", "amount"), [(99_00, 99_00, "1/100", 10_00), (100_00, 100_00, "1/25", 40_00)]
)
def test_a_grid_has_a_rate_or_an_amount_for_both(value: int, margin: int, rate: str, amount: int) -> None:
    assert sums(RATES, value=value, margin=margin) == (value * Fraction(rate), 0, Fraction(rate))
    assert sums(AMOUNTS, value=value, margin=margin) == (amount, 0, None)


def test_a_grid_needs_both_places_and_for_an_amount_something_done() -> None:
    assert sums(RATES, quota=None) == sums(AMOUNTS, value=0) == (0, 0, None)
    assert notes(RATES, quota=None) == {"missing": "no_quota"}
    assert notes(AMOUNTS) == {"row": "1000000", "column": "0", "cell": "3000"}


BY_UNIT = "rate_table: {kind: whole_amount, over: {attainment: margin}, bands: [{from: 0 %, to: 80 %, each: 2}, LAST]}"
BY_UNIT = BY_UNIT.replace("LAST", "{from: 80 %, each: 3}")


def test_an_amount_for_each_may_be_looked_up_by_another_measure() -> None:
    """Of 12 units 5 were sold before: 7 units at 2.00, or at 3.00."""
    units = {"value": 12_000_000, "before": 5_000_000}
    assert sums(BY_UNIT, margin=79_00, **units) == (14_00, 0, Fraction(200, 1_000_000))
    assert sums(BY_UNIT, margin=80_00, **units) == (21_00, 0, Fraction(300, 1_000_000))
    assert sums(BY_UNIT, "aggregate: count", margin=80_00, **units) == (21_00, 0, None)
