"""Reading a plan: a YAML text becomes a `Plan`, or the list of everything in it that cannot be understood.

What is understood and still wrong (bands that leave a gap, pay that falls) is for `checking`.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.condition import LONGEST, RuleError, parse_rule
from spm_app.compensation.domain.nodes import Notes, Spot, open_text
from spm_app.compensation.domain.rate_text import read_flat, read_table
from spm_app.compensation.domain.terms import (
    WHOLE,
    Accumulate,
    Component,
    Credit,
    Example,
    Plan,
    Sale,
    To,
    Words,
)
from spm_app.kernel.errors import SpmError
from spm_app.kernel.money import Currency
from spm_app.kernel.period import Grain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.rule import Rule
    from spm_app.kernel.problem import Problem

__all__ = ["Plan", "read_plan"]

_MOST_LEVELS = 9
_SALE = ("amount", "outcome", "stage", "product", "account", "share", "by")


class _Rounding(StrEnum):
    """The one rounding there is, so that the text says it."""

    HALF_UP = "half_up"


class _CreditDay(StrEnum):
    CLOSED_ON = "closed_on"


class _CreditValue(StrEnum):
    AMOUNT = "amount"


class _By(StrEnum):
    SELF = "self"
    TEAM = "team"


def read_plan(text: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan of a text; None and all findings, each with its line (`12:components[0].rate`), when it has any."""
    notes = Notes()
    root = open_text(text, notes)
    plan = None if root is None else _plan(root, notes)
    return (None if notes.problems else plan), tuple(notes.problems)


def _plan(root: Spot, notes: Notes) -> Plan:
    parts = root.fields(
        ("code", "name", "currency", "effective", "eligibility", "period", "components"), ("rounding", "examples")
    )
    if "rounding" in parts:
        parts["rounding"].choice(_Rounding)
    currency = _currency(parts["currency"])
    days = parts["effective"].fields(("from",), ("to",))
    components = tuple(_component(each, currency) for each in parts["components"].items())
    return Plan(
        code=parts["code"].text(64),
        name=parts["name"].text(),
        currency=currency,
        start=days["from"].day(),
        end=days["to"].day() + timedelta(days=1) if "to" in days else None,
        titles=tuple(each.text(64) for each in parts["eligibility"].fields(("titles",))["titles"].items()),
        period=parts["period"].choice(Grain),
        components=components,
        examples=_examples(parts, currency),
        places=notes.places,
    )


def _currency(spot: Spot) -> Currency:
    code = spot.text()
    try:
        return Currency(code)
    except SpmError:
        spot.note("compensation.plan.not_a_currency", value=code)
        return Currency("EUR")


def _component(spot: Spot, currency: Currency) -> Component:
    parts = spot.fields(("code", "name", "credit"), ("rate", "rate_table", "accumulate"))
    if ("rate" in parts) == ("rate_table" in parts):
        spot.note("compensation.plan.rate_or_table")
    return Component(
        code=parts["code"].text(64),
        name=_words(parts["name"]),
        credit=_credit(parts["credit"], currency),
        accumulate=parts["accumulate"].choice(Accumulate) if "accumulate" in parts else Accumulate.PERIOD,
        table=read_table(parts["rate_table"], currency) if "rate_table" in parts else read_flat(parts),
    )


def _words(spot: Spot) -> Words:
    if not spot.is_map():
        return Words(spot.text(), spot.text())
    parts = spot.fields(("en", "it"))
    return Words(parts["en"].text(), parts["it"].text())


def _credit(spot: Spot, currency: Currency) -> Credit:
    parts = spot.fields(("to",), ("when", "date", "value", "levels"))
    if "date" in parts:
        parts["date"].choice(_CreditDay)
    if "value" in parts:
        parts["value"].choice(_CreditValue)
    to = parts["to"].choice(To)
    if "levels" in parts and to is To.OWNER:
        parts["levels"].note("compensation.plan.levels_of_owner")
    levels = parts["levels"].number(1, _MOST_LEVELS) if "levels" in parts else 1
    return Credit(_rule(parts, currency), to, levels if to is To.MANAGER else 0)


def _rule(parts: Mapping[str, Spot], currency: Currency) -> Rule | None:
    if "when" not in parts:
        return None
    spot = parts["when"]
    try:
        return parse_rule(spot.text(LONGEST), currency)
    except RuleError as error:
        spot.note(error.key, **error.args_of_text)
        return None


def _examples(parts: Mapping[str, Spot], currency: Currency) -> tuple[Example, ...]:
    return tuple(_example(each, currency) for each in parts["examples"].items()) if "examples" in parts else ()


def _example(spot: Spot, currency: Currency) -> Example:
    parts = spot.fields(("name", "transactions", "expected"), ("quota",))
    return Example(
        name=parts["name"].text(),
        quota=parts["quota"].money(currency) if "quota" in parts else None,
        sales=tuple(_sale(each, currency) for each in parts["transactions"].items()),
        expected={code: each.money(currency) for code, each in parts["expected"].names()},
    )


def _sale(spot: Spot, currency: Currency) -> Sale:
    """An amount alone is a deal won; a map says more."""
    if not spot.is_map():
        return Sale(spot.money(currency))
    parts = spot.fields(_SALE[:1], _SALE[1:])
    said = {name: parts[name].text() if name in parts else "" for name in _SALE[1:5]}
    by_team = "by" in parts and parts["by"].choice(_By) is _By.TEAM
    return Sale(
        amount=parts["amount"].money(currency),
        outcome=said["outcome"] or "won",
        stage=said["stage"],
        product=said["product"],
        account=said["account"],
        share=parts["share"].percent() if "share" in parts else WHOLE,
        by_team=by_team,
    )
