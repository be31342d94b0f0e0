"""Who is in which plan on which days, and against which quotas, as columns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.enrolment import NEVER, Stretch, enrolled, stretches
from spm_app.compensation.domain.quotas import How, Ramp, by_person, half_up, own_quota, whole_quota
from spm_app.compensation.domain.terms import Accumulate
from spm_app.compensation.domain.times import held_against, since
from spm_app.compensation.engine import arrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spm_app.compensation.domain.enrolment import Enrolled
    from spm_app.compensation.domain.inputs import InForce
    from spm_app.compensation.domain.terms import Measure, Plan
    from spm_app.compensation.engine.frames import Frames
    from spm_app.compensation.engine.meters import Meter
    from spm_app.kernel.period import Period

_ENTITLED = {"plan_no": arrow.WHOLE, "payee_id": arrow.WHOLE, "first": arrow.DAY, "past": arrow.DAY}
_ENROLLED = {"plan_no": arrow.WHOLE, "payee_id": arrow.WHOLE, "title": arrow.TEXT, "days": arrow.WHOLE}
_OPENING = {"component_no": arrow.WHOLE, "first": arrow.DAY}
_SPAN = {"component_no": arrow.WHOLE, "first": arrow.DAY, "past": arrow.DAY}
_QUOTA = {"component_no": arrow.WHOLE, "payee_id": arrow.WHOLE, "quota": arrow.WHOLE, "whole": arrow.WHOLE}


@dataclass(frozen=True, slots=True)
class People:
    """Of each plan: who is in it in the period, and each one's stretches of days, the plan's own days aside."""

    plans: tuple[Plan, ...]
    enrolled: tuple[tuple[Enrolled, ...], ...]
    stretches: tuple[Mapping[int, tuple[Stretch, ...]], ...]

    def held(self, each: Meter, person_id: int, period: Period) -> tuple[Stretch, ...]:
        """The payee's days for a measure: one that is cumulative looks beyond the plan's first day."""
        found = self.stretches[each.plan_no].get(person_id, ())
        start, end = each.plan.start, each.plan.end or NEVER
        if each.measure.accumulate.is_cumulative and each.measure.accumulate is not Accumulate.PLAN:
            start = date.min
            end = NEVER if each.measure.quota.whole_year or end > period.end else end
        return tuple(_cut(stretch, start, end) for stretch in found)

    def in_period(self, plan_no: int, person_id: int, period: Period) -> tuple[Stretch, ...]:
        """The payee's days in the plan and the period."""
        plan = self.plans[plan_no]
        start, end = max(plan.start, period.start), min(plan.end or NEVER, period.end)
        return tuple(_cut(each, start, end) for each in self.stretches[plan_no].get(person_id, ()))


def people(plans: Sequence[InForce], given: Frames) -> People:
    """Who is in the plans."""
    found = [stretches(each.plan, given.facts) for each in plans]
    return People(
        plans=tuple(each.plan for each in plans),
        enrolled=tuple(enrolled(held, *_days(each.plan, given)) for each, held in zip(plans, found, strict=True)),
        stretches=tuple(_by_person(held) for held in found),
    )


def tables(found: People, counted: Sequence[Meter], given: Frames) -> dict[str, Any]:
    """`entitled`, `enrolled` and `span`: the days that count, for whom and for what."""
    kept = [{each.person_id for each in own} for own in found.enrolled]
    entitled = (
        (no, person, each.start, each.end)
        for no, held in enumerate(found.stretches)
        for person, own in held.items()
        if person in kept[no]
        for each in own
    )
    payees = ((no, e.person_id, e.title, e.days) for no, own in enumerate(found.enrolled) for e in own)
    spans = ((each.no, *days) for each in counted for days in _spans(each, given))
    return {
        "entitled": arrow.table(_ENTITLED, entitled),
        "enrolled": arrow.table(_ENROLLED, payees),
        "span": arrow.table(_SPAN, spans),
        "opening": openings(counted, given),
    }


def quotas(found: People, counted: Sequence[Meter], given: Frames) -> dict[tuple[int, int], tuple[int, int]]:
    """By component and payee: the quota that holds, and that of the whole time."""
    rows: dict[tuple[int, int], tuple[int, int]] = {}
    for each in counted:
        if each.divides is None:
            rows |= {(each.no, person): quota for person, quota in _quotas(found, each, given)}
    return rows


def quota_table(rows: Mapping[tuple[int, int], tuple[int, int]]) -> arrow.Table:
    """The same as columns."""
    return arrow.table(_QUOTA, ((*key, *quota) for key, quota in rows.items()))


def _quotas(found: People, each: Meter, given: Frames) -> Iterator[tuple[int, tuple[int, int]]]:
    calendar, terms = given.facts.calendar, each.measure.quota
    times = held_against(each.measure, each.plan, given.period, calendar)
    named = by_person(given.facts.quotas, terms.name, given.period)
    for payee in found.enrolled[each.plan_no]:
        rows = named.get(payee.person_id)
        if rows is None:
            continue
        held = found.held(each, payee.person_id, given.period)
        quota = own_quota(rows, held, times, How(calendar, ramp_of(each.measure, payee.person_id, given)))
        if quota is not None:
            wholes = (whole_quota(rows, time, calendar) or Fraction(0) for time in times)
            yield payee.person_id, (quota, half_up(sum(wholes, Fraction(0))))


def ramp_of(measure: Measure, person_id: int, given: Frames) -> Ramp | None:
    """The payee's ramp: none when the measure has none, or nobody knows when the person came."""
    if not measure.quota.ramp:
        return None
    came = next((each.hired_on for each in given.facts.people if each.person_id == person_id), None)
    return None if came is None else Ramp(measure.quota.ramp, came)


def openings(counted: Sequence[Meter], given: Frames) -> arrow.Table:
    """From which day on a component's credits are this period's: the plan's first day in it."""
    return arrow.table(_OPENING, ((each.no, _days(each.plan, given)[0]) for each in counted))


def _spans(each: Meter, given: Frames) -> Iterator[tuple[date, date]]:
    """The days of the plan in the period; and, of what is cumulative, all that lie before these."""
    first = since(each.measure, each.plan, given.period, given.facts.calendar)
    start, past = _days(each.plan, given)
    if each.measure.accumulate.is_cumulative and first < start:
        yield first, start
    if start < past:
        yield start, past


def _days(plan: Plan, given: Frames) -> tuple[date, date]:
    return max(plan.start, given.period.start), min(plan.end or NEVER, given.period.end)


def _cut(each: Stretch, start: date, end: date) -> Stretch:
    first = max(each.start, start)
    return Stretch(each.person_id, each.title, first, max(first, min(each.end, end)))


def _by_person(held: Sequence[Stretch]) -> dict[int, tuple[Stretch, ...]]:
    found: defaultdict[int, list[Stretch]] = defaultdict(list)
    for each in held:
        found[each.person_id].append(each)
    return {person: tuple(own) for person, own in found.items()}
