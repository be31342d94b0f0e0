"""What of a transaction is credited, as it is written: every operator, and every refusal with its column."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.expression import parse_value
from spm_app.compensation.domain.rule import Compare, Type
from spm_app.compensation.domain.tokens import RuleError
from spm_app.compensation.domain.value import AMOUNT, Choose, Fixed, Pick, Plus, Take, Times, Value
from spm_app.kernel.money import Currency

EUR, JPY = Currency("EUR"), Currency("JPY")
MARGIN, UNITS = Take("margin"), Take("units")
NEW = Compare("type", "=", "new")


def money(minor: int) -> Fixed:
    return Fixed(minor, Type.MONEY)


def number(figure: int) -> Fixed:
    return Fixed(figure, Type.NUMBER)


def ratio(figure: int) -> Fixed:
    return Fixed(figure, Type.RATIO)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("amount", AMOUNT),
        ("AMOUNT", AMOUNT),
        ("(amount)", AMOUNT),
        ("100", money(10_000)),
        ("-0.5", money(-50)),
        ("20 %", ratio(200_000)),
        ("-1.5%", ratio(-15_000)),
        ("0.001", number(1_000)),
        ("amount * 50 %", Times(AMOUNT, ratio(500_000))),
        ("margin_rate * amount", Times(Take("margin_rate"), AMOUNT)),
        ("amount * 2", Times(AMOUNT, number(2_000_000))),
        ("1.25 * amount", Times(number(1_250_000), AMOUNT)),
        ("amount * 0.001", Times(AMOUNT, number(1_000))),
        ("2 * 3", Times(money(200), number(3_000_000))),
        ("units * 3", Times(UNITS, money(300))),
        ("units * amount * 50 %", Times(Times(UNITS, AMOUNT), ratio(500_000))),
        ("amount - margin", Plus((AMOUNT,), (MARGIN,))),
        ("amount - margin + 5 - -5", Plus((AMOUNT, money(500)), (MARGIN, money(-500)))),
        ("0 + units", Plus((money(0), UNITS))),
        ("amount + margin * 2", Plus((AMOUNT, Times(MARGIN, number(2_000_000))))),
        ("(amount + margin) * 2", Times(Plus((AMOUNT, MARGIN)), number(2_000_000))),
        ("least(amount, 10000)", Pick("least", (AMOUNT, money(1_000_000)))),
        ("GREATEST(0, amount - 100, margin)", Pick("greatest", (money(0), Plus((AMOUNT,), (money(10_000),)), MARGIN))),
        ("case when type = 'new' then amount else 0 end", Choose(((NEW, AMOUNT),), money(0))),
        (
            "case when type = 'new' then margin when amount > 5 then amount * 10 % else margin end",
            Choose(((NEW, MARGIN), (Compare("amount", ">", 500), Times(AMOUNT, ratio(100_000)))), MARGIN),
        ),
    ],
)
def test_a_value_is_read(text: str, value: Value) -> None:
    assert parse_value(text, EUR) == value


def test_a_figure_finer_than_the_currency_is_a_number() -> None:
    assert parse_value("amount * 0.5", JPY) == Times(AMOUNT, number(500_000))
    assert parse_value("amount * 2", JPY) == Times(AMOUNT, number(2_000_000))


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        ("", "unfinished", 1),
        ("amount *", "unfinished", 9),
        ("amount +", "unfinished", 9),
        ("(amount", "unfinished", 8),
        ("amount margin", "unexpected", 8),
        ("-amount", "unexpected", 2),
        ("'won'", "unexpected", 1),
        ("outcome", "no_figure", 1),
        ("amount + closed_on", "no_figure", 10),
        ("weather", "no_figure", 1),
        ("amount * margin", "money_twice", 1),
        ("units * (amount * margin)", "money_twice", 10),
        ("amount + units", "mixed", 1),
        ("2 * (amount + 20 %)", "mixed", 6),
        ("amount - 20 %", "mixed", 1),
        ("least(amount, units)", "mixed", 6),
        ("least amount", "unexpected", 7),
        ("least(amount", "unfinished", 13),
        ("least()", "unexpected", 7),
        ("case else 1 end", "unexpected", 6),
        ("case when type = 'new' amount else 0 end", "unexpected", 24),
        ("case when type = 'new' then amount end", "unexpected", 36),
        ("case when type = 'new' then amount else 0", "unfinished", 42),
        ("case when type = 'new' then amount else units end", "mixed", 6),
        ("case when kind = 'new' then amount else 0 end", "unknown_field", 11),
        ("amount * 0.0000001", "unpayable", 10),
        ("amount * 0.00001 %", "unpayable", 10),
        ("9999999999999", "unpayable", 1),
        ("(" * 30 + "amount" + ")" * 30, "too_deep", 22),
        ("least(" * 30, "too_deep", 126),
        ("amount + " * 300, "too_long", 2_000),
    ],
)
def test_everything_else_is_refused_with_its_column(text: str, key: str, column: int) -> None:
    with pytest.raises(RuleError) as caught:
        parse_value(text, EUR)
    assert (caught.value.key, caught.value.column) == (f"compensation.rule.{key}", column)


def test_what_may_be_credited_is_said_to_who_asked_for_something_else() -> None:
    with pytest.raises(RuleError) as caught:
        parse_value("outcome", EUR)
    assert caught.value.args_of_text["known"] == "amount, discount, margin, margin_rate, units"
