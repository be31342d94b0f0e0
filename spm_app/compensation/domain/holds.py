"""Whether a condition holds for one transaction, in plain Python: for a question about a single deal, asked at once.

A calculation asks the same of columns; both answer alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.rule import Among, Compare, Empty, Every, Not

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spm_app.compensation.domain.rule import Rule

_OPS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def holds(rule: Rule | None, fields: Mapping[str, Any]) -> bool:
    """Whether it holds; no condition always does. A comparison with what is empty, or not there, is false."""
    match rule:
        case None:
            return True
        case Compare(name, op, value):
            found = fields.get(name)
            return found is not None and _OPS[op](found, value)
        case Among(name, values):
            found = fields.get(name)
            return found is not None and found in values
        case Empty(name):
            return fields.get(name) is None
        case Not(inner):
            return not holds(inner, fields)
        case Every(rules):
            return all(holds(each, fields) for each in rules)
        case _:
            return any(holds(each, fields) for each in rule.rules)
