"""Where payees stand, read from what was counted: for components whose terms are each payee's own."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.enrolment import NEVER
from spm_app.compensation.domain.quotas import How, by_person, half_up, own_quota
from spm_app.compensation.domain.standing import Figure, Standing
from spm_app.compensation.domain.targets import target_of
from spm_app.compensation.domain.terms import WHOLE, Aggregate
from spm_app.compensation.domain.times import Time, held_against, passed
from spm_app.compensation.engine.people import ramp_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.inputs import Incentive
    from spm_app.compensation.engine.frames import Frames
    from spm_app.compensation.engine.meters import Meter
    from spm_app.compensation.engine.people import People
    from spm_app.compensation.engine.session import Session

#: What one row of `measure` says, by component and payee.
Rows = dict[tuple[int, int], dict[str, Any]]
_COLUMNS = ("component_no", "payee_id", "measure", "prior", "base", "lines", "most", "lines_before", "quota")


class Standings:
    """Everybody's standing in the plans, made when somebody asks."""

    def __init__(self, session: Session, counted: Sequence[Meter], found: People, given: Frames) -> None:
        """Read what was counted, once."""
        rows = session.rows(f"SELECT {', '.join(_COLUMNS)} FROM measure")  # noqa: S608 - our own words
        self._rows: Rows = {row[:2]: dict(zip(_COLUMNS, row, strict=True)) for row in rows}
        self._counted, self._people, self._given = counted, found, given
        self._divisors = {each.divides: each.no for each in counted if each.divides is not None}
        self._incentives = _by_person(given.facts.incentives)
        self._put_in = {(each.person_id, each.measure): each.figure for each in given.facts.given}
        last = given.period.last_day
        self._certificates = defaultdict[int, set[str]](set)
        for each in given.facts.certificates:
            if each.start <= last and (each.end is None or last < each.end):
                self._certificates[each.person_id].add(each.code)
        self._scores = defaultdict[int, dict[str, int]](dict)
        for score in given.facts.scores:
            self._scores[score.person_id][score.objective] = score.score

    def of(self, plan_no: int, person_id: int) -> Standing:
        """One payee's."""
        own = (each for each in self._counted if each.plan_no == plan_no and each.divides is None)
        return Standing(
            figures={each.code: self._figure(each, person_id) for each in own},
            certificates=frozenset(self._certificates[person_id]),
            scores=self._scores[person_id],
        )

    def teams(self, plan_no: int) -> dict[int, str]:
        """In which team each payee sat on their last day in the plan and the period."""
        last: dict[int, date] = {}
        for payee in self._people.enrolled[plan_no]:
            held = self._people.in_period(plan_no, payee.person_id, self._given.period)
            last[payee.person_id] = max(each.end for each in held if each.start < each.end) - timedelta(days=1)
        return {
            seat.person_id: seat.team
            for seat in self._given.facts.seats
            if seat.person_id in last and seat.start <= last[seat.person_id] < (seat.end or NEVER)
        }

    def _figure(self, each: Meter, person_id: int) -> Figure:
        row = self._rows[each.no, person_id]
        value, before = self._values(each, row, person_id)
        return Figure(
            value=value,
            before=before,
            base=row["base"],
            lines=row["lines"],
            quota=row["quota"],
            quota_before=self._quota_before(each, person_id),
            target=self._target(each, person_id, alone=False),
            period_target=self._target(each, person_id, alone=True),
        )

    def _values(self, each: Meter, row: Mapping[str, Any], person_id: int) -> tuple[Fraction, Fraction]:
        """What was measured by the end of the period, and before it; averages and ratios half up to the whole unit."""
        measure, nothing = each.measure, Fraction(0)
        if measure.given is not None:
            return Fraction(self._put_in.get((person_id, each.code), 0)), nothing
        match measure.aggregate:
            case Aggregate.AVERAGE:
                earlier = row["lines_before"]
                return _ratio(row["measure"], row["lines"] + earlier, 1), _ratio(row["prior"], earlier, 1)
            case Aggregate.MAX:
                return _largest(row), Fraction(row["prior"])
            case Aggregate.RATIO:
                under = self._rows[self._divisors[each.no], person_id]
                now, then = (_ratio(row[name], under[name], WHOLE) for name in ("measure", "prior"))
                return now, then
            case _:
                return Fraction(row["measure"]), Fraction(row["prior"])

    def _target(self, each: Meter, person_id: int, *, alone: bool) -> Fraction:
        """For the time that the measure is held against, or for the pay period alone."""
        limit = each.component.pays.target if each.component is not None else None
        if limit is None:
            return Fraction(0)
        period, calendar = self._given.period, self._given.facts.calendar
        times = held_against(each.measure, each.plan, period, calendar)
        held = self._people.held(each, person_id, period)
        if alone:
            times = (Time(period.start, period.end),)
            held = self._people.in_period(each.plan_no, person_id, period)
        return target_of(limit, held, self._incentives.get(person_id, ()), (times, period, calendar))

    def _quota_before(self, each: Meter, person_id: int) -> int | None:
        """The quota of what had passed when the period began; nothing where no time had, or nobody was there."""
        period, calendar = self._given.period, self._given.facts.calendar
        earlier = passed(each.measure, each.plan, period, calendar)[:-1]
        held = self._people.held(each, person_id, period)
        if not any(stretch.days_in(time.start, time.end) for time in earlier for stretch in held):
            return 0
        times = held_against(each.measure, each.plan, period, calendar) if each.measure.quota.whole_year else earlier
        rows = by_person(self._given.facts.quotas, each.measure.quota.name, period).get(person_id, ())
        return own_quota(rows, held, times, How(calendar, ramp_of(each.measure, person_id, self._given)))


def _largest(row: Mapping[str, Any]) -> Fraction:
    found = [row["most"]] if row["lines"] else []
    found += [row["prior"]] if row["lines_before"] else []
    return Fraction(max(found, default=0))


def _ratio(over: int, under: int, unit: int) -> Fraction:
    return Fraction(half_up(Fraction(over, under) * unit)) if under > 0 else Fraction(0)


def _by_person(rows: Sequence[Incentive]) -> dict[int, list[Incentive]]:
    found: defaultdict[int, list[Incentive]] = defaultdict(list)
    for each in rows:
        found[each.person_id].append(each)
    return dict(found)
