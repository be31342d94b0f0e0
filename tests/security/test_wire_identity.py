"""Over a real socket and the door: who one is, for how long, and that no tab is ever another's."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from spm_app.gate.bucket import BURST
from spm_app.infra import db
from spm_app.infra.db import unit_of_work
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from tests.security import handlers, wire
from tests.security.conftest import Running
from tests.security.wire import AWAY

LOAD = next(each.name for each in handlers.every() if each.short == "AccountState.load")
END = next(each.name for each in handlers.every() if each.short == "AccountState.end")


def admin(running: Running) -> Actor:
    return Actor(running.held[Role.SYSADMIN], "Holder sysadmin", frozenset({Role.SYSADMIN}))


async def test_a_person_sees_themselves(running: Running) -> None:
    async with running.tab("rep") as tab:
        said = await tab.open()
    assert "Holder rep" in said
    assert '"rep"' in said


async def test_the_cookie_never_comes_back(running: Running) -> None:
    async with running.tab("rep") as tab:
        said = await tab.open()
    assert running.cookie("rep").split("=")[1] not in said


@pytest.mark.parametrize("thief", ["", "manager"])
async def test_the_name_of_a_tab_opens_nothing_to_another(running: Running, thief: str) -> None:
    async with running.tab("rep") as tab:
        await tab.open()
        await tab.say(LOAD, {})
        token = tab.token
    async with running.tab(thief, token=token) as tab:
        said = await tab.open() + await tab.say(LOAD, {})
    assert "Holder rep" not in said


async def test_not_even_the_name_that_the_server_uses(running: Running) -> None:
    async with running.tab("rep") as tab:
        said = await tab.open()
        inner = said.split('"client_token": "')[1].split('"')[0]
    assert inner != tab.token
    async with running.tab("manager", token=inner) as tab:
        assert "Holder rep" not in await tab.open() + await tab.say(LOAD, {})


async def test_signing_out_ends_the_other_tabs(running: Running) -> None:
    cookie = running.fresh_cookie("trainer")
    async with wire.Tab(running.base, cookie, origin=running.base) as tab:
        assert "Holder trainer" in await tab.open()
        wire.sign_out(running.base, cookie)
        assert AWAY in await tab.say(LOAD, {})
        assert "Holder trainer" not in await tab.open()
        assert AWAY in await tab.say(LOAD, {})


async def test_a_locked_account_is_out_at_once(running: Running) -> None:
    async with wire.Tab(running.base, running.fresh_cookie("exec"), origin=running.base) as tab:
        await tab.open()
        people.disable_account(admin(running), running.held[Role.EXEC])
        try:
            assert AWAY in await tab.say(LOAD, {})
        finally:
            people.enable_account(admin(running), running.held[Role.EXEC])


async def test_another_role_counts_at_once(running: Running) -> None:
    async with wire.Tab(running.base, running.fresh_cookie("trainer"), origin=running.base) as tab:
        await tab.open()
        people.set_roles(admin(running), running.held[Role.TRAINER], {Role.AUDITOR})
        try:
            await tab.say(LOAD, {})
            assert "location.reload" in tab.since(0)
            assert '"auditor"' in await tab.open()
        finally:
            people.set_roles(admin(running), running.held[Role.TRAINER], {Role.TRAINER})


@pytest.mark.parametrize("column", ["expires_at", "seen_at"])
async def test_a_session_ends_by_age_and_by_rest(running: Running, column: str) -> None:
    cookie = running.fresh_cookie("auditor")
    async with wire.Tab(running.base, cookie, origin=running.base) as tab:
        await tab.open()
        with unit_of_work() as work:
            old = text(f"UPDATE user_session SET {column} = :then WHERE person_id = :who")
            work.session.execute(old, {"then": _long_ago(), "who": int(running.held[Role.AUDITOR])})
        assert AWAY in await tab.say(LOAD, {})


async def test_nobody_ends_the_session_of_another(running: Running) -> None:
    running.cookie("manager")
    with db.engine().connect() as connection:
        query = text("SELECT id FROM user_session WHERE person_id = :who")
        (theirs,) = connection.execute(query, {"who": int(running.held[Role.MANAGER])}).scalars().fetchmany(1)
    async with running.tab("rep") as tab:
        await tab.open()
        assert "ended already" in await tab.say(END, {"session_id": theirs})
    async with running.tab("manager") as tab:
        assert "Holder manager" in await tab.open()


@pytest.mark.parametrize("wrong", [{"session_id": {"a": 1}}, {"session_id": "1"}, {"session_id": True}, {}, {"x": 1}])
async def test_arguments_are_what_is_written(running: Running, wrong: dict[str, object]) -> None:
    async with running.tab("rep") as tab:
        await tab.open()
        assert "cannot be done" in await tab.say(END, wrong)


@pytest.mark.parametrize("files", [{}, {"files": []}, {"files": [{"name": "x.csv"}]}, {"files": "x"}])
async def test_files_come_by_upload_alone(running: Running, files: dict[str, object]) -> None:
    take = next(each.name for each in handlers.every() if each.short == "PeopleImportState.take")
    async with running.tab("sysadmin") as tab:
        await tab.open()
        assert "cannot be done" in await tab.say(take, files)


async def test_a_flood_is_slowed(running: Running) -> None:
    async with running.tab("rep") as tab:
        await tab.open()
        said = [await tab.say(LOAD, {}) for _ in range(7)]
        assert "Wait a moment" not in "".join(said)
        for _ in range(int(BURST) + 1):
            await tab.cast(LOAD, {"unknown": 1})
        await tab.hears("Wait a moment")


async def test_an_unknown_event_leaves_no_secret_in_the_log(running: Running) -> None:
    async with running.tab("rep") as tab:
        await tab.open()
        await tab.say("no.such.event", {"password": "plainly-written-here"})
    log = running.log.read_text(errors="replace")
    assert "no.such.event" in log
    assert running.cookie("rep").split("=")[1] not in log
    assert "plainly-written-here" not in log


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://localhost", "https://localhost:1"])
async def test_another_site_cannot_connect(running: Running, origin: str) -> None:
    tab = running.tab("rep")
    tab.origin = origin
    with pytest.raises(Exception, match=r".+"):
        await tab.__aenter__()


def _long_ago() -> str:
    return "2020-01-01 00:00:00+00:00" if db.engine().dialect.name == "postgresql" else "2020-01-01 00:00:00.000000"
