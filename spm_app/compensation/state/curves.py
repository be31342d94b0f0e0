"""A pay curve as text: points of a drawing, and sentences about where the payee stands on it."""

from __future__ import annotations

from fractions import Fraction

from spm_app.compensation.domain.curve import Curve, curve_of
from spm_app.compensation.domain.records import ComponentResult
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rate import Rate
from spm_app.ui import words
from spm_app.ui.catalogue import say

_TEXTS = ("curve", "here_x", "here_y", "quota_x", "curve_says", "curve_from", "curve_to")
_NONE: dict[str, str] = dict.fromkeys((*_TEXTS, "stands", "threshold", "next_unit"), "")


def drawn(part: ComponentResult, lang: str, *, owns: bool) -> dict[str, str]:
    """What `parts.pay_curve` draws, for the payee (`owns`) or another; empty texts where there is no curve to draw."""
    currency = part.earned.currency
    found = curve_of(part.derivation, 10**currency.digits)
    if found is None:
        return _NONE
    stands = say(lang, "compensation.curve.here" if owns else "compensation.curve.stands")
    return {**_NONE, **_places(found), **_said(found, currency, lang), "stands": stands}


def _places(curve: Curve) -> dict[str, str]:
    right = curve.points[-1][0]
    top = max((pay for _, pay in curve.points), default=Fraction(0)) or Fraction(1)

    def across(value: Fraction | int) -> str:
        return _plain(Fraction(value) / right * 100)

    points = " ".join(f"{across(place)},{_plain(100 - pay / top * 100)}" for place, pay in curve.points)
    measure, earned = curve.here
    return {
        "curve": points,
        "here_x": f"{across(measure)}%",
        "here_y": f"{_plain(Fraction(earned) / top * 100)}%",
        "quota_x": f"{across(curve.quota)}%" if curve.quota else "",
    }


def _plain(value: Fraction) -> str:
    """Two decimals, inside the box."""
    hundredths = round(min(max(value, Fraction(0)), Fraction(100)) * 100)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _said(curve: Curve, currency: Currency, lang: str) -> dict[str, str]:
    measure, earned = (Money.from_minor(each, currency) for each in curve.here)
    said = {
        "curve_says": say(lang, "compensation.curve.says", measure=measure, earned=earned),
        "curve_from": words.money(Money.zero(currency), lang),
        "curve_to": words.rounded_money(Money.from_minor(round(curve.points[-1][0]), currency), lang),
        "next_unit": say(
            lang,
            "compensation.curve.next_unit",
            unit=Money.of("1", currency),
            worth=words.percent(curve.next_unit, lang, 2),
        ),
    }
    if curve.threshold is None:
        return said
    missing, worth = (Money.from_minor(each, currency) for each in (curve.threshold.missing, curve.threshold.worth))
    at: object = Money.from_minor(curve.threshold.at, currency)
    if curve.quota:
        at = Rate(Fraction(curve.threshold.at, curve.quota).limit_denominator(10_000))
    return {**said, "threshold": say(lang, "compensation.curve.threshold", missing=missing, at=at, worth=worth)}
