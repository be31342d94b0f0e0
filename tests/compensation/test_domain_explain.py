"""Derivations and what they say, on figures that are easy to check by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from spm_app.compensation.domain.derivation import of_component, of_line
from spm_app.compensation.domain.explain import explain_component, explain_line
from spm_app.compensation.domain.results import ComponentOutcome, LineOutcome, PayeeOutcome
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rate import Rate
from spm_app.ui.catalogue import say
from tests.compensation.plans import changed, plan, with_bands

EUR = Currency("EUR")
LOW, HIGH = "from: 0 %, to: 100 %, rate: 5 %", "from: 100 %, rate: 15 %"
MARGINAL, WHOLE = with_bands(LOW, HIGH), with_bands(LOW, HIGH, kind="whole_amount")
FLAT = changed("    rate: ", "    rate: ", MARGINAL[: MARGINAL.index("    rate_table")] + "    rate: 5 %\n")
ALONE = changed("    rate_table", "    accumulate: transaction\n    rate_table", MARGINAL)
#: No earlier periods, no part that belongs to no deal, nothing kept back.
NOTHING_MORE = {"prior": 0, "base": 0, "apart": 0, "withheld": 0}


def component(text: str, measure: int, quota: int | None, *, earned: int, exact: str = "", lines: int = 1) -> Any:
    read = plan(text)
    row = {"measure": measure, "quota": quota, "earned": earned, "lines": lines, "days": 90, "of": 90}
    row |= NOTHING_MORE
    return of_component(read, read.components[0], row, whole(exact or str(earned)), own=None)


def line(text: str, before: int, after: int, **said: Any) -> Any:
    """A line of a quarter that comes to 1,500.00 against a quota of 1,000.00."""
    credit = after - before
    row = {"deal_amount": credit, "share": 1_000_000, "owner_id": 1, "owners": 1, "depth": 0, "amount": 5} | said
    row |= {"before": before, "after": after, "credit": credit, "key": None}
    measured = {"measure": 150_000, "quota": 100_000}
    return of_line(plan(text).components[0], measured, row, whole(said.get("exact", "5")), own=None)


def whole(exact: str) -> tuple[int, int, int]:
    value = Fraction(exact)
    return value.numerator // value.denominator, value.numerator % value.denominator, value.denominator


def keys(derivation: Any) -> list[str]:
    return [each.key.removeprefix("compensation.explain.") for each in explain_component(derivation, EUR, "en")]


def pieces(derivation: Any) -> list[tuple[int, str, str]]:
    return [(each["band"], each["amount"], each["earned"]) for each in derivation["slices"]]


def test_a_marginal_component_is_cut_at_its_bounds() -> None:
    derived = component(MARGINAL, 150_000, 100_000, earned=12_500, lines=2)
    assert pieces(derived) == [(0, "100000", "5000"), (1, "50000", "7500")]
    assert keys(derived) == ["rule", "when", "measure", "attainment", "slice", "slice_above", "result"]
    attained = explain_component(derived, EUR, "en")[3]
    assert (attained.result, attained.args["quota"]) == (Rate(Fraction(3, 2)), Money.of(1_000))


def test_a_bound_that_is_no_whole_cent_is_not_rounded() -> None:
    derived = component(changed("100 %", "33.3333 %", changed("100 %", "33.3333 %", MARGINAL)), 100, 100, earned=11)
    assert pieces(derived) == [(0, "333333/10000", "333333/200000"), (1, "666667/10000", "2000001/200000")]


def test_a_return_runs_backward_through_the_bands() -> None:
    assert pieces(line(MARGINAL, 120_000, 90_000)) == [(0, "-10000", "-500"), (1, "-20000", "-3000")]
    assert pieces(line(MARGINAL, -5, -20)) == [(0, "-15", "-3/4")]


@pytest.mark.parametrize(
    ("bound", "measure", "band"),
    [("lower", 100_000, 1), ("upper", 100_000, 0), ("upper", 100_001, 1), ("lower", 99_999, 0), ("lower", -1, 0)],
)
def test_the_band_reached_pays_on_everything(bound: str, measure: int, band: int) -> None:
    text = changed("lower_inclusive", f"{bound}_inclusive", WHOLE)
    assert [each["band"] for each in component(text, measure, 100_000, earned=1)["slices"]] == [band]
    assert keys(component(text, measure, 100_000, earned=1))[-2] == ("whole_above" if band else "whole")


def test_a_line_of_a_whole_amount_component_has_the_rate_of_the_quarter() -> None:
    assert pieces(line(WHOLE, 0, 40_000)) == [(1, "40000", "6000")]
    alone = changed("    rate_table", "    accumulate: transaction\n    rate_table", WHOLE)
    assert pieces(line(alone, 0, 40_000)) == [(0, "40000", "2000")]


def test_a_flat_component_has_one_formula() -> None:
    derived = component(FLAT, 1_001, None, earned=50, exact="1001/20")
    steps = explain_component(derived, EUR, "en")
    assert keys(derived) == ["rule", "when", "measure", "flat", "rounded"]
    assert (steps[3].args["amount"], steps[3].args["rate"], steps[3].result) == (
        Money.of("10.01"),
        Rate.percent(5),
        Decimal("0.500500"),
    )


@pytest.mark.parametrize(
    ("text", "measure", "quota", "lines", "reason"),
    [
        (MARGINAL, 0, 100, 0, "no_credit"),
        (MARGINAL, 50, None, 1, "no_quota"),
        (MARGINAL, 50, 0, 1, "no_quota"),
        (changed("rate: 5 %", "rate: 0 %", MARGINAL), 50, 100, 1, "rate_zero"),
        (FLAT, 0, None, 2, "netted"),
    ],
)
def test_nothing_earned_explains_itself(text: str, measure: int, quota: int | None, lines: int, reason: str) -> None:
    derived = component(text, measure, quota, earned=0, lines=lines)
    assert (derived["reason"], keys(derived)[-1]) == (reason, reason)


def test_deals_rated_alone_are_explained_by_their_lines() -> None:
    derived = component(ALONE, 150_000, 100_000, earned=7_500, lines=3)
    assert (derived["slices"], keys(derived)[-2:]) == ([], ["each_alone", "result"])


def test_what_counts_is_said() -> None:
    everything = component(changed("when: \"outcome = 'won'\", ", "", MARGINAL), 1, 1, earned=1)
    assert keys(everything)[1] == "all_deals"
    team = component(changed("to: owner", "to: manager, levels: 2", MARGINAL), 1, 1, earned=1)
    assert keys(team)[2] == "of_team"


def test_a_line_says_where_it_stood_and_what_it_earned() -> None:
    derived = line(
        MARGINAL, 90_000, 120_000, deal_amount=60_000, share=500_000, depth=2, owners=1, exact="9/2", amount=5
    )
    steps = explain_line(derived, component(MARGINAL, 150_000, 100_000, earned=1), EUR)
    named = [each.key.removeprefix("compensation.explain.") for each in steps]
    assert named == ["deal", "through_team", "share", "stood", "slice", "slice_above", "rounded_line"]
    whole_line = explain_line(line(WHOLE, 0, 10), component(WHOLE, 150_000, 100_000, earned=1), EUR)
    assert [each.key.removeprefix("compensation.explain.") for each in whole_line] == ["deal", "whole_above", "result"]


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_step_is_said_in_full(language: str) -> None:
    derived = component(MARGINAL, 150_000, 100_000, earned=12_500, lines=2)
    said = [say(language, each.key, **each.args) for each in explain_component(derived, EUR, language)]
    assert not [each for each in said if "{" in each]
    name = {"en": "New business", "it": "Nuove vendite"}[language]
    assert name in said[0]


def test_bounds_over_an_amount_are_shown_as_money() -> None:
    text = with_bands("from: 0, to: 100, rate: 5 %", "from: 100, rate: 6 %", over="amount")
    steps = explain_component(component(text, 150_00, None, earned=8_00), EUR, "en")
    assert [each.args["start"] for each in steps if "slice" in each.key] == [Money.of(0), Money.of(100)]


def test_outcomes_are_plain_values() -> None:
    day = plan().start
    one = LineOutcome(1, "owner", "D1", None, day, 5, 1, {})
    paid = ComponentOutcome(1, "seller", "new-business", 5, None, 1, {}, (one,))
    assert PayeeOutcome(1, "seller", 1, (paid,)).components[0].lines[0].amount == 1


def test_a_part_of_the_period_says_how_the_quota_came_about() -> None:
    read = plan(MARGINAL)
    row = {
        "measure": 20_000,
        "quota": 50_000,
        "quota_whole": 100_000,
        "days": 45,
        "of": 90,
        "lines": 1,
        "earned": 1_000,
    } | NOTHING_MORE
    steps = explain_component(of_component(read, read.components[0], row, whole("1000"), own=None), EUR, "en")
    keys = [each.key.removeprefix("compensation.explain.") for each in steps]
    assert keys == ["rule", "when", "part", "measure", "part_quota", "attainment", "slice", "result"]
    assert "€1,000.00 × 45 ÷ 90 days = €500.00" in say("en", steps[4].key, **steps[4].args)


def test_a_part_of_the_period_without_quota_says_the_part() -> None:
    read = plan(FLAT)
    row = {"measure": 200, "quota": None, "quota_whole": None, "days": 45, "of": 90, "lines": 1, "earned": 10}
    steps = explain_component(
        of_component(read, read.components[0], row | NOTHING_MORE, whole("10"), own=None), EUR, "it"
    )
    assert "compensation.explain.part" in [each.key for each in steps]
