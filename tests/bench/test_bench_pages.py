"""What a page costs: bytes of script and style, time to the first paint and to its data."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.bench.notebook import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Response

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

#: Kibibytes of script, as sent, that a page may cost a first visitor.
MOST_SCRIPT = 300
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_MENU = "els => els.map(each => new URL(each.href).pathname)"


@pytest.mark.bench
def test_what_each_page_costs(served: Served, open_at: Callable[..., Tab]) -> None:
    rows = [_cost(served, open_at, "", "/sign-in")]
    for role in ("rep", "comp_admin", "trainer", "sysadmin"):
        known = {row[0] for row in rows}
        rows += [_cost(served, open_at, role, path) for path in _paths(served, open_at, role) if path not in known]
    note(
        "What a page costs a first visitor",
        ("page", "script, sent", "style, sent", "first paint", "data there"),
        rows,
        "An empty cache each time, Chromium without a network between; compressed as it is sent.",
    )
    assert max(int(row[1].split()[0]) for row in rows) < MOST_SCRIPT


def _paths(served: Served, open_at: Callable[..., Tab], role: str) -> list[str]:
    tab = open_at(served)
    tab.sign_in(role)
    tab.go("/account")
    found = dict.fromkeys(["/account", *tab.page.eval_on_selector_all("nav a[href^='/']", _MENU)])
    tab.page.context.close()
    return list(found)


def _cost(served: Served, open_at: Callable[..., Tab], role: str, path: str) -> tuple[str, ...]:
    tab = open_at(served)
    if role:
        tab.sign_in(role)
    answers: dict[str, Response] = {}  # by address: what was preloaded is answered again, out of the cache
    tab.page.on("response", lambda response: answers.setdefault(response.url, response))
    begun = time.perf_counter()
    tab.go(path)
    settled = (time.perf_counter() - begun) * 1000
    paint = float(tab.page.evaluate(_PAINT))
    sent: Counter[str] = Counter()
    for answer in answers.values():
        sent[_kind(answer)] += _size(answer)
    tab.page.context.close()
    sizes = (f"{sent[kind] / 1024:.0f} KiB" for kind in (".js", ".css"))
    return (path, *sizes, f"{paint:.0f} ms", f"{settled:.0f} ms")


def _kind(response: Response) -> str:
    name = urlsplit(response.url).path
    return next((kind for kind in (".js", ".css") if name.endswith(kind)), "")


def _size(response: Response) -> int:
    return int(response.headers.get("content-length") or response.request.sizes()["responseBodySize"])
