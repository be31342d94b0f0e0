"""A statement beside the period before, in its year, and as it was on another day."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.service import history, runs, statements
from spm_app.compensation.state.statement_history import StatementHistoryState
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Owner
from spm_app.crm.domain.records import CrmBatch
from spm_app.infra import clock
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Money
from tests.compensation.office import QUARTER, Office
from tests.crm.builders import deal
from tests.training.screen import Screen

if TYPE_CHECKING:
    from spm_app.kernel.rights import Actor

EARLIER = "2026-Q3"


def own(office: Office, code: str) -> int:
    return next(each.statement.id for each in statements.statements(office.staff.rep, code, own=True))


def sell(office: Office, name: str, amount: str, on: date) -> None:
    sold = deal(name, owners=(Owner(office.staff.rep.person_id),), amount=Money.of(amount), close_on=on)
    crm.load(office.staff.admin, CrmBatch(deals=(sold,)), "test")


@pytest.fixture
def two(office: Office) -> Office:
    """Two quarters, both calculated."""
    sell(office, "S1", "400", date(2026, 9, 10))
    for code in (EARLIER, QUARTER):
        runs.calculate_period(office.admin, code)
    return office


def test_the_year_so_far_adds_up(two: Office) -> None:
    found = history.year_so_far(two.staff.rep, own(two, QUARTER))
    assert [each.statement.period_code for each in found.heads] == [EARLIER, QUARTER]
    assert found.due == sum((each.due for each in found.heads[1:]), found.heads[0].due)
    assert len(history.year_so_far(two.staff.rep, own(two, EARLIER)).heads) == 1


def test_each_component_stands_beside_the_period_before_with_its_causes(two: Office) -> None:
    beside = history.beside_previous(two.staff.rep, own(two, QUARTER))
    assert beside.earlier is not None
    sales = beside.changes[0]
    assert sum(minor for _, minor in sales.causes) == sales.difference != 0
    assert {name for name, _ in sales.causes} <= {"rule", "quota", "measure"}
    first = history.beside_previous(two.staff.rep, own(two, EARLIER))
    assert first.earlier is None
    assert [each.causes[0][0] for each in first.changes] == ["new", "new"]


def test_a_statement_is_shown_as_it_was(office: Office) -> None:
    with clock.at(datetime(2026, 11, 10, 9, tzinfo=UTC)):
        runs.calculate_period(office.admin, QUARTER)
    before = statements.statements(office.staff.rep, QUARTER, own=True)[0].statement
    sell(office, "N1", "2000", date(2026, 11, 12))
    with clock.at(datetime(2026, 11, 15, 9, tzinfo=UTC)):
        runs.calculate_period(office.admin, QUARTER)
    number = own(office, QUARTER)
    rep = office.staff.rep
    was = history.as_it_was(rep, number, date(2026, 11, 14))
    assert was.statement == before
    assert was.components
    assert history.as_it_was(rep, number, date(2026, 11, 9)).statement is None
    now = history.as_it_was(rep, number, date(2026, 11, 15)).statement
    assert now is not None
    assert now.id == number
    assert now.earned > before.earned


def test_nobody_looks_at_what_is_not_theirs(two: Office) -> None:
    number, stranger = own(two, QUARTER), two.staff.other
    for asked in (
        lambda: history.year_so_far(stranger, number),
        lambda: history.beside_previous(stranger, number),
        lambda: history.as_it_was(stranger, number, date(2026, 11, 20)),
        lambda: history.runs_of(stranger, number),
    ):
        with pytest.raises(NotFound):
            asked()


def test_the_screen_says_what_changed_and_why(two: Office) -> None:
    async def seen(actor: Actor) -> StatementHistoryState:
        screen = Screen(actor, f"/statements/{own(two, QUARTER)}")
        await screen.run(StatementHistoryState.load)
        return await screen.run(StatementHistoryState.look_back, "2026-12-31")

    state = asyncio.run(seen(two.staff.rep))
    assert "Credited are €1,300.00 instead of €400.00" in state.changes[0]["why"]
    assert state.year[-1]["due"] == state.past["due"]
    assert state.past["says"].startswith("Past: as it stood on 31 Dec 2026")
    stranger = asyncio.run(seen_by(two.staff.other, own(two, QUARTER)))
    assert (stranger.year, stranger.changes, stranger.earlier) == ([], [], "")


async def seen_by(actor: Actor, number: int) -> StatementHistoryState:
    return await Screen(actor, f"/statements/{number}").run(StatementHistoryState.load)
