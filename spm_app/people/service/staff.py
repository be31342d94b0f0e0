"""Use cases about the organisation: set it up, hire, move, leave, pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.infra import audit, bus, clock
from spm_app.infra.db import unit_of_work
from spm_app.kernel.effective import Dated, overlaps
from spm_app.kernel.errors import Conflict, InvalidInput, NotFound
from spm_app.kernel.ids import PersonId
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Permission, require
from spm_app.people.domain import Person, SeatChange
from spm_app.people.domain.seating import changed_from
from spm_app.people.domain.tree import Line, closes_circle
from spm_app.people.service import facts
from spm_app.people.store import accounts, organisation
from spm_app.people.store import pay as pays
from spm_app.people.store import persons as store

if TYPE_CHECKING:
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PositionId, TeamId, TitleId
    from spm_app.kernel.rights import Actor
    from spm_app.people.domain import Company, NewPerson, Pay

#: Under which the bus tells of every change here.
TOPIC = "people"
#: What the column holds.
LONGEST_CODE = 64
_DAY = timedelta(days=1)


def set_company(actor: Actor, company: Company) -> None:
    """Name, currency, calendar and language of the company."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        before = store.company(work)
        store.set_company(work, company)
        audit.record(work, actor, "company.set", "company", before=before, after=company)
        bus.publish(work, TOPIC)


def add_title(actor: Actor, code: str, name: str) -> TitleId:
    """A new title. Raises InvalidInput when the code is taken or something is empty."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        return open_title(work, actor, code, name)


def open_title(work: Work, actor: Actor, code: str, name: str) -> TitleId:
    """The same inside a transaction that is under way."""
    check_new(code, name, {each.code for each in organisation.titles(work)})
    title_id = organisation.add_title(work, code, name)
    audit.record(work, actor, "title.added", f"title:{title_id}", code=code, name=name)
    bus.publish(work, TOPIC)
    return title_id


def add_team(actor: Actor, code: str, name: str, *, from_day: date, parent_id: TeamId | None = None) -> TeamId:
    """A new team, in its place in the tree from that day on; no parent is the top."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        return open_team(work, actor, code, name, from_day=from_day, parent_id=parent_id)


def open_team(
    work: Work, actor: Actor, code: str, name: str, *, from_day: date, parent_id: TeamId | None = None
) -> TeamId:
    """The same inside a transaction that is under way."""
    check_new(code, name, {each.code for each in organisation.teams(work, from_day)})
    if parent_id is not None and not organisation.has_team(work, parent_id):
        raise NotFound("people.team_unknown")
    team_id = organisation.add_team(work, code, name)
    organisation.set_team_places(work, team_id, [Dated(parent_id, from_day)])
    audit.record(work, actor, "team.added", f"team:{team_id}", code=code, name=name, parent=parent_id)
    bus.publish(work, TOPIC)
    return team_id


def hire(actor: Actor, new: NewPerson) -> PersonId:
    """Somebody new, with a seat when title and team are given. Raises InvalidInput with every problem."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        return enter(work, actor, new)


def enter(work: Work, actor: Actor | None, new: NewPerson) -> PersonId:
    """The same inside a transaction that is under way."""
    person = Person(
        id=PersonId(0),
        external_id=new.external_id.strip(),
        name=" ".join(new.name.split()),
        email=new.email.strip().lower(),
        hired_on=new.hired_on,
        language=new.language,
        engagement=new.engagement,
    )
    check_person(work, person)
    person_id = store.add(work, person)
    audit.record(work, actor, "person.hired", f"person:{person_id}", name=person.name, hired_on=person.hired_on)
    if new.title_id is not None and new.team_id is not None:
        seat = SeatChange(new.title_id, new.team_id, new.manager_id, new.hired_on, new.position_code)
        seat_from(work, actor, person_id, seat)
    bus.publish(work, TOPIC, str(person_id))
    return person_id


def move(actor: Actor, person_id: PersonId, change: SeatChange) -> None:
    """Another title, team or manager from a day on. Raises Conflict for circles, taken chairs and later changes."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        seat_from(work, actor, person_id, change)


def seat_from(work: Work, actor: Actor | None, person_id: PersonId, change: SeatChange) -> None:
    """The same inside a transaction that is under way."""
    if not store.person(work, person_id).works_on(change.from_day):
        raise InvalidInput("people.not_employed_then", day=change.from_day)
    if not organisation.has_team(work, change.team_id):
        raise NotFound("people.team_unknown")
    position_id = position_for(work, person_id, change)
    known = [
        Dated((each.position_id, each.team_id), each.start, each.end)
        for each in organisation.seats(work, person_ids=[person_id])
    ]
    organisation.set_seats(work, person_id, changed_from(known, (position_id, change.team_id), change.from_day))
    if overlaps(organisation.seats_in(work, position_id)):
        raise Conflict("people.position_taken", position=change.position_code)
    _report_to(work, person_id, change.manager_id, change.from_day)
    audit.record(work, actor, "person.moved", f"person:{person_id}", change=change)
    bus.publish(work, TOPIC, str(person_id))


def leave(actor: Actor, person_id: PersonId, last_day: date, successor_id: PersonId | None = None) -> None:
    """The person works until and including `last_day`; whoever reports to them then reports to the successor.

    Without a successor, to the leaver's own manager. The account is disabled and its sessions end.
    """
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        depart(work, actor, person_id, last_day + _DAY, successor_id=successor_id)


