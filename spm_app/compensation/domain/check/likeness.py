"""A deal that a condition lets through: what a plan is tried out with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.rule import Among, Compare, Every, Not, Rule, Some, Type, type_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.rule import Literal

#: Given to every deal that says nothing else.
_WON: Mapping[str, Any] = {"outcome": "won"}


def like(rule: Rule | None) -> dict[str, Any]:
    """Fields of a transaction for which the condition holds, as far as single parts of it can say.

    The amount is left to whoever asks.
    """
    found = dict(_WON)
    for name, value in _wanted(rule).items():
        if name == "closed_on":
            found["day"] = value
        elif name.startswith("extra."):
            found["extra"] = {name.removeprefix("extra."): value}
        elif name != "amount":
            found[name] = value
    return found


def _wanted(rule: Rule | None) -> dict[str, Any]:
    match rule:
        case Compare(field, op, value):
            return _one(field, op, value)
        case Among(field, values):
            return {field: values[0]}
        case Every(rules):
            return {name: value for each in rules for name, value in _wanted(each).items()}
        case Some(rules):
            return _wanted(rules[0])
        case Not(Compare(field, op, value)):
            return _one(field, {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[op], value)
        case _:
            return {}


def _one(field: str, op: str, value: Literal) -> dict[str, Any]:
    if op in {"=", "<=", ">="}:
        return {field: value}
    step = 1 if op == ">" else -1
    if isinstance(value, date):
        return {field: value + timedelta(days=step)} if op != "<>" else {}
    if isinstance(value, int):
        return {field: value + step}
    return {field: f"not {value}"} if type_of(field) is Type.TEXT and value else {}
