"""Open deals tried on a statement: the very pay that a calculation gives once they are won, and nothing written."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.service import runs, statements, whatif
from spm_app.compensation.service.whatif import Panel, Wish
from spm_app.compensation.state.statement import StatementState
from spm_app.compensation.state.whatif import WhatIfState
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome, Owner
from spm_app.crm.domain.records import CrmBatch
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Money
from tests.compensation.office import QUARTER, Office
from tests.crm.builders import deal
from tests.training.screen import Screen

if TYPE_CHECKING:
    from spm_app.kernel.rights import Actor


def offer(office: Office, **said: object) -> None:
    """Three open deals: the rep's own, one shared, and one of somebody else."""
    staff = office.staff
    shared = (Owner(staff.rep.person_id, 333_333), Owner(staff.other.person_id, 666_667))
    open_ = {"outcome": Outcome.OPEN, "stage": "Proposal", "close_on": None, **said}
    deals = (
        deal("O1", owners=(Owner(staff.rep.person_id),), amount=Money.of("500"), **open_),
        deal("O2", owners=shared, amount=Money.of("200.01"), **open_),
        deal("O3", owners=(Owner(staff.other.person_id),), amount=Money.of("900"), **open_),
    )
    crm.load(staff.admin, CrmBatch(deals=deals), "test")


def panel_of(actor: Actor, office: Office) -> tuple[Panel, int]:
    (own,) = statements.statements(office.staff.rep, own=True)
    return whatif.panel(actor, own.statement.id), own.statement.id


def earned_by_rep(office: Office) -> Money:
    (own,) = statements.statements(office.staff.rep, own=True)
    return own.statement.earned


@pytest.fixture
def offered(office: Office) -> Office:
    offer(office)
    runs.calculate_period(office.admin, QUARTER)
    return office


def test_only_the_payees_own_open_deals_can_be_tried(offered: Office) -> None:
    given, _ = panel_of(offered.staff.rep, offered)
    assert [(each.name, each.amount) for each in given.deals] == [("Deal O1", 50_000), ("Deal O2", 20_001)]


def test_what_is_tried_is_what_a_calculation_gives_once_they_are_won(offered: Office) -> None:
    given, _ = panel_of(offered.staff.rep, offered)
    wishes = [Wish(each.id, each.amount, date(2026, 11, 20)) for each in given.deals]
    changed = whatif.estimate(given, wishes)
    assert earned_by_rep(offered) == changed[0].before
    offer(offered, outcome=Outcome.WON, stage="Won", close_on=date(2026, 11, 20))
    runs.calculate_period(offered.admin, QUARTER)
    assert changed[0].after == earned_by_rep(offered) != changed[0].before


def test_a_deal_on_another_day_does_not_count(offered: Office) -> None:
    given, _ = panel_of(offered.staff.rep, offered)
    late = whatif.estimate(
        given, [Wish(given.deals[0].id, 50_000, date(2027, 1, 1)), Wish(999_999, 1, date(2026, 11, 1))]
    )
    assert [each.after for each in late] == [each.before for each in late]


def test_nobody_tries_on_a_statement_that_they_may_not_read(offered: Office) -> None:
    with pytest.raises(NotFound):
        panel_of(offered.staff.other, offered)


def test_the_drawer_says_the_change_at_once(offered: Office) -> None:
    given, number = panel_of(offered.staff.rep, offered)
    screen = Screen(offered.staff.rep, f"/statements/{number}")

    async def tried() -> WhatIfState:
        await screen.run(StatementState.load)
        await screen.run(WhatIfState.show, True)
        await screen.run(WhatIfState.tick, given.deals[0].id)
        return await screen.run(WhatIfState.set_amount, given.deals[0].id, "1,000.00")

    state = asyncio.run(tried())
    assert (state.now, state.then, state.more) == ("€84.64", "€164.64", "+€80.00")
    assert [each["chosen"] for each in state.deals] == ["yes", ""]
    odd = asyncio.run(screen.run(WhatIfState.set_amount, given.deals[0].id, "a lot"))
    assert odd.more == ""
    assert "left out" in odd.deals[0]["wrong"]
    assert "does not count" in asyncio.run(_on_another_day(screen, given)).deals[0]["wrong"]
    assert asyncio.run(screen.run(WhatIfState.find, "O2")).deals[-1]["name"] == "Deal O2"


async def _on_another_day(screen: Screen, given: Panel) -> WhatIfState:
    await screen.run(WhatIfState.set_amount, given.deals[0].id, "5")
    return await screen.run(WhatIfState.set_day, given.deals[0].id, "2027-02-01")


def test_a_card_draws_its_curve(offered: Office) -> None:
    _, number = panel_of(offered.staff.rep, offered)
    state = asyncio.run(Screen(offered.staff.rep, f"/statements/{number}").run(StatementState.load))
    assert state.parts[0]["curve"].startswith("0.00,100.00 ")
    assert state.parts[0]["next_unit"] == "Of the next €1.00, 8% is earned."
    assert state.may_try