def depart(
    work: Work, actor: Actor, person_id: PersonId, left_on: date, *, successor_id: PersonId | None = None
) -> None:
    """The same inside a transaction that is under way; `left_on` is the first day without them."""
    person = store.person(work, person_id)
    if left_on <= person.hired_on:
        raise InvalidInput("people.left_before_hired", problems=[Problem("left_on", "people.left_before_hired")])
    own = [line.manager for line in organisation.lines(work, person_ids=[person_id])]
    heir = successor_id or next((each.value for each in own if each.holds_on(left_on - _DAY)), None)
    for line in organisation.lines_to(work, person_id):
        if line.manager.end is None or line.manager.end > left_on:
            _report_to(work, line.person_id, heir, max(left_on, line.manager.start))
    _empty_seat(work, person_id, left_on)
    store.change(work, replace(person, left_on=left_on))
    if accounts.has_account(work, person_id) and left_on <= facts.company(work).calendar.day_of(clock.now()):
        accounts.set_disabled(work, person_id, clock.now())
        accounts.end_sessions(work, person_id)
    audit.record(work, actor, "person.left", f"person:{person_id}", left_on=left_on, successor=heir)
    bus.publish(work, TOPIC, str(person_id))


def set_pay(actor: Actor, person_id: PersonId, pay: Pay, from_day: date) -> None:
    """A year's base pay and target incentive from that day on. Nobody sets their own."""
    require(actor, Permission.WRITE_BASE_PAY)
    with unit_of_work() as work:
        pay_from(work, actor, person_id, pay, from_day=from_day)


def pay_from(work: Work, actor: Actor, person_id: PersonId, pay: Pay, *, from_day: date) -> None:
    """The same inside a transaction that is under way. The log names the record, never the amounts."""
    if person_id == actor.person_id:
        raise Conflict("people.own_pay")
    if pay.base.amount < 0 or pay.target_incentive.amount < 0:
        raise InvalidInput("people.pay_negative", problems=[Problem("base", "people.pay_negative")])
    if pay.base.currency != pay.target_incentive.currency:
        raise InvalidInput("people.pay_in_two_currencies")
    store.person(work, person_id)
    record_id = pays.record(work, person_id, pay, start=from_day, at=clock.now())
    audit.record(work, actor, "person.pay_set", f"person:{person_id}", record=record_id, start=from_day)
    bus.publish(work, TOPIC, str(person_id))


def _report_to(work: Work, person_id: PersonId, manager_id: PersonId | None, day: date) -> None:
    """Keep the manager from that day on; refuses a circle."""
    own = [line.manager for line in organisation.lines(work, person_ids=[person_id])]
    if manager_id is not None:
        store.person(work, manager_id)
        if closes_circle(organisation.lines_above(work, manager_id), Line(person_id, Dated(manager_id, day))):
            raise Conflict("people.reports_in_circle")
    organisation.set_lines(work, person_id, changed_from(own, manager_id, day))


def position_for(work: Work, person_id: PersonId, change: SeatChange) -> PositionId:
    """The chair that is named; otherwise the one the person sits in when the title stays, or a new one."""
    title = organisation.title_by_id(work, change.title_id)
    sat_in = next(
        (each for each in organisation.seats(work, person_ids=[person_id]) if _touches(each.end, change.from_day)), None
    )
    if not change.position_code and sat_in is not None and sat_in.title_code == title.code:
        return sat_in.position_id
    position_id = organisation.position(work, change.position_code, title)
    if organisation.title_of(work, position_id) != title.id:
        raise Conflict("people.position_of_other_title", position=change.position_code)
    return position_id


def _touches(end: date | None, day: date) -> bool:
    return end is None or end >= day


def _empty_seat(work: Work, person_id: PersonId, day: date) -> None:
    seats = [
        Dated((each.position_id, each.team_id), each.start, each.end)
        for each in organisation.seats(work, person_ids=[person_id])
    ]
    own = [line.manager for line in organisation.lines(work, person_ids=[person_id])]
    organisation.set_seats(work, person_id, changed_from(seats, None, day))
    organisation.set_lines(work, person_id, changed_from(own, None, day))


def check_new(code: str, name: str, taken: set[str]) -> None:
    """Raises InvalidInput for what is empty and for a code that is too long or taken."""
    problems = [
        Problem(at, "people.problem.missing") for at, text in (("code", code), ("name", name)) if not text.strip()
    ]
    if len(code) > LONGEST_CODE:
        problems.append(Problem("code", "people.problem.code_long", {"most": LONGEST_CODE}))
    if code in taken:
        problems.append(Problem("code", "people.problem.code_taken", {"code": code}))
    if problems:
        raise InvalidInput("people.form_has_errors", problems)


def check_person(work: Work, person: Person) -> None:
    """Raises InvalidInput with everything that is missing or belongs to somebody else."""
    problems: list[Problem] = []
    if not person.name:
        problems.append(Problem("name", "people.problem.missing"))
    for each in store.sharing(work, person):
        if person.email and each.email == person.email:
            problems.append(Problem("email", "people.problem.email_taken", {"name": each.name}))
        if person.external_id and each.external_id == person.external_id:
            problems.append(Problem("external_id", "people.problem.external_id_taken", {"name": each.name}))
    if problems:
        raise InvalidInput("people.form_has_errors", problems)
