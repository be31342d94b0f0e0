"""A computed figure as text: money in minor units, a ratio, days, or a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.kernel.money import Currency, Money
from spm_app.ui import words
from spm_app.ui.catalogue import say

if TYPE_CHECKING:
    from fractions import Fraction


def figure(value: Fraction, unit: str, currency: Currency, lang: str) -> str:
    """The figure as a card shows it; `unit` is `money`, `rate`, `days` or `count`."""
    match unit:
        case "money":
            return words.rounded_money(Money.from_minor(round(value), currency), lang)
        case "rate":
            return words.percent(value, lang)
        case "days":
            return say(lang, "ui.days", n=round(value))
        case _:
            return words.number(value, lang)
