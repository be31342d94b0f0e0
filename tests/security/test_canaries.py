"""Rows, over a real socket: every figure and word in the books is one person's, and nobody hears another's by any page.

Everybody opens every page that there is, with the numbers of everybody's things in the address, and calls what the page
offers with the numbers of others. What comes back, exported files opened, is searched for what they may not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import spm_app.spm_app
from spm_app.gate import policies
from spm_app.infra import clock
from spm_app.kernel.period import FiscalCalendar, Grain
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from tests.security import books, handlers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spm_app.kernel.ids import PersonId
    from spm_app.ui.pages import Page
    from tests.security.books import Canary
    from tests.security.conftest import Running

pytestmark = pytest.mark.slow


class Reader(NamedTuple):
    """Who reads, by sign-in name, and whose figures are theirs to read as a manager."""

    name: str
    role: Role
    team: tuple[str, ...] = ()


READERS = (
    *(Reader(role.value, role) for role in Role if role is not Role.MANAGER),
    Reader("manager", Role.MANAGER, ("rep", "nora")),
    Reader("otto", Role.MANAGER, ("pia", "zygmunt")),
    Reader("pia", Role.REP),
)
#: Who hears everybody's, by kind; a manager hears all of the team's but base pay.
ALL = frozenset({Role.COMP_ADMIN, Role.FINANCE, Role.AUDITOR})
EVERYBODY_S = {"pay": ALL - {Role.AUDITOR}, "statement": ALL, "quota": ALL | {Role.EXEC}, "deal": ALL}
#: Who knows everything anyway does not press every button: it would change the books for the others.
PRESS = frozenset(Role) - ALL | {Role.AUDITOR}
#: They end sessions, lock people out and change passwords, and have tests of their own.
NOT_PRESSED = ("OneAccountState.", "AccountState.", "HiringState.", "ChangesState.", "CorrectionsState.")
#: Pages opened in one tab: fewer events than the gate lets through at once.
AT_ONCE = 5
#: Numbers that the books use for statements, lines, questions, customers and much else.
NUMBERS = (1, 2, 3, 4, 7, 11)


@pytest.mark.parametrize("reader", READERS, ids=lambda each: each.name)
async def test_no_page_tells_what_is_another_s(running: Running, reader: Reader) -> None:
    paths, said = [path for page in spm_app.spm_app.PAGES for path in addresses(running, page)], ""
    for at in range(0, len(paths), AT_ONCE):
        async with running.tab(reader.name) as tab:
            for path in paths[at : at + AT_ONCE]:
                said += await tab.open(path)
    assert "Wait a moment" not in said
    heard = sung(running, said)
    assert [each for each in heard if not may_hear(running, reader, each)] == []
    assert {(each.person_id, each.kind) for each in heard} >= must_hear(running, reader)


@pytest.mark.parametrize("reader", [each for each in READERS if each.role in PRESS], ids=lambda each: each.name)
async def test_no_button_tells_what_is_another_s(running: Running, reader: Reader) -> None:
    heard: list[Canary] = []
    for page in spm_app.spm_app.PAGES:
        events = list(presses(running, page, reader))
        for path in addresses(running, page) if events else ():
            async with running.tab(reader.name) as tab:
                said = await tab.open(path) + await tab.say_each(events, path)
            assert "Wait a moment" not in said
            heard += sung(running, said)
    assert {each for each in heard if not may_hear(running, reader, each)} == set()


def addresses(running: Running, page: Page) -> Iterator[str]:
    """The page's address, once for each of the things that it may be about."""
    place, inside, _ = page.route.partition("[")
    if not inside:
        yield page.route
        return
    day = clock.now().date()
    numbers: dict[str, Sequence[object]] = {
        "/people/": [running.held[Role.REP], running.held[Role.FINANCE], *running.house.others.values()],
        "/statements/": (1, 2, 3, 4),
        "/accounts/": (1, 2, 3, 4),
        "/disputes/": (1, 2, 3, 4),
        "/deals/": (1, 2, 3, 4),
        "/runs/": [FiscalCalendar().containing(day, Grain.QUARTER).code],
    }
    yield from (f"{place}{number}" for number in numbers.get(place, (1,)))


def presses(running: Running, page: Page, reader: Reader) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the page's states offer to that person, with the numbers of others."""
    me = Actor(person_of(running, reader.name), reader.name, frozenset({reader.role}))
    states = {each.state_full_name for each in page.load}
    for each in handlers.every():
        is_offered = each.state.get_full_name() in states and not each.short.startswith(NOT_PRESSED)
        if not (is_offered and each.is_ours and each.need and policies.allows(each.need, me)):
            continue
        fits = handlers.fitting(each)
        whole = [name for name, value in fits.items() if type(value) is int]
        yield from ((each.name, fits | dict.fromkeys(whole, number)) for number in (NUMBERS if whole else (1,)))


def sung(running: Running, said: str) -> list[Canary]:
    plain = books.plainly(said)
    return [each for each in running.house.canaries if each.word in plain]


def may_hear(running: Running, reader: Reader, canary: Canary) -> bool:
    if canary.person_id == person_of(running, reader.name) or reader.role in EVERYBODY_S[canary.kind]:
        return True
    return canary.kind != "pay" and canary.person_id in {person_of(running, name) for name in reader.team}


def must_hear(running: Running, reader: Reader) -> set[tuple[PersonId, str]]:
    """What the pages do show to whom it belongs, lest a test pass because nothing was shown at all."""
    sellers = {each.person_id for each in running.house.canaries if each.kind == "deal"}
    own = {person_of(running, name) for name in (reader.name, *reader.team)} & sellers
    seen = sellers if reader.role in ALL else own
    return {(each, kind) for each in seen for kind in ("statement", "quota", "deal")}


def person_of(running: Running, name: str) -> PersonId:
    return running.house.others.get(name) or running.held[Role(name)]


async def test_what_one_role_was_shown_is_gone_with_the_role(running: Running) -> None:
    root = Actor(running.held[Role.SYSADMIN], "Holder sysadmin", frozenset({Role.SYSADMIN}))
    otto, reader = running.house.others["otto"], Reader("otto", Role.TRAINER)
    async with running.tab("otto") as tab:
        assert any(each.person_id != otto for each in sung(running, await tab.open("/team-earnings")))
        people.set_roles(root, otto, {Role.TRAINER})
        try:
            said = await tab.open("/team-earnings") + await tab.open("/statements/3") + await tab.open("/account")
        finally:
            people.set_roles(root, otto, {Role.MANAGER})
    assert [each for each in sung(running, said) if not may_hear(running, reader, each)] == []
