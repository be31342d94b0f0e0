"""Who is in a plan on which day, who is above whom, and what time a measure looks back on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.kernel.period import Grain, Period

if TYPE_CHECKING:
    from datetime import date

    from spm_app.compensation.domain.inputs import Inputs, Seat
    from spm_app.compensation.domain.terms import Measure, Plan


@dataclass(frozen=True)
class Case:
    """One payee of one plan."""

    plan: Plan
    payee: int
    inputs: Inputs
    known: dict[tuple[int, date], bool] = field(default_factory=dict, compare=False, repr=False)

    def of(self, payee: int) -> Case:
        """The same plan for somebody else."""
        return Case(self.plan, payee, self.inputs, self.known)


def holds_on(start: date | None, end: date | None, day: date) -> bool:
    """From the start up to, not including, the end; open where there is none."""
    return (start is None or start <= day) and (end is None or day < end)


def every_day(time: Period) -> list[date]:
    return [time.start + timedelta(days=at) for at in range(time.days)]


def seat_on(inputs: Inputs, person: int, day: date) -> Seat | None:
    return next((s for s in inputs.seats if s.person_id == person and holds_on(s.start, s.end, day)), None)


def managers(inputs: Inputs, person: int, day: date, levels: int) -> list[int]:
    """Up the tree as it stood that day, at most so many steps."""
    found: list[int] = []
    while len(found) < levels:
        seat = seat_on(inputs, person, day)
        if seat is None or seat.manager_id is None:
            break
        person = seat.manager_id
        found.append(person)
    return found


def is_eligible(case: Case, day: date) -> bool:
    """Whether the payee's title, position or person is one that the plan pays on that day; looked up once."""
    if (case.payee, day) not in case.known:
        case.known[case.payee, day] = _is_eligible(case, day)
    return case.known[case.payee, day]


def _is_eligible(case: Case, day: date) -> bool:
    seat = seat_on(case.inputs, case.payee, day)
    if seat is None:
        return False
    codes = [each.code for each in case.inputs.people if each.person_id == case.payee]
    for entry in case.plan.eligible:
        own = {"title": [seat.title], "position": [seat.position], "person": codes}[entry.who.value]
        if entry.code in own and holds_on(entry.start, entry.end, day):
            return True
    return False


def is_in_plan(case: Case, day: date) -> bool:
    """Whether a deal of that day is one of this period's lines."""
    in_force = holds_on(case.plan.start, case.plan.end, day)
    return day in case.inputs.period and in_force and is_eligible(case, day)


def begins(case: Case) -> date:
    """The first day whose deals this period may pay: what is earlier has been measured before."""
    return max(case.inputs.period.start, case.plan.start)


def whole_time(case: Case, measure: Measure) -> Period:
    """The time that the measure accumulates over, to its end."""
    period, how = case.inputs.period, measure.accumulate.value
    if how in {"period", "transaction"}:
        return period
    if how == "plan":
        return Period(case.plan.start, case.plan.end or period.end)
    return case.inputs.calendar.containing(period.start, Grain(how))


def is_before(case: Case, measure: Measure, day: date) -> bool:
    """Whether a deal of that day belongs to what was measured before this period's lines."""
    return whole_time(case, measure).start <= day < begins(case) and is_eligible(case, day)


def counts(case: Case, measure: Measure, day: date) -> bool:
    """Whether the day counts, before or now."""
    return is_in_plan(case, day) or (measure.accumulate.is_cumulative and is_before(case, measure, day))
