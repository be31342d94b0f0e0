"""Targets at Brezza: a goal a year, split by history in January, and drawn anew when the present quarter begins."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from spm_app.demo.company import CALENDAR, EUR
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Role
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal

if TYPE_CHECKING:
    from spm_app.demo.diary import Diary
    from spm_app.demo.office import Office

#: Who carries a quota.
CARRIERS = frozenset({"REP", "SENIOR"})
#: What a year is to bring, in hundredths of the year before.
_GROWTH = 108
_ROUND = 10_000


def note_goals(diary: Diary, office: Office) -> None:
    """Note a goal for each year that has a paid quarter, and the same goal again for those who sit there now."""
    quarters, window = office.company.quarters, office.company.window
    for year in sorted({CALENDAR.year_of(each.start) for each in quarters}):
        first = CALENDAR.parse(str(year)).start
        diary.on(max(first, window.start) + timedelta(days=9), partial(_set, office, year), hour=14)
    present = quarters[-1].start
    if present.month > 1:
        diary.on(present, partial(_set, office, CALENDAR.year_of(present)), hour=14)


def _set(office: Office, year: int) -> None:
    """Drawn up by one, approved by another, published."""
    planner, approver = office.guide(Role.COMP_ADMIN), office.guide(Role.FINANCE)
    new = NewGoal(str(year), _amount(office, year), f"Brezza {year}", CARRIERS)
    goal_id = planning.create_goal(planner, new)
    planning.step(planner, goal_id, "propose")
    planning.step(approver, goal_id, "approve")
    planning.step(planner, goal_id, "publish")


def _amount(office: Office, year: int) -> Money:
    """A little more than the year before, in round figures; the first year is as good as it is known to become."""
    won = [each for each in office.company.offers if each.is_won and each.amount and each.closed_on]
    before = sum(each.amount or 0 for each in won if each.closed_on and CALENDAR.year_of(each.closed_on) == year - 1)
    known = before or sum(each.amount or 0 for each in won) // 2
    return Money.of(known * _GROWTH // 100 // _ROUND * _ROUND or _ROUND, EUR)
