"""Figures of a derivation as values that a text shows: whole minor units as money, what is finer as a bare number."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.kernel.money import Money
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from spm_app.kernel.money import Currency

#: Decimals beyond the currency's that an unrounded amount shows.
_MORE = 4


def money(minor: int, currency: Currency) -> Money:
    """An amount of whole minor units."""
    return Money.from_minor(minor, currency)


def exact_money(minor: str, currency: Currency) -> Money | Decimal:
    """Whole minor units as money; what is finer as a bare number with a few more decimals, so that none is hidden."""
    value = Fraction(minor)
    if value.denominator == 1:
        return money(value.numerator, currency)
    with localcontext(Context(prec=60)):
        amount = Decimal(value.numerator) / Decimal(value.denominator) / 10**currency.digits
        return amount.quantize(Decimal(1).scaleb(-currency.digits - _MORE))


def figure(value: int, unit: str, currency: Currency) -> Money | Rate | Decimal:
    """A figure in its own unit: money, or millionths of a number or a ratio."""
    if unit == "money":
        return money(value, currency)
    return Rate.from_ppm(value) if unit in {"ratio", "attainment"} else Decimal(value) / WHOLE
