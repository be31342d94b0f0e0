"""What a cell says: amounts and days, as people and programs write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_SIGNS = re.compile(r"^(?:[A-Z]{3}|[€$£¥])|(?:[A-Z]{3}|[€$£¥])$")
_SPACES = re.compile(r"[\s\u00a0\u202f'\u2019]")
_POINT = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_PARTS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ][\d:.+Z-]*)?")
#: Two digits of a year below this are in this century.
_PIVOT = 70


def number(text: str, decimal: str) -> Decimal | None:
    """The exact number; None when it is none. Currency signs, spaces and well-placed thousands are allowed."""
    plain = _SPACES.sub("", text)
    negative = plain.startswith("(") and plain.endswith(")")
    plain = _SIGNS.sub("", plain.strip("()"))
    if decimal == ",":
        plain = plain.translate(str.maketrans(".,", ",."))
    if not _POINT.fullmatch(plain):
        return None
    found = Decimal(plain.replace(",", ""))
    return -found if negative else found


def day(text: str, order: str) -> date | None:
    """The day; None when it is none. ISO dates are understood whatever the order; a time behind it is left out."""
    found = _PARTS.fullmatch(text.strip())
    if not found:
        return None
    parts = (found[1], found[2], found[3])
    named = dict(zip("ymd" if len(parts[0]) == 4 else order, parts, strict=True))
    try:
        return date(_year(named["y"]), int(named["m"]), int(named["d"]))
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < _PIVOT else 1900)
