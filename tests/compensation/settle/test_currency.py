"""Rates of exchange: which one holds, and what is said when there is none."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.inputs import Transaction
from spm_app.compensation.domain.settle.currency import ExchangeRate, in_one_money
from spm_app.compensation.domain.settle.terms import RateDay
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency
from tests.compensation.settle.desk import month

EUR, USD, GBP, JPY = (Currency(code) for code in ("EUR", "USD", "GBP", "JPY"))
JANUARY = month(1)
RATES = (
    ExchangeRate(date(2026, 1, 20), USD, EUR, Fraction("0.92"), "ECB"),
    ExchangeRate(date(2026, 1, 5), USD, EUR, Fraction("0.9"), "ECB"),
    ExchangeRate(date(2026, 1, 30), USD, EUR, Fraction("0.97"), "bank"),
    ExchangeRate(date(2026, 1, 2), EUR, GBP, Fraction("0.8"), "ECB"),
    ExchangeRate(date(2026, 1, 2), JPY, EUR, Fraction("0.006125")),
)


def sale(name: str, day: int, amount: int, currency: Currency | None) -> Transaction:
    return Transaction(name, date(2026, 1, day), amount, currency=currency)


@pytest.mark.parametrize(
    ("how", "amount"),
    [
        (RateDay.TRANSACTION, 90_01),  # 100.01 at 0.9 of 5 January, 90.009
        (RateDay.PERIOD_AVERAGE, 93_01),  # at (0.9 + 0.92 + 0.97) / 3 = 0.93: 93.0093
        (RateDay.PERIOD_END, 97_01),  # at 0.97: 97.0097
    ],
)
def test_the_rate_of_the_day_the_average_or_the_end(how: RateDay, amount: int) -> None:
    (found,), (told,) = in_one_money([sale("D", 19, 100_01, USD)], RATES, how, (EUR, JANUARY))
    assert (found.amount, found.currency) == (amount, EUR)
    assert (told.transaction, told.amount, told.conversion.target) == ("D", 100_01, EUR)
    assert told.conversion.origin == {"period_average": "ECB, bank", "period_end": "bank"}.get(how.value, "ECB")


def test_a_rate_the_other_way_round_is_turned_over_and_digits_differ() -> None:
    (pounds, yen), _ = in_one_money(
        [sale("D", 9, 80_00, GBP), sale("E", 9, 1_000, JPY)], RATES, RateDay.TRANSACTION, (EUR, JANUARY)
    )
    assert (pounds.amount, yen.amount) == (100_00, 6_13)


def test_what_is_in_the_plan_s_money_or_of_another_period_stays_as_it_is() -> None:
    sales = [sale("D", 9, 1, None), sale("E", 9, 2, EUR), Transaction("F", date(2025, 1, 1), 3, currency=USD)]
    assert in_one_money(sales, RATES, RateDay.TRANSACTION, (EUR, JANUARY)) == (tuple(sales), ())


@pytest.mark.parametrize("how", RateDay)
def test_a_missing_rate_names_the_deal_and_the_day(how: RateDay) -> None:
    chf = Currency("CHF")
    old = ExchangeRate(date(2025, 12, 1), chf, EUR, Fraction(1))
    with pytest.raises(InvalidInput) as refused:
        in_one_money([sale("D", 9, 1, chf), sale("E", 3, 1, Currency("SEK"))], (*RATES, old), how, (EUR, JANUARY))
    args = {"deal": "D", "day": date(2026, 1, 9), "source": "CHF", "target": "EUR"}
    assert [each.key for each in refused.value.problems] == ["compensation.inputs.no_rate"] * 2
    assert refused.value.problems[0].args == args
