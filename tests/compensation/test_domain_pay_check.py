"""What can be read and does not go together around a table: one planted error for each thing that is found."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.checking import check_plan
from spm_app.kernel.problem import Severity
from tests.compensation.plan_parts import CREDIT, HEAD, text_of
from tests.compensation.plans import plan

BANDS = "bands: [{from: 0 %, to: 100 %, rate: 5 %}, {from: 100 %, rate: 10 %}]"
AMOUNTS = "bands: [{from: 0 %, to: 100 %, amount: 5}, {from: 100 %, amount: 10}]"
UNITS = "credit: {to: owner, value: units, when: \"outcome = 'won'\"}"
OBJECTIVES = "objectives: [{code: a, name: A, weight: 60 %}, {code: b, name: B, weight: 40 %}]"
CURVE = "rate_table: {kind: curve, over: attainment, points: [{at: 50 %, pays: 0}, {at: 100 %, pays: 50}]}"


GAP = "{from: 0, to: 4, factor: 1}"


def table(kind: str = "marginal", over: str = "attainment", bands: str = BANDS) -> str:
    return f"rate_table: {{kind: {kind}, over: {over}, {bands}}}"


def grid(rows: str, columns: str, cells: str = "[[1 %, 2 %], [3 %, 4 %]]", more: str = "") -> str:
    starts = {"{field: discount}": "[0 %, 20 %]", "attainment": "[0 %, 100 %]", "{measure: margin}": "[0, 10]"}
    axes = ", ".join(
        f"{name}: {{over: {over}, from: {starts.get(over, starts['{measure: margin}'])}}}"
        for name, over in (("rows", rows), ("columns", columns))
    )
    return f"rate_table: {{kind: grid, {axes}, cells: {cells}{more}}}"


def found(*lines: str, credit: str = CREDIT) -> list[tuple[str, str]]:
    """Errors of the component: where below it, and which."""
    return [
        (each.at.split(":", 1)[1].removeprefix("components[0]").removeprefix("."), each.key.rsplit(".", 1)[1])
        for each in check_plan(plan(text_of(*lines, credit=credit)))
        if each.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (table(),),
        (table(), "threshold: {at: 50 %, pays: from_there}"),
        (table("whole_amount"), "threshold: {at: 50 %, pays: first_unit}", "target: 5", "cap: 200 %", "floor: 10 %"),
        (table(), "cap: {attainment: 150 %, line: 5}", "gates: [{certificate: x, holds: accelerator}]"),
        (table("step", bands=AMOUNTS), "threshold: {at: 50 %, pays: first_unit}"),
        ("rate: 5 %", "basis: target", "target: 5"),
        ("rate: 5 %", "aggregate: average"),
        ("each: 5", "aggregate: count"),
        (CURVE,),
        (grid("attainment", "{measure: margin}"),),
        (grid("{field: discount}", "attainment"),),
        (grid("attainment", "{measure: margin}", "[[1, 2], [3, 4]]", ", interpolated: yes"),),
        (table(), "pool: {share_by: equal}"),
        ("rate: 5 %", "modifiers: [{measure: margin, bands: [{from: 0, to: 5, factor: 0}, {from: 5, factor: 1}]}]"),
        ("rate: 5 %", "modifiers: [{measure: margin, bands: [{from: 0, factor: 1}]}]"),
    ],
)
def test_what_goes_together_is_no_error(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((table(), "aggregate: average"), [("aggregate", "does_not_run")]),
        (("rate: 5 %", "aggregate: max", "accumulate: year"), [("aggregate", "does_not_run")]),
        (("each: 5",), [("aggregate", "each_of_money")]),
        ((table(), "aggregate: count"), [("rate_table.kind", "rate_of_a_count")]),
        (
            ("rate_table: {kind: curve, over: {field: amount}, points: [{at: 5, pays: 0}]}",),
            [("rate_table.over", "field_curve")],
        ),
        ((grid("{field: discount}", "{field: amount}"),), [("rate_table.columns", "two_fields")]),
        (
            (grid("{field: discount}", "attainment", more=", interpolated: yes"),),
            [("rate_table.cells", "field_grid")],
        ),
        (
            (grid("{field: discount}", "attainment", "[[1, 2], [3, 4]]"),),
            [("rate_table.cells", "field_grid")],
        ),
        (
            (table("whole_amount", "{attainment: margin}"), "threshold: {at: 50 %, pays: first_unit}"),
            [("threshold", "threshold_of_another")],
        ),
        (
            (grid("attainment", "{measure: margin}"), "threshold: {at: 50 %, pays: first_unit}"),
            [("threshold", "threshold_of_another")],
        ),
        (
            (table("step", bands=AMOUNTS), "threshold: {at: 50 %, pays: from_there}"),
            [("threshold.pays", "from_there_slices")],
        ),
        (
            ("rate: 5 %", "aggregate: average", "threshold: {at: 50, pays: from_there}"),
            [("threshold.pays", "from_there_slices")],
        ),
        ((CURVE, "cap: {line: 5}"), [("cap.line", "line_cap_of_sum")]),
        ((table(), "accumulate: year", "cap: {line: 5}"), [("cap.line", "line_cap_cumulative")]),
        (("rate: 5 %", "cap: {attainment: 200 %}"), [("cap.attainment", "cap_of_attainment")]),
        ((CURVE, "cap: {attainment: 200 %}"), [("cap.attainment", "cap_of_attainment")]),
        (
            (table(), "pool: {share_by: equal}", "cap: {attainment: 200 %}"),
            [("cap.attainment", "cap_of_attainment")],
        ),
        ((table(), "cap: {attainment: 100 %}"), [("cap.attainment", "bands_above_cap")]),
        (
            (table("whole_amount"), "threshold: {at: 50 %, pays: first_unit}", "cap: {attainment: 150 %}"),
            [("cap.attainment", "cap_and_threshold")],
        ),
        (("rate: 5 %", "gates: [{certificate: x, holds: accelerator}]"), [("gates[0].holds", "no_accelerator")]),
        (
            (table(), "pool: {share_by: equal}", "gates: [{certificate: x}, {certificate: y, holds: accelerator}]"),
            [("gates[1].holds", "no_accelerator")],
        ),
        (("rate: 5 %", "cap: 200 %"), [("cap", "no_target")]),
        (("rate: 5 %", "cap: {line: 5 %}", "floor: 5 %"), [("cap.line", "no_target"), ("floor", "no_target")]),
        (("rate: 5 %", "basis: target"), [("basis", "no_target")]),
        (
            (table("step", bands=AMOUNTS.replace("5}", "5 %}").replace("10}", "10 %}")),),
            [("rate_table", "no_target")],
        ),
        (
            ("rate: 5 %", "basis: target", "target: 5", "pool: {share_by: equal}"),
            [("basis", "pool_of_target")],
        ),
        (
            (table("whole_amount", "{attainment: margin}"), "pool: {share_by: equal}"),
            [("rate_table", "pool_by_own")],
        ),
        (
            (table(), "accumulate: transaction", "pool: {share_by: equal}"),
            [("pool", "pool_together")],
        ),
        (
            (table(), "threshold: {at: 50 %, pays: first_unit}", "pool: {share_by: equal}"),
            [("pool", "pool_together")],
        ),
        (
            ("rate_table: {kind: curve, over: attainment, points: [{at: 5 %, pays: 5}, {at: 5 %, pays: 4}]}",),
            [("rate_table.points[1]", "not_rising"), ("rate_table.points[1]", "curve_falls")],
        ),
        (
            (grid("attainment", "{measure: margin}").replace("100 %", "0 %").replace("[0, 10]", "[10, 0]"),),
            [("rate_table.rows.from", "not_rising"), ("rate_table.columns.from", "not_rising")],
        ),
        (
            ("rate: 5 %", "modifiers: [{measure: margin, bands: [{from: 5, factor: 1}, {from: 5, factor: -1}]}]"),
            [("modifiers[0].bands[0]", "not_rising"), ("modifiers[0].bands[1]", "factor_negative")],
        ),
        (
            (
                "rate: 5 %",
                "modifiers: [{measure: margin, bands: [{from: 0, to: 4, factor: 1}, {from: 5, to: 9, factor: 1}]}]",
            ),
            [("modifiers[0].bands[0]", "modifier_gap"), ("modifiers[0].bands[1]", "modifier_gap")],
        ),
    ],
)
def test_what_does_not_go_together_is_found(lines: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert found(*lines) == expected


def test_a_rate_needs_money_to_be_of() -> None:
    assert found("rate: 5 %", credit=UNITS) == [("credit", "rate_of_no_money")]
    assert found("each: 5", credit=UNITS) == []


@pytest.mark.parametrize(
    ("objectives", "expected"),
    [
        (OBJECTIVES, []),
        (OBJECTIVES.replace("40 %", "30 %"), [("objectives", "weights_not_whole")]),
        (
            OBJECTIVES.replace("code: b", "code: a"),
            [("objectives[0].code", "code_twice"), ("objectives[1].code", "code_twice")],
        ),
        (
            OBJECTIVES.replace("60 %", "60 %, scale: [{from: 5 %, pays: 5 %}, {from: 5 %, pays: 9 %}]"),
            [("objectives[0].scale", "not_rising")],
        ),
    ],
)
def test_objectives_make_a_whole(objectives: str, expected: list[tuple[str, str]]) -> None:
    assert found("target: 5", credit=objectives) == expected


def test_objectives_have_no_line_and_no_accelerator() -> None:
    gate = "gates: [{certificate: x, holds: accelerator}]"
    assert found("target: 5", "cap: {line: 5}", gate, credit=OBJECTIVES) == [
        ("cap.line", "line_cap_of_sum"),
        ("gates[0].holds", "no_accelerator"),
    ]


def test_measures_and_components_have_different_names() -> None:
    text = HEAD.replace("code: sales", "code: margin") + f"    {CREDIT}\n    rate: 5 %\n"
    twice = [each.at for each in check_plan(plan(text)) if each.key.endswith("code_twice")]
    assert "8:measures[0].code" in twice
    assert not [each for each in check_plan(plan(text_of("rate: 5 %"))) if each.key.endswith("code_twice")]
