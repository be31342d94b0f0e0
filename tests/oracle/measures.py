"""What a payee has done: one figure from credits, its share of the quota, and how others see it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.credits import Line, credited
from tests.oracle.exact import MILLION, half_up
from tests.oracle.quotas import quota_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.terms import Key, Measure
    from tests.oracle.people import Case


def together(measure: Measure, lines: Sequence[Line]) -> int:
    """One figure from credits; nothing from none."""
    values, weight = [each.counts for each in lines], sum(each.weight for each in lines)
    match measure.aggregate.value:
        case "average":
            return half_up(Fraction(sum(values), len(values))) if values else 0
        case "max":
            return max(values, default=0)
        case "ratio":
            return half_up(Fraction(sum(values) * MILLION, weight)) if weight > 0 else 0
        case _:
            return sum(values)


def attainment(figure: int, quota: int | None) -> Fraction | None:
    """In parts per million; None without a quota."""
    return Fraction(figure * MILLION, quota) if quota is not None and quota > 0 else None


def seen(case: Case, key: Key) -> Fraction | None:
    """The other measure, or its attainment, as the period ends; None for an attainment without a quota."""
    measure = case.plan.measure_of(key.of)
    assert measure is not None
    before, now = credited(case, measure)
    figure = together(measure, [*before, *now]) if measure.given is None else given(case, key.of)
    return attainment(figure, quota_of(case, measure)) if key.is_attainment else Fraction(figure)


def seen_before(case: Case, key: Key) -> Fraction | None:
    """The same as it stood before the period. Before any time has passed all of nothing has been attained."""
    measure = case.plan.measure_of(key.of)
    assert measure is not None
    figure = 0 if measure.given is not None else together(measure, credited(case, measure)[0])
    if not key.is_attainment:
        return Fraction(figure)
    return attainment(figure, quota_of(case, measure, before=True))


def given(case: Case, name: str) -> int:
    """What was put in for the payee; nothing when nothing was."""
    own = [each.figure for each in case.inputs.given if (each.person_id, each.measure) == (case.payee, name)]
    return own[0] if own else 0
