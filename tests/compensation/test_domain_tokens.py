"""Words, signs and figures of conditions and values, each with its column."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.tokens import Cursor, RuleError, Token, millionths, payable, tokens
from spm_app.kernel.money import Currency

EUR, JPY, BHD = Currency("EUR"), Currency("JPY"), Currency("BHD")


def cursor(text: str) -> Cursor:
    return Cursor(tuple(tokens(text)), EUR)


def test_a_text_is_cut_into_pieces_that_know_their_column() -> None:
    assert [*tokens("amount >= 12.50 and")] == [
        Token("word", "amount", 1),
        Token("sign", ">=", 8),
        Token("number", "12.50", 11),
        Token("word", "and", 17),
        Token("end", "", 20),
    ]
    assert [each.text for each in tokens("a<>b!=c(extra.x,'O''N'%*+-)")] == [
        *("a", "<>", "b", "!=", "c", "(", "extra.x", ",", "'O''N'", "%", "*", "+", "-", ")", "")
    ]  # fmt: skip
    assert [*tokens("  ")] == [Token("end", "", 3)]


@pytest.mark.parametrize(
    ("text", "column", "found"), [("amount ; 1", 8, ";"), ("   é", 4, "é"), ("a 'open", 3, "'"), ("a / b", 3, "/")]
)
def test_a_sign_that_nobody_knows_is_named_with_its_column(text: str, column: int, found: str) -> None:
    with pytest.raises(RuleError) as caught:
        list(tokens(text))
    assert (caught.value.key, caught.value.column) == ("compensation.rule.unexpected", column)
    assert caught.value.args_of_text["found"] == found


def test_a_cursor_goes_on_past_words_that_come_next() -> None:
    at = cursor("IS not NULL 1")
    assert not at.takes("is", "null")
    assert at.takes("is", "not", "null")
    assert at.now == Token("number", "1", 13)
    at.must("1")
    assert not at.takes("1")


def test_what_does_not_belong_is_refused_where_it_stands() -> None:
    with pytest.raises(RuleError) as caught:
        cursor("x y").must("y")
    assert (caught.value.key, caught.value.column) == ("compensation.rule.unexpected", 1)
    with pytest.raises(RuleError) as caught:
        cursor("").must("y")
    assert (caught.value.key, caught.value.column) == ("compensation.rule.unfinished", 1)


def test_a_number_has_its_sign() -> None:
    assert cursor("12").number() == Token("number", "12", 1)
    assert cursor(" -12").number() == Token("number", "-12", 2)
    with pytest.raises(RuleError):
        cursor("-x").number()


def test_twenty_levels_are_deep_enough() -> None:
    assert cursor("x").deeper(19) == 20
    with pytest.raises(RuleError) as caught:
        cursor("x").deeper(20)
    assert (caught.value.key, caught.value.args_of_text["most"]) == ("compensation.rule.too_deep", 20)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.5", EUR, 1_250),
        ("-0.01", EUR, -1),
        ("0.001", EUR, None),
        ("0.001", BHD, 1),
        ("0.5", JPY, None),
        ("7", JPY, 7),
        ("1000000000000", EUR, 100_000_000_000_000),
        ("1000000000000.01", EUR, None),
        ("1,000", EUR, None),
        ("1e3", EUR, None),
        ("", EUR, None),
    ],
)
def test_an_amount_is_whole_in_the_minor_units_of_its_currency(
    text: str, currency: Currency, minor: int | None
) -> None:
    assert payable(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "per", "figure"),
    [
        ("1", 1, 1_000_000),
        ("1.15", 1, 1_150_000),
        ("-0.000001", 1, -1),
        ("0.0000001", 1, None),
        ("12.5", 100, 125_000),
        ("0.0001", 100, 1),
        ("0.00001", 100, None),
        ("1000000000000", 1, 10**18),
        ("1000000000001", 1, None),
        ("one", 1, None),
    ],
)
def test_a_number_or_a_percentage_is_whole_in_millionths(text: str, per: int, figure: int | None) -> None:
    assert millionths(text, per) == figure
