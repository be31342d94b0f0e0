"""Where a team hangs in the tree, day by day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spm_app.infra import audit, bus
from spm_app.infra.db import unit_of_work
from spm_app.kernel.effective import Dated
from spm_app.kernel.errors import Conflict, NotFound
from spm_app.kernel.rights import Permission, require
from spm_app.people.domain.structure import hangs_under_itself
from spm_app.people.service.staff import TOPIC
from spm_app.people.store import organisation

if TYPE_CHECKING:
    from datetime import date

    from spm_app.kernel.ids import TeamId
    from spm_app.kernel.rights import Actor


def move_team(actor: Actor, team_id: TeamId, parent_id: TeamId | None, from_day: date) -> None:
    """Hang a team elsewhere from that day on.

    Raises NotFound, and Conflict when it would hang under itself on any day to come, and when a later move of its own
    is known: it would be lost silently.
    """
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        if not all(organisation.has_team(work, each) for each in (team_id, parent_id) if each is not None):
            raise NotFound("people.team_unknown")
        for day in (from_day, *organisation.days_of_moves(work, from_day)):
            parents = {each.id: each.parent_id for each in organisation.teams(work, day)}
            if hangs_under_itself(parents, team_id, parent_id):
                raise Conflict("people.team_under_itself")

        places = organisation.team_places(work, team_id)
        if any(each.start > from_day for each in places):
            raise Conflict("people.later_change_known", day=from_day)
        ended = [replace(each, end=from_day) for each in places if each.start < from_day]
        organisation.set_team_places(work, team_id, [*ended, Dated(parent_id, from_day)])
        audit.record(work, actor, "team.moved", f"team:{team_id}", parent=parent_id, start=from_day)
        bus.publish(work, TOPIC)
