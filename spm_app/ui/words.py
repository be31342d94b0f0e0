"""Values as people read them: money, numbers, days, written for a language. Text is all that a screen gets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import dates, numbers

from spm_app.kernel.money import Money
from spm_app.kernel.period import Period
from spm_app.kernel.rate import Rate

_LOCALES = {"en": "en_GB", "it": "it_IT"}
NOTHING = "–"
#: How many amounts, and how many days, are kept as they were last written: writing them anew is slow.
KEPT = 4096


def money(amount: Money | None, lang: str) -> str:
    """`€1,234.50` or `1.234,50 €`; all minor digits always, a true minus; a dash for nothing at all."""
    if amount is None:
        return NOTHING
    return _currency(amount.amount, amount.currency.code, _locale(lang))


def rounded_money(amount: Money | None, lang: str) -> str:
    """Whole units only, for cards and axes: `€1,235`."""
    if amount is None:
        return NOTHING
    written = numbers.format_currency(
        amount.amount,
        amount.currency.code,
        "¤#,##0" if lang == "en" else "#,##0 ¤",
        _locale(lang),
        currency_digits=False,
    )
    return written.replace("-", "−")


def number(value: int | Decimal | Fraction | None, lang: str, digits: int = 0) -> str:
    """Grouped, with that many decimals."""
    if value is None:
        return NOTHING
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(_decimal(value), pattern, _locale(lang)).replace("-", "−")


def percent(rate: Rate | Fraction | Decimal | None, lang: str, digits: int = 1) -> str:
    """`103.5%` or `103,5%`; a dash when there is no rate to speak of."""
    if rate is None:
        return NOTHING
    value = rate.value if isinstance(rate, Rate) else rate
    pattern = "#,##0." + "#" * digits + "%" if digits else "#,##0%"
    return numbers.format_percent(_decimal(value), pattern, _locale(lang)).replace("-", "−")


def day(value: date | None, lang: str) -> str:
    """`24 Nov 2026` or `24 nov 2026`."""
    return NOTHING if value is None else _date(value, "d MMM y", _locale(lang))


def month(value: date, lang: str) -> str:
    """`Nov 2026`, for axes and columns."""
    return _date(value, "MMM y", _locale(lang))


def instant(value: datetime | None, lang: str, zone: str) -> str:
    """Day and minute in that zone: `24 Nov 2026, 10:15`."""
    if value is None:
        return NOTHING
    return dates.format_datetime(value, "d MMM y, HH:mm", ZoneInfo(zone), _locale(lang))


def period(value: Period | str, lang: str) -> str:
    """`Q1 2026`, `H2 2026`, `2026`, `April 2026`; Italian says `1° trim. 2026`."""
    code = value.code if isinstance(value, Period) else value
    year, _, part = code.partition("-")
    if not part:
        return year
    if part[0] in "QH":
        name = {"Q": "trim.", "H": "sem."}[part[0]]
        return f"{part} {year}" if lang == "en" else f"{part[1]}° {name} {year}"
    return _date(date(int(year), int(part), 1), "LLLL y", _locale(lang))


def shown(value: object, lang: str, zone: str = "UTC") -> str:
    """Any value that a text may name, by its kind; an instant is told in that zone, and says so when it is UTC."""
    match value:
        case Money():
            return money(value, lang)
        case Rate():
            return percent(value, lang, 4)
        case Period():
            return period(value, lang)
        case datetime():
            return instant(value, lang, zone) + (" UTC" if zone == "UTC" else "")
        case date():
            return day(value, lang)
        case bool() | str():
            return str(value)
        case int() | Decimal() | Fraction():
            return _plain(value, lang)
        case _:
            return str(value)


@lru_cache(maxsize=KEPT)
def _currency(amount: Decimal, code: str, locale: str) -> str:
    return numbers.format_currency(amount, code, locale=locale, group_separator=True).replace("-", "−")


@lru_cache(maxsize=KEPT)
def _date(value: date, pattern: str, locale: str) -> str:
    return dates.format_date(value, pattern, locale)


def _plain(value: int | Decimal | Fraction, lang: str) -> str:
    return numbers.format_decimal(_decimal(value), "#,##0.######", _locale(lang)).replace("-", "−")


def _decimal(value: int | Decimal | Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)


def _locale(lang: str) -> str:
    return _LOCALES.get(lang, _LOCALES["en"])
