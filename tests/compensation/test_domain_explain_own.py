"""The steps that only some plans have, as an English reader sees them; figures as in the derivations of tests."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.compensation.domain.exactly import exact_money, figure
from spm_app.compensation.domain.explain import explain_component, explain_line
from spm_app.compensation.domain.explain_own import after_table, before_table, limits_of_line, of_part, rules
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rate import Rate
from spm_app.ui.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.compensation.domain.step import Step

EUR = Currency("EUR")
RULE = {"to": "owner", "levels": 0, "when": "", "value": "amount", "date": "paid_on", "role": "", "share": 500_000}
COMPONENT: dict[str, Any] = {
    "plan": "p",
    "name": {"en": "Sales", "it": "Vendite"},
    "when": "",
    "to": "owner",
    "levels": 0,
    "kind": "flat",
    "over": "amount",
    "bands": [[0, None, 50_000, 0]],
    "accumulate": "period",
    "point": None,
    "measure": 100_00,
    "quota": None,
    "part": None,
    "lines": 1,
    "slices": [],
    "exact": "0",
    "earned": 0,
    "reason": "",
    "bound": "lower_inclusive",
    "ways": ["marginal", "whole_amount"],
}
LINE: dict[str, Any] = {
    "deal": 100_00,
    "share": 1_000_000,
    "depth": 0,
    "credit": 100_00,
    "owners": 1,
    "before": 0,
    "after": 100_00,
    "slices": [],
    "exact": "500",
    "amount": 5_00,
}


def told(steps: Iterable[Step] | None) -> list[str]:
    return [say("en", each.key, **each.args) for each in steps or ()]


def test_rules_of_their_own_are_said_one_by_one() -> None:
    assert told(rules({"credits": [RULE, {**RULE, "to": "named", "role": "coach", "when": "amount > 5.00"}]})) == [
        "Credited to their owners: amount of every deal, 50%, by paid_on.",
        "Credited to those named as coach: amount, 50%, by paid_on, of deals where amount > 5.00.",
    ]
    assert told(rules({})) == []
    whole = told(explain_component({**COMPONENT, "credits": [RULE]}, EUR, "en"))
    assert whole[1] == "Credited to their owners: amount of every deal, 50%, by paid_on."


@pytest.mark.parametrize(
    ("derivation", "steps"),
    [
        ({}, []),
        ({"prior": 50_00}, ["€50.00 of this was measured before the period."]),
        (
            {"own": {"target": "2000", "icr": "1/5"}},
            ["Pay at 100 %: €20.00.", "Individual commission rate, target ÷ quota: 20%."],
        ),
        ({"own": {"below": 50_00}}, ["The threshold of €50.00 is not reached."]),
        ({"own": {"below": 500_000}, "over": "attainment"}, ["The threshold of 50% is not reached."]),
        ({"own": {"at": "5000", "sum": "1000"}}, ["Looked up at €50.00.", "The table gives €10.00."]),
        ({"own": {"at": "750000"}, "over": "attainment"}, ["Looked up at 75%."]),
        (
            {"own": {"at": "2500000"}, "keys": [{"over": "measure", "of": "boxes", "type": "number"}]},
            ["Looked up at 2.5."],
        ),
    ],
)
def test_what_is_looked_at_before_the_table(derivation: dict[str, Any], steps: list[str]) -> None:
    assert told(before_table({**COMPONENT, **derivation}, EUR)) == steps


def test_a_cell_is_a_rate_or_an_amount() -> None:
    keys = [{"over": "attainment", "of": "", "type": "ratio"}, {"over": "measure", "of": "m", "type": "money"}]
    own = {"row": "1000000", "column": "500", "cell": "30000"}
    assert told(before_table({**COMPONENT, "keys": keys, "own": {**own, "rate": "3/100"}}, EUR)) == [
        "In the grid at 100% and €5.00: 3%."
    ]
    assert told(before_table({**COMPONENT, "keys": keys, "own": own}, EUR)) == [
        "In the grid at 100% and €5.00: €300.00."
    ]


GATE = {
    "of": "margin",
    "over": "measure",
    "type": "money",
    "value": "4000",
    "least": 50_00,
    "open": False,
    "holds": "all",
}


@pytest.mark.parametrize(
    ("gate", "step"),
    [
        (GATE, "Gate “margin”: €40.00, at least €50.00 is needed: not passed, so nothing is paid."),
        ({**GATE, "open": True}, "Gate “margin”: €40.00, at least €50.00 is needed: passed."),
        (
            {**GATE, "type": "ratio", "value": None, "least": 800_000, "holds": "accelerator"},
            "Gate “margin”: —, at least 80% is needed: not passed, so there is no accelerator.",
        ),
        ({"certificate": "safety", "open": True, "holds": "all"}, "The certificate safety is held."),
        (
            {"certificate": "safety", "open": False, "holds": "accelerator"},
            "The certificate safety is missing, so there is no accelerator.",
        ),
    ],
)
def test_a_gate_says_where_it_stood(gate: dict[str, Any], step: str) -> None:
    assert told(after_table({"own": {"gates": [gate]}}, EUR)) == [step]


def test_modifiers_caps_and_what_was_kept_back() -> None:
    modifiers = [
        {"of": "margin", "type": "money", "value": "4000", "factor": "6/5"},
        {"of": "rating", "type": "ratio", "value": None, "factor": "1/2"},
    ]
    own = {"modifiers": modifiers, "cap": "20000", "line_cap": "500"}
    assert told(after_table({"own": own, "withheld": 7_00, "apart": 3_00}, EUR)) == [
        "“margin” stands at €40.00: × 120%.",
        "“rating” stands at —: × 50%.",
        "It pays €200.00 at most.",
        "Each line pays €5.00 at most.",
        "The cap kept back €7.00.",
        "€3.00 of it belong to no deal.",
    ]
    assert told(after_table({"pool": 20_00, "members": 2, "apart": 10_00}, EUR)) == [
        "The 2 members earn €20.00 together."
    ]


OBJECTIVE = {
    "name": {"en": "Tidy", "it": "Ordine"},
    "target": "100000",
    "weight": 400_000,
    "pays": 500_000,
    "exact": "20000",
    "score": 500_000,
}


@pytest.mark.parametrize(
    ("derivation", "step"),
    [
        (OBJECTIVE, "“Tidy”: score 50% pays 50%; €1,000.00 × 40% × 50% = €200.00"),
        ({**OBJECTIVE, "score": None, "exact": "0"}, "“Tidy” has no score yet, so nothing is earned for it."),
        (
            {"by": "equal", "pool": 20_00, "weight": "30", "of": "120", "exact": "500"},
            "Of the team's €20.00, equally, by days in the plan: 25% = €5.00",
        ),
        ({"floor": 10_00, "earned": 4_00}, "At least €10.00 is paid; €4.00 were earned."),
        (
            {"true_up": True, "exact": "5/2"},
            "What the band reached makes of earlier deals, less what was paid for them: 0.025.",
        ),
    ],
)
def test_what_belongs_to_no_deal_explains_itself(derivation: dict[str, Any], step: str) -> None:
    assert told(explain_line(derivation, COMPONENT, EUR)) == [step]


def test_a_sum_that_no_deal_brought_is_of_the_component() -> None:
    assert told(explain_line({"exact": "500"}, COMPONENT, EUR)) == ["Earned by the component as a whole: €5.00."]
    given = told(explain_component({**COMPONENT, "to": "", "own": {"sum": "500"}}, EUR, "en"))
    assert given[:2] == ["“Sales” of the plan p.", "The table gives €5.00."]


def test_a_deal_is_explained_otherwise() -> None:
    assert of_part(LINE, EUR, "en") is None


def test_an_objective_has_its_name_in_the_reader_s_language() -> None:
    (step,) = explain_line(OBJECTIVE, COMPONENT, EUR, "it")
    assert step.args["name"] == "Ordine"
    (other,) = explain_line(OBJECTIVE, COMPONENT, EUR, "fr")
    assert other.args["name"] == "Tidy"


def test_a_line_says_its_factor_and_what_the_cap_left_of_it() -> None:
    assert told(limits_of_line({"factor": "3/2", "uncapped": "1000", "exact": "800"}, EUR)) == [
        "Gates and modifiers: × 150%.",
        "Without the cap it would be €10.00; €8.00 remain.",
    ]
    assert told(limits_of_line(LINE, EUR)) == []


@pytest.mark.parametrize(
    ("piece", "step"),
    [
        (
            {"part": "spread", "amount": "3000", "width": "15000", "pays": 150_00, "earned": "3000"},
            "Of €150.00, this line's part by what was credited: €30.00 of €150.00 = €30.00",
        ),
        ({"part": "rate", "amount": "3000", "rate": "1/20", "earned": "150"}, "€30.00 × 5% = €1.50"),
        ({"band": 0, "amount": "3000", "rate": 1_000_000, "icr": "1/5", "earned": "600"}, "€30.00 × 20% = €6.00"),
    ],
)
def test_a_line_says_its_part_of_a_sum_or_its_rate(piece: dict[str, Any], step: str) -> None:
    assert step in told(explain_line({**LINE, "slices": [piece]}, COMPONENT, EUR))


def test_units_are_numbers_and_not_money() -> None:
    units = {**COMPONENT, "measured": {"aggregate": "sum", "unit": "number"}, "worth": "each", "measure": 15_000_000}
    piece = {"band": 0, "amount": "2500000", "rate": 0, "each": 200, "earned": "500"}
    assert "2.5 × €2.00 = €5.00" in told(explain_component({**units, "slices": [piece]}, EUR, "en"))


def test_figures_are_in_their_own_unit_and_nothing_is_hidden() -> None:
    assert figure(12_50, "money", EUR) == Money.of("12.50")
    assert figure(125_000, "ratio", EUR) == figure(125_000, "attainment", EUR) == Rate.percent("12.5")
    assert figure(2_500_000, "number", EUR) == Decimal("2.5")
    assert (exact_money("1250", EUR), exact_money("25/2", EUR)) == (Money.of("12.50"), Decimal("0.125"))
    assert exact_money("100/3", EUR) == Decimal("0.333333")
