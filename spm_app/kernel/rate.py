"""Rates and shares: exact fractions of one. 5 % is Rate(Fraction(1, 20))."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from spm_app.kernel.errors import InvalidInput

PPM = 1_000_000
#: Powers of ten, up and down, in a rate that was written down: what is beyond is a slip, or meant to keep us busy.
_FINEST = 24


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """An exact ratio: commission rate, share, attainment. 1 is 100 %."""

    value: Fraction

    @classmethod
    def percent(cls, percent: str | int | Decimal) -> Rate:
        """From percent units: `"5"`, `"5 %"` and `"5%"` are five percent."""
        text = str(percent).strip().removesuffix("%").strip()
        return cls(_fraction(text) / 100)

    @classmethod
    def of(cls, ratio: str | int | Decimal) -> Rate:
        """From a plain ratio: `"0.05"` is five percent."""
        return cls(_fraction(str(ratio).strip()))

    @classmethod
    def from_ppm(cls, ppm: int) -> Rate:
        """From parts per million, as the database keeps it: 50000 is five percent."""
        return cls(Fraction(ppm, PPM))

    @property
    def ppm(self) -> int:
        """Whole parts per million. Raises InvalidInput when the rate has more than six digits."""
        scaled = self.value * PPM
        if scaled.denominator != 1:
            raise InvalidInput("kernel.rate_too_fine", rate=str(self.value))
        return scaled.numerator


def _fraction(text: str) -> Fraction:
    try:
        value = Decimal(text)
    except ArithmeticError as error:
        raise InvalidInput("kernel.rate_unreadable", text=text) from error
    if not value.is_finite() or not -_FINEST <= value.adjusted() <= _FINEST:
        raise InvalidInput("kernel.rate_unreadable", text=text)
    return Fraction(value)
