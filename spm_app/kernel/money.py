"""Money: an exact decimal with its currency. Never a float, never two currencies in one sum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import total_ordering
from typing import TYPE_CHECKING

from spm_app.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Minor-unit digits that differ from two (ISO 4217); every other code has two.
_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "UGX": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JOD": 3}
_EXACT = Context(prec=60)
#: The largest power of ten in an amount that was written down: what is larger is a slip, or meant to keep us busy.
_LARGEST = 24


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency: three capital letters; `digits` are those of its minor unit."""

    code: str

    def __post_init__(self) -> None:
        """Refuse what is not three capital letters."""
        if len(self.code) != 3 or not (self.code.isascii() and self.code.isalpha() and self.code.isupper()):
            raise InvalidInput("kernel.currency_unknown", code=self.code)

    @property
    def digits(self) -> int:
        """Decimal places of the minor unit: 2 for EUR, 0 for JPY."""
        return _DIGITS.get(self.code, 2)

    @property
    def unit(self) -> Decimal:
        """The smallest payable amount: 0.01 for EUR."""
        return Decimal(1).scaleb(-self.digits)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency, unrounded until `rounded` is called."""

    amount: Decimal
    currency: Currency

    @classmethod
    def of(cls, text: str | int | Decimal, currency: Currency | str = "EUR") -> Money:
        """From exact text (`"1250.00"`), a whole number or a Decimal; point as decimal mark, no grouping."""
        try:
            amount = Decimal(text)
        except ArithmeticError as error:
            raise InvalidInput("kernel.amount_unreadable", text=text) from error
        if not amount.is_finite() or amount.adjusted() > _LARGEST or "_" in str(text):
            raise InvalidInput("kernel.amount_unreadable", text=text)
        return cls(amount, currency if isinstance(currency, Currency) else Currency(currency))

    @classmethod
    def from_minor(cls, minor: int, currency: Currency) -> Money:
        """From whole minor units, as the database keeps them: 12345 is 123.45 EUR."""
        return cls(Decimal(minor).scaleb(-currency.digits, _EXACT), currency)

    @classmethod
    def zero(cls, currency: Currency) -> Money:
        """Nothing, of that currency."""
        return cls(Decimal(0), currency)

    @property
    def minor(self) -> int:
        """Whole minor units. Raises InvalidInput when the amount was not rounded before."""
        scaled = self.amount.scaleb(self.currency.digits, _EXACT)
        if scaled != scaled.to_integral_value():
            raise InvalidInput("kernel.amount_not_rounded", amount=self.amount)
        return int(scaled)

    def rounded(self) -> Money:
        """Half up, away from zero, to the minor unit: 0.005 becomes 0.01 and -0.005 becomes -0.01."""
        return Money(self.amount.quantize(self.currency.unit, ROUND_HALF_UP, _EXACT), self.currency)

    def share(self, weights: Sequence[int | Decimal]) -> tuple[Money, ...]:
        """Parts in proportion to the weights, in whole minor units, whose sum is exactly this amount.

        Largest remainder; equal remainders go to the earlier part. Raises InvalidInput for a negative weight,
        no weight at all, or an amount that is not whole minor units.
        """
        shares = [Fraction(weight) for weight in weights]
        if not any(shares) or min(shares) < 0:
            raise InvalidInput("kernel.weights_unusable")
        minor, whole = abs(self.minor), sum(shares)
        exact = [minor * share / whole for share in shares]
        parts = [int(part) for part in exact]
        by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
        for at in by_remainder[: minor - sum(parts)]:
            parts[at] += 1
        sign = -1 if self.amount < 0 else 1
        return tuple(Money.from_minor(sign * part, self.currency) for part in parts)

    def __add__(self, other: Money) -> Money:
        """Sum of two amounts of one currency."""
        return Money(_EXACT.add(self.amount, self._same(other).amount), self.currency)

    def __sub__(self, other: Money) -> Money:
        """Difference of two amounts of one currency."""
        return Money(_EXACT.subtract(self.amount, self._same(other).amount), self.currency)

    def __neg__(self) -> Money:
        """The same amount with the other sign."""
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        """The amount times an exact factor, unrounded."""
        return Money(_EXACT.multiply(self.amount, Decimal(factor)), self.currency)

    def __lt__(self, other: Money) -> bool:
        """Less than another amount of the same currency."""
        return self.amount < self._same(other).amount

    def __bool__(self) -> bool:
        """False for nothing."""
        return bool(self.amount)

    def __str__(self) -> str:
        """For logs and files, never for a screen: `1250.00 EUR`."""
        return f"{self.amount} {self.currency.code}"

    def _same(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise InvalidInput("kernel.currencies_differ", left=self.currency.code, right=other.currency.code)
        return other


def total(amounts: Iterable[Money], currency: Currency) -> Money:
    """Sum of amounts of one currency; nothing at all sums to zero."""
    result = Money.zero(currency)
    for each in amounts:
        result += each
    return result
