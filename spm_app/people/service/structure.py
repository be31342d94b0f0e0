"""Titles and teams looked after: listed with what hangs on them, and taken away while nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.infra import audit, bus
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, NotFound
from spm_app.kernel.rights import Permission, require
from spm_app.people.domain.structure import team_lines, title_lines
from spm_app.people.service.directory import today
from spm_app.people.service.staff import TOPIC
from spm_app.people.store import organisation

if TYPE_CHECKING:
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import TeamId, TitleId
    from spm_app.kernel.rights import Actor
    from spm_app.people.domain.structure import TeamLine, TitleLine


@dataclass(frozen=True, slots=True)
class Structure:
    """Every title and team as of today, in order of their names."""

    titles: tuple[TitleLine, ...]
    teams: tuple[TeamLine, ...]
    today: date


def structure(actor: Actor) -> Structure:
    """For whoever looks after titles and teams."""
    require(actor, Permission.WRITE_PEOPLE)
    with reading() as work:
        on = today(work)
        return Structure(_titles(work, on), _teams(work, on), on)


def remove_title(actor: Actor, title_id: TitleId) -> None:
    """Take away a title that nobody holds, held or will hold. Raises NotFound, and Conflict while somebody does."""
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        found = next((each for each in _titles(work, today(work)) if each.title.id == title_id), None)
        if found is None:
            raise NotFound("people.title_unknown")
        if found.ever:
            raise Conflict("people.title_in_use", name=found.title.name, n=found.ever)
        organisation.remove_title(work, title_id)
        audit.record(work, actor, "title.removed", f"title:{title_id}", code=found.title.code, name=found.title.name)
        bus.publish(work, TOPIC)


def remove_team(actor: Actor, team_id: TeamId) -> None:
    """Take away a team in which nobody sits, sat or will sit, and under which no team ever hangs.

    Raises NotFound, and Conflict while it is in use.
    """
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        found = next((each for each in _teams(work, today(work)) if each.team.id == team_id), None)
        if found is None:
            raise NotFound("people.team_unknown")
        if found.ever:
            raise Conflict("people.team_in_use", name=found.team.name, n=found.ever)
        if found.below:
            raise Conflict("people.team_above_others", name=found.team.name, n=found.below)
        organisation.remove_team(work, team_id)
        audit.record(work, actor, "team.removed", f"team:{team_id}", code=found.team.code, name=found.team.name)
        bus.publish(work, TOPIC)


def _titles(work: Work, day: date) -> tuple[TitleLine, ...]:
    return title_lines(organisation.titles(work), organisation.seats(work), day)


def _teams(work: Work, day: date) -> tuple[TeamLine, ...]:
    teams = organisation.teams(work, day)
    places = {each.id: organisation.team_places(work, each.id) for each in teams}
    return team_lines(teams, organisation.seats(work), places, day)
