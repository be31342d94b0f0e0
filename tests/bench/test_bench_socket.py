"""How long a person waits for an answer over the socket, and for news of others: alone, and among two hundred."""

from __future__ import annotations

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from reflex_base.utils.format import format_event_handler

from spm_app.crm.state.deals import DealsState
from spm_app.demo.guides import GUIDES, PASSWORD
from spm_app.demo.people import address
from spm_app.infra import bus, db
from spm_app.kernel.rights import Role
from spm_app.ui.search import SearchState
from tests.bench.notebook import note
from tests.conftest import forget_settings
from tests.security import wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
    from pathlib import Path

    from tests.e2e.served import Served

Found = TypeVar("Found")
FIND = format_event_handler(SearchState.event_handlers["find"])
WORDS = ("conti", "milan", "vento", "hotel", "gatti", "verona", "scuola", "sole")
CROWD = 200
#: Who may read deals.
READERS = frozenset({Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.AUDITOR})
#: Seconds between two events of one person, on average, while many are connected.
THINKING = 10.0
SECONDS = 20.0
#: How many tabs arrive together: a crowd does not come in one instant.
AT_ONCE = 20
#: How many facts are pushed, and the seconds between two.
PUSHES, PAUSE = 5, 4.0
#: Seconds without a word after which a page has arrived; and those after which an answer counts as lost.
QUIET, PATIENCE = 0.5, 60.0
COLUMNS = ("connected tabs", "measured", "median", "95 of 100", "slowest")


@pytest.mark.bench
def test_an_event_round_trip(served: Served) -> None:
    alone, among = (apart(round_trips(served.url, clients)) for clients in (1, CROWD))
    note(
        "An event over the socket and back",
        COLUMNS,
        [figures(1, alone), figures(CROWD, among)],
        "Searching people, deals and pages, through gate and database, on the demo company and SQLite, one web process."
        f" With many tabs each person does something every {THINKING:.0f} s; client and server share the machine.",
    )
    assert median(alone) < 0.5


@pytest.mark.bench
def test_a_push_to_everybody(served: Served) -> None:
    told, shown = apart(pushes(served, CROWD))
    note(
        "From a change to the screens of others",
        ("", *COLUMNS),
        [("told to look again", *figures(CROWD, told)), ("new rows there", *figures(CROWD, shown))],
        f"A fact is written, and every tab shows the deals: {CROWD} tabs ask for their page again, each with its own"
        " rights. Facts are looked for once a second, so half a second is what waiting alone takes on average.",
    )
    assert len(told) == len(shown) == CROWD * PUSHES


def apart(work: Coroutine[Any, Any, Found]) -> Found:
    """Do it on a thread of its own: the browser's driver keeps a loop on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def round_trips(base: str, clients: int) -> list[float]:
    """Seconds of each event, over all tabs."""
    async with crowd(base, clients, "/account", frozenset(Role)) as tabs:
        until = time.perf_counter() + SECONDS
        found = await asyncio.gather(*(_live(tab, until, 0.05 if clients == 1 else THINKING) for tab in tabs))
    return [each for waited in found for each in waited]


async def pushes(served: Served, clients: int) -> tuple[list[float], list[float]]:
    """Seconds from the change until each tab was told, and until it had its rows."""
    told: list[float] = []
    shown: list[float] = []
    with database(served.home):
        async with crowd(served.url, clients, "/deals", READERS) as tabs:
            for _ in range(PUSHES):
                watched = [asyncio.create_task(_follow(tab)) for tab in tabs]
                await asyncio.sleep(random.uniform(0, 1))
                await asyncio.to_thread(_change)
                begun = time.perf_counter()
                for heard, seen in await asyncio.gather(*watched):
                    told.append(max(0.0, heard - begun))
                    shown.append(seen - begun)
                await asyncio.sleep(PAUSE)
    return told, shown


@asynccontextmanager
async def crowd(base: str, clients: int, path: str, roles: frozenset[Role]) -> AsyncIterator[Sequence[wire.Tab]]:
    """That many tabs of the demo's people, signed in and arrived on the page."""
    cookies = [_cookie(base, address(guide.name)) for guide in GUIDES if guide.role in roles]
    async with AsyncExitStack() as stack:
        tabs = [wire.Tab(base, cookies[at % len(cookies)], origin=base) for at in range(clients)]
        for tab in tabs:
            await stack.enter_async_context(tab)
        for at in range(0, clients, AT_ONCE):
            await asyncio.gather(*(_arrive(tab, path) for tab in tabs[at : at + AT_ONCE]))
        yield tabs


@contextmanager
def database(home: Path) -> Iterator[None]:
    """The served company's own, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPM_HOME", str(home))
        patch.delenv("SPM_DATABASE_URL", raising=False)
        forget_settings()
        yield
        db.engine().dispose()
    forget_settings()


def figures(clients: int, waited: Sequence[float]) -> tuple[str, ...]:
    """A row of the table."""
    found = (median(waited), quantiles(waited, n=20)[-1], max(waited))
    return (str(clients), str(len(waited)), *(f"{each * 1000:.0f} ms" for each in found))


def _cookie(base: str, name: str) -> str:
    answer = wire.sign_in(base, name, PASSWORD)
    return answer.headers["set-cookie"].split(";")[0]


def _change() -> None:
    with db.unit_of_work() as work:
        bus.publish(work, "deals")


async def _live(tab: wire.Tab, until: float, pause: float) -> list[float]:
    rng, waited = random.Random(tab.token), []
    await asyncio.sleep(rng.uniform(0, pause))
    while time.perf_counter() < until:
        begun = time.perf_counter()
        await tab.cast(FIND, {"text": rng.choice(WORDS)})
        await _heard(tab, _says(SearchState), len(tab.heard))
        waited.append(time.perf_counter() - begun)
        await asyncio.sleep(rng.uniform(0.5, 1.5) * pause)
    return waited


async def _follow(tab: wire.Tab) -> tuple[float, float]:
    """When the tab was told to look again, and when, having asked as the browser does, it had its rows."""
    before = len(tab.heard)
    update = await _heard(tab, lambda each: bool(each.get("events")), before)
    told = time.perf_counter()
    before = len(tab.heard)
    for event in update["events"]:
        await tab.cast(event["name"], event["payload"], "/deals")
    await _heard(tab, _says(DealsState), before)
    return told, time.perf_counter()


def _says(state: Any) -> Callable[[dict[str, Any]], bool]:
    """Whether an update is about that state."""
    name = state.get_full_name()
    return lambda update: name in update.get("delta", {})


async def _heard(tab: wire.Tab, wanted: Callable[[dict[str, Any]], bool], since: int) -> dict[str, Any]:
    """The first such update after that many."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for at, update in enumerate(tab.heard[since:], since + 1):
                since = at
                if wanted(update):
                    return update
            tab._came.clear()
            await tab._came.wait()


async def _arrive(tab: wire.Tab, path: str) -> None:
    """Open the page, and wait until a while has passed without a word."""
    await tab.cast(wire.HYDRATE, {}, path)
    await _heard(tab, lambda _: True, 0)
    said = -1
    while said != len(tab.heard):
        said = len(tab.heard)
        await asyncio.sleep(QUIET)
