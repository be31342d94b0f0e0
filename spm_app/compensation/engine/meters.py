"""Everything that is counted: the measures of components, those that only others look at, and what ratios divide by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spm_app.compensation.domain.terms import Aggregate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spm_app.compensation.domain.inputs import InForce
    from spm_app.compensation.domain.terms import Component, Measure, Plan


@dataclass(frozen=True, slots=True)
class Meter:
    """One measure of one plan under its number. `component` is None for what pays nothing by itself.

    `divides` is the number of the ratio that this one is the lower half of.
    """

    no: int
    plan_no: int
    plan: Plan
    code: str
    measure: Measure
    component: Component | None = None
    divides: int | None = None


def meters(plans: Sequence[InForce]) -> tuple[Meter, ...]:
    """Components in the order of plans, as results number them; then measures; then the lower halves of ratios."""
    own = [(at, each.plan, part) for at, each in enumerate(plans) for part in each.plan.components]
    only = [(at, each.plan, part) for at, each in enumerate(plans) for part in each.plan.measures]
    found = [Meter(no, at, plan, part.code, part.measure, part) for no, (at, plan, part) in enumerate(own)]
    found += [Meter(no, at, plan, part.code, part.measure) for no, (at, plan, part) in enumerate(only, len(own))]
    return (*found, *_divisors(found))


def _divisors(found: Sequence[Meter]) -> Iterator[Meter]:
    ratios = [each for each in found if each.measure.aggregate is Aggregate.RATIO]
    for no, each in enumerate(ratios, len(found)):
        weight = each.measure.weight
        assert weight is not None  # noqa: S101 - a ratio has one
        credits_ = tuple(replace(credit, value=weight) for credit in each.measure.credits)
        measure = replace(each.measure, credits=credits_, aggregate=Aggregate.SUM, weight=None)
        yield Meter(no, each.plan_no, each.plan, "", measure, divides=each.no)
