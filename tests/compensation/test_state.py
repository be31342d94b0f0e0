"""The screens of pay without a browser: who is offered what."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from spm_app.compensation.service import periods, runs
from spm_app.compensation.state.runs import RunState
from tests.compensation.office import QUARTER
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
