"""Goals drawn from history know who joins and who leaves in the year, on both databases."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from spm_app.infra.db import reading
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import NewPerson, SeatChange
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal
from spm_app.planning.domain.tree import Node, at
from spm_app.planning.state.goal import GoalState
from tests.crm.builders import Staff, hire_staff
from tests.training.screen import Screen

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.kernel.ids import GoalId
    from spm_app.planning.state.lines import Row

GOAL = NewGoal("2026", Money.of("9000"), title_codes=frozenset({"REP"}))


@pytest.fixture
def staff(database: str, fixed_clock: datetime) -> Staff:
    del database, fixed_clock
    return hire_staff()


def joined(staff: Staff, day: date) -> PersonId:
    title = next(each.id for each in people.choices(staff.admin).titles if each.code == "REP")
    return people.hire(staff.admin, NewPerson("Nina New", day, title_id=title, team_id=staff.south))


def drawn(staff: Staff) -> tuple[GoalId, Node]:
    goal_id = planning.create_goal(staff.admin, GOAL)
    return goal_id, planning.goal(staff.admin, goal_id).top


def test_who_joins_inside_a_quarter_carries_its_days(staff: Staff) -> None:
    new = joined(staff, date(2026, 8, 16))
    goal_id, top = drawn(staff)
    person, colleague = at(top, f"p{new}"), at(top, f"p{staff.other.person_id}")
    assert [each.days for each in person.below] == [0, 0, 46, None]
    assert [each.amount for each in person.below][:2] == [0, 0]
    assert abs(2 * person.below[2].amount - colleague.below[2].amount) <= 2
    assert abs(person.below[3].amount - colleague.below[3].amount) <= 1
    assert top.amount == 9000_00 == sum(each.amount for each in top.below)
    assert at(top, f"t{staff.south}").amount == person.amount + colleague.amount
    again = planning.renew(staff.admin, goal_id)
    assert planning.goal(staff.admin, again).top == top


def test_who_has_left_or_leaves_carries_until_the_last_day(staff: Staff) -> None:
    people.leave(staff.admin, staff.other.person_id, date(2026, 5, 10))
    goal_id, top = drawn(staff)
    gone = at(top, f"p{staff.other.person_id}")
    assert [each.days for each in gone.below] == [None, 40, 0, 0]
    assert gone.team_id == staff.south
    assert [each.amount for each in gone.below][2:] == [0, 0]

    finance = Actor(PersonId(901), "Fina Finance", frozenset({Role.FINANCE}))
    for who, step in ((staff.admin, "propose"), (finance, "approve"), (staff.admin, "publish")):
        planning.step(who, goal_id, step)
    with reading() as work:
        calendar = people.company(work).calendar
        held = [{each.person_id for each in planning.quotas(work, calendar.parse(f"2026-Q{at}"))} for at in (2, 3)]
    assert [staff.other.person_id in each for each in held] == [True, False]


def test_who_changes_team_counts_in_the_one_of_today_for_all_days(staff: Staff) -> None:
    title = next(each.id for each in people.choices(staff.admin).titles if each.code == "REP")
    people.move(staff.admin, staff.other.person_id, SeatChange(title, staff.north, None, date(2026, 7, 1)))
    _, top = drawn(staff)
    moved = at(top, f"p{staff.other.person_id}")
    assert moved.team_id == staff.north
    assert [each.days for each in moved.below] == [None] * 4


def test_who_comes_later_counts_in_the_team_they_come_to(staff: Staff) -> None:
    new = joined(staff, date(2026, 12, 31))
    _, top = drawn(staff)
    assert (at(top, f"p{new}").team_id, [each.days for each in at(top, f"p{new}").below]) == (staff.south, [0, 0, 0, 1])


def test_the_page_says_the_days_and_offers_nothing_where_nobody_is(staff: Staff) -> None:
    joined(staff, date(2026, 8, 16))
    goal_id, _ = drawn(staff)

    async def story() -> None:
        desk = Screen(staff.admin, f"/targets/{goal_id}")
        goal = await desk.run(GoalState.load)
        rows: list[Row] = goal.rows
        nina = next(each for each in rows if each.name == "Nina New")
        assert [each.days for each in nina.cells] == ["", "0 of 90 days", "0 of 91 days", "46 of 92 days", ""]
        assert [bool(each.key) for each in nina.cells] == [True, False, False, True, True]
        assert all(not cell.days for each in rows if each.name != "Nina New" for cell in each.cells)

    asyncio.run(story())
