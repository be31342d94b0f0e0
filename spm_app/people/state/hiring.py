"""The dialog in which somebody is hired."""

from __future__ import annotations

from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.ids import PersonId, TeamId, TitleId
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.people.domain import Engagement, NewPerson
from spm_app.people.state.forms import checked
from spm_app.ui.catalogue import LANGUAGES, say, say_problem
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of


class HiringState(rx.State):
    """What the dialog offers, and what is wrong with what was entered."""

    is_open: bool = False
    titles: list[dict[str, str]] = []
    teams: list[dict[str, str]] = []
    persons: list[dict[str, str]] = []
    today: str = ""
    problems: dict[str, str] = {}

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def begin(self):
        """Open the dialog with what there is to choose today."""
        offered = await rx.run_in_thread(partial(people.choices, await actor_of(self)))
        self.titles = [{"value": str(each.id), "label": each.name} for each in offered.titles]
        self.teams = [{"value": str(each.id), "label": each.name} for each in offered.teams]
        self.persons = [{"value": str(each.id), "label": each.name} for each in offered.persons]
        self.today = offered.today.isoformat()
        self.problems, self.is_open = {}, True

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def set_open(self, is_open: bool):
        """Escape and a click outside close it."""
        self.is_open = is_open

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def save(self, form: dict[str, Any]):
        """Hire, and go to the new person's page."""
        actor, lang = await actor_of(self), await language_of(self)
        try:
            new = _person(form)
            person_id = await rx.run_in_thread(partial(people.hire, actor, new))
        except InvalidInput as refused:
            self.problems = {each.at: say_problem(lang, each) for each in refused.problems}
            return rx.toast.error(say(lang, refused.key)) if not refused.problems else None
        self.is_open = False
        return [rx.toast.success(say(lang, "people.hired", name=new.name)), rx.redirect(f"/people/{person_id}")]


def _person(form: dict[str, Any]) -> NewPerson:
    with checked(form) as read:
        title, team, manager = read.number("title"), read.number("team"), read.number("manager")
        language = read.text("language")
        return NewPerson(
            name=read.needed("name"),
            hired_on=read.day("hired_on"),
            email=read.text("email"),
            external_id=read.text("external_id"),
            language=language if language in LANGUAGES else LANGUAGES[0],
            engagement=Engagement.AGENT if read.text("engagement") == Engagement.AGENT else Engagement.EMPLOYEE,
            title_id=TitleId(title) if title else None,
            team_id=TeamId(team) if team else None,
            manager_id=PersonId(manager) if manager else None,
        )
