"""The dialogs that put right what was entered wrongly on a person's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.ids import PersonId, TeamId, TitleId
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Engagement, Person, SeatChange
from spm_app.people.state.forms import checked
from spm_app.people.state.person import PersonState
from spm_app.ui import words
from spm_app.ui.catalogue import LANGUAGES, say, say_error, say_problem
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of


class CorrectionsState(rx.State):
    """One dialog at a time: `data`, `seat`, or none; with what stands there now."""

    open: str = ""
    now: dict[str, str] = {}
    past: str = ""
    titles: list[dict[str, str]] = []
    teams: list[dict[str, str]] = []
    persons: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    refused: str = ""
    _start: date = date.min

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def begin_data(self):
        """The person's own data as they stand."""
        shown = await self.get_state(PersonState)
        card = await rx.run_in_thread(partial(people.card, await actor_of(self), shown._id))
        self.now = {
            "name": card.person.name,
            "email": card.person.email,
            "external_id": card.person.external_id,
            "hired_on": card.person.hired_on.isoformat(),
            "language": card.person.language,
            "engagement": card.person.engagement.value,
        }
        self._show("data")

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def begin_seat(self, start: str):
        """A stretch of the past, or the one that runs, as it stands."""
        actor, lang, shown = await actor_of(self), await language_of(self), await self.get_state(PersonState)
        card, offered = await rx.run_in_thread(lambda: (people.card(actor, shown._id), people.choices(actor)))
        seat = next((each for each in card.seats if each.start.isoformat() == start), None)
        if seat is None:
            return
        self._start = seat.start
        self.titles = [{"value": str(each.id), "label": each.name} for each in offered.titles]
        self.teams = [{"value": str(each.id), "label": each.name} for each in offered.teams]
        self.persons = _choosable(offered, card, seat.manager_id)
        self.now = {
            "title": next((str(each.id) for each in offered.titles if each.code == seat.title_code), ""),
            "team": str(seat.team_id),
            "manager": str(seat.manager_id or ""),
            "position": seat.position_code,
        }
        until = words.day(seat.end, lang) if seat.end else say(lang, "people.until_now")
        self.past = say(lang, "people.correct.past", start=seat.start, end=until)
        self._show("seat")

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def close(self, _is_open: bool):
        """Escape and a click outside close it."""
        self.open = ""

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def save_data(self, form: dict[str, Any]):
        """Keep the person's data as they should have been."""
        return await self._correct(partial(_data, form=form))

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def save_seat(self, form: dict[str, Any]):
        """Keep the stretch as it should have been."""
        return await self._correct(partial(_seat, form=form, start=self._start))

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def take_back(self, start: str):
        """There was no change on that day."""
        return await self._correct(partial(_take_back, start=start))

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def stay(self):
        """The person does not leave after all."""
        return await self._correct(people.take_back_leaving)

    def _show(self, dialog: str) -> None:
        self.problems, self.refused, self.open = {}, "", dialog

    async def _correct(self, act: Callable[[Actor, PersonId], object]) -> list[Any] | None:
        actor, lang = await actor_of(self), await language_of(self)
        shown = await self.get_state(PersonState)
        try:
            await rx.run_in_thread(partial(act, actor, shown._id))
        except (InvalidInput, Conflict) as wrong:
            found = wrong.problems if isinstance(wrong, InvalidInput) else ()
            self.problems = {each.at: say_problem(lang, each) for each in found}
            self.refused = say_error(lang, wrong)
            return None if self.open else [rx.toast.error(self.refused)]
        self.open = ""
        return [rx.toast.success(say(lang, "people.corrected", name=shown.name)), PersonState.load]


def _data(actor: Actor, person_id: PersonId, *, form: dict[str, Any]) -> None:
    with checked(form) as read:
        language = read.text("language")
        said = Person(
            id=person_id,
            external_id=read.text("external_id"),
            name=read.needed("name"),
            email=read.text("email"),
            hired_on=read.day("hired_on"),
            language=language if language in LANGUAGES else LANGUAGES[0],
            engagement=Engagement.AGENT if read.text("engagement") == Engagement.AGENT else Engagement.EMPLOYEE,
        )
    people.change_person(actor, said)


def _seat(actor: Actor, person_id: PersonId, *, form: dict[str, Any], start: date) -> None:
    with checked(form) as read:
        manager = read.number("manager")
        change = SeatChange(
            title_id=TitleId(read.chosen("title")),
            team_id=TeamId(read.chosen("team")),
            manager_id=PersonId(manager) if manager else None,
            from_day=start,
            position_code=read.text("position"),
        )
    people.correct_seat(actor, person_id, change)


def _take_back(actor: Actor, person_id: PersonId, *, start: str) -> None:
    with checked({"start": start}) as read:
        day = read.day("start")
    people.take_back_change(actor, person_id, day)


def _choosable(offered: people.Choices, card: people.Card, manager_id: PersonId | None) -> list[dict[str, str]]:
    """Whoever works here, and the manager of those days even when gone."""
    here = {each.id: each.name for each in offered.persons if each.id != card.person.id}
    if manager_id is not None:
        here.setdefault(manager_id, card.names.get(manager_id, ""))
    return [{"value": str(each), "label": name} for each, name in here.items()]
