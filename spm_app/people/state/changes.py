"""The dialogs on a person's page: another seat, leaving, pay, and a way to sign in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.ids import PersonId, TeamId, TitleId
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Pay, SeatChange
from spm_app.people.state.forms import checked
from spm_app.people.state.person import PersonState
from spm_app.ui.catalogue import say, say_error, say_problem
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

Act = Callable[[Actor, PersonId, dict[str, Any]], object]


class ChangesState(rx.State):
    """One dialog at a time: `move`, `leave`, `pay`, or none."""

    open: str = ""
    titles: list[dict[str, str]] = []
    teams: list[dict[str, str]] = []
    persons: list[dict[str, str]] = []
    today: str = ""
    problems: dict[str, str] = {}
    refused: str = ""

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def begin(self, dialog: str):
        """Open one of the dialogs with what there is to choose today."""
        offered = await rx.run_in_thread(partial(people.choices, await actor_of(self)))
        this = (await self.get_state(PersonState))._id
        self.titles = [{"value": str(each.id), "label": each.name} for each in offered.titles]
        self.teams = [{"value": str(each.id), "label": each.name} for each in offered.teams]
        self.persons = [{"value": str(each.id), "label": each.name} for each in offered.persons if each.id != this]
        self.today = offered.today.isoformat()
        self.problems, self.refused = {}, ""
        self.open = dialog if dialog in {"move", "leave", "pay"} else ""

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def close(self, _is_open: bool):
        """Escape and a click outside close it."""
        self.open = ""

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def move(self, form: dict[str, Any]):
        """Another title, team or manager from a day on."""
        return await self._change(_move, form, "people.moved")

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def leave(self, form: dict[str, Any]):
        """The last day, and who takes over the reports."""
        return await self._change(_leave, form, "people.has_left")

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def set_pay(self, form: dict[str, Any]):
        """A year's base pay and target incentive from a day on."""
        return await self._change(_set_pay, form, "people.pay_set")

    async def _change(self, act: Act, form: dict[str, Any], said: str) -> list[Any] | None:
        actor, lang = await actor_of(self), await language_of(self)
        shown = await self.get_state(PersonState)
        try:
            await rx.run_in_thread(partial(act, actor, shown._id, form))
        except InvalidInput as wrong:
            self.problems = {each.at: say_problem(lang, each) for each in wrong.problems}
            self.refused = say_error(lang, wrong)
            return None
        except Conflict as refusal:
            self.refused = say_error(lang, refusal)
            return None
        self.open = ""
        return [rx.toast.success(say(lang, said, name=shown.name)), PersonState.load]


def _move(actor: Actor, person_id: PersonId, form: dict[str, Any]) -> None:
    with checked(form) as read:
        manager = read.number("manager")
        change = SeatChange(
            title_id=TitleId(read.chosen("title")),
            team_id=TeamId(read.chosen("team")),
            manager_id=PersonId(manager) if manager else None,
            from_day=read.day("from_day"),
            position_code=read.text("position"),
        )
    people.move(actor, person_id, change)


def _leave(actor: Actor, person_id: PersonId, form: dict[str, Any]) -> None:
    with checked(form) as read:
        last_day, successor = read.day("last_day"), read.number("successor")
    people.leave(actor, person_id, last_day, PersonId(successor) if successor else None)


def _set_pay(actor: Actor, person_id: PersonId, form: dict[str, Any]) -> None:
    currency = people.currency()
    with checked(form) as read:
        pay = Pay(read.money("base", currency), read.money("target", currency))
        from_day = read.day("from_day")
    people.set_pay(actor, person_id, pay, from_day)
