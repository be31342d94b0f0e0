"""Which transactions are credited to a payee, and how much of each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.conditions import figure, holds
from tests.oracle.exact import MILLION, half_up, spread
from tests.oracle.people import Case, is_before, is_in_plan, managers

if TYPE_CHECKING:
    from datetime import date

    from spm_app.compensation.domain.inputs import Transaction
    from spm_app.compensation.domain.terms import Credit, Measure


@dataclass(frozen=True)
class Line:
    """One rule's credit of one deal, what it adds to the measure, and what a ratio is taken of."""

    day: date
    deal: Transaction
    rule: int
    role: str
    credit: int
    counts: int
    weight: int = 0


def credited(case: Case, measure: Measure) -> tuple[list[Line], list[Line]]:
    """What was measured before, and the lines of this period, each in order of day, deal and rule."""
    before, now = list[Line](), list[Line]()
    for at, rule in enumerate(measure.credits):
        for deal in case.inputs.transactions:
            day = getattr(deal, {"closed_on": "day"}.get(rule.dated_by.value, rule.dated_by.value))
            if day is None or not holds(rule.when, deal):
                continue
            into = now if is_in_plan(case, day) else before
            if into is before and not (measure.accumulate.is_cumulative and is_before(case, measure, day)):
                continue
            credit = credit_of(case, measure, (rule, deal, day))
            if credit is not None:
                into.append(Line(day, deal, at, rule.to.value, *credit))
    for each in (before, now):
        each.sort(key=lambda line: (line.day, line.deal.id, line.rule))
    return before, now


def credit_of(case: Case, measure: Measure, given: tuple[Credit, Transaction, date]) -> tuple[int, int, int] | None:
    """The payee's part of one deal by one rule, and of its weight; None when it is no business of the payee's."""
    rule, deal, day = given
    part = part_of(case, rule, (deal, day), figure(rule.value, deal))
    if part is None:
        return None
    weight = 0 if measure.weight is None else part_of(case, rule, (deal, day), figure(measure.weight, deal)) or 0
    return part, (MILLION if measure.aggregate.value == "count" else part), weight


def part_of(case: Case, rule: Credit, sold: tuple[Transaction, date], value: int) -> int | None:
    deal = sold[0]
    if rule.to.value == "named":
        shares = [
            each.share
            for each in case.inputs.named
            if (each.transaction, each.person_id, each.role) == (deal.id, case.payee, rule.role)
        ]
        return half_up(Fraction(value * sum(shares) * rule.share, MILLION**2)) if shares else None
    whole = value if rule.to.value == "overlay" else owned(case, rule, sold, value)
    return None if whole is None else half_up(Fraction(whole * rule.share, MILLION))


def owned(case: Case, rule: Credit, sold: tuple[Transaction, date], value: int) -> int | None:
    """The payee's own part, or those of everybody below."""
    deal, day = sold
    parts = split(value, [(each.person_id, each.share) for each in case.inputs.shares if each.transaction == deal.id])
    if rule.to.value == "owner":
        return parts.get(case.payee)
    below = [part for owner, part in parts.items() if case.payee in managers(case.inputs, owner, day, rule.levels)]
    return sum(below) if below else None


def split(value: int, owners: list[tuple[int, int]]) -> dict[int, int]:
    """Whole units that add up to the value, lower person first among equal remainders."""
    ordered = sorted(owners)
    parts = spread([Fraction(value * share, MILLION) for _, share in ordered], value) if ordered else []
    return {owner: part for (owner, _), part in zip(ordered, parts, strict=True)}
