"""Whose learning an actor may see, and what day it is for the company."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.infra import clock
from spm_app.kernel.period import Period
from spm_app.kernel.rights import Permission
from spm_app.people import service as people

if TYPE_CHECKING:
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Actor


def today(work: Work) -> date:
    """The company's day."""
    return people.company(work).calendar.day_of(clock.now())


def visible_learners(work: Work, actor: Actor) -> frozenset[PersonId] | None:
    """Oneself, today's team for a manager, None (everybody) for those who read all learning."""
    day = today(work)
    return people.visible_people(
        work,
        actor,
        Period(day, day + timedelta(days=1)),
        everyone=Permission.READ_ALL_LEARNING,
        team=Permission.READ_TEAM_LEARNING,
    )
