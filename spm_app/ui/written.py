"""From a value of a service to the text of a cell: what tables, cards and exports share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from spm_app.kernel.money import Money
from spm_app.kernel.rate import Rate
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.sheet import harmless


@dataclass(frozen=True, slots=True)
class Text:
    """A text key that stands where a value would."""

    key: str


@dataclass(frozen=True, slots=True)
class Pill:
    """A state in one word, with its tone (`neutral`, `accent`, `good`, `warn`, `bad`)."""

    value: object
    tone: str = "neutral"


def written(value: object, lang: str, zone: str = "UTC") -> str:
    """The value as a person of that language reads it in that zone; nothing is a dash, an empty text stays empty.

    Several amounts, such as one a currency, are joined by a plus.
    """
    match value:
        case None | ():
            return words.NOTHING
        case tuple():
            return " + ".join(written(each, lang, zone) for each in cast("tuple[object, ...]", value))
        case datetime():
            return words.instant(value, lang, zone)
        case Text():
            return say(lang, value.key)
        case Pill():
            return written(value.value, lang, zone)
        case Rate():
            return words.percent(value, lang)
        case bool():
            return say(lang, "ui.yes" if value else "ui.no")
        case _:
            return words.shown(value, lang)


def plain(value: object, lang: str, zone: str = "UTC") -> str | int | float | Decimal | date | datetime | None:
    """The value as a spreadsheet reads it: numbers stay numbers, words are said, and no text becomes a formula."""
    match value:
        case Money():
            return value.amount
        case Rate():
            return Decimal(value.value.numerator) / Decimal(value.value.denominator)
        case Pill():
            return plain(value.value, lang, zone)
        case (Money() as only,):
            return only.amount
        case datetime():
            return value.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        case int() | Decimal() | date() if not isinstance(value, bool):
            return value
        case None:
            return None
        case _:
            return harmless(written(value, lang, zone))
