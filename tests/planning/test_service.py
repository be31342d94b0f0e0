"""Goals from history to published quotas, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed
from spm_app.kernel.money import Money
from spm_app.people import service as people
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal, State
from spm_app.planning.domain.grid import amount_at, is_locked_at
from spm_app.planning.domain.tree import TOP, at, snapshot
from tests.compensation.office import QUARTER, Office, open_office

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.kernel.ids import GoalId


@pytest.fixture
def office(database: str, fixed_clock: datetime) -> Office:
    """With a published goal of 4,000 for 2026."""
    del database, fixed_clock
    return open_office()


@pytest.fixture
def draft(office: Office) -> GoalId:
    """A second version of the year, still a draft."""
    return planning.create_goal(office.admin, NewGoal("2026", Money.of("9000.01"), "More"))


def test_a_goal_is_split_to_the_cent(office: Office, draft: GoalId) -> None:
    view = planning.goal(office.admin, draft)
    assert (view.goal.version, view.goal.state) == (2, State.DRAFT)
    assert view.top.amount == 9000_01 == sum(each.amount for each in view.top.below)
    assert {each.name for each in view.top.below} == {"North", "South"}
    assert [each.version for each in planning.goals(office.finance)] == [2, 1]


def test_edits_locks_and_undo_keep_the_sum(office: Office, draft: GoalId) -> None:
    before = planning.goal(office.admin, draft)
    key = f"p{office.staff.rep.person_id}"
    planning.edit(office.admin, draft, key, 1000_00, revision=1)
    planning.lock(office.admin, draft, key, is_locked=True, revision=2)
    planning.edit(office.admin, draft, TOP, 8000_00, revision=3)
    changed = planning.goal(office.admin, draft)
    assert at(changed.top, key).amount == 1000_00
    assert changed.goal.amount == Money.of("8000.00")

    planning.put_back(office.admin, draft, snapshot(before.top), revision=4)
    assert planning.goal(office.admin, draft).top == before.top
    with pytest.raises(Conflict, match="changed_meanwhile"):
        planning.edit(office.admin, draft, key, 1, revision=1)


def test_a_team_s_quarter_is_set_locked_and_undone(office: Office, draft: GoalId) -> None:
    before = planning.goal(office.admin, draft)
    team = before.top.below[0]
    key, minor = f"{team.key}q1", team.amount // 2
    planning.edit(office.admin, draft, key, minor, revision=1)
    planning.lock(office.admin, draft, key, is_locked=True, revision=2)
    planning.edit(office.admin, draft, TOP, 8000_00, revision=3)
    changed = planning.goal(office.admin, draft).top
    assert (amount_at(changed, key), is_locked_at(changed, key)) == (minor, True)
    assert all(not each.below or sum(x.amount for x in each.below) == each.amount for each in changed.walk())
    with pytest.raises(Conflict, match="changed_meanwhile"):
        planning.edit(office.admin, draft, key, 1, revision=1)
    with pytest.raises(NotAllowed):
        planning.edit(office.finance, draft, key, 1, revision=4)

    planning.put_back(office.admin, draft, snapshot(before.top), revision=4)
    assert planning.goal(office.admin, draft).top == before.top


def test_another_person_approves_and_a_new_version_replaces_the_old(office: Office, draft: GoalId) -> None:
    planning.step(office.admin, draft, "propose")
    with pytest.raises(NotAllowed):
        planning.step(office.admin, draft, "approve")
    planning.step(office.finance, draft, "approve")
    planning.step(office.admin, draft, "publish")
    assert [each.state for each in planning.goals(office.admin)] == [State.PUBLISHED, State.REPLACED]
    with reading() as work:
        quarter = people.company(work).calendar.parse(QUARTER)
        found = planning.quotas(work, quarter)
    assert {each.goal_id for each in found} == {draft}


def test_what_is_published_does_not_change(office: Office) -> None:
    published = planning.goals(office.admin)[0]
    with pytest.raises(Conflict, match="wrong_state"):
        planning.edit(office.admin, published.id, TOP, 1, revision=1)
    with pytest.raises(DBAPIError), unit_of_work() as work:
        work.session.execute(text("UPDATE planning_node SET amount = 1"))


def test_a_seller_sees_their_own_target_and_a_manager_the_team_s(office: Office) -> None:
    with reading() as work:
        quarter = people.company(work).calendar.parse(QUARTER)
    staff = office.staff
    assert [name for _, name in planning.targets(staff.rep, quarter)] == ["Rino Rep"]
    assert [name for _, name in planning.targets(staff.manager, quarter)] == ["Rino Rep"]
    assert {name for _, name in planning.targets(office.finance, quarter)} == {"Rino Rep", "Olga Other"}
    with pytest.raises(NotAllowed):
        planning.goals(staff.manager)


def test_bad_goals_name_their_fields(office: Office) -> None:
    with pytest.raises(InvalidInput) as refusal:
        planning.create_goal(office.admin, NewGoal("26", Money.of("0", "USD")))
    assert {each.at for each in refusal.value.problems} == {"year", "amount"}
    with pytest.raises(Conflict, match="no_carriers"):
        planning.create_goal(office.admin, NewGoal("2026", Money.of("5"), title_codes=frozenset({"NOBODY"})))
