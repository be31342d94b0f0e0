"""Rates of exchange, and sales in other money turned into the plan's: exactly, each rounded once, half up.

A rate holds from its day on until the next, a month at most: weekends have none, and an older one is no rate at all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.settle.terms import RateDay
from spm_app.compensation.domain.settle.values import Conversion
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from spm_app.compensation.domain.inputs import Transaction
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period

#: Days for which a rate still holds.
_HOLDS = 31


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """So many `target` for one `source` from that day on; `origin` says who published it."""

    day: date
    source: Currency
    target: Currency
    rate: Fraction
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """What a sale was worth in its own money, and how that became the plan's."""

    transaction: str
    amount: int
    conversion: Conversion


class Rates:
    """A table of rates. One that is known only the other way round is turned over, exactly."""

    def __init__(self, rates: Iterable[ExchangeRate]) -> None:
        self._known: defaultdict[tuple[Currency, Currency], list[ExchangeRate]] = defaultdict(list)
        for each in sorted(rates, key=lambda one: (one.day, one.origin, one.rate)):
            self._known[each.source, each.target].append(each)

    def on(self, source: Currency, target: Currency, day: date) -> Conversion | None:
        """The rate that holds on the day; None when there is none, or nothing to exchange."""
        found = [each for each in self._of(source, target) if 0 <= (day - each.day).days <= _HOLDS]
        if not found:
            return None
        last = found[-1]
        return Conversion(source, target, last.rate, last.day, last.origin)

    def average(self, source: Currency, target: Currency, period: Period) -> Conversion | None:
        """The plain average of the rates of the period's days that have one; None when none has."""
        found = [each for each in self._of(source, target) if each.day in period]
        if not found:
            return None
        origins = ", ".join(dict.fromkeys(each.origin for each in found if each.origin))
        return Conversion(source, target, sum((each.rate for each in found), Fraction(0)) / len(found), None, origins)

    def _of(self, source: Currency, target: Currency) -> Sequence[ExchangeRate]:
        straight = self._known.get((source, target))
        if straight is not None:
            return straight
        turned = self._known.get((target, source), ())
        return [replace(each, source=source, target=target, rate=1 / each.rate) for each in turned]


def conversion(
    rates: Rates, how: RateDay, pair: tuple[Currency, Currency], days: tuple[date, Period]
) -> Conversion | None:
    """The rate between two moneys for what happened on a day of a period."""
    day, period = days
    if how is RateDay.PERIOD_AVERAGE:
        return rates.average(*pair, period)
    return rates.on(*pair, day if how is RateDay.TRANSACTION else period.last_day)


def in_one_money(
    transactions: Iterable[Transaction], rates: Iterable[ExchangeRate], how: RateDay, into: tuple[Currency, Period]
) -> tuple[tuple[Transaction, ...], tuple[Converted, ...]]:
    """The period's sales in the plan's money, and what those in another were. Sales of other days are left as they are.

    Raises InvalidInput that names every sale, and its day, for which there is no rate.
    """
    table, (target, period) = Rates(rates), into
    found: list[Transaction] = []
    told: list[Converted] = []
    missing: list[Problem] = []
    for each in transactions:
        if each.currency is None or each.currency == target or each.day not in period:
            found.append(each)
            continue
        rate = conversion(table, how, (each.currency, target), (each.day, period))
        if rate is None:
            missing.append(_no_rate(each, target))
            continue
        told.append(Converted(each.id, each.amount, rate))
        margin = None if each.margin is None else rate.of(each.margin)
        found.append(replace(each, amount=rate.of(each.amount), margin=margin, currency=target))
    if missing:
        raise InvalidInput("compensation.inputs.unusable", missing, n=len(missing))
    return tuple(found), tuple(told)


def _no_rate(transaction: Transaction, target: Currency) -> Problem:
    source = "" if transaction.currency is None else transaction.currency.code
    args = {"deal": transaction.id, "day": transaction.day, "source": source, "target": target.code}
    return Problem(transaction.id, "compensation.inputs.no_rate", args)
