"""What one payee earns by one component: gates, modifiers, thresholds and caps, by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from spm_app.compensation.domain.personal import Spread, Tuned, spread, tuned
from spm_app.compensation.domain.rates import Band, Key, Kind, Over
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.standing import Figure, Standing
from tests.compensation.plan_parts import component_of

BANDS = "bands: [{from: 0 %, to: 100 %, rate: 5 %}, {from: 100 %, rate: 10 %}]"
TABLE = f"rate_table: {{kind: marginal, over: attainment, {BANDS}}}"
CURVE = "rate_table: {kind: curve, over: attainment, points: [{at: 0 %, pays: 0}, {at: 200 %, pays: 200}]}"
MARGIN = "modifiers: [{attainment: margin, bands: [{from: 0 %, to: 80 %, factor: 0.5}, {from: 80 %, factor: 1.2}]}]"


def standing(
    *,
    value: int = 100_00,
    before: int = 0,
    quota: int | None = 100_00,
    target: int = 0,
    margin: int = 80_00,
    margin_before: tuple[int, int | None] = (0, None),
    certificates: frozenset[str] = frozenset(),
) -> Standing:
    own = Figure(Fraction(value), Fraction(before), value - before, 1, quota, target=Fraction(target))
    other = Figure(Fraction(margin), Fraction(margin_before[0]), quota=100_00, quota_before=margin_before[1])
    return Standing({"sales": own, "margin": other}, certificates)


def terms(*lines: str, **how: Any) -> Tuned:
    return tuned(component_of(*lines), standing(**how))


def one_sum(*lines: str, **how: Any) -> Spread:
    return spread(component_of(*lines), standing(**how))


def test_a_component_alone_is_its_table() -> None:
    component = component_of(TABLE)
    assert tuned(component, standing()) == Tuned(component.table, None, Fraction(1), None, None, begun=True, notes={})


@pytest.mark.parametrize(
    ("gate", "how", "is_open"),
    [
        ("{measure: margin, at_least: 80}", {"margin": 80_00}, True),
        ("{measure: margin, at_least: 80}", {"margin": 79_99}, False),
        ("{attainment: margin, at_least: 80 %}", {"margin": 80_00}, True),
        ("{attainment: margin, at_least: 80 %}", {"margin": 79_99}, False),
        ("{certificate: safety}", {"certificates": frozenset({"safety"})}, True),
        ("{certificate: safety}", {"certificates": frozenset({"other"})}, False),
        # Before the period: 40.00 of 50.00 are 80 %; nothing could be attained while there was no quota.
        ("{attainment: margin, at_least: 80 %, as_of: start}", {"margin_before": (40_00, 50_00), "margin": 0}, True),
        ("{attainment: margin, at_least: 80 %, as_of: start}", {"margin_before": (39_99, 50_00)}, False),
        ("{attainment: margin, at_least: 80 %, as_of: start}", {"margin_before": (0, None)}, True),
        ("{attainment: margin, at_least: 80 %, as_of: start}", {"margin_before": (0, 0)}, True),
        ("{measure: margin, at_least: 5, as_of: start}", {"margin_before": (4_99, None)}, False),
        ("{measure: margin, at_least: 5, as_of: start}", {"margin_before": (5_00, None)}, True),
    ],
)
def test_a_gate_that_is_shut_keeps_everything_back(gate: str, how: dict[str, Any], is_open: bool) -> None:
    found = terms(TABLE, f"gates: [{gate}]", **how)
    assert (found.factor, found.notes["gates"][0]["open"]) == (int(is_open), is_open)
    assert found.notes.get("factor") == (None if is_open else "0")
    assert one_sum(CURVE, f"gates: [{gate}]", **how).earned == (100_00 if is_open else 0)


def test_a_gate_says_what_it_looked_at() -> None:
    gates = "gates: [{certificate: safety}, {attainment: margin, at_least: 90 %, holds: accelerator}]"
    assert terms(TABLE, gates).notes["gates"] == [
        {"open": False, "holds": "all", "value": None, "least": 0, "certificate": "safety", "type": ""},
        {
            "open": False,
            "holds": "accelerator",
            "value": "800000",
            "least": 900_000,
            "of": "margin",
            "over": "attainment_of",
            "type": "ratio",
        },
    ]


def test_a_gate_may_keep_back_only_the_accelerator_and_the_lowest_point_counts() -> None:
    gate = "{measure: margin, at_least: 90, holds: accelerator"
    assert [band.rate for band in terms(TABLE, f"gates: [{gate}}}]").table.bands] == [50_000, 50_000]
    assert [band.rate for band in terms(TABLE, f"gates: [{gate}}}]", margin=90_00).table.bands] == [50_000, 100_000]
    both = f"gates: [{gate}, point: 150 %}}, {gate}, point: 50 %}}]"
    assert one_sum(CURVE, both).earned == 50_00
    assert one_sum(CURVE, f"gates: [{gate}, point: 80 %}}]").earned == 80_00


def test_modifiers_multiply_one_after_the_other() -> None:
    assert terms(TABLE, MARGIN, margin=79_99).factor == Fraction(1, 2)
    assert terms(TABLE, MARGIN, margin=80_00).factor == Fraction(6, 5)
    twice = MARGIN.replace("]}]", "]}, {measure: margin, interpolated: yes, bands: LINES}]")
    twice = twice.replace("LINES", "[{from: 0, factor: 1}, {from: 160, factor: 2}]")
    assert terms(TABLE, twice, margin=80_00).factor == Fraction(6, 5) * Fraction(3, 2)
    assert terms(TABLE, twice, margin=80_00).notes["modifiers"] == [
        {"of": "margin", "over": "attainment_of", "type": "ratio", "value": "800000", "factor": "6/5"},
        {"of": "margin", "over": "measure", "type": "money", "value": "8000", "factor": "3/2"},
    ]


def test_an_attainment_that_is_not_to_be_had_is_none() -> None:
    component = component_of(TABLE, MARGIN)
    figures = {"sales": Figure(Fraction(5), quota=5), "margin": Figure(Fraction(5))}
    found = tuned(component, Standing(figures))
    assert (found.factor, found.notes["modifiers"][0]["value"]) == (Fraction(1, 2), None)


def test_a_threshold_is_passed_now_and_perhaps_before() -> None:
    threshold = "threshold: {at: 80 %, pays: first_unit}"
    below, now, long_ago = (
        terms(TABLE, threshold, value=value, before=before)
        for value, before in ((79_99, 0), (80_00, 0), (99_00, 90_00))
    )
    assert [(each.factor, each.begun, each.notes.get("below")) for each in (below, now, long_ago)] == [
        (0, False, 800_000),
        (1, False, None),
        (1, True, None),
    ]
    without = terms(TABLE, threshold, quota=None)
    assert (without.factor, without.begun, without.notes) == (0, False, {"below": 800_000})


def test_a_rate_of_the_target_is_of_the_individual_commission_rate() -> None:
    """Target 20.00 over quota 100.00 is a fifth."""
    found = terms("rate: 100 %", "basis: target", "target: 20", target=20_00)
    assert (found.icr, found.notes) == (Fraction(1, 5), {"target": "2000", "icr": "1/5"})
    assert terms("rate: 100 %", "basis: target", "target: 20", target=20_00, quota=0).icr == 0
    step = "rate_table: {kind: step, over: attainment, bands: [{from: 0 %, amount: 5}]}"
    assert terms(step, "basis: target", "target: 20", target=20_00).icr is None


def test_caps_are_amounts_or_parts_of_the_target() -> None:
    found = terms(TABLE, "target: 20", "cap: {component: 200 %, line: 5}", target=20_00)
    assert (found.cap, found.line_cap) == (40_00, 5_00)
    assert found.notes == {"target": "2000", "cap": "4000", "line_cap": "500"}


def test_one_sum_has_its_factor_and_its_cap() -> None:
    """The curve pays 100.00 at the quota; 1.2 times that is 120.00, of which the cap lets pass 110.00."""
    found = one_sum(CURVE, MARGIN, "cap: 110")
    assert (found.earned, found.exact, found.withheld, found.rate) == (110_00, 110_00, 10_00, None)
    assert {name: found.notes[name] for name in ("factor", "cap", "sum", "value", "base", "at")} == {
        "factor": "6/5",
        "cap": "11000",
        "sum": "10000",
        "value": "10000",
        "base": "10000",
        "at": "1000000",
    }


def test_a_cumulative_sum_has_room_under_the_cap_up_to_what_was_earned_before() -> None:
    """150 % make 150.00 since January, 100.00 of them before; the cap of 120.00 leaves 20.00."""
    found = one_sum(CURVE, "accumulate: year", "cap: 120", value=150_00, before=100_00)
    assert (found.earned, found.withheld) == (20_00, 30_00)


def test_one_rate_of_every_deal_is_said_when_nothing_was_kept_back() -> None:
    other = f"rate_table: {{kind: whole_amount, over: {{attainment: margin}}, {BANDS}}}"
    assert (one_sum(other).earned, one_sum(other).rate) == (5_00, Fraction(1, 20))
    assert one_sum(other, MARGIN).rate == Fraction(3, 50)
    assert (one_sum(other, "cap: 4").rate, one_sum(other, "cap: 4").earned) == (None, 4_00)


def test_half_a_cent_is_rounded_once() -> None:
    assert one_sum(CURVE, value=1, quota=200_00).earned == 1
    assert one_sum(CURVE, value=1, quota=200_00).exact == Fraction(1, 2)


GRID = "rate_table: {kind: grid, CELLS, ROWS, COLUMNS}".replace("CELLS", "cells: [[1 %, 2 %], [3 %, 4 %]]")
DISCOUNT = "{over: {field: discount}, from: [0 %, 20 %]}"
ATTAINED = "{over: attainment, from: [0 %, 100 %]}"


@pytest.mark.parametrize(
    ("rows", "columns", "value", "rates"),
    [
        (DISCOUNT, ATTAINED, 99_99, (10_000, 30_000)),
        (DISCOUNT, ATTAINED, 100_00, (20_000, 40_000)),
        (ATTAINED, DISCOUNT, 99_99, (10_000, 20_000)),
        (ATTAINED, DISCOUNT, 100_00, (30_000, 40_000)),
    ],
)
def test_a_grid_by_a_field_of_deals_is_a_table_of_what_the_payee_has_reached(
    rows: str, columns: str, value: int, rates: tuple[int, int]
) -> None:
    grid = GRID.replace("ROWS", f"rows: {rows}").replace("COLUMNS", f"columns: {columns}")
    table = terms(grid, value=value).table
    assert (table.kind, table.key) == (Kind.WHOLE_AMOUNT, Key(Over.FIELD, "discount", Type.RATIO))
    assert table.bands == (Band(0, 200_000, rates[0]), Band(200_000, None, rates[1]))
    assert [band.rate for band in terms(grid, value=value, quota=None).table.bands] == [0, 0]
