"""Putting right what was entered wrongly: a person's data, a stretch of the past, a change, a leaving, a name.

What was true and is no longer is a change (`staff`); what never was true is a correction. Periods that are final keep
what was paid; the others follow when they are calculated again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spm_app.infra import audit, bus
from spm_app.infra.db import unit_of_work
from spm_app.kernel.effective import Dated, overlaps
from spm_app.kernel.errors import Conflict, InvalidInput, NotFound
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Permission, require
from spm_app.people.domain import SeatChange
from spm_app.people.domain.seating import moved_start, replaced, taken_back
from spm_app.people.domain.tree import Line, closes_circle
from spm_app.people.service import facts
from spm_app.people.service.staff import TOPIC, check_person, position_for
from spm_app.people.store import organisation
from spm_app.people.store import persons as store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, PositionId, TeamId, TitleId
    from spm_app.kernel.rights import Actor
    from spm_app.people.domain import Person, Seat

    Chair = tuple[PositionId, TeamId]


def change_person(actor: Actor, person: Person) -> None:
    """Correct name, e-mail, external id, language or hire date; leaving is `leave`.

    The seat that began on the wrong hire date begins on the right one. Raises Conflict when another change was before.
    """
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        correct(work, actor, person)


def correct(work: Work, actor: Actor, person: Person) -> None:
    """The same inside a transaction that is under way."""
    before = store.person(work, person.id)
    after = replace(
        person, left_on=before.left_on, name=" ".join(person.name.split()), email=person.email.strip().lower()
    )
    if after.left_on is not None and after.left_on <= after.hired_on:
        raise InvalidInput("people.left_before_hired", [Problem("hired_on", "people.left_before_hired")])
    check_person(work, after)

    if after.hired_on != before.hired_on:
        chairs, managers = _known(work, person.id)
        _keep(
            work,
            person.id,
            moved_start(chairs, before.hired_on, after.hired_on),
            moved_start(managers, before.hired_on, after.hired_on),
        )
    store.change(work, after)
    audit.record(work, actor, "person.changed", f"person:{person.id}", before=before, after=after)
    bus.publish(work, TOPIC, str(person.id))


def correct_seat(actor: Actor, person_id: PersonId, change: SeatChange) -> None:
    """The stretch that began on `from_day` was another one: title, team and manager for its own days, no others.

    Raises NotFound when none began then, Conflict for circles and taken chairs.
    """
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        wrong = _stretch(work, person_id, change.from_day)
        if not organisation.has_team(work, change.team_id):
            raise NotFound("people.team_unknown")
        chairs, managers = _known(work, person_id)
        chair = (_chair(work, person_id, change, wrong), change.team_id)

        days = (wrong.start, wrong.end)
        _keep(work, person_id, replaced(chairs, chair, *days), replaced(managers, change.manager_id, *days))
        audit.record(
            work, actor, "person.seat_corrected", f"person:{person_id}", before=_said(work, wrong), after=change
        )
        bus.publish(work, TOPIC, str(person_id))


def take_back_change(actor: Actor, person_id: PersonId, day: date) -> None:
    """There was no change on that day: what held before goes on. Raises Conflict for the first seat of all."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        wrong = _stretch(work, person_id, day)
        chairs, managers = _known(work, person_id)
        found = taken_back(chairs, day), taken_back(managers, day)
        if found == (chairs, managers):
            raise Conflict("people.first_seat_stays")

        _keep(work, person_id, *found)
        audit.record(work, actor, "person.move_taken_back", f"person:{person_id}", start=day, before=_said(work, wrong))
        bus.publish(work, TOPIC, str(person_id))


def take_back_leaving(actor: Actor, person_id: PersonId) -> None:
    """The person stays after all, in the seat and under the manager of the last day.

    The account stays closed until somebody opens it, and former reports stay with whoever took them over.
    """
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        person = store.person(work, person_id)
        if person.left_on is None:
            raise Conflict("people.has_not_left", name=person.name)
        chairs, managers = _known(work, person_id)

        _keep(work, person_id, taken_back(chairs, person.left_on), taken_back(managers, person.left_on))
        store.change(work, replace(person, left_on=None))
        audit.record(work, actor, "person.leaving_taken_back", f"person:{person_id}", left_on=person.left_on)
        bus.publish(work, TOPIC, str(person_id))


def rename_title(actor: Actor, title_id: TitleId, name: str) -> None:
    """Another name for a title; its code stays, because plans pay by it."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        before = organisation.title_by_id(work, title_id)
        organisation.rename_title(work, title_id, _name(name))
        audit.record(work, actor, "title.renamed", f"title:{title_id}", before=before.name, after=name.strip())
        bus.publish(work, TOPIC)


def rename_team(actor: Actor, team_id: TeamId, name: str) -> None:
    """Another name for a team; its code stays."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        before = organisation.rename_team(work, team_id, _name(name))
        audit.record(work, actor, "team.renamed", f"team:{team_id}", before=before, after=name.strip())
        bus.publish(work, TOPIC)


def _name(text: str) -> str:
    if not text.strip():
        raise InvalidInput("people.form_has_errors", [Problem("name", "people.problem.missing")])
    return text.strip()


def _stretch(work: Work, person_id: PersonId, day: date) -> Seat:
    found = next((each for each in facts.seats(work, facts.EVER, [person_id]) if each.start == day), None)
    if found is None:
        raise NotFound("people.no_change_then", day=day)
    return found


def _chair(work: Work, person_id: PersonId, change: SeatChange, wrong: Seat) -> PositionId:
    """The chair that is named, or the one of that stretch while the title stays the same."""
    title = organisation.title_by_id(work, change.title_id)
    is_same = title.code == wrong.title_code and change.position_code in {"", wrong.position_code}
    return wrong.position_id if is_same else position_for(work, person_id, change)


def _known(work: Work, person_id: PersonId) -> tuple[tuple[Dated[Chair], ...], tuple[Dated[PersonId], ...]]:
    seats = organisation.seats(work, person_ids=[person_id])
    chairs = tuple(Dated((each.position_id, each.team_id), each.start, each.end) for each in seats)
    return chairs, tuple(line.manager for line in organisation.lines(work, person_ids=[person_id]))


def _keep(work: Work, person_id: PersonId, chairs: Sequence[Dated[Chair]], managers: Sequence[Dated[PersonId]]) -> None:
    organisation.set_seats(work, person_id, chairs)
    for position_id in {each.value[0] for each in chairs}:
        if overlaps(organisation.seats_in(work, position_id)):
            raise Conflict("people.position_taken", position=organisation.position_code(work, position_id))
    organisation.set_lines(work, person_id, managers)
    for each in managers:
        store.person(work, each.value)
        if closes_circle(organisation.lines_above(work, each.value), Line(person_id, each)):
            raise Conflict("people.reports_in_circle")


def _said(work: Work, seat: Seat) -> SeatChange:
    """The stretch as it would have been asked for, so that the log can compare."""
    title = next(each for each in organisation.titles(work) if each.code == seat.title_code)
    return SeatChange(title.id, seat.team_id, seat.manager_id, seat.start, seat.position_code)
