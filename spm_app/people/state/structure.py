"""Titles and teams on the page of the organisation: added, renamed, hung elsewhere, and taken away while unused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.ids import TeamId, TitleId
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.people.domain.structure import TeamLine, TitleLine
from spm_app.people.state.forms import checked
from spm_app.ui import words
from spm_app.ui.catalogue import say, say_error, say_problem
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of

#: What may be opened for a title, and for a team.
_OF_TITLE, _OF_TEAM = frozenset({"add_title", "rename_title"}), frozenset({"add_team", "rename_team", "move_team"})


class StructureState(rx.State):
    """The two lists, and one dialog at a time with what stands there now; empty for who may not change them."""

    may_change: bool = False
    titles: list[dict[str, str]] = []
    teams: list[dict[str, str]] = []
    open: str = ""
    about: str = ""
    now: dict[str, str] = {}
    #: Teams that another one may be hung under.
    above: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    refused: str = ""
    _id: int = 0

    @rx.event
    @allow_signed_in()
    async def load(self):
        """The lists as of today, for who may change them; nothing for others."""
        actor = await actor_of(self)
        self.may_change = actor.may(Permission.WRITE_PEOPLE)
        if self.may_change:
            await self._read(actor)

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def begin(self, dialog: str, row_id: str):
        """Open a dialog; for something new without an id."""
        rows = self.titles if dialog in _OF_TITLE else self.teams
        row = next((each for each in rows if each["id"] == row_id), None)
        if dialog not in _OF_TITLE | _OF_TEAM or (row is None and row_id):
            return
        found = await self._read(await actor_of(self))
        self._id, self.about = (int(row["id"]), row["name"]) if row else (0, "")
        self.now = {"from_day": found.today.isoformat(), **(row or {})}
        self.above = [{"value": each["id"], "label": each["name"]} for each in self.teams if each["id"] != row_id]
        self.problems, self.refused, self.open = {}, "", dialog

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def close(self, _is_open: bool):
        """Escape and a click outside close it."""
        self.open = ""

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def save(self, form: dict[str, Any]):
        """Do what the open dialog is about."""
        acts = {
            "add_title": (_add_title, "people.title_added"),
            "rename_title": (_rename_title, "people.renamed"),
            "add_team": (_add_team, "people.team_added"),
            "rename_team": (_rename_team, "people.renamed"),
            "move_team": (_move_team, "people.team_moved"),
        }
        if self.open not in acts:
            return None
        act, said = acts[self.open]
        name = str(form.get("name") or self.about).strip()[:200]
        return await self._change(
            partial(act, about=self._id, form=form), say(await language_of(self), said, name=name)
        )

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def remove_title(self, title_id: int, name: str):
        """Take away a title that nobody ever held."""
        said = say(await language_of(self), "people.removed", name=name)
        return await self._change(partial(people.remove_title, title_id=TitleId(title_id)), said)

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def remove_team(self, team_id: int, name: str):
        """Take away a team that nobody ever sat in."""
        said = say(await language_of(self), "people.removed", name=name)
        return await self._change(partial(people.remove_team, team_id=TeamId(team_id)), said)

    async def _change(self, act: Callable[[Actor], object], said: str) -> Any:
        actor, lang = await actor_of(self), await language_of(self)
        try:
            await rx.run_in_thread(partial(act, actor))
        except (InvalidInput, Conflict) as wrong:
            found = wrong.problems if isinstance(wrong, InvalidInput) else ()
            self.problems = {each.at: say_problem(lang, each) for each in found}
            self.refused = say_error(lang, wrong)
            return None if self.open else rx.toast.error(self.refused)
        self.open = ""
        await self._read(actor)
        return rx.toast.success(said)

    async def _read(self, actor: Actor) -> people.Structure:
        lang = await language_of(self)
        found = await rx.run_in_thread(partial(people.structure, actor))
        self.titles = [_title(each, lang) for each in found.titles]
        self.teams = [_team(each, lang) for each in found.teams]
        return found


def _title(line: TitleLine, lang: str) -> dict[str, str]:
    return {
        "id": str(line.title.id),
        "code": line.title.code,
        "name": line.title.name,
        "now": words.number(line.now, lang),
        "why_not": say(lang, "people.title_in_use", name=line.title.name, n=line.ever) if line.ever else "",
    }


def _team(line: TeamLine, lang: str) -> dict[str, str]:
    why_not = ""
    if line.ever or line.below:
        key, n = ("people.team_in_use", line.ever) if line.ever else ("people.team_above_others", line.below)
        why_not = say(lang, key, name=line.team.name, n=n)
    return {
        "id": str(line.team.id),
        "code": line.team.code,
        "name": line.team.name,
        "above": line.above or words.NOTHING,
        "above_id": str(line.team.parent_id or ""),
        "now": words.number(line.now, lang),
        "why_not": why_not,
    }


def _add_title(actor: Actor, *, about: int, form: dict[str, Any]) -> None:
    del about
    with checked(form) as read:
        code, name = read.needed("code"), read.needed("name")
    people.add_title(actor, code, name)


def _rename_title(actor: Actor, *, about: int, form: dict[str, Any]) -> None:
    with checked(form) as read:
        name = read.needed("name")
    people.rename_title(actor, TitleId(about), name)


def _add_team(actor: Actor, *, about: int, form: dict[str, Any]) -> None:
    del about
    with checked(form) as read:
        code, name, from_day, above = (
            read.needed("code"),
            read.needed("name"),
            read.day("from_day"),
            read.number("above"),
        )
    people.add_team(actor, code, name, from_day=from_day, parent_id=TeamId(above) if above else None)


def _rename_team(actor: Actor, *, about: int, form: dict[str, Any]) -> None:
    with checked(form) as read:
        name = read.needed("name")
    people.rename_team(actor, TeamId(about), name)


def _move_team(actor: Actor, *, about: int, form: dict[str, Any]) -> None:
    with checked(form) as read:
        from_day, above = read.day("from_day"), read.number("above")
    people.move_team(actor, TeamId(about), TeamId(above) if above else None, from_day)
