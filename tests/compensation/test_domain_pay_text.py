"""What stands around a rate, as an author writes it: every key, and everything that is refused."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.pays import (
    AsOf,
    Basis,
    Caps,
    Gate,
    Holds,
    Limit,
    Modifier,
    Objective,
    Pays,
    Pool,
    ShareBy,
    Threshold,
)
from spm_app.compensation.domain.rates import Band, Bound, Key, Over
from spm_app.compensation.domain.rule import Type
from tests.compensation.plan_parts import component_of, findings, pays_of, text_of

MARGIN, ATTAINED = Key(Over.MEASURE, "margin"), Key(Over.ATTAINMENT_OF, "margin", Type.RATIO)
RATING = Key(Over.MEASURE, "rating", Type.RATIO)


def test_nothing_stands_around_a_rate_alone() -> None:
    assert component_of("rate: 5 %").pays == Pays()


@pytest.mark.parametrize(
    ("line", "pays"),
    [
        ("basis: credit", Pays()),
        ("basis: target", Pays(basis=Basis.TARGET)),
        ("target: 60 %", Pays(target=Limit(of_target=600_000))),
        ("target: 1500.50", Pays(target=Limit(amount=150_050))),
        ("threshold: {at: 500, pays: first_unit}", Pays(threshold=Threshold(50_000, from_first=True))),
        ("threshold: {at: 500, pays: from_there}", Pays(threshold=Threshold(50_000, from_first=False))),
        ("cap: 1000", Pays(caps=Caps(Limit(amount=100_000)))),
        ("cap: 200 %", Pays(caps=Caps(Limit(of_target=2_000_000)))),
        ("cap: {component: 1000, refundable: yes}", Pays(caps=Caps(Limit(amount=100_000), refundable=True))),
        (
            "cap: {line: 50 %, attainment: 200 %, refundable: no}",
            Pays(caps=Caps(line=Limit(of_target=500_000), attainment=2_000_000)),
        ),
        ("floor: 100", Pays(floor=Limit(amount=10_000))),
        ("floor: 10 %", Pays(floor=Limit(of_target=100_000))),
    ],
)
def test_a_key_is_read(line: str, pays: Pays) -> None:
    assert pays_of(line) == pays


def test_a_threshold_is_in_the_unit_of_the_table() -> None:
    table = "rate_table: {kind: marginal, over: attainment, bands: [{from: 0 %, rate: 5 %}]}"
    pays = component_of(table, "threshold: {at: 50 %, pays: first_unit}").pays
    assert pays.threshold == Threshold(500_000, from_first=True)
    units = component_of("each: 5", "threshold: {at: 7.5, pays: from_there}", credit="measure: boxes").pays
    assert units.threshold == Threshold(7_500_000, from_first=False)


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("{measure: margin, at_least: 500}", Gate(MARGIN, 50_000)),
        ("{measure: rating, at_least: 80 %}", Gate(RATING, 800_000)),
        ("{attainment: margin, at_least: 80 %, as_of: start}", Gate(ATTAINED, 800_000, as_of=AsOf.START)),
        ("{attainment: margin, at_least: 80 %, as_of: end, holds: all}", Gate(ATTAINED, 800_000)),
        ("{certificate: safety}", Gate(None, certificate="safety")),
        (
            "{certificate: safety, holds: accelerator, point: 110 %}",
            Gate(None, certificate="safety", holds=Holds.ACCELERATOR, point=1_100_000),
        ),
        (
            "{measure: margin, at_least: 0, holds: accelerator}",
            Gate(MARGIN, holds=Holds.ACCELERATOR, point=1_000_000),
        ),
    ],
)
def test_a_gate_looks_at_one_thing(text: str, gate: Gate) -> None:
    assert pays_of(f"gates: [{text}]").gates == (gate,)


def test_a_modifier_has_factors_as_numbers_or_percentages() -> None:
    (modifier,) = pays_of(
        "modifiers: [{measure: rating, bands: [{from: 0 %, to: 80 %, factor: 0.9}, {from: 80 %, factor: 115 %}]}]"
    ).modifiers
    assert modifier == Modifier(RATING, (Band(0, 800_000, 900_000), Band(800_000, None, 1_150_000)))
    (lines,) = pays_of(
        "modifiers: [{attainment: margin, bound: upper_inclusive, interpolated: yes, bands: [{from: 5 %, factor: 1}]}]"
    ).modifiers
    assert lines == Modifier(ATTAINED, (Band(50_000, None, 1_000_000),), Bound.UPPER_INCLUSIVE, interpolated=True)


def test_objectives_have_weights_and_scales() -> None:
    component = component_of(
        "target: 50 %",
        credit=(
            "objectives: [{code: tidy, name: {en: Tidy, it: Ordine}, weight: 60 %,"
            " scale: [{from: 50 %, pays: 40 %}, {from: 90 %, pays: 120 %}]}, {code: calls, name: Calls, weight: 40 %}]"
        ),
    )
    assert component.objectives == (
        Objective("tidy", "Tidy", "Ordine", 600_000, (Band(500_000, None, 400_000), Band(900_000, None, 1_200_000))),
        Objective("calls", "Calls", "Calls", 400_000),
    )


@pytest.mark.parametrize("by", ["credit", "attainment", "equal"])
def test_a_pool_is_shared_by_something(by: str) -> None:
    assert component_of("rate: 5 %", f"pool: {{share_by: {by}}}").pool == Pool(ShareBy(by))
    assert component_of("rate: 5 %", f"pool: {{share_by: {by}, by_team: no}}").pool == Pool(ShareBy(by))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("basis: salary", [("16:basis", "not_a_choice")]),
        ("target: all", [("16:target", "not_an_amount")]),
        ("threshold: 500", [("16:threshold", "not_a_map")]),
        ("threshold: {at: 500}", [("16:threshold", "missing")]),
        ("threshold: {at: 5 %, pays: first_unit}", [("16:threshold.at", "not_an_amount")]),
        ("threshold: {at: 5, pays: last_unit}", [("16:threshold.pays", "not_a_choice")]),
        ("gates: {certificate: x}", [("16:gates", "not_a_list")]),
        ("gates: [{}]", [("16:gates[0]", "one_gate")]),
        ("gates: [{certificate: x, measure: margin}]", [("16:gates[0]", "one_gate")]),
        (
            "gates: [{certificate: x, at_least: 5, as_of: start}]",
            [("16:gates[0].at_least", "certificate_alone"), ("16:gates[0].as_of", "certificate_alone")],
        ),
        ("gates: [{measure: margin}]", [("16:gates[0]", "missing")]),
        ("gates: [{measure: weather, at_least: 5}]", [("16:gates[0].measure", "no_measure")]),
        ("gates: [{attainment: margin, at_least: 5}]", [("16:gates[0].at_least", "not_a_percentage")]),
        ("gates: [{measure: margin, at_least: 5, holds: most}]", [("16:gates[0].holds", "not_a_choice")]),
        ("gates: [{certificate: x, point: 1}]", [("16:gates[0].point", "not_a_percentage")]),
        ("gates: [{measure: margin, at_least: 5, as_of: noon}]", [("16:gates[0].as_of", "not_a_choice")]),
        ("modifiers: [{measure: margin}]", [("16:modifiers[0]", "missing")]),
        ("modifiers: [{bands: [{from: 0, factor: 1}]}]", [("16:modifiers[0]", "one_key")]),
        (
            "modifiers: [{measure: margin, attainment: margin, bands: [{from: 0, factor: 1}]}]",
            [("16:modifiers[0]", "one_key")],
        ),
        (
            "modifiers: [{measure: margin, bands: [{from: 0, factor: twice}]}]",
            [("16:modifiers[0].bands[0].factor", "not_a_quantity")],
        ),
        (
            "modifiers: [{measure: margin, interpolated: so, bands: [{from: 0, factor: 1}]}]",
            [("16:modifiers[0].interpolated", "not_yes_or_no")],
        ),
        ("cap: most", [("16:cap", "not_an_amount")]),
        ("cap: {period: 5}", [("16:cap.period", "unknown_key")]),
        ("cap: {attainment: 2}", [("16:cap.attainment", "not_a_percentage")]),
        ("floor: [5]", [("16:floor", "not_a_text"), ("16:floor", "not_an_amount")]),
        ("pool: {}", [("16:pool", "missing")]),
        ("pool: {share_by: luck}", [("16:pool.share_by", "not_a_choice")]),
        ("pool: {share_by: equal, by_team: perhaps}", [("16:pool.by_team", "not_yes_or_no")]),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(line: str, expected: list[tuple[str, str]]) -> None:
    assert findings(text_of("rate: 5 %", line)) == expected


@pytest.mark.parametrize(
    ("objectives", "expected"),
    [
        ("[]", [("14:objectives", "not_a_list")]),
        ("[{code: a, name: A}]", [("14:objectives[0]", "missing")]),
        ("[{code: a, name: A, weight: half}]", [("14:objectives[0].weight", "not_a_percentage")]),
        ("[{code: a, name: A, weight: 5 %, scale: []}]", [("14:objectives[0].scale", "not_a_list")]),
        (
            "[{code: a, name: A, weight: 5 %, scale: [{from: 5 %}]}]",
            [("14:objectives[0].scale[0]", "missing")],
        ),
        (
            "[{code: a, name: A, weight: 5 %, scale: [{from: 5 %, pays: 100}]}]",
            [("14:objectives[0].scale[0].pays", "not_a_percentage")],
        ),
        ("[{code: a, name: {en: A}, weight: 5 %}]", [("14:objectives[0].name", "missing")]),
        ("[{code: a, name: {en: A, it: B, de: C}, weight: 5 %}]", [("14:objectives[0].name.de", "unknown_key")]),
    ],
)
def test_what_is_no_objective_is_named_with_its_line(objectives: str, expected: list[tuple[str, str]]) -> None:
    assert findings(text_of("target: 5", credit=f"objectives: {objectives}")) == expected
