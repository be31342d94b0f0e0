"""What is kept with an amount: whole numbers and texts that an explanation and a proof can go by."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from spm_app.compensation.domain.derivation import of_component, of_line, of_true_up
from spm_app.compensation.domain.personal import Spread, Tuned, spread, tuned
from spm_app.compensation.domain.shapes import is_spread, is_tuned
from spm_app.compensation.domain.standing import Figure, Standing
from tests.compensation.plan_parts import CREDIT, text_of
from tests.compensation.plans import plan

BANDS = "bands: [{from: 0 %, to: 100 %, rate: 5 %}, {from: 100 %, rate: 10 %}]"
TABLE = f"rate_table: {{kind: marginal, over: attainment, {BANDS}}}"
CURVE = "rate_table: {kind: curve, over: attainment, points: [{at: 0 %, pays: 0}, {at: 200 %, pays: 200}]}"
FIELD = "rate_table: {kind: KIND, over: {field: discount}, bands: [{from: 0 %, to: 20 %, WORTH}, {from: 20 %, WORTH}]}"
ROW: dict[str, Any] = {
    "measure": 150_00,
    "quota": 100_00,
    "quota_whole": 100_00,
    "earned": 10_00,
    "lines": 1,
    "days": 90,
    "of": 90,
    "prior": 0,
    "base": 150_00,
    "apart": 0,
    "withheld": 0,
}
LINE: dict[str, Any] = {
    "deal_amount": 60_00,
    "share": 500_000,
    "owner_id": 7,
    "owners": 2,
    "depth": 0,
    "credit": 30_00,
    "before": 90_00,
    "after": 120_00,
    "amount": 2_50,
    "key": None,
}


def standing(value: int = 150_00, *, margin: int = 80_00, quota: int | None = 100_00) -> Standing:
    own = Figure(Fraction(value), base=value, lines=1, quota=quota, target=Fraction(20_00))
    return Standing({"sales": own, "margin": Figure(Fraction(margin), quota=100_00)})


def own_of(text: str, at: Standing) -> Tuned | Spread | None:
    component = plan(text).components[0]
    if is_spread(component):
        return spread(component, at)
    return tuned(component, at) if is_tuned(component) else None


Told = dict[str, Any]


def whole(*lines: str, credit: str = CREDIT, at: Standing | None = None, exact: int = 10_00, **row: Any) -> Told:
    """What is told of the component."""
    text = text_of(*lines, credit=credit)
    read = plan(text)
    return of_component(read, read.components[0], {**ROW, **row}, (exact, 0, 1), own=own_of(text, at or standing()))


def line(*lines: str, at: Standing | None = None, exact: int = 2_50, **row: Any) -> Told:
    """What is told of one deal."""
    text = text_of(*lines)
    own = own_of(text, at or standing())
    return of_line(plan(text).components[0], ROW, {**LINE, **row}, (exact, 0, 1), own=own)


def cut(told: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(each["band"], each["amount"], each["earned"]) for each in told["slices"]]


def test_a_component_tells_its_terms_its_figures_and_its_slices() -> None:
    told = whole(TABLE, credit="credit: {to: manager, levels: 2, when: 'amount > 5'}")
    assert cut(told) == [(0, "10000", "500"), (1, "5000", "500")]
    assert {name: each for name, each in told.items() if name not in {"slices", "bands"}} == {
        "plan": "seller",
        "name": {"en": "Sales", "it": "Sales"},
        "when": "amount > 5.00",
        "to": "manager",
        "levels": 2,
        "kind": "marginal",
        "over": "attainment",
        "bound": "lower_inclusive",
        "accumulate": "period",
        "point": None,
        "ways": ["marginal", "whole_amount"],
        "measure": 150_00,
        "quota": 100_00,
        "part": None,
        "lines": 1,
        "exact": "1000",
        "earned": 10_00,
        "reason": "",
    }
    assert told["bands"] == [[0, 1_000_000, 50_000, 0], [1_000_000, None, 100_000, 0]]


def test_a_part_of_the_period_is_told_with_the_whole_quota() -> None:
    assert whole(TABLE, days=45, quota=50_00)["part"] == {"days": 45, "of": 90, "quota": 100_00}


@pytest.mark.parametrize("lines", [(TABLE, "accumulate: transaction"), (CURVE,), (TABLE, "pool: {share_by: equal}")])
def test_nothing_is_cut_where_deals_stand_alone_or_one_sum_is_earned(lines: tuple[str, ...]) -> None:
    assert whole(*lines)["slices"] == []


def test_nothing_is_cut_by_a_field_of_each_deal() -> None:
    told = whole(FIELD.replace("KIND", "whole_amount").replace("WORTH", "rate: 5 %"))
    assert told["slices"] == []
    assert told["keys"] == [{"over": "field", "of": "discount", "type": "ratio"}]


def test_what_is_cumulative_says_what_was_measured_before() -> None:
    told = whole(TABLE, "accumulate: year", prior=100_00)
    assert (told["prior"], cut(told)) == (100_00, [(1, "5000", "500")])


def test_what_belongs_to_no_deal_and_what_was_kept_back_is_told() -> None:
    told = whole(TABLE, apart=7, withheld=5)
    assert (told["apart"], told["withheld"], told["exact"]) == (7, 5, "1007")


def test_a_rate_of_a_count_is_of_what_was_credited() -> None:
    assert cut(whole("rate: 5 %", "aggregate: count", measure=3_000_000)) == [(0, "15000", "750")]
    assert cut(whole("each: 2", "aggregate: count", measure=3_000_000)) == [(0, "3000000", "600")]


def test_other_measures_are_told() -> None:
    ratio = whole(
        f"rate_table: {{kind: whole_amount, over: attainment, {BANDS}}}",
        *("aggregate: ratio", "divided_by: amount", "quota: {name: net, ramp: [50 %]}"),
    )
    assert ratio["measured"] == {"aggregate": "ratio", "unit": "ratio", "quota": "net", "ramp": [500_000]}
    assert whole("each: 2", credit="measure: boxes")["measured"] == {"aggregate": "sum", "unit": "number"}
    assert whole("each: 2", credit="measure: boxes")["worth"] == "each"
    assert "measured" not in whole(TABLE)


RULE = {"to": "owner", "levels": 0, "when": "", "value": "amount", "date": "closed_on", "role": "", "share": 1_000_000}


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("to: owner, share: 50 %", {"share": 500_000}),
        ("to: owner, value: amount * 50 %", {"value": "amount * 50 %"}),
        ("to: owner, date: paid_on, when: amount > 5", {"date": "paid_on", "when": "amount > 5.00"}),
        ("to: named, role: coach", {"to": "named", "role": "coach"}),
    ],
)
def test_a_rule_of_its_own_is_told(rule: str, changed: dict[str, object]) -> None:
    assert whole("rate: 5 %", credit=f"credit: {{{rule}}}")["credits"] == [{**RULE, **changed}]


def test_several_rules_are_told_and_a_plain_one_is_not() -> None:
    both = whole("rate: 5 %", credit="credit: [{to: owner}, {to: overlay}]")["credits"]
    assert both == [RULE, {**RULE, "to": "overlay"}]
    assert "credits" not in whole("rate: 5 %")


def test_a_grid_tells_both_keys() -> None:
    columns = "columns: {over: {measure: margin}, from: [0]}, cells: [[1 %]]"
    told = whole(f"rate_table: {{kind: grid, rows: {{over: attainment, from: [0 %]}}, {columns}}}")
    assert told["keys"] == [
        {"over": "attainment", "of": "", "type": "ratio"},
        {"over": "measure", "of": "margin", "type": "money"},
    ]
    assert (told["own"]["cell"], told["exact"]) == ("10000", "150")


def test_one_sum_is_told_with_what_the_cap_kept_back() -> None:
    told = whole(CURVE, "cap: 100")
    assert (told["measure"], told["exact"], told["withheld"]) == (150_00, "10000", 50_00)
    assert whole(CURVE, at=standing(1))["exact"] == "1"
    assert "withheld" not in whole(CURVE)


def test_a_tuned_table_is_told_as_it_holds_for_the_payee() -> None:
    """Target 20.00 over quota 100.00: 100 % of a fifth on everything."""
    told = whole("rate: 100 %", "basis: target", "target: 20")
    assert (told["own"], cut(told)) == ({"target": "2000", "icr": "1/5"}, [(0, "15000", "3000")])


@pytest.mark.parametrize(
    ("lines", "how", "reason"),
    [
        ((TABLE,), {"lines": 0}, "no_credit"),
        ((TABLE,), {"quota": None}, "no_quota"),
        ((TABLE,), {"quota": 0}, "no_quota"),
        (("rate: 0 %",), {}, "rate_zero"),
        (("rate: 5 %",), {"measure": 0}, "netted"),
        ((TABLE, "threshold: {at: 200 %, pays: first_unit}"), {}, "below_threshold"),
        ((TABLE, "gates: [{certificate: x}]"), {}, "gate_shut"),
        ((CURVE,), {"at": standing(quota=None)}, "no_quota"),
        ((TABLE, "pool: {share_by: equal}"), {"lines": 0}, ""),
        ((TABLE,), {"earned": 1}, ""),
    ],
)
def test_nothing_earned_has_a_reason_in_a_word(lines: tuple[str, ...], how: dict[str, Any], reason: str) -> None:
    assert whole(*lines, **{"earned": 0, **how})["reason"] == reason


def test_objectives_have_no_rule_of_crediting() -> None:
    text = text_of("target: 5", credit="objectives: [{code: a, name: A, weight: 100 %}]")
    read = plan(text)
    told = of_component(read, read.components[0], {**ROW, "earned": 0}, (0, 0, 1), own=None)
    assert (told["when"], told["to"], told["levels"], told["slices"], told["reason"]) == ("", "", 0, [], "")


def test_a_deal_tells_its_part_and_where_it_stood() -> None:
    told = line(TABLE, split=[[7, 500_000], [8, 500_000]])
    assert cut(told) == [(0, "1000", "50"), (1, "2000", "200")]
    assert {name: each for name, each in told.items() if name != "slices"} == {
        "deal": 60_00,
        "share": 500_000,
        "split": [[7, 500_000], [8, 500_000]],
        "owner": 7,
        "owners": 2,
        "depth": 0,
        "credit": 30_00,
        "before": 90_00,
        "after": 120_00,
        "exact": "250",
        "amount": 2_50,
    }
    assert line(TABLE)["split"] == []


def test_a_deal_alone_or_with_a_rate_on_everything_begins_at_nothing() -> None:
    whole_amount = f"rate_table: {{kind: whole_amount, over: attainment, {BANDS}}}"
    assert cut(line(whole_amount)) == [(1, "3000", "300")]
    assert cut(line(whole_amount, "accumulate: transaction", before=0, after=30_00)) == [(0, "3000", "150")]


def test_a_deal_of_a_count_has_a_rate_of_its_credit() -> None:
    assert cut(line("rate: 5 %", "aggregate: count", before=0, after=1_000_000)) == [(0, "3000", "150")]


def test_a_deal_is_looked_up_by_its_field() -> None:
    rates = FIELD.replace("KIND", "whole_amount").replace("WORTH", "rate: 5 %", 1).replace("WORTH", "rate: 1 %")
    assert (cut(line(rates, key=200_000)), line(rates, key=200_000)["key"]) == ([(1, "3000", "30")], 200_000)
    assert line(rates)["slices"] == []
    amounts = FIELD.replace("KIND", "step").replace("WORTH", "amount: 5", 1).replace("WORTH", "amount: 1")
    assert cut(line(amounts, key=200_000)) == [(1, "200000", "100")]
    assert line(amounts, key=200_000, credit=-5)["slices"] == []


def test_a_deal_of_one_sum_has_its_part_by_what_was_credited() -> None:
    """30.00 of 150.00 credited: a fifth of 150.00 earned."""
    assert line(CURVE)["slices"] == [
        {"part": "spread", "amount": "3000", "width": "15000", "pays": 150_00, "earned": "3000"}
    ]
    assert line(CURVE, at=standing(0))["slices"] == []


def test_a_deal_of_one_rate_has_that_rate() -> None:
    other = f"rate_table: {{kind: whole_amount, over: {{attainment: margin}}, {BANDS}}}"
    assert line(other)["slices"] == [{"part": "rate", "amount": "3000", "rate": "1/20", "earned": "150"}]


def test_a_deal_of_a_pool_is_cut_by_nobody() -> None:
    text = text_of(TABLE, "pool: {share_by: equal}", "gates: [{certificate: x}]")
    component = plan(text).components[0]
    assert of_line(component, ROW, LINE, (0, 0, 1), own=tuned(component, standing()))["slices"] == []


def test_a_factor_and_what_a_cap_kept_back_are_told() -> None:
    bands = "bands: [{from: 0, factor: 0.5}]"
    told = line(TABLE, f"modifiers: [{{measure: margin, {bands}}}]", "cap: {line: 1}", exact=1_00)
    assert (told["factor"], told["uncapped"]) == ("1/2", "125")
    assert "uncapped" not in line(TABLE, "cap: {line: 5}")


def test_a_true_up_says_what_was_measured_before() -> None:
    assert of_true_up({"after": 90_00, "amount": -3}, (-3, 1, 2)) == {
        "true_up": True,
        "before": 0,
        "after": 90_00,
        "exact": "-5/2",
        "amount": -3,
    }
