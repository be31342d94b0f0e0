from __future__ import annotations

from datetime import date

import pytest

from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.terms import (
    Accumulate,
    Band,
    Bound,
    Eligible,
    Kind,
    Measure,
    NamedMeasure,
    Over,
    Sale,
    To,
    Who,
    Words,
)
from spm_app.kernel.money import Currency
from spm_app.kernel.period import Grain
from tests.compensation.plans import SELLER, changed, plan, with_bands

TEAMS = [("5:eligibility.teams", "plan.unknown_key"), ("5:eligibility", "plan.nobody")]
RATED = "measures: [{code: a, name: A, given: money, x: 1}]"
#: Five bounds that are percentages where amounts are asked for.
AMOUNTS = [
    (f"{line}:components[0].rate_table.bands[{line - 17}].{end}", "plan.not_an_amount")
    for line, end in ((17, "from"), (17, "to"), (18, "from"), (18, "to"), (19, "from"))
]
NO_MAP = "examples: [{name: A, transactions: [1], expected: 3}]"
FLAT = changed(SELLER[SELLER.index("    rate_table") :], "    rate: 4 %\n")


def findings(text: str) -> list[tuple[str, str]]:
    read, problems = read_plan(text)
    assert read is None
    return [(each.at, each.key.removeprefix("compensation.")) for each in problems]


def test_a_plan_text_becomes_terms() -> None:
    read = plan()
    assert (read.code, read.name, read.currency, read.titles) == ("seller", "Sellers", Currency("EUR"), ("seller",))
    assert (read.start, read.end, read.period) == (date(2026, 1, 1), date(2027, 1, 1), Grain.QUARTER)
    component = read.components[0]
    assert (component.code, component.name) == ("new-business", Words("New business", "Nuove vendite"))
    assert (component.credit.to, component.credit.levels, component.accumulate) == (To.OWNER, 0, Accumulate.PERIOD)
    assert (component.table.kind, component.table.over, component.needs_quota) == (
        Kind.MARGINAL,
        Over.ATTAINMENT,
        True,
    )
    assert component.table.bands[1:] == (Band(750_000, 1_000_000, 100_000), Band(1_000_000, None, 150_000))


def test_a_name_is_said_in_the_reader_s_language() -> None:
    assert (Words("Sales", "Vendite").of("it"), Words("Sales", "Vendite").of("fr")) == ("Vendite", "Sales")
    assert plan(changed("{en: New business, it: Nuove vendite}", "Ordini")).components[0].name == Words(
        "Ordini", "Ordini"
    )


def test_what_is_not_said_has_its_default() -> None:
    read = plan(
        changed(
            ", to: 2026-12-31", "", changed("rounding: half_up\n", "", changed("      bound: lower_inclusive\n", ""))
        )
    )
    assert read.end is None
    assert read.components[0].table.bound is Bound.LOWER_INCLUSIVE
    assert read.examples == ()


def test_a_flat_rate_is_one_band_over_the_amount() -> None:
    component = plan(FLAT).components[0]
    assert (component.table.kind, component.table.bands) == (Kind.FLAT, (Band(0, None, 40_000),))
    assert not component.needs_quota


def test_bands_over_an_amount_are_in_minor_units() -> None:
    text = (
        changed("over: attainment", "over: amount")
        .replace("75 %", "75.50")
        .replace("100 %", "100")
        .replace("0 %,", "0,", 1)
    )
    assert [band.start for band in plan(text).components[0].table.bands] == [0, 7_550, 10_000]


@pytest.mark.parametrize(("said", "levels"), [("to: manager", 1), ("to: manager, levels: 3", 3)])
def test_a_manager_s_credit_reaches_that_many_levels(said: str, levels: int) -> None:
    text = changed("date: closed_on, value: amount, ", "")
    credit = plan(changed("to: owner", said, text)).components[0].credit
    assert (credit.to, credit.levels) == (To.MANAGER, levels)


def test_a_component_may_take_everything_and_each_sale_alone() -> None:
    component = plan(
        changed(
            "    rate: ", "    accumulate: transaction\n    rate: ", changed("""when: "outcome = 'won'", """, "", FLAT)
        )
    ).components[0]
    assert (component.credit.when, component.accumulate) == (None, Accumulate.TRANSACTION)


