"""Money is exact: parts sum to the whole, halves round away from zero, currencies never mix."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency, Money, total

EUR, JPY, KWD = Currency("EUR"), Currency("JPY"), Currency("KWD")
minors = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)
currencies = st.sampled_from([EUR, JPY, KWD])


def money(text: str, code: str = "EUR") -> Money:
    return Money.of(text, code)


@pytest.mark.parametrize("code", ["eur", "EU", "EURO", "E1R", "", "ÉUR"])
def test_a_currency_is_three_capital_letters(code: str) -> None:
    with pytest.raises(InvalidInput):
        Currency(code)


def test_currencies_know_their_minor_unit() -> None:
    assert (EUR.unit, JPY.unit, KWD.unit) == (Decimal("0.01"), Decimal(1), Decimal("0.001"))


@pytest.mark.parametrize("text", ["", "1,5", "abc", "NaN", "Infinity", "1_000", "1e30"])
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        money(text)


def test_amounts_come_from_text_whole_numbers_and_decimals() -> None:
    assert money("12.50") == Money.of(Decimal("12.5"), EUR) == Money.from_minor(1250, EUR)
    assert Money.of(12) == money("12")


@given(minors, currencies)
def test_minor_units_there_and_back(minor: int, currency: Currency) -> None:
    assert Money.from_minor(minor, currency).minor == minor


def test_an_unrounded_amount_has_no_minor_units() -> None:
    with pytest.raises(InvalidInput):
        _ = money("0.005").minor


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("0.0049999", "0.00"),
        ("2.675", "2.68"),
        ("1000000000000.125", "1000000000000.13"),
    ],
)
def test_halves_round_away_from_zero(amount: str, rounded: str) -> None:
    assert money(amount).rounded() == money(rounded)


def test_yen_round_to_whole_yen() -> None:
    assert money("10.5", "JPY").rounded() == money("11", "JPY")


def test_a_hundred_among_three_loses_no_cent() -> None:
    assert money("100.00").share([1, 1, 1]) == (money("33.34"), money("33.33"), money("33.33"))
    assert money("-100.00").share([1, 1, 1]) == (money("-33.34"), money("-33.33"), money("-33.33"))


def test_the_larger_remainder_gets_the_cent() -> None:
    assert money("0.10").share([1, 2, 4]) == (money("0.01"), money("0.03"), money("0.06"))
    assert money("1.00").share([Decimal("0.5"), Decimal("0.25"), Decimal("0.25")])[0] == money("0.50")


@given(minors, weights, currencies)
def test_parts_sum_to_the_whole(minor: int, weights: list[int], currency: Currency) -> None:
    whole = Money.from_minor(minor, currency)
    assert total(whole.share(weights), currency) == whole


@given(minors, weights)
def test_no_part_is_a_whole_unit_off(minor: int, weights: list[int]) -> None:
    parts = Money.from_minor(minor, EUR).share(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * sum(weights) - minor * weight) < sum(weights)


@given(minors, weights)
def test_more_weight_is_never_less_money(minor: int, weights: list[int]) -> None:
    parts = Money.from_minor(abs(minor), EUR).share(sorted(weights, reverse=True))
    assert list(parts) == sorted(parts, reverse=True)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [2, -1]])
def test_weights_are_not_negative_and_not_all_zero(weights: list[int]) -> None:
    with pytest.raises(InvalidInput):
        money("1.00").share(weights)


@given(minors, minors, minors)
def test_sums_do_not_depend_on_order(first: int, second: int, third: int) -> None:
    a, b, c = (Money.from_minor(each, EUR) for each in (first, second, third))
    assert (a + b) + c == c + (b + a) == total([c, a, b], EUR)
    assert a - b == -(b - a)
    assert (a < b) == (first < second)
    assert (a >= b) == (first >= second)


def test_nothing_at_all_sums_to_zero() -> None:
    assert total([], EUR) == Money.zero(EUR)
    assert not Money.zero(EUR)
    assert money("0.01")


def test_a_factor_leaves_the_amount_unrounded() -> None:
    assert money("10.01") * Decimal("0.055") == money("0.55055")


def test_two_currencies_never_meet() -> None:
    for act in (
        lambda: money("1") + money("1", "USD"),
        lambda: money("1") - money("1", "USD"),
        lambda: money("1") < money("1", "USD"),
    ):
        with pytest.raises(InvalidInput):
            act()
    assert money("1") != money("1", "USD")
    with pytest.raises(InvalidInput):
        total([money("1", "USD")], EUR)


def test_in_logs_it_is_the_number_and_the_code() -> None:
    assert str(money("1250.00")) == "1250.00 EUR"
