"""Where a team hangs in the tree, day by day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spm_app.infra import audit, bus
from spm_app.infra.db import unit_of_work
from spm_app.kernel.effective import Dated
from spm_app.kernel.errors import Conflict
from spm_app.kernel.rights import Permission, require
from spm_app.people.service.staff import TOPIC
from spm_app.people.store import organisation

if TYPE_CHECKING:
    from datetime import date

    from spm_app.kernel.ids import TeamId
    from spm_app.kernel.rights import Actor


def move_team(actor: Actor, team_id: TeamId, parent_id: TeamId | None, from_day: date) -> None:
    """Hang a team elsewhere from that day on.

    Raises Conflict when it would hang under itself, and when a later move is known: it would be lost silently.
    """
    require(actor, Permission.WRITE_PEOPLE)
    with unit_of_work() as work:
        parents = {each.id: each.parent_id for each in organisation.teams(work, from_day)}
        above = parent_id
        while above is not None and above != team_id:
            above = parents.get(above)
        if above is not None:
            raise Conflict("people.team_under_itself")

        places = organisation.team_places(work, team_id)
        if any(each.start > from_day for each in places):
            raise Conflict("people.later_change_known", day=from_day)
        ended = [replace(each, end=from_day) for each in places if each.start < from_day]
        organisation.set_team_places(work, team_id, [*ended, Dated(parent_id, from_day)])
        audit.record(work, actor, "team.moved", f"team:{team_id}", parent=parent_id, start=from_day)
        bus.publish(work, TOPIC)
