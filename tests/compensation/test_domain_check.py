"""What is wrong with a plan is shown by a case: two sales and two pays, or two terms that cannot both hold."""

from __future__ import annotations

from typing import Any

import pytest

from spm_app.compensation.domain.check.bounds import bounds, is_drawn, places
from spm_app.compensation.domain.check.likeness import like
from spm_app.compensation.domain.check.terms import of_terms
from spm_app.compensation.domain.check.tried import Tried, of_tried
from spm_app.compensation.domain.condition import parse_rule
from spm_app.compensation.service import templates, trying
from spm_app.kernel.money import Currency, Money
from tests.compensation.plans import SELLER, changed, plan, with_bands

EUR = Currency("EUR")
LOW, HIGH = "from: 0 %, to: 80 %, rate: 5 %", "from: 80 %, rate: 4 %"


def keys(text: str) -> list[str]:
    return [each.key.removeprefix("compensation.check.") for each in trying.findings(text)]


def test_a_sound_plan_passes_the_trial() -> None:
    assert trying.findings(SELLER) == ()
    assert trying.findings("nonsense") == ()


def test_pay_that_falls_is_shown_by_two_sales() -> None:
    (found,) = (
        each for each in trying.findings(with_bands(LOW, HIGH, kind="whole_amount")) if each.key[-5:] == "falls"
    )
    said = {name: found.args[name] for name in ("low", "low_pay", "high", "high_pay")}
    assert said == {
        "low": Money.of("79999.00"),
        "low_pay": Money.of("3999.95"),
        "high": Money.of("80000.00"),
        "high_pay": Money.of("3200.00"),
    }
    assert found.at == "12:components[0].rate_table"


def test_a_cliff_says_what_one_more_euro_is_worth() -> None:
    (found,) = (each for each in trying.findings(templates.text("threshold")) if each.key.endswith("one_more"))
    assert (found.args["low_pay"], found.args["jump"]) == (Money.of("0.00"), Money.of("2500.00"))


def test_cutting_a_deal_is_shown_by_its_two_halves() -> None:
    (found,) = (each for each in trying.findings(templates.text("per_unit")) if each.key.endswith("halves"))
    assert (found.args["pay"], found.args["halves"]) == (Money.of("300.00"), Money.of("600.00"))


def test_a_component_that_can_never_pay_is_found() -> None:
    assert "never_pays" in keys(changed("outcome = 'won'", "outcome = 'won' and outcome = 'lost'"))


def test_a_curve_goes_through_what_was_worked_out_by_hand() -> None:
    (curve,) = trying.curves(templates.text("accelerator"))
    assert dict(curve.usual)[1_200_000] == Money.of("6600.00")
    assert [at for at, _ in curve.usual] == [0, 500_000, 800_000, 1_000_000, 1_200_000, 1_500_000, 2_000_000]
    assert trying.curves("nonsense") == ()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("product = 'A'", {"product": "A"}),
        ("product in ('A', 'B') and stage <> 'X'", {"product": "A", "stage": "not X"}),
        ("product = 'A' or product = 'B'", {"product": "A"}),
        ("not product <> 'A'", {"product": "A"}),
        ("not product is null", {}),
        ("product is null", {}),
        ("amount > 5", {}),
        ("units > 2", {"units": 2_000_001}),
        ("units < 2", {"units": 1_999_999}),
        ("extra.kind = 'k'", {"extra": {"kind": "k"}}),
        ("stage <> ''", {}),
    ],
)
def test_a_deal_is_made_up_that_the_condition_lets_through(rule: str, expected: dict[str, Any]) -> None:
    assert like(parse_rule(rule, EUR)) == {"outcome": "won", **expected}


def test_a_made_up_deal_falls_on_a_day_that_counts() -> None:
    days = {
        rule: like(parse_rule(rule, EUR))
        for rule in ("closed_on > date '2026-01-31'", "opened_on <> date '2026-01-31'")
    }
    assert [str(each.get("day", "")) for each in days.values()] == ["2026-02-01", ""]
    assert like(None) == {"outcome": "won"}


