"""Whose pay a person may see: the one answer that every question about pay rows goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.store import periods
from spm_app.infra import clock
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rights import Actor, Permission
from spm_app.people import service as people

if TYPE_CHECKING:
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId


def payees(work: Work, actor: Actor, period: Period | None = None) -> frozenset[PersonId] | None:
    """The persons whose statements may be read; None means all.

    Everybody sees their own, a manager the team by the tree as of the period (this quarter when none is named),
    compensation, finance and audit all. Executives see totals, which is another question.
    """
    asked = period or _now(work)
    return people.visible_people(work, actor, asked, Permission.READ_ALL_STATEMENTS, Permission.READ_TEAM_STATEMENTS)


def payees_by_period(work: Work, actor: Actor) -> dict[str, frozenset[PersonId] | None]:
    """The same for every period that was opened, by its code."""
    return {each.period.code: payees(work, actor, each.period) for each in periods.all_periods(work)}


def may_read(seen: frozenset[PersonId] | None, payee: PersonId) -> bool:
    """Whether the payee is among those."""
    return seen is None or payee in seen


def _now(work: Work) -> Period:
    calendar = people.company(work).calendar
    return calendar.containing(calendar.day_of(clock.now()), Grain.QUARTER)
