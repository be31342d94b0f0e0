"""What weighted objectives pay for their scores."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.around import Paid, Row, capped, factor, is_shut, line_capped, settle
from tests.oracle.exact import MILLION
from tests.oracle.quotas import quota_of, target_of
from tests.oracle.tables import Terms

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Component, Objective
    from tests.oracle.people import Case


def of_objectives(case: Case, component: Component) -> Paid:
    """One row for each objective, in the order written: target times weight times what the score is worth."""
    target = target_of(case, component.pays.target, component.measure, of_period=True)
    times = Fraction(0) if is_shut(case, component) else factor(case, component)
    exact = [target * weighted(case, each) * times for each in component.objectives]
    terms = Terms(component, None, target)
    after = capped(terms, Fraction(0), line_capped(terms, exact))
    rows = [Row("objective", each.code, 0) for each in component.objectives]
    kept = settle(case, component, list(zip(rows, after, strict=True)))
    return Paid(0, quota_of(case, component.measure), sum(each.amount for each in kept), kept)


def weighted(case: Case, objective: Objective) -> Fraction:
    return Fraction(objective.weight * worth(objective, score_of(case, objective)), MILLION**2)


def score_of(case: Case, objective: Objective) -> int:
    own = [
        each.score for each in case.inputs.scores if (each.person_id, each.objective) == (case.payee, objective.code)
    ]
    return own[0] if own else 0


def worth(objective: Objective, score: int) -> int:
    """What the last mark reached pays; without marks the score itself, up to the whole."""
    if not objective.scale:
        return max(0, min(score, MILLION))
    return ([0] + [mark.rate for mark in objective.scale if score >= mark.start])[-1]
