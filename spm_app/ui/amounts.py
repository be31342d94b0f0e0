"""Amounts as people type them."""

from __future__ import annotations

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency, Money

_GROUPING = str.maketrans("", "", " '\u00a0\u2009\u202f\u2019€")
#: More digits than that are a slip of the keyboard.
_LONGEST = 18


def amount_in(text: str, currency: Currency) -> Money | None:
    """Point or comma for the decimals, grouped or not; None when it cannot be read or is finer than the currency.

    The last mark is decimal when no more digits follow it than the currency has; otherwise it groups thousands.
    """
    plain = text.translate(_GROUPING)
    at = max(plain.rfind("."), plain.rfind(","))
    whole, decimals = (plain[:at], plain[at + 1 :]) if at >= 0 else (plain, "")
    if not 0 < len(decimals) <= currency.digits:
        whole, decimals = whole + decimals, ""
    digits = whole.replace(".", "").replace(",", "")
    if not (digits + decimals).isdecimal() or not digits or len(digits) > _LONGEST:
        return None
    try:
        return Money.of(f"{digits}.{decimals}" if decimals else digits, currency)
    except InvalidInput:
        return None
