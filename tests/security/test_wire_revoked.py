"""Over a real socket: a handler that is at work when the session ends says nothing more, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

import pytest

from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from tests.security import wire
from tests.security.wire import COUNTS, PACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.security.conftest import Running

pytestmark = pytest.mark.slow

END = "to the end"
COUNTED = re.compile(r'"counted_at\w*": ([0-9.]+)')
AWAY = "window.location."


def root(running: Running) -> Actor:
    return Actor(running.held[Role.SYSADMIN], "Holder sysadmin", frozenset({Role.SYSADMIN, Role.COMP_ADMIN}))


def signed_out(running: Running, cookie: str) -> None:
    wire.sign_out(running.base, cookie)


def ended_by_another(running: Running, cookie: str) -> None:
    people.sign_out_everywhere(root(running), running.house.late)


def locked(running: Running, cookie: str) -> None:
    people.disable_account(root(running), running.house.late)


def of_another_role(running: Running, cookie: str) -> None:
    people.set_roles(root(running), running.house.late, {Role.TRAINER})


ENDS = (signed_out, ended_by_another, locked, of_another_role)


@pytest.mark.parametrize("end", ENDS)
async def test_a_handler_at_work_says_nothing_more_once_its_session_has_ended(
    running: Running, end: Callable[[Running, str], None]
) -> None:
    cookie = late(running)
    async with wire.Tab(running.base, cookie, origin=running.base) as tab:
        await tab.open()
        for each in (wire.WAIT, wire.COUNT):
            await tab.cast(each, {})
        await tab.hears('"counted_rx_state_": 3')
        end(running, cookie)
        ended_at = time.perf_counter()
        await asyncio.sleep(PACE * COUNTS + 1)
        said = tab.since(0)
        assert max(float(each) for each in COUNTED.findall(said)) <= ended_at
        assert AWAY in said
        assert END not in said
        assert "remembers 0" in await tab.say_on(wire.TELL)


async def test_a_tab_where_nothing_runs_is_sent_away_too(running: Running) -> None:
    cookie = late(running)
    async with wire.Tab(running.base, cookie, origin=running.base) as tab:
        await tab.open()
        assert AWAY not in tab.since(0)
        ended_by_another(running, cookie)
        await tab.hears(AWAY)
        assert "remembers 0" in await tab.say_on(wire.TELL)


async def test_a_handler_that_holds_the_tab_says_nothing_either(running: Running) -> None:
    cookie = late(running)
    async with wire.Tab(running.base, cookie, origin=running.base) as tab:
        await tab.open()
        await tab.cast(wire.LABOUR, {})
        await asyncio.sleep(PACE)
        ended_by_another(running, cookie)
        await tab.hears(AWAY)
        await asyncio.sleep(PACE * COUNTS / 2)
        assert END not in tab.since(0)
        assert "remembers 0" in await tab.say_on(wire.TELL)


async def test_what_ran_for_one_role_does_not_go_on_under_another(running: Running) -> None:
    """The tab arrives anew before the handler has said a word: it is not the new role's handler."""
    cookie = late(running)
    async with wire.Tab(running.base, cookie, origin=running.base) as tab:
        await tab.open()
        await tab.cast(wire.WAIT, {})
        await asyncio.sleep(PACE)
        of_another_role(running, cookie)
        assert '"trainer"' in await tab.open()
        await asyncio.sleep(PACE * COUNTS + 1)
        assert END not in tab.since(0)


async def test_others_go_on(running: Running) -> None:
    mine, cookie = running.fresh_cookie("manager"), late(running)
    async with wire.Tab(running.base, mine, origin=running.base) as tab:
        await tab.open()
        await tab.cast(wire.COUNT, {})
        ended_by_another(running, cookie)
        await tab.hears("counted to the end")
        assert AWAY not in tab.since(0)


def late(running: Running) -> str:
    """A session of somebody whom only these tests know, as what they were at first."""
    who = running.house.late
    people.enable_account(root(running), who)
    people.set_roles(root(running), who, {Role.REP})
    return running.fresh_cookie("late")
