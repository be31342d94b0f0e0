"""Components as an author writes them: whose measure, how it pays, and what does not go together."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.pays import Limit, Objective, Pool, ShareBy
from spm_app.compensation.domain.rates import Band, Kind, Worth
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.terms import Words
from spm_app.compensation.domain.value import Take
from tests.compensation.plan_parts import component_of, findings, text_of
from tests.compensation.plans import changed, plan

OBJECTIVES = "objectives: [{code: tidy, name: Tidy, weight: 100 %}]"


def test_a_component_may_pay_on_a_measure_of_the_plan() -> None:
    component = component_of("rate: 5 %", credit="measure: margin")
    assert component.measure.credits[0].value == Take("margin")
    assert component.measure.quota.name == "margin"


def test_a_name_is_said_once_or_in_both_languages() -> None:
    assert component_of("rate: 5 %").name == Words("Sales", "Sales")
    text = changed("    name: Sales", "    name: {en: Sales, it: Vendite}", text_of("rate: 5 %"))
    assert plan(text).components[0].name == Words("Sales", "Vendite")


def test_objectives_are_a_share_of_the_target_and_measure_nothing() -> None:
    component = component_of("target: 500", credit=OBJECTIVES)
    assert (component.measure.credits, component.measure.given) == ((), Type.MONEY)
    assert (component.table.kind, component.table.worth, component.table.bands) == (
        Kind.STEP,
        Worth.TARGET,
        (Band(0, None, 0),),
    )
    assert component.objectives == (Objective("tidy", "Tidy", "Tidy", 1_000_000),)
    assert (component.pays.target, component.pool) == (Limit(amount=50_000), None)


def test_a_team_may_share_what_it_earns() -> None:
    assert component_of("rate: 5 %", "pool: {share_by: equal, by_team: yes}").pool == Pool(ShareBy.EQUAL, by_team=True)


@pytest.mark.parametrize(
    ("credit", "lines", "expected"),
    [
        ("wage: 5", ("credit: {to: owner}", "rate: 5 %"), [("14:wage", "unknown_key")]),
        ("#", ("rate: 5 %",), [("12:components[0]", "missing")]),
        ("measure: sale", ("rate: 5 %",), [("14:measure", "no_measure")]),
        ("measure: rating", ("rate: 5 %",), [("14:measure", "no_measure")]),
        (
            "measure: margin",
            ("credit: {to: owner}", "aggregate: max", "quota: x", "rate: 5 %"),
            [("15:credit", "measured_already"), ("16:aggregate", "measured_already"), ("17:quota", "measured_already")],
        ),
        (
            OBJECTIVES,
            ("target: 5", "rate: 5 %", "accumulate: year"),
            [("17:accumulate", "objectives_alone"), ("16:rate", "objectives_alone")],
        ),
        (OBJECTIVES, ("target: 5", "measure: margin"), [("16:measure", "objectives_alone")]),
        (
            OBJECTIVES,
            ("target: 5", "threshold: {at: 5, pays: first_unit}", "pool: {share_by: equal}"),
            [("16:threshold", "objectives_alone"), ("17:pool", "objectives_alone")],
        ),
        (OBJECTIVES, (), [("12:components[0]", "missing")]),
    ],
)
def test_what_does_not_go_together_is_named_with_its_line(
    credit: str, lines: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert findings(text_of(*lines, credit=credit)) == expected
