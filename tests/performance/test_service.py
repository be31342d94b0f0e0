"""The home page shows each role what is theirs, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.service import disputes, periods, plans, runs, statements
from spm_app.kernel.ids import PersonId
from spm_app.kernel.rights import Actor, Role
from spm_app.performance import service
from tests.compensation.office import PLAN, QUARTER, Office, open_office

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture
def office(database: str, fixed_clock: datetime) -> Office:
    """Hired, sold, planned, calculated."""
    del database, fixed_clock
    opened = open_office()
    runs.calculate_period(opened.admin, QUARTER)
    return opened


def _tasks(actor: Actor) -> list[tuple[str, str]]:
    return [(each.key.removeprefix("performance.task."), each.href) for each in service.home(actor).tasks]


def test_a_seller_sees_their_pay_and_figures_and_no_approval(office: Office) -> None:
    home = service.home(office.staff.rep)
    assert home.newest is not None
    assert home.newest.statement.payee_name == "Rino Rep"
    assert home.overview is not None
    assert [each.key for each in home.tasks] == ["performance.task.agree"]


def test_who_decides_sees_what_waits(office: Office) -> None:
    assert ("review", "/team-earnings") in _tasks(office.staff.manager)
    assert ("approve", f"/runs/{QUARTER}") in _tasks(office.finance)
    periods.approve(office.finance, QUARTER)
    assert ("finalise", f"/runs/{QUARTER}") in _tasks(office.controller)
    assert ("calculate", "/runs") in _tasks(office.admin)


def test_a_plan_waits_for_its_approver_then_for_its_author(office: Office) -> None:
    version = plans.save_draft(office.admin, PLAN.replace("code: sellers", "code: second"))
    plans.propose(office.admin, version)
    assert "plan" in dict(_tasks(office.finance))
    plans.approve(office.finance, version)
    assert "publish" in dict(_tasks(office.admin))


def test_a_question_waits_for_the_manager_and_shows_to_who_asked(office: Office) -> None:
    own = statements.statements(office.staff.rep, own=True)[0].statement
    disputes.raise_dispute(office.staff.rep, own.id, "other", "Why so little?")
    assert "own_disputes" in dict(_tasks(office.staff.rep))
    assert "disputes" in dict(_tasks(office.staff.manager))
    assert "disputes" not in dict(_tasks(office.staff.other))


def test_other_roles_have_their_rooms_and_no_pay(office: Office) -> None:
    for role, href in (
        (Role.SYSADMIN, "/settings/accounts"),
        (Role.AUDITOR, "/settings/audit"),
        (Role.TRAINER, "/studio"),
    ):
        actor = Actor(PersonId(950), "Somebody", frozenset({role}))
        home = service.home(actor)
        assert href in [each.href for each in home.tasks]
        assert home.newest is None
        assert (home.overview is None) == (role is not Role.AUDITOR)
    del office
