"""The screens of disputes without a browser: what is asked, tried, sent, answered and counted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.compensation.service import dispute_desk, disputes, runs, statements
from spm_app.compensation.service.statements import LineQuery
from spm_app.compensation.state.asking import AskingState
from spm_app.compensation.state.dispute import DisputeState
from spm_app.compensation.state.disputes import DisputeFiguresState, DisputesState
from spm_app.compensation.state.statement import StatementState
from tests.compensation.office import QUARTER
from tests.training.screen import Screen

if TYPE_CHECKING:
    from spm_app.kernel.ids import DisputeId
    from tests.compensation.office import Office


@pytest.fixture
def mine(office: Office) -> int:
    """The rep's statement."""
    runs.calculate_period(office.admin, QUARTER)
    (head,) = statements.statements(office.staff.rep, own=True)
    return head.statement.id


@pytest.fixture
def asked(office: Office, mine: int) -> DisputeId:
    """Raised by the rep."""
    return disputes.raise_dispute(office.staff.rep, mine, "rate", "Why?")


def test_a_line_is_disputed_with_a_calculation(office: Office, mine: int) -> None:
    rep = office.staff.rep
    line = next(each for each in statements.lines(rep, mine, LineQuery())[0] if each.transaction == "D2")
    screen = Screen(rep, f"/statements/{mine}")

    async def story() -> AskingState:
        await screen.run(StatementState.load)
        await screen.run(StatementState.open_row, line.id)
        await screen.run(AskingState.choose, "share")
        wrong = await screen.run(AskingState.try_it, {"deal": "D2", "share": "1e9"})
        assert set(wrong.errors) == {"share"}
        tried = await screen.run(AskingState.try_it, {"deal": "D2", "share": "100 %"})
        assert tried.tried["difference"] != ""
        unsaid = await screen.run(AskingState.send, {"reason": "split", "text": ""})
        assert set(unsaid.errors) == {"text"}
        return await screen.run(AskingState.send, {"reason": "split", "text": "All mine"})

    after = asyncio.run(story())
    assert (after.what, after.tried) == ("", {})
    (sent,) = disputes.disputes(rep)
    assert sent.counter is not None
    assert sent.dispute.line_id == line.id


@pytest.mark.parametrize(
    ("what", "form", "at"),
    [
        ("amount", {"deal": "D1", "amount": "x"}, "amount"),
        ("day", {"deal": "D1", "day": "soon"}, "day"),
        ("deal", {"amount": "5", "day": "2030-01-01"}, "day"),
        ("product", {"deal": "?", "product": "x"}, "transaction"),
        ("quota", {"amount": ""}, "amount"),
        ("nonsense", {}, "what"),
    ],
)
def test_what_cannot_be_calculated_is_said_at_its_field(
    office: Office, mine: int, what: str, form: dict[str, str], at: str
) -> None:
    screen = Screen(office.staff.rep, f"/statements/{mine}")

    async def story() -> AskingState:
        await screen.run(StatementState.load)
        await screen.run(AskingState.choose, what)
        return await screen.run(AskingState.try_it, form)

    assert set(asyncio.run(story()).errors) == {at}


def test_the_list_is_filtered_sorted_and_searched(office: Office, mine: int, asked: DisputeId) -> None:
    second = disputes.raise_dispute(office.staff.rep, mine, "split", "And this?")
    disputes.reject(office.admin, second, "No")

    async def shown(address: str) -> list[str]:
        state = await Screen(office.admin, address).run(DisputesState.load)
        return [each["number"] for each in state.rows]

    async def story() -> dict[str, list[str]]:
        asks = ("", "?state=open", "?state=late", "?state=rejected", "?reason=split", "?q=Rino&sort=number", "?q=zzz")
        sorts = [f"?sort={key}" for key in ("difference", "payee", "due", "state")]
        return {each: await shown(f"/disputes{each}") for each in (*asks, *sorts)}

    found = asyncio.run(story())
    first, other = f"#{asked}", f"#{second}"
    assert found[""] == [other, first]
    assert found["?state=open"] == [first]
    assert found["?state=late"] == found["?q=zzz"] == []
    assert found["?state=rejected"] == found["?reason=split"] == [other]
    assert found["?q=Rino&sort=number"] == [first, other]
    assert all(len(each) == 2 for key, each in found.items() if key.startswith("?sort"))


def test_the_thread_offers_each_reader_what_is_theirs(office: Office, asked: DisputeId) -> None:
    file_id = dispute_desk.attach(office.staff.rep, asked, "a.txt", b"x")

    async def read(actor: Any, number: object = asked) -> DisputeState:
        return await Screen(actor, f"/disputes/{number}").run(DisputeState.load)

    payee, admin = asyncio.run(read(office.staff.rep)), asyncio.run(read(office.admin))
    assert (payee.may, payee.may_write, payee.may_assign) == (["withdrawn"], True, False)
    assert set(admin.may) == {"with_compensation", "needs_information", "rejected"}
    assert [each["id"] for each in admin.files] == [str(file_id)]
    assert not asyncio.run(read(office.staff.other)).found
    assert not asyncio.run(read(office.admin, 999)).found

    async def answered() -> DisputeState:
        screen = Screen(office.admin, f"/disputes/{asked}")
        for handler, *values in (
            (DisputeState.load,),
            (DisputeState.choose_step, "with_compensation"),
            (DisputeState.answer, {"text": ""}),
            (DisputeState.answer, {"text": "Mine"}),
            (DisputeState.comment, {"comment": "Looking"}),
            (DisputeState.fetch, file_id),
            (DisputeState.load,),
            (DisputeState.choose_step, "accepted"),
            (DisputeState.answer, {"text": "Yes", "amount": "10,50", "period": QUARTER}),
        ):
            await screen.run(handler, *values)
        return await screen.run(DisputeState.load)

    after = asyncio.run(answered())
    assert [each["text"] for each in after.said] == ["Why?", "Mine", "Looking", "Yes"]
    assert len(after.lines) == 1
    assert "10.50" in after.lines[0]["amount"]


@pytest.mark.parametrize("step", ["needs_information", "rejected", "nonsense"])
def test_each_step_is_taken_from_its_form(office: Office, asked: DisputeId, step: str) -> None:
    async def taken() -> DisputeState:
        screen = Screen(office.staff.manager, f"/disputes/{asked}")
        await screen.run(DisputeState.load)
        await screen.run(DisputeState.choose_step, step)
        await screen.run(DisputeState.answer, {"text": "So"})
        return await screen.run(DisputeState.load)

    state = asyncio.run(taken())
    assert (state.said[-1]["text"] == "So") is (step != "nonsense")


def test_figures_are_for_who_reads_everybody_s_pay(office: Office, asked: DisputeId) -> None:
    async def read(actor: Any) -> DisputeFiguresState:
        return await Screen(actor, "/disputes").run(DisputeFiguresState.load)

    assert asked
    assert asyncio.run(read(office.staff.rep)).figures == {}
    assert asyncio.run(read(office.finance)).may_set is False
    admin = asyncio.run(read(office.admin))
    assert (admin.figures["asked"], admin.may_set) == ("1", True)

    async def set_days(form: dict[str, str]) -> DisputeFiguresState:
        return await Screen(office.admin, "/disputes").run(DisputeFiguresState.save, form)

    assert set(asyncio.run(set_days({"manager_days": "0", "compensation_days": "2"})).errors) == {"manager_days"}
    asyncio.run(set_days({"manager_days": "1", "compensation_days": "2", "blocks": "on"}))
    assert dispute_desk.policy(office.admin).blocks
