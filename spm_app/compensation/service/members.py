"""Who is in a plan, on which days: by title, by position, or by person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.domain.terms import Plan, Who
from spm_app.compensation.store import plans as store
from spm_app.infra.db import reading
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.people.domain.persons import Person, Seat

_ALWAYS = Period(date(1900, 1, 1), date(9999, 12, 31))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a plan from `start` up to, not including, `end`, both within what was asked for."""

    person_id: PersonId
    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is in the plan in the year, who of them is in another plan too, and who holds a seat and is in none."""

    year: Period
    members: tuple[Member, ...]
    twice: tuple[tuple[str, str], ...]
    nowhere: tuple[str, ...]


def roll(actor: Actor, text: str) -> Roll:
    """The members of a plan text this year, beside all plans in force. Days are those of the seats."""
    if not actor.may(Permission.APPROVE_PLANS):
        require(actor, Permission.WRITE_PLANS)
    with reading() as work:
        calendar = people.company(work).calendar
        year = calendar.containing(people.today(work), Grain.YEAR)
        plan, _ = read_plan(text)
        others = [each for each in in_force(work).values() if plan is None or each.code != plan.code]
        own = () if plan is None else members(work, plan, year)
        elsewhere: defaultdict[PersonId, list[str]] = defaultdict(list)
        for other in others:
            for each in members(work, other, year):
                elsewhere[each.person_id].append(other.name)
        today = people.today(work)
        seated = {each.person_id for each in people.seats(work, Period(today, today + timedelta(days=1)))}
        names = {each.id: each.name for each in people.persons(work)}
    inside = {each.person_id: each.name for each in own}
    twice = {name: ", ".join(dict.fromkeys(elsewhere[who])) for who, name in inside.items() if who in elsewhere}
    nowhere = sorted(names[who] for who in seated - set(inside) - set(elsewhere))
    return Roll(year, own, tuple(sorted(twice.items())), tuple(nowhere))


def in_force(work: Work) -> dict[str, Plan]:
    """The newest published version of each plan, by code."""
    read = (read_plan(each.text)[0] for each in store.published(work))
    return {each.code: each for each in read if each is not None}


def members(work: Work, plan: Plan, period: Period, person_id: PersonId | None = None) -> tuple[Member, ...]:
    """Everybody (or the one asked for) whom the plan pays in the period, by name and day."""
    seats = people.seats(work, period, None if person_id is None else [person_id])
    known = {each.id: each for each in people.persons(work) if person_id in {None, each.id}}
    found = [
        Member(who, known[who].name, *days)
        for who, stretches in _stretches(plan, seats, known, period).items()
        if who in known
        for days in _joined(stretches)
    ]
    return tuple(sorted(found, key=lambda each: (each.name, each.start)))


def holds_for(work: Work, plan: Plan, person_id: PersonId) -> bool:
    """Whether the plan has ever paid the person, or will by what is known today."""
    return bool(members(work, plan, _ALWAYS, person_id))


def _stretches(
    plan: Plan, seats: Iterable[Seat], known: Mapping[PersonId, Person], period: Period
) -> dict[PersonId, list[tuple[date, date]]]:
    first, past = max(plan.start, period.start), min(plan.end or period.end, period.end)
    found: defaultdict[PersonId, list[tuple[date, date]]] = defaultdict(list)
    for each in plan.eligible:
        start, end = max(each.start or first, first), min(each.end or past, past)
        for seat in seats:
            person = known.get(seat.person_id)
            holds = {
                Who.TITLE: seat.title_code == each.code,
                Who.POSITION: seat.position_code == each.code,
                Who.PERSON: person is not None and each.code in {person.external_id, person.name},
            }[each.who]
            days = max(start, seat.start), min(end, seat.end or end)
            if holds and days[0] < days[1]:
                found[seat.person_id].append(days)
    return found


def _joined(stretches: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Overlapping and touching stretches as one."""
    joined: list[tuple[date, date]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
