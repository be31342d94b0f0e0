"""How long a person waits for an answer over the socket: alone, and with two hundred others connected."""

from __future__ import annotations

import asyncio
import random
import time
from statistics import median, quantiles
from typing import TYPE_CHECKING

import pytest
from reflex_base.utils.format import format_event_handler

from spm_app.demo.guides import GUIDES, PASSWORD
from spm_app.demo.people import address
from spm_app.ui.search import SearchState
from tests.bench.notebook import note
from tests.security import wire

if TYPE_CHECKING:
    from tests.e2e.served import Served

FIND = format_event_handler(SearchState.event_handlers["find"])
WORDS = ("conti", "milan", "vento", "hotel", "gatti", "verona", "scuola", "sole")
#: Seconds between two events of one person, on average, while many are connected.
THINKING = 10.0
SECONDS = 20.0


@pytest.mark.bench
def test_an_event_round_trip(served: Served) -> None:
    rows = [asyncio.run(_measured(served.url, clients)) for clients in (1, 200)]
    note(
        "An event over the socket and back",
        ("connected tabs", "events measured", "median", "95 of 100", "slowest"),
        rows,
        "Searching people, deals and pages, through gate and database, on the demo company and SQLite, one web process."
        f" With many tabs each person does something every {THINKING:.0f} s; client and server share the machine.",
    )
    assert float(rows[0][2].split()[0]) < 500


async def _measured(base: str, clients: int) -> tuple[str, ...]:
    cookies = [_cookie(base, address(guide.name)) for guide in GUIDES]
    tabs = [wire.Tab(base, cookies[at % len(cookies)]) for at in range(clients)]
    for tab in tabs:
        await tab.__aenter__()
    await asyncio.gather(*(_arrive(tab) for tab in tabs))
    until = time.perf_counter() + SECONDS
    waited = [each for found in await asyncio.gather(*(_live(tab, until, clients) for tab in tabs)) for each in found]
    await asyncio.gather(*(tab.__aexit__(None, None, None) for tab in tabs))
    worst = quantiles(waited, n=20)[-1]
    figures = (median(waited), worst, max(waited))
    return (str(clients), str(len(waited)), *(f"{each * 1000:.0f} ms" for each in figures))


def _cookie(base: str, name: str) -> str:
    answer = wire.sign_in(base, name, PASSWORD)
    return "; ".join(f"{key}={value}" for key, value in answer.cookies.items())


async def _arrive(tab: wire.Tab) -> None:
    await tab.open("/account")


async def _live(tab: wire.Tab, until: float, clients: int) -> list[float]:
    rng, waited = random.Random(tab.token), []
    pause = 0.05 if clients == 1 else THINKING
    await asyncio.sleep(rng.uniform(0, pause))
    while time.perf_counter() < until:
        waited.append(await _round_trip(tab, rng.choice(WORDS)))
        await asyncio.sleep(rng.uniform(0.5, 1.5) * pause)
    return waited


async def _round_trip(tab: wire.Tab, words: str) -> float:
    heard, begun = len(tab.heard), time.perf_counter()
    await tab.cast(FIND, {"text": words})
    while len(tab.heard) == heard:
        await asyncio.wait_for(tab._came.wait(), 30)
        tab._came.clear()
    return time.perf_counter() - begun
