"""The screens of pay without a browser: who is offered what."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.service import disputes, periods, plans, runs, statements
from spm_app.compensation.state.dispute import DisputeState
from spm_app.compensation.state.plans import PlanState
from spm_app.compensation.state.runs import RunState
from spm_app.infra.db import reading
from spm_app.kernel.errors import Conflict
from spm_app.people import service as people
from tests.compensation.office import PLAN, QUARTER
from tests.training.screen import Screen

if TYPE_CHECKING:
    from spm_app.kernel.rights import Actor
    from tests.compensation.office import Office


def test_who_approved_a_period_sees_why_another_makes_it_final(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    periods.approve(office.finance, QUARTER)

    async def offered(actor: Actor) -> tuple[bool, bool]:
        state = await Screen(actor, f"/runs/{QUARTER}").run(RunState.load)
        return state.may_finalise, state.approved_it

    assert asyncio.run(offered(office.finance)) == (False, True)
    assert asyncio.run(offered(office.controller)) == (True, False)


def test_a_plan_in_force_is_changed_by_a_new_version_only(office: Office) -> None:
    (published,) = plans.plans(office.admin)
    screen = Screen(office.admin, f"/plans/{published.plan_id}")

    async def offered(*handlers: object) -> tuple[bool, bool, str]:
        state = None
        for each in handlers:
            state = await screen.run(each)
        return state.may_edit, state.may_renew, state.number  # pyright: ignore[reportOptionalMemberAccess]

    assert asyncio.run(offered(PlanState.load)) == (False, True, "1")
    assert asyncio.run(offered(PlanState.load, PlanState.renew, PlanState.load)) == (True, False, "2")
    assert [each.text for each in plans.plan(office.admin, published.plan_id).versions] == [PLAN, PLAN]


def test_a_reader_of_a_plan_in_force_is_offered_no_change(office: Office) -> None:
    (published,) = plans.plans(office.admin)

    async def offered() -> tuple[bool, bool, str]:
        state = await Screen(office.staff.rep, f"/plans/{published.plan_id}").run(PlanState.load)
        return state.may_edit, state.may_renew, state.text

    assert asyncio.run(offered()) == (False, False, PLAN)


def test_a_draft_is_not_begun_anew_and_waits_for_no_second_one(office: Office) -> None:
    (published,) = plans.plans(office.admin)
    version_id = plans.renew(office.admin, published.plan_id)
    changed = PLAN.replace("rate: 1 %", "rate: 2 %")
    plans.save_draft(office.admin, changed, published.plan_id)

    assert plans.renew(office.admin, published.plan_id) == version_id
    assert plans.plan(office.admin, published.plan_id).newest.text == changed

    plans.propose(office.admin, version_id)
    with pytest.raises(Conflict, match="plan_under_way"):
        plans.renew(office.admin, published.plan_id)


def test_a_run_and_a_statement_call_plans_and_titles_by_their_names(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    state = asyncio.run(Screen(office.finance, f"/runs/{QUARTER}").run(RunState.load))
    assert [(each["plan"], each["component"]) for each in state.log] == [("Sellers", "Sales"), ("Sellers", "Override")]
    heads = statements.statements(office.finance, QUARTER)
    assert heads
    with reading() as work:
        titles = {each.code: each.name for each in people.titles(work)}
    assert all(each.title == titles[each.statement.title_code] for each in heads)


def test_a_question_that_is_closed_offers_no_answer(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    rep = office.staff.rep
    (mine,) = statements.statements(rep, own=True)
    asked = disputes.raise_dispute(rep, mine.statement.id, "rate", "Why?")

    def answerable() -> list[bool]:
        state = asyncio.run(Screen(office.admin, f"/disputes/{asked}").run(DisputeState.load))
        return [bool(state.may), state.may_write]

    assert answerable() == [True, True]
    disputes.reject(office.admin, asked, "It is right.")
    assert answerable() == [False, False]
