"""The language of conditions: `outcome = 'won' and product in ('GTX Pro', 'MG Special') and amount >= 1000`.

A small part of SQL's expressions over a list of typed fields; `condition` reads it. A comparison with a field that is
empty is false, and its `not` is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from spm_app.kernel.money import Money

if TYPE_CHECKING:
    from spm_app.kernel.money import Currency


class Type(StrEnum):
    """What a field holds."""

    TEXT = "text"
    MONEY = "money"
    DATE = "date"


#: What a condition may speak of.
FIELDS = {
    "outcome": Type.TEXT,
    "stage": Type.TEXT,
    "product": Type.TEXT,
    "account": Type.TEXT,
    "amount": Type.MONEY,
    "opened_on": Type.DATE,
    "closed_on": Type.DATE,
}
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


def conjuncts(rule: Rule | None) -> tuple[Rule, ...]:
    """The parts that must all hold, in the order written: what a transaction can fail on."""
    if rule is None:
        return ()
    return rule.rules if isinstance(rule, Every) else (rule,)


def written(rule: Rule, currency: Currency) -> str:
    """The condition in its own language, for logs and explanations."""
    match rule:
        case Compare(field, op, value):
            return f"{field} {op} {_literal(value, currency)}"
        case Among(field, values):
            return f"{field} in ({', '.join(_literal(each, currency) for each in values)})"
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


def _literal(value: Literal, currency: Currency) -> str:
    if isinstance(value, int):
        return str(Money.from_minor(value, currency).amount)
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    quoted = value.replace("'", "''")
    return f"'{quoted}'"
