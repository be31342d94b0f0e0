"""Conditions in words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.condition import parse_rule
from spm_app.compensation.domain.prose.phrase import Phrase, named, told
from spm_app.compensation.domain.rule import Among, Compare, Empty, Every, Not, Rule, Type, type_of
from spm_app.compensation.domain.tokens import RuleError
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from spm_app.compensation.domain.rule import Literal

_SIGNS = {"=": "is", "<>": "is_not", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}


def condition(text: str, currency: Currency | None) -> Phrase:
    """The condition in words; one that cannot be read stands as it is written."""
    try:
        return _said(parse_rule(text, currency or Currency("EUR")), currency or Currency("EUR"))
    except RuleError:
        return told("as_written", text=text)


def _said(rule: Rule, currency: Currency) -> Phrase:
    match rule:
        case Compare(field, op, value):
            return told(f"rule.{_SIGNS[op]}", field=named(field), value=_value(field, value, currency))
        case Among(field, values):
            said = tuple(_value(field, each, currency) for each in values)
            return told("rule.among", field=named(field), values=said)
        case Empty(field):
            return told("rule.empty", field=named(field))
        case Not(Empty(field)):
            return told("rule.filled", field=named(field))
        case Not(inner):
            return told("rule.not", rule=_said(inner, currency))
        case Every(rules):
            return told("rule.every", rules=tuple(_said(each, currency) for each in rules))
        case _:
            return told("rule.some", rules=tuple(_said(each, currency) for each in rule.rules))


def _value(field: str, value: Literal, currency: Currency) -> object:
    if isinstance(value, str):
        return Phrase(f"compensation.value.{value}", {"": value}) if field == "outcome" else told("quoted", text=value)
    if isinstance(value, date):
        return value
    kind = type_of(field)
    if kind is Type.RATIO:
        return Rate.from_ppm(value)
    return Fraction(value, 1_000_000) if kind is Type.NUMBER else Money.from_minor(value, currency)