def test_it_is_asked_around_every_bound() -> None:
    component = plan().components[0]
    assert bounds(component) == (750_000, 1_000_000)
    assert {7_499_900, 7_500_000, 7_500_100} <= set(places(component, 10_000_000))
    amounts = plan(templates.text("deal_size")).components[0]
    assert {999_900, 1_000_000, 1_000_100} <= set(places(amounts, 10_000_000))
    hybrid = plan(templates.text("hybrid")).components[0]
    assert bounds(hybrid) == (500_000, 1_000_000)


def with_more(more: str) -> str:
    return SELLER + more


GRID = """\
    rate_table:
      kind: grid
      rows: {over: attainment, from: [0 %, 50 %]}
      columns: {over: {field: discount}, from: [0 %]}
      cells: [[1 %], [2 %]]
"""


def test_only_what_depends_on_its_own_sales_is_drawn() -> None:
    grid = plan(SELLER[: SELLER.index("    rate_table")] + GRID).components[0]
    assert (bounds(grid), is_drawn(grid)) == ((500_000,), False)
    threshold = plan(with_more("    threshold: {at: 50 %, pays: first_unit}\n")).components[0]
    assert 500_000 in bounds(threshold)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("    target: 60 %\n    cap: 90 %\n", ["cap_below_target"]),
        ("    target: 60 %\n    cap: 100 %\n", []),
        ("    target: 1000\n    cap: 999\n", ["cap_below_target"]),
        ("    target: 1000\n    cap: 1000\n", []),
        ("    target: 60 %\n    cap: 1000\n", []),
        ("    cap: 10\n", []),
        ("    gates: [{attainment: new-business, at_least: 1 %}]\n", []),
    ],
)
def test_a_cap_lets_the_target_be_earned(more: str, found: list[str]) -> None:
    assert [each.key.removeprefix("compensation.check.") for each in of_terms(plan(with_more(more)))] == found


OBJECTIVES = """\
  - code: goals
    name: Goals
    target: 100
    objectives: [{code: a, name: A, weight: 60 %}, {code: b, name: B, weight: WEIGHT}]
"""


def test_weights_make_a_whole() -> None:
    assert of_terms(plan(with_more(OBJECTIVES.replace("WEIGHT", "40 %")))) == ()
    (found,) = of_terms(plan(with_more(OBJECTIVES.replace("WEIGHT", "50 %"))))
    assert (found.key, found.at.split(":")[1]) == ("compensation.check.weights_no_whole", "components[1].objectives")


def test_gates_do_not_wait_for_each_other() -> None:
    other = SELLER[SELLER.index("  - code") :].replace("new-business", "other")
    third = other.replace("other", "third")
    gate = "    gates: [{attainment: CODE, at_least: 1 %}]\n"
    text = with_more(gate.replace("CODE", "other") + other + gate.replace("CODE", "third"))
    assert of_terms(plan(text + third)) == ()
    (found,) = of_terms(plan(text + third + gate.replace("CODE", "other")))
    assert (found.args["codes"], found.at.split(":")[1]) == ("other, third", "components[1].gates")


def test_where_a_bound_decides_its_side_is_said() -> None:
    text = with_bands(LOW, HIGH, kind="whole_amount")
    assert of_terms(plan(text)) == ()
    assert [each.key[-11:] for each in of_terms(plan(changed("      bound: lower_inclusive\n", "", text)))] == [
        "bound_unset"
    ]


def test_what_was_not_tried_has_no_finding() -> None:
    assert list(of_tried(plan(), plan().components[0], "components[0]", ())) == []
    flat = [Tried(100, 5, 5), Tried(200, 10, 10)]
    assert list(of_tried(plan(), plan().components[0], "components[0]", flat)) == []
    assert [each.at for each in of_tried(plan(), plan().components[0], "nowhere", [Tried(1, 0, 0)])] == ["1:nowhere"]
