"""Values as terms: which kind they are, of what they speak, and how they are written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.compensation.domain.expression import parse_value
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.value import AMOUNT, Fixed, Value, fields_in, is_nothing, kind_of, said
from spm_app.kernel.money import Currency

EUR, JPY = Currency("EUR"), Currency("JPY")
CHOICE = "case when type = 'new' and product is null then margin else amount * discount end"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("amount", Type.MONEY),
        ("units", Type.NUMBER),
        ("discount", Type.RATIO),
        ("5", Type.MONEY),
        ("5 %", Type.RATIO),
        ("amount * 5 %", Type.MONEY),
        ("units * 5 %", Type.NUMBER),
        ("units * 5", Type.MONEY),
        ("discount * margin_rate", Type.RATIO),
        ("units + units", Type.NUMBER),
        ("0 + units", Type.NUMBER),
        ("0 - units", Type.NUMBER),
        ("0 + 0", Type.MONEY),
        ("least(0, units)", Type.NUMBER),
        ("case when type = 'new' then units else 0 end", Type.NUMBER),
        ("case when type = 'new' then 0 else amount end", Type.MONEY),
    ],
)
def test_a_value_is_money_a_number_or_a_ratio(text: str, kind: Type) -> None:
    assert kind_of(parse_value(text, EUR)) is kind


def test_a_bare_nothing_goes_with_every_kind() -> None:
    assert is_nothing(Fixed(0, Type.MONEY))
    assert not is_nothing(Fixed(1, Type.MONEY))
    assert not is_nothing(AMOUNT)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("5", set[str]()),
        ("amount * margin_rate", {"amount", "margin_rate"}),
        ("amount - margin", {"amount", "margin"}),
        ("least(amount, margin)", {"amount", "margin"}),
        (CHOICE, {"type", "product", "margin", "amount", "discount"}),
    ],
)
def test_it_speaks_of_these_fields(text: str, fields: set[str]) -> None:
    assert fields_in(parse_value(text, EUR)) == fields


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("(amount)*50%", "amount * 50 %"),
        ("amount*2", "amount * 2"),
        ("amount + 0.001 * margin - 2.5", "amount + 0.001 * margin - 2.50"),
        ("(amount-margin)*12.5%", "(amount - margin) * 12.5 %"),
        ("amount - (margin - 5)", "amount - (margin - 5.00)"),
        ("amount * (discount * 50 %)", "amount * (discount * 50 %)"),
        ("LEAST(amount,10000)", "least(amount, 10000.00)"),
        (CHOICE, CHOICE),
    ],
)
def test_it_is_written_out_in_its_own_language(text: str, written: str) -> None:
    assert said(parse_value(text, EUR), EUR) == written


def test_a_currency_without_decimals_has_none() -> None:
    assert said(parse_value("least(amount, 10000)", JPY), JPY) == "least(amount, 10000)"


fields = st.sampled_from(["amount", "margin"])
figures = st.integers(-(10**6), 10**6).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, st.sampled_from(["* 12.5 %", "* 1.75", "* units", "* discount"])).map(
            lambda each: f"({each[0]}) {each[1]}"
        ),
        st.tuples(st.sampled_from(["50 %", "discount", "units"]), inner).map(lambda each: f"{each[0]} * ({each[1]})"),
        pairs.map(lambda each: f"({each[0]}) + ({each[1]})"),
        pairs.map(lambda each: f"({each[0]}) - ({each[1]})"),
        pairs.map(lambda each: f"greatest({each[0]}, {each[1]})"),
        pairs.map(lambda each: f"case when amount > 5 then {each[0]} else {each[1]} end"),
    )


@given(st.recursive(st.one_of(fields, figures), grown, max_leaves=5))
def test_a_value_written_out_reads_the_same(text: str) -> None:
    value: Value = parse_value(text, EUR)
    assert parse_value(said(value, EUR), EUR) == value
