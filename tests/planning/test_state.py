"""The screens of targets without a browser: one's own with progress, the table changed in place, the way into force."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from spm_app.kernel.ids import GoalId, PersonId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rights import Actor, Role
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal
from spm_app.planning.domain.goal import State as Life
from spm_app.planning.domain.tree import Level
from spm_app.planning.state.goal import GoalState
from spm_app.planning.state.goals import GoalsState, NewGoalState, TargetsState
from spm_app.ui import words
from spm_app.ui.amounts import amount_in
from tests.compensation.office import sell
from tests.crm.builders import Staff, hire_staff
from tests.training.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import datetime
    from typing import Any

EXEC = Actor(PersonId(902), "Elsa Exec", frozenset({Role.EXEC}))
FINANCE = Actor(PersonId(901), "Fina Finance", frozenset({Role.FINANCE}))


@pytest.fixture
def staff(database: str, fixed_clock: datetime) -> Staff:
    del database, fixed_clock
    hired = hire_staff()
    sell(hired)
    return hired


def play(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)


def year_of(state: Any, name: str) -> str:
    return next(each.cells[0].text for each in state.rows if each.name == name)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250", "1250"),
        ("1,250.50", "1250.50"),
        ("1.250,5", "1250.5"),
        ("€1,250,000", "1250000"),
        ("1 250,00 €", "1250.00"),
        ("1.250", "1250"),
        ("", None),
        ("many", None),
        ("-5", None),
        (",", None),
        ("9" * 19, None),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, amount: str | None) -> None:
    assert amount_in(typed, Currency("EUR")) == (None if amount is None else Money.of(amount))


def test_a_goal_is_made_changed_locked_and_undone_on_screen(staff: Staff) -> None:
    async def story() -> None:
        desk = Screen(staff.admin, "/targets")
        listed = await desk.run(GoalsState.load)
        assert listed.total == 0
        dialog = await desk.run(NewGoalState.create, {"year": "soon", "amount": "much"})
        assert set(dialog.problems) == {"year", "amount"}
        await desk.run(NewGoalState.create, {"year": "2026", "amount": "1.000,01", "name": "Push"})
        goal_id = planning.goals(staff.admin)[0].id

        desk.go(f"/targets/{goal_id}")
        goal = await desk.run(GoalState.load)
        assert (goal.name, goal.total, goal.steps) == ("Push", "€1,000.01", ["propose"])
        north, before = f"t{staff.north}", year_of(goal, "North")
        await desk.run(GoalState.edit, north, "700")
        assert (year_of(goal, "North"), year_of(goal, "South")) == ("€700.00", "€300.01")
        await desk.run(GoalState.toggle, north)
        await desk.run(GoalState.edit, f"t{staff.south}", "5")
        assert (year_of(goal, "South"), goal.shown) == ("€300.01", 1)
        await desk.run(GoalState.edit, north, "no amount")
        assert goal.shown == 2
        await desk.run(GoalState.undo)
        await desk.run(GoalState.undo)
        assert (year_of(goal, "North"), goal.may_undo) == (before, False)

    play(story())


def test_a_team_s_quarter_is_changed_in_place_while_its_year_stays(staff: Staff) -> None:
    goal_id = planning.create_goal(staff.admin, NewGoal("2026", Money.of("1000.01")))

    async def story() -> None:
        desk = Screen(staff.admin, f"/targets/{goal_id}")
        goal = await desk.run(GoalState.load)
        north, before = next(each for each in goal.rows if each.name == "North"), year_of(goal, "North")
        assert [each.key for each in north.cells] == [
            f"t{staff.north}",
            *(f"t{staff.north}q{at}" for at in range(1, 5)),
        ]
        key = north.cells[2].key
        await desk.run(GoalState.edit, key, "1.50")
        await desk.run(GoalState.toggle, key)
        changed = next(each for each in goal.rows if each.name == "North")
        assert (changed.cells[2].text, changed.cells[2].is_locked) == ("€1.50", True)
        assert (year_of(goal, "North"), goal.total) == (before, "€1,000.01")
        await desk.run(GoalState.edit, north.cells[1].key, "5000")
        assert "cannot give that much" in str(desk.said[-1])
        await desk.run(GoalState.undo)
        await desk.run(GoalState.undo)
        assert next(each for each in goal.rows if each.name == "North") == north

    play(story())


def test_two_people_bring_it_into_force_and_the_seller_sees_it(staff: Staff) -> None:
    goal_id = planning.create_goal(staff.admin, NewGoal("2026", Money.of("1000.01")))

    async def story() -> None:
        author, approver = Screen(staff.admin, f"/targets/{goal_id}"), Screen(FINANCE, f"/targets/{goal_id}")
        await author.run(GoalState.load)
        await author.run(GoalState.take, "publish")
        written = await author.run(GoalState.take, "propose")
        assert written.steps == ["take_back"]
        agreed = await approver.run(GoalState.load)
        assert (list(agreed.steps), agreed.may_edit) == (["approve", "take_back"], False)
        await approver.run(GoalState.take, "approve")
        await author.run(GoalState.load)
        done = await author.run(GoalState.take, "publish")
        assert (done.tone, done.steps) == ("good", ["withdraw"])

        mine = await Screen(staff.rep, "/targets").run(TargetsState.load)
        assert (len(mine.own), mine.others, mine.sees_goals) == (4, [], False)
        assert (mine.own[3].won, mine.own[3].share) == ("€1,300.00", 100)
        assert (await Screen(staff.rep, "/targets").run(GoalsState.load)).total == 0

    play(story())


def test_an_approver_sends_it_back_and_the_next_version_begins_with_what_is_in_force(staff: Staff) -> None:
    goal_id = planning.create_goal(staff.admin, NewGoal("2026", Money.of("1000.01")))

    async def story() -> None:
        author, approver = Screen(staff.admin, f"/targets/{goal_id}"), Screen(FINANCE, f"/targets/{goal_id}")
        await author.run(GoalState.load)
        await author.run(GoalState.take, "propose")
        await approver.run(GoalState.load)
        back = await approver.run(GoalState.take, "take_back")
        assert (back.people["proposed"], list(back.steps), back.may_renew) == (words.NOTHING, [], False)

        for who, step in ((staff.admin, "propose"), (FINANCE, "approve"), (staff.admin, "publish")):
            planning.step(who, goal_id, step)
        assert (await author.run(GoalState.load)).may_renew
        await author.run(GoalState.renew)
        newer, older = planning.goals(staff.admin)
        assert (newer.version, newer.state, older.state) == (2, Life.DRAFT, Life.PUBLISHED)
        seen, known = planning.goal(EXEC, newer.id).top, planning.goal(staff.admin, older.id).top
        assert [each.amount for each in seen.walk()] == [each.amount for each in known.walk()]
        told = {each.level: each.past for each in seen.walk() if each.past}
        assert set(told) == {Level.COMPANY, Level.TEAM}

    play(story())


def test_a_goal_is_carried_by_the_titles_chosen(staff: Staff) -> None:
    async def story() -> None:
        desk = Screen(staff.admin, "/targets")
        dialog = await desk.run(NewGoalState.begin)
        assert "title.REP" in [each.field for each in dialog.titles]
        refused = await desk.run(NewGoalState.create, {"year": "2026", "amount": "9000", "title.NONE": "on"})
        assert refused.refused
        await desk.run(NewGoalState.create, {"year": "2026", "amount": "9000", "title.REP": "on"})
        assert len(planning.goals(staff.admin)) == 1

    play(story())


def test_a_goal_that_is_not_there_says_so(staff: Staff) -> None:
    async def story() -> None:
        gone = await Screen(staff.admin, "/targets/999").run(GoalState.load)
        assert (gone.found, gone.rows) == (False, [])

    play(story())


def test_the_table_goes_out_with_numbers(staff: Staff) -> None:
    goal_id = planning.create_goal(staff.admin, NewGoal("2026", Money.of("1000.01")))

    async def story() -> None:
        desk = Screen(staff.admin, f"/targets/{GoalId(goal_id)}")
        await desk.run(GoalState.load)
        await desk.run(GoalState.export, "csv")
        assert desk.said[-1] is not None

    play(story())
