"""The sides of a plan without a browser: prose, curve, changes, members, and the payee's yes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from spm_app.compensation.service import plans
from spm_app.compensation.state.plan_agreed import PlanAgreedState
from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.compensation.state.plan_pay import PlanPayState
from spm_app.compensation.state.plan_reading import PlanReadingState
from spm_app.compensation.state.plan_templates import PlanTemplateState
from spm_app.compensation.state.plans import PlanState
from tests.training.screen import Screen

if TYPE_CHECKING:
    from spm_app.kernel.rights import Actor
    from tests.compensation.office import Office


def walk(actor: Actor, office: Office, *acts: tuple[Any, ...]) -> list[Any]:
    """The state of each act, in order, on the only plan."""
    plan_id = plans.plans(office.admin)[0].plan_id
    screen = Screen(actor, f"/plans/{plan_id}")

    async def steps() -> list[Any]:
        return [await screen.run(handler, *values) for handler, *values in acts]

    return asyncio.run(steps())


def test_a_payee_reads_the_prose_and_agrees(office: Office) -> None:
    load, choose = (PlanState.load,), (PlanReadingState.choose, "document")
    plan, reading, agreed, *_, after = walk(
        office.staff.rep,
        office,
        load,
        choose,
        (PlanAgreedState.load,),
        (PlanAgreedState.agree,),
        (PlanAgreedState.load,),
    )
    assert not plan.may_judge
    assert any("5%" in each["text"] for each in reading.lines)
    assert (after is agreed, after.is_asked, bool(after.agreed_at)) == (True, False, True)


def test_whoever_writes_sees_curve_changes_and_members(office: Office) -> None:
    acts = (
        (PlanState.load,),
        (PlanState.renew,),
        (PlanState.load,),
        (PlanFormState.set_cell, "components[1].rate", "percent", "2"),
        (PlanFormState.try_out,),
        (PlanReadingState.choose, "changes"),
        (PlanPayState.draw,),
        (PlanReadingState.list_members,),
        (PlanAgreedState.list_answers,),
    )
    *_, form, reading, pay, _, agreed = walk(office.admin, office, *acts)
    assert form.errors == 0
    assert reading.changes == ["Component “Override”: rate changes from 1% to 2%."]
    assert [each.title for each in pay.curves] == ["Sales", "Override"]
    assert reading.members
    assert (agreed.given, agreed.missing) == (0, len(agreed.answers))


def test_templates_are_taken_whole_or_in_parts(office: Office) -> None:
    screen = Screen(office.admin, "/plans/0")

    async def steps() -> Any:
        await screen.run(PlanState.load)
        await screen.run(PlanTemplateState.begin_with, "threshold")
        await screen.run(PlanTemplateState.add_template, "threshold")
        return await screen.run(PlanFormState.try_out)

    form = asyncio.run(steps())
    assert [each.title for each in form.blocks if each.kind == "Component"] == ["sales", "sales-2"]
    assert any("worth" in each["text"] for each in form.findings)
