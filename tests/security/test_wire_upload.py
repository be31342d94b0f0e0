"""A file by the one way that there is: through the door, into one's own tab."""

from __future__ import annotations

import httpx

from tests.security import handlers, house, wire
from tests.security.conftest import Running

TAKE = next(each.name for each in handlers.every() if each.short == "PeopleImportState.take")
FILE = b"name,hired on\nNina Nuova,2026-01-01\n"


def upload(running: Running, name: str, token: str) -> httpx.Response:
    headers = {"origin": running.base, "cookie": running.cookie(name)}
    headers |= {"reflex-client-token": token, "reflex-event-handler": TAKE}
    return wire.post(f"{running.base}/_upload", files={"files": ("staff.csv", FILE)}, headers=headers)


async def test_a_file_reaches_the_tab_of_who_sent_it(running: Running) -> None:
    async with running.tab("sysadmin") as tab:
        await tab.open("/people/import")
        before = house.fingerprint()
        answer = upload(running, "sysadmin", tab.token)
    assert answer.status_code == 200
    assert "Nina Nuova" in answer.text
    assert house.fingerprint() == before


async def test_nobody_uploads_into_the_tab_of_another(running: Running) -> None:
    async with running.tab("sysadmin") as tab:
        await tab.open("/people/import")
        answer = upload(running, "comp_admin", tab.token)
        heard = str(tab.heard)
    assert "Nina Nuova" not in heard
    assert answer.status_code in {200, 403}


async def test_a_role_that_may_not_is_stopped_at_the_door(running: Running) -> None:
    async with running.tab("rep") as tab:
        await tab.open()
        assert upload(running, "rep", tab.token).status_code == 403
