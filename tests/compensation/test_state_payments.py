"""The screens of payments without a browser."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.compensation.service import agents, payroll
from spm_app.compensation.state.payment import AgentDocumentsState, PaymentState
from spm_app.compensation.state.payments import PaymentsState, TemplateState
from spm_app.compensation.state.printing_agent import invoice_document
from spm_app.people.domain import Engagement
from tests.compensation.office import QUARTER
from tests.compensation.test_service_payroll import SHAPE, become, final
from tests.training.screen import Screen

if TYPE_CHECKING:
    from tests.compensation.office import Office

__all__ = ["final"]


def test_a_shape_is_edited_with_its_rows_beside_it(final: Office) -> None:
    screen = Screen(final.finance, "/payments")

    async def story() -> list[Any]:
        seen: list[Any] = []
        state = await screen.run(TemplateState.load)
        seen.append((state.preview.splitlines()[0], state.errors))
        for name, value in (("name", "Paghe"), ("columns", "amount | Importo"), ("nonsense", "x")):
            state = await screen.run(TemplateState.set_field, name, value)
        seen.append((state.preview, set(state.errors)))
        state = await screen.run(TemplateState.set_field, "by_code", "")
        seen.append(state.preview.splitlines()[0])
        await screen.run(TemplateState.save)
        state = await screen.run(TemplateState.choose, "0")
        seen.append(state.held["name"])
        refused = await screen.run(TemplateState.save)
        seen.append(set(refused.errors))
        return seen

    first, wrong, right, new, refused = asyncio.run(story())
    assert first == ("Number;Name;Code;Amount;Day", {})
    assert wrong == ("", {"columns"})
    assert (right, new, refused) == ("Importo", "", {"name"})
    assert [each.name for each in payroll.templates(final.finance).values()] == ["Paghe"]


def test_an_export_is_made_approved_and_taken(final: Office) -> None:
    shape = payroll.save_template(final.finance, SHAPE)

    async def story() -> tuple[Any, Any, Any]:
        maker, other = Screen(final.finance, "/payments"), Screen(final.controller, "/payments/1")
        await maker.run(PaymentsState.load)
        await maker.run(PaymentsState.make, {"period": QUARTER, "template": str(shape)})
        again = await maker.run(PaymentsState.make, {"period": QUARTER, "template": str(shape)})
        before = await other.run(PaymentState.load)
        offered = (before.may_decide, before.may_take, before.facts["ties"], len(before.rows) > 0)
        await other.run(PaymentState.decide, True)
        after = await other.run(PaymentState.load)
        await other.run(PaymentState.sort_by, "amount")
        await other.run(PaymentState.take)
        return again.refusal, offered, (after.may_decide, after.may_take)

    refusal, offered, after = asyncio.run(story())
    assert refusal
    assert (offered, after) == ((True, False, "yes", True), (False, True))
    listed = asyncio.run(Screen(final.finance, "/payments").run(PaymentsState.load))
    assert [(each["number"], each["state_tone"]) for each in listed.rows] == [("#1", "good")]
    assert not asyncio.run(Screen(final.finance, "/payments/9").run(PaymentState.load)).found


@pytest.mark.parametrize("lang", ["en", "it"])
def test_an_agent_takes_a_document_to_invoice_against(final: Office, lang: str) -> None:
    become(final, Engagement.AGENT)
    export_id = payroll.export(final.finance, QUARTER, payroll.save_template(final.finance, SHAPE))
    payroll.decide(final.controller, export_id, approved=True)
    rep = final.staff.rep
    mine = asyncio.run(Screen(rep, "/statements/1").run(AgentDocumentsState.load))
    assert [each["payee_id"] for each in mine.rows] == [str(rep.person_id)]
    assert asyncio.run(Screen(final.finance, "/statements/1").run(AgentDocumentsState.load)).rows == []
    page = asyncio.run(Screen(final.finance, f"/payments/{export_id}").run(PaymentState.load))
    assert len(page.documents) == 1
    (document,) = agents.documents(rep)
    made = invoice_document(document, lang)
    assert made.startswith(b"%PDF-")
    assert made == invoice_document(document, lang)
