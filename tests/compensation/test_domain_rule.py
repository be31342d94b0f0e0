from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.compensation.domain.condition import RuleError, parse_rule, payable
from spm_app.compensation.domain.rule import (
    Among,
    Compare,
    Empty,
    Every,
    Not,
    Rule,
    Some,
    conjuncts,
    decimal,
    fields_of,
    written,
)
from spm_app.kernel.money import Currency

EUR, JPY = Currency("EUR"), Currency("JPY")
WON = Compare("outcome", "=", "won")
TEXT = Compare("stage", "<>", "O'Neil")
EITHER = Some((WON, TEXT))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("outcome = 'won'", WON),
        ("OUTCOME='won'", WON),
        ("stage != 'O''Neil'", TEXT),
        ("amount >= 1000.50", Compare("amount", ">=", 100_050)),
        ("amount > -1", Compare("amount", ">", -100)),
        ("closed_on < '2026-04-01'", Compare("closed_on", "<", date(2026, 4, 1))),
        ("closed_on <= date '2026-04-01'", Compare("closed_on", "<=", date(2026, 4, 1))),
        ("product in ('A', 'B')", Among("product", ("A", "B"))),
        ("product not in ('A')", Not(Among("product", ("A",)))),
        ("amount between 1 and 2", Every((Compare("amount", ">=", 100), Compare("amount", "<=", 200)))),
        ("amount not between 1 and 2", Not(Every((Compare("amount", ">=", 100), Compare("amount", "<=", 200))))),
        ("product is null", Empty("product")),
        ("product is not null", Not(Empty("product"))),
        ("not product is null", Not(Empty("product"))),
        ("not not (outcome = 'won')", Not(Not(WON))),
        ("not (outcome = 'won') and stage <> 'O''Neil'", Every((Not(WON), TEXT))),
        ("outcome = 'won' or stage <> 'O''Neil' and amount > 0", Some((WON, Every((TEXT, Compare("amount", ">", 0)))))),
        (
            "(outcome = 'won' or stage <> 'O''Neil') and amount > 0",
            Every((Some((WON, TEXT)), Compare("amount", ">", 0))),
        ),
    ],
)
def test_a_condition_is_read(text: str, rule: Rule) -> None:
    assert parse_rule(text, EUR) == rule


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        ("", "unfinished", 1),
        ("outcome", "unfinished", 8),
        ("outcome =", "unfinished", 10),
        ("outcome = won", "unexpected", 11),
        ("outcome = 'won' amount > 1", "unexpected", 17),
        ("outcome not = 'won'", "unexpected", 13),
        ("(outcome = 'won'", "unfinished", 17),
        ("product in 'A'", "unexpected", 12),
        ("amount between 1 or 2", "unexpected", 18),
        ("1 = 1", "unexpected", 1),
        ("weather = 'X'", "unknown_field", 1),
        ("extra.A-b = 'X'", "unexpected", 8),
        ("discount = 0.2", "wrong_type", 12),
        ("amount = 20 %", "wrong_type", 10),
        ("read_csv = 'X'", "unknown_field", 1),
        ("outcome = 'won'; drop", "unexpected", 16),
        ("outcome = 'won", "unexpected", 11),
        ("amount * 2 > 1", "unexpected", 8),
        ("outcome like 'w%'", "unexpected", 9),
        ("outcome = 1", "wrong_type", 11),
        ("amount = 'x'", "wrong_type", 10),
        ("amount = date '2026-01-01'", "wrong_type", 15),
        ("outcome = date 'won'", "wrong_type", 16),
        ("closed_on = 20260101", "wrong_type", 13),
        ("closed_on = 'tomorrow'", "no_date", 13),
        ("amount = 0.001", "unpayable", 10),
        ("amount = 99999999999999", "unpayable", 10),
        ("amount = 99999999999999999999999999", "unpayable", 10),
        ("(" * 30 + "outcome = 'won'" + ")" * 30, "too_deep", 22),
        ("not " * 100 + "outcome = 'won'", "too_deep", 85),
        ("outcome = 'won' and " * 101, "too_long", 2_000),
    ],
)
def test_everything_else_is_refused_with_its_column(text: str, key: str, column: int) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rule(text, EUR)
    assert (caught.value.key, caught.value.column) == (f"compensation.rule.{key}", column)


def test_what_must_all_hold_is_told_apart() -> None:
    assert conjuncts(None) == ()
    assert conjuncts(WON) == (WON,)
    assert conjuncts(Every((WON, TEXT))) == (WON, TEXT)


def test_an_amount_is_payable_in_its_currency_only() -> None:
    assert (payable("10", JPY), payable("10.5", JPY), payable("10.5", EUR), payable("1e3", EUR)) == (
        10,
        None,
        1050,
        None,
    )


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
comparisons = st.one_of(
    st.builds(Compare, st.sampled_from(["outcome", "stage"]), st.sampled_from(["=", "<>"]), words),
    st.builds(Compare, st.just("amount"), st.sampled_from(["<", "<=", ">", ">="]), st.integers(-(10**9), 10**9)),
    st.builds(Compare, st.just("opened_on"), st.just("="), st.dates()),
    st.builds(Among, st.just("product"), st.lists(words, min_size=1, max_size=3).map(tuple)),
    st.builds(Empty, st.just("account")),
)


def groups(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(Every, several), st.builds(Some, several))


@given(st.recursive(comparisons, groups, max_leaves=6))
def test_a_condition_written_out_reads_the_same(rule: Rule) -> None:
    assert parse_rule(written(rule, EUR), EUR) == rule


def test_ratios_and_numbers_are_whole_in_millionths_and_written_as_they_were() -> None:
    text = "discount <= 12.5 % and units >= 3 and extra.channel = 'web' and margin_rate > -1 %"
    assert parse_rule(text, EUR) == Every(
        (
            Compare("discount", "<=", 125_000),
            Compare("units", ">=", 3_000_000),
            Compare("extra.channel", "=", "web"),
            Compare("margin_rate", ">", -10_000),
        )
    )
    assert written(parse_rule(text, EUR), EUR) == text


def test_a_condition_speaks_of_its_fields() -> None:
    assert fields_of(None) == frozenset()
    assert fields_of(parse_rule("not (product in ('A') or amount > 1) and region is null", EUR)) == {
        "product",
        "amount",
        "region",
    }


def test_a_number_is_written_without_zeros_behind_it() -> None:
    assert [decimal(Fraction(each, 1_000_000)) for each in (1, 1_500_000, 100_000_000, -250_000)] == [
        "0.000001",
        "1.5",
        "100",
        "-0.25",
    ]
