"""Whose deals somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.infra import clock
from spm_app.kernel.period import Grain
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, TeamId
    from spm_app.kernel.period import Period
    from spm_app.kernel.rights import Actor


def seen(work: Work, actor: Actor) -> frozenset[PersonId] | None:
    """The persons whose deals the actor may read; None is everybody's. Raises NotAllowed.

    A manager sees those who were below them on any day of the fiscal year that is running.
    """
    require(actor, Permission.READ_CRM)
    if actor.may(Permission.READ_ALL_CRM):
        return None
    return people.visible_people(work, actor, this_year(work), Permission.READ_ALL_CRM, Permission.READ_TEAM_CRM)


def this_year(work: Work) -> Period:
    """The fiscal year that is running."""
    calendar = people.company(work).calendar
    return calendar.containing(calendar.day_of(clock.now()), Grain.YEAR)


def members(work: Work, team_id: TeamId, period: Period) -> frozenset[PersonId]:
    """Who sat in the team, or in one under it, on at least one day of the period."""
    above = {each.id: each.parent_id for each in people.teams(work, period.last_day)}
    return frozenset(seat.person_id for seat in people.seats(work, period) if team_id in _upwards(seat.team_id, above))


def _upwards(team_id: TeamId, above: Mapping[TeamId, TeamId | None]) -> Iterator[TeamId]:
    at: TeamId | None = team_id
    while at is not None:
        yield at
        at = above.get(at)
