"""The language of conditions: `outcome = 'won' and product in ('GTX Pro', 'MG Special') and amount >= 1000`.

A small part of SQL's expressions over a list of typed fields; `condition` reads it. A comparison with a field that is
empty is false, and its `not` is true. `extra.anything` is a text that a source brings and we have no field for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from spm_app.kernel.money import Money

if TYPE_CHECKING:
    from spm_app.kernel.money import Currency


class Type(StrEnum):
    """What a field holds. Whole numbers all: minor units of money, millionths of a number or a ratio."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    RATIO = "ratio"
    DATE = "date"


#: What a condition may speak of.
FIELDS = {
    "outcome": Type.TEXT,
    "stage": Type.TEXT,
    "type": Type.TEXT,
    "product": Type.TEXT,
    "family": Type.TEXT,
    "account": Type.TEXT,
    "segment": Type.TEXT,
    "region": Type.TEXT,
    "amount": Type.MONEY,
    "margin": Type.MONEY,
    "margin_rate": Type.RATIO,
    "discount": Type.RATIO,
    "units": Type.NUMBER,
    "opened_on": Type.DATE,
    "closed_on": Type.DATE,
    "invoiced_on": Type.DATE,
    "paid_on": Type.DATE,
    "cancelled_on": Type.DATE,
}
#: How a text is called that a source brings beside the fields above.
EXTRA = re.compile(r"extra\.[a-z_][a-z0-9_]{0,63}", re.ASCII)
Literal: TypeAlias = "str | int | date"


@dataclass(frozen=True, slots=True)
class Compare:
    """A field against one value; `op` is one of = <> < <= > >=. Money is in minor units."""

    field: str
    op: str
    value: Literal


@dataclass(frozen=True, slots=True)
class Among:
    """A field that is one of the values."""

    field: str
    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """A field that holds nothing."""

    field: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Every:
    """All of them hold."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of them holds."""

    rules: tuple[Rule, ...]


Rule: TypeAlias = "Compare | Among | Empty | Not | Every | Some"


def type_of(field: str) -> Type | None:
    """What that field holds; None for a field that nobody knows."""
    return FIELDS.get(field) or (Type.TEXT if EXTRA.fullmatch(field) else None)


def fields_of(rule: Rule | None) -> frozenset[str]:
    """Every field that the condition speaks of."""
    match rule:
        case None:
            return frozenset()
        case Compare() | Among() | Empty():
            return frozenset({rule.field})
        case Not(inner):
            return fields_of(inner)
        case _:
            return frozenset(name for each in rule.rules for name in fields_of(each))


def conjuncts(rule: Rule | None) -> tuple[Rule, ...]:
    """The parts that must all hold, in the order written: what a transaction can fail on."""
    if rule is None:
        return ()
    return rule.rules if isinstance(rule, Every) else (rule,)


def written(rule: Rule, currency: Currency) -> str:
    """The condition in its own language, for logs and explanations."""
    match rule:
        case Compare(field, op, value):
            return f"{field} {op} {_literal(field, value, currency)}"
        case Among(field, values):
            return f"{field} in ({', '.join(_literal(field, each, currency) for each in values)})"
        case Empty(field):
            return f"{field} is null"
        case Not(inner):
            return f"not ({written(inner, currency)})"
        case Every(rules):
            return " and ".join(_nested(each, currency) for each in rules)
        case _:
            return " or ".join(_nested(each, currency) for each in rule.rules)


def _nested(rule: Rule, currency: Currency) -> str:
    text = written(rule, currency)
    return f"({text})" if isinstance(rule, (Every, Some)) else text


def _literal(field: str, value: Literal, currency: Currency) -> str:
    if isinstance(value, int):
        return _figure(type_of(field), value, currency)
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


def _figure(kind: Type | None, value: int, currency: Currency) -> str:
    if kind is Type.RATIO:
        return f"{decimal(Fraction(value, 10_000))} %"
    return decimal(Fraction(value, 1_000_000)) if kind is Type.NUMBER else str(Money.from_minor(value, currency).amount)


def decimal(value: Fraction) -> str:
    """A number that ends within six decimals, without zeros behind it."""
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