def test_examples_are_read_with_the_plan() -> None:
    text = SELLER + (
        "examples:\n  - name: Halves\n    quota: 1000\n    transactions:\n"
        "      - 500\n      - {amount: 500, product: X, share: 50 %, by: team}\n"
        "    expected: {new-business: 62.50}\n"
        "  - name: Nothing\n    transactions: [{amount: 1, by: self}]\n    expected: {}\n"
    )
    first, second = plan(text).examples
    assert (first.quota, first.expected) == (100_000, {"new-business": 6_250})
    assert first.sales == (Sale(50_000), Sale(50_000, product="X", share=500_000, by_team=True))
    assert (second.quota, second.sales) == (None, (Sale(100),))


def test_every_part_knows_its_line() -> None:
    read = plan()
    assert read.place("components[0].rate_table.bands[1]") == "18:components[0].rate_table.bands[1]"
    assert read.place("nowhere") == "1:nowhere"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: seller", "kode: seller", [("1:kode", "plan.unknown_key"), ("1:", "plan.missing")]),
        ("name: Sellers", "name: Sellers\nname: Again", [("3:name", "plan.given_twice")]),
        ("{titles: [seller]}", "seller", [("5:eligibility", "plan.not_a_map")]),
        ("[seller]", "seller", [("5:eligibility.titles", "plan.not_a_list")]),
        ("[seller]", "[]", [("5:eligibility.titles", "plan.not_a_list")]),
        ("name: Sellers", "name:", [("2:name", "plan.not_a_text")]),
        ("name: Sellers", "name: [a]", [("2:name", "plan.not_a_text")]),
        ("code: seller", f"code: {'x' * 65}", [("1:code", "plan.too_long")]),
        ("period: quarter", "period: week", [("6:period", "plan.not_a_choice")]),
        ("half_up", "half_even", [("7:rounding", "plan.not_a_choice")]),
        ("currency: EUR", "currency: euro", [("3:currency", "plan.not_a_currency")]),
        ("from: 2026-01-01", "from: 1 Jan", [("4:effective.from", "plan.not_a_day")]),
        ("rate: 10 %", "rate: 0.1", [("18:components[0].rate_table.bands[1].rate", "plan.not_a_percentage")]),
        ("rate: 10 %", "rate: 1.00001 %", [("18:components[0].rate_table.bands[1].rate", "plan.not_a_percentage")]),
        ("over: attainment", "over: amount", AMOUNTS),
        ("    rate_table", "    rate: 4 %\n    rate_table", [("9:components[0]", "plan.rate_or_table")]),
        ("to: owner", "to: owner, levels: 2", [("11:components[0].credit.levels", "plan.levels_of_others")]),
        ("to: owner", "to: manager, levels: 0", [("11:components[0].credit.levels", "plan.not_a_number")]),
        ("outcome =", "outcom =", [("11:components[0].credit.when", "rule.unknown_field")]),
        ("rounding: half_up", NO_MAP, [("7:examples[0].expected", "plan.not_a_map")]),
        ("currency: EUR", "currency: EURO", [("3:currency", "plan.not_a_currency")]),
        ("from: 2026-01-01, ", "", [("4:effective", "plan.missing")]),
        ("to: 2026-12-31", "to: ever", [("4:effective.to", "plan.not_a_day")]),
        ("to: 2026-12-31", "until: 2026-12-31", [("4:effective.until", "plan.unknown_key")]),
        ("{titles: [seller]}", "{}", [("5:eligibility", "plan.nobody")]),
        ("titles: [seller]", "teams: [a]", TEAMS),
        ("[seller]", "[{from: 2026-02-01}]", [("5:eligibility.titles[0]", "plan.missing")]),
        ("[seller]", "[{code: a, from: soon}]", [("5:eligibility.titles[0].from", "plan.not_a_day")]),
        ("[seller]", "[{code: a, to: late}]", [("5:eligibility.titles[0].to", "plan.not_a_day")]),
        ("[seller]", "[[a]]", [("5:eligibility.titles[0]", "plan.not_a_text")]),
        ("rounding: half_up", "measures: []", [("7:measures", "plan.not_a_list")]),
        ("rounding: half_up", "measures: [{code: a, name: A}]", [("7:measures[0]", "plan.given_or_credit")]),
        ("rounding: half_up", "measures: [{name: A, given: money}]", [("7:measures[0]", "plan.missing")]),
        ("rounding: half_up", RATED, [("7:measures[0].x", "plan.unknown_key")]),
        ("rounding: half_up", "settlement: {tax: 5}", [("7:settlement.tax", "plan.unknown_key")]),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_named_with_its_line(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert findings(changed(old, new)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("1:", "plan.empty")),
        ("a: [", ("1:", "plan.not_yaml")),
        ("a: &x 1\nb: *x", ("1:", "plan.alias")),
        ("a: 1\n---\nb: 2", ("2:", "plan.alias")),
        ("x" * 200_001, ("1:", "plan.too_long")),
        ("a: \x00", ("1:", "plan.not_yaml")),
        ("[" * 20_000, ("1:", "plan.too_deep")),
    ],
)
def test_a_text_that_is_no_plan_is_refused(text: str, expected: tuple[str, str]) -> None:
    assert findings(text)[0] == expected


