"""Over a real socket: whoever approved a period cannot make it final, whatever their screen offers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.domain.life import PeriodState
from spm_app.compensation.service import periods, runs
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.period import Grain
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.ui.catalogue import say
from tests.security import handlers, house

if TYPE_CHECKING:
    from tests.security.conftest import Running

APPROVE, FINALISE = (
    next(each.name for each in handlers.every() if each.short == f"RunState.{name}") for name in ("approve", "finalise")
)
A_YEAR = timedelta(days=365)


async def test_who_approved_a_period_does_not_make_it_final(running: Running) -> None:
    """Refused for who they are: somebody else may take the same step."""
    finance, code = acting(running, Role.FINANCE), calculated(running)
    path = f"/runs/{code}"
    async with running.tab("finance") as tab:
        await tab.open(path)
        await tab.say(APPROVE, {}, path)
        assert stands(finance, code) is PeriodState.APPROVED
        before = house.fingerprint()
        await tab.say(FINALISE, {}, path)
        await tab.hears(say("en", "compensation.approver_does_not_finalise"))
    assert house.fingerprint() == before

    async with running.tab("finance") as tab:
        await tab.open(path)
        await tab.say(FINALISE, {}, path)
        await tab.hears(say("en", "compensation.approver_does_not_finalise"))
    assert stands(finance, code) is PeriodState.APPROVED

    periods.finalise(Actor(running.held[Role.SYSADMIN], "Carlo", frozenset({Role.FINANCE})), code)
    assert stands(finance, code) is PeriodState.FINALISED


def acting(running: Running, role: Role) -> Actor:
    return Actor(running.held[role], f"Holder {role.value}", frozenset({role}))


def calculated(running: Running) -> str:
    """The same quarter of last year: this year's stays as the other tests know it."""
    with reading() as work:
        calendar = people.company(work).calendar
    code = calendar.containing(calendar.day_of(clock.now()) - A_YEAR, Grain.QUARTER).code
    runs.calculate_period(acting(running, Role.COMP_ADMIN), code)
    return code


def stands(actor: Actor, code: str) -> PeriodState:
    return periods.period(actor, code).pay.state
