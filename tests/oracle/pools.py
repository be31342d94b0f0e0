"""What a team earns together, and each member's part of it, to the whole unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.credits import Line, credited
from tests.oracle.exact import half_up, shared
from tests.oracle.measures import attainment, together
from tests.oracle.people import Case, every_day, is_in_plan, seat_on
from tests.oracle.quotas import quota_of, target_of
from tests.oracle.tables import Terms, earn

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Component


def part_of(case: Case, terms: Terms) -> Fraction:
    """The payee's whole units of what the pool earns."""
    component = terms.component
    team = members(case, component)
    quotas = [quota_of(each, component.measure) for each in team]
    target = sum(target_of(each, component.pays.target, component.measure) for each in team)
    together_ = Terms(component, sum(quota for quota in quotas if quota is not None), target, terms.others)
    lines = [credited(each, component.measure) for each in team]
    before = ordered([line for earlier, _ in lines for line in earlier])
    every = ordered([line for each in lines for part in each for line in part])
    earned = half_up(sum(earn(together_, every), Fraction(0)) - sum(earn(together_, before), Fraction(0)))
    at = [each.payee for each in team].index(case.payee)
    return Fraction(shared(earned, weights(team, component))[at])


def ordered(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.day, line.deal.id, line.rule))


def members(case: Case, component: Component) -> list[Case]:
    """Everybody in the plan in this period, or those of the payee's team, lower persons first."""
    everyone = (case.of(person) for person in sorted({seat.person_id for seat in case.inputs.seats}))
    inside = [each for each in everyone if own_days(each)]
    if component.pool is None or not component.pool.by_team:
        return inside
    return [each for each in inside if team_of(each) == team_of(case)]


def own_days(case: Case) -> int:
    return sum(is_in_plan(case, day) for day in every_day(case.inputs.period))


def team_of(case: Case) -> str:
    """Where the payee was on the last day in the plan."""
    last = max(day for day in every_day(case.inputs.period) if is_in_plan(case, day))
    seat = seat_on(case.inputs, case.payee, last)
    return "" if seat is None else seat.team


def weights(team: list[Case], component: Component) -> list[Fraction]:
    """By what they share; by days in the plan when that comes to nothing."""
    found = [max(Fraction(0), weight(each, component)) for each in team]
    return found if any(found) else [Fraction(own_days(each)) for each in team]


def weight(case: Case, component: Component) -> Fraction:
    assert component.pool is not None
    if component.pool.by.value == "equal":
        return Fraction(own_days(case))
    before, now = credited(case, component.measure)
    figure = together(component.measure, [*before, *now])
    if component.pool.by.value == "credit":
        return Fraction(figure)
    return attainment(figure, quota_of(case, component.measure)) or Fraction(0)
