"""Conditions and values, worked out on one transaction by walking down their trees."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.rule import Among, Compare, Empty, Every, Not, Some
from spm_app.compensation.domain.value import Choose, Fixed, Pick, Plus, Take, Times
from tests.oracle.exact import MILLION, half_up

if TYPE_CHECKING:
    from spm_app.compensation.domain.inputs import Transaction
    from spm_app.compensation.domain.rule import Literal, Rule
    from spm_app.compensation.domain.value import Value


def field(deal: Transaction, name: str) -> Literal | None:
    """What the transaction holds there; None for nothing."""
    if name.startswith("extra."):
        return deal.extra.get(name.removeprefix("extra."))
    if name == "closed_on":
        return deal.day
    if name == "margin_rate":
        if deal.margin is None or deal.amount == 0:
            return None
        return half_up(Fraction(deal.margin * MILLION, deal.amount))
    return getattr(deal, name)


def holds(rule: Rule | None, deal: Transaction) -> bool:
    """Whether the condition is true; a comparison with nothing is not."""
    match rule:
        case None:
            return True
        case Not(inner):
            return not holds(inner, deal)
        case Every(rules):
            return all(holds(each, deal) for each in rules)
        case Some(rules):
            return any(holds(each, deal) for each in rules)
        case Empty(name):
            return field(deal, name) is None
        case Among(name, values):
            found = field(deal, name)
            return found is not None and found in values
        case Compare(name, op, value):
            found = field(deal, name)
            return found is not None and _compare(found, op, value)


def _compare(found: Literal, op: str, value: Literal) -> bool:
    if op == "=":
        return found == value
    if op == "<>":
        return found != value
    less, more = found < value, found > value  # type: ignore[operator]
    return {"<": less, "<=": not more, ">": more, ">=": not less}[op]


def figure(value: Value, deal: Transaction) -> int:
    """What the value comes to, in minor units or millionths; a field that is empty is nothing."""
    match value:
        case Take(name):
            found = field(deal, name)
            return found if isinstance(found, int) else 0
        case Fixed(amount):
            return amount
        case Times(left, right):
            return half_up(Fraction(figure(left, deal) * figure(right, deal), MILLION))
        case Plus(values, less):
            return sum(figure(each, deal) for each in values) - sum(figure(each, deal) for each in less)
        case Pick(which, values):
            found = [figure(each, deal) for each in values]
            return min(found) if which == "least" else max(found)
        case Choose(cases, other):
            return next((figure(each, deal) for rule, each in cases if holds(rule, deal)), figure(other, deal))