def test_one_reading_finds_everything() -> None:
    assert len(findings("code: a\nname: b\nfoo: 1\nperiod: week\n")) == 6


def test_a_plan_pays_holders_of_titles_and_positions_and_persons_on_their_days() -> None:
    days = "{code: P9, from: 2026-02-01, to: 2026-02-28}"
    read = plan(
        changed("{titles: [seller]}", f"{{people: [{days}], titles: [seller, {{code: lead}}], positions: [N1]}}")
    )
    assert read.eligible == (
        Eligible(Who.TITLE, "seller"),
        Eligible(Who.TITLE, "lead"),
        Eligible(Who.POSITION, "N1"),
        Eligible(Who.PERSON, "P9", date(2026, 2, 1), date(2026, 3, 1)),
    )
    assert read.titles == ("seller", "lead")


def test_a_plan_has_measures_that_pay_nothing_by_themselves() -> None:
    read = plan(
        changed("rounding: half_up", "measures: [{code: boxes, name: {en: Boxes, it: Scatole}, given: number}]")
    )
    assert read.measures == (NamedMeasure("boxes", Words("Boxes", "Scatole"), Measure((), given=Type.NUMBER)),)
    assert read.measure_of("boxes") is read.measures[0].measure
    assert read.measure_of("new-business") is read.components[0].measure
    assert read.measure_of("weather") is None


HYBRID = changed("      bands:", "      point: 75 %\n      below: whole_amount\n      above: marginal\n      bands:")
HYBRID = changed("kind: marginal", "kind: hybrid", HYBRID)


def test_a_hybrid_says_its_point_and_both_ways() -> None:
    table = plan(HYBRID).components[0].table
    assert (table.kind, table.point, table.below, table.above) == (
        Kind.HYBRID,
        750_000,
        Kind.WHOLE_AMOUNT,
        Kind.MARGINAL,
    )
    assert findings(changed("      point: 75 %\n", "", HYBRID)) == [("13:components[0].rate_table", "plan.missing")]
    assert findings(changed("kind: hybrid", "kind: marginal", HYBRID))[0] == (
        "16:components[0].rate_table.point",
        "plan.not_of_this_kind",
    )


def test_overage_is_a_hybrid_at_the_quota() -> None:
    table = plan(changed("kind: marginal", "kind: retroactive_overage")).components[0].table
    assert (table.kind, table.point, table.below, table.above) == (
        Kind.HYBRID,
        1_000_000,
        Kind.MARGINAL,
        Kind.WHOLE_AMOUNT,
    )
    over_amount = changed(
        "kind: marginal", "kind: retroactive_overage", with_bands("from: 0, rate: 5 %", over="amount")
    )
    assert findings(over_amount) == [("14:components[0].rate_table.over", "plan.overage_of_quota")]


def test_bands_may_be_worth_amounts() -> None:
    table = (
        plan(with_bands("from: 0 %, to: 80 %, amount: 0", "from: 80 %, amount: 500.50", kind="step"))
        .components[0]
        .table
    )
    assert (table.kind, table.pays_amounts, table.bands[1]) == (Kind.STEP, True, Band(800_000, None, 0, 50_050))
    assert findings(with_bands("from: 0 %, rate: 5 %", kind="step"))[0][1] == "plan.unknown_key"
