"""The directory and the chart."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

import reflex as rx

from spm_app.kernel.rights import Actor
from spm_app.people import service as people
from spm_app.people.domain.directory import GONE, HERE, STATUSES, Listed, OrgTeam, Wanted
from spm_app.ui.catalogue import say
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill, Text

#: The directory as a table.
COLUMNS = (
    Column("name", "people.name", kind="link"),
    Column("title", "people.job"),
    Column("team", "people.team"),
    Column("manager", "people.manager"),
    Column("email", "people.email", sorts=False),
    Column("hired_on", "people.hired_on", shown=False),
    Column("external_id", "people.external_id", sorts=False, shown=False),
    Column("status", "people.status", kind="pill"),
)
TONES = {HERE: "good", GONE: "neutral"}
#: Teams deep that a chart shows; a company has fewer.
DEEPEST = 12


def status_pill(status: str) -> Pill:
    """How somebody stands, in a word."""
    return Pill(Text(f"people.status.{status}"), TONES.get(status, "accent"))


class PeopleState(Listing, rx.State):
    """Everybody who works here, with title, team and manager as of today."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("team", "status")
    _file_name: ClassVar[str] = "people"

    teams: list[dict[str, str]] = []
    statuses: list[dict[str, str]] = []

    async def _prepare(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        names = await rx.run_in_thread(partial(people.team_names, actor))
        self.teams = [{"value": each, "label": each} for each in names]
        self.statuses = [{"value": each, "label": say(lang, f"people.status.{each}")} for each in (*STATUSES, "all")]

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        status = ask.filters.get("status", HERE)
        wanted = Wanted(
            words=ask.search,
            team=ask.filters.get("team", ""),
            status="" if status == "all" else status,
            sort=ask.sort or "name",
            descending=ask.descending,
            skip=ask.offset,
            size=ask.size,
        )
        found = people.people_page(actor, wanted)
        return Answer([_row(each) for each in found.lines], found.total)


class OrgState(rx.State):
    """The chart as a list of teams with their depth: a screen cannot draw a tree that has no end."""

    day: str = ""
    teams: list[dict[str, str]] = []
    members: dict[str, list[dict[str, str]]] = {}
    total: int = 0

    @rx.event
    @allow_signed_in()
    async def load(self):
        """The day that the address names, today otherwise."""
        await self._show(str(self.router.url.query_parameters.get("day", "")))

    @rx.event
    @allow_signed_in()
    async def see(self, day: str):
        """The chart of another day."""
        await self._show(day)

    async def _show(self, asked: str) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        on, tops = await rx.run_in_thread(partial(people.org_chart, actor, _day(asked)))
        self.day = on.isoformat()
        flat = [pair for top in tops for pair in _flat(top, 0)]
        self.total = sum(top.size for top in tops)
        self.teams = [
            {
                "id": str(each.team.id),
                "name": each.team.name,
                "depth": str(min(depth, DEEPEST)),
                "size": say(lang, "people.org.size", n=each.size),
            }
            for each, depth in flat
        ]
        self.members = {str(each.team.id): [_member(line) for line in each.members] for each, _ in flat}


def _row(each: Listed) -> dict[str, object]:
    return {
        "id": str(each.person.id),
        "href": f"/people/{each.person.id}",
        "name": each.person.name,
        "title": each.title,
        "team": each.team,
        "manager": each.manager,
        "email": each.person.email,
        "hired_on": each.person.hired_on,
        "external_id": each.person.external_id,
        "status": status_pill(each.status),
    }


def _member(line: Listed) -> dict[str, str]:
    return {"href": f"/people/{line.person.id}", "name": line.person.name, "title": line.title}


def _flat(team: OrgTeam, depth: int) -> list[tuple[OrgTeam, int]]:
    return [(team, depth), *(pair for each in team.below for pair in _flat(each, depth + 1))]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
