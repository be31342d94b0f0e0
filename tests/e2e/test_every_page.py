"""Every page that a role's menu leads to, and the first thing that each list leads to, is fit for everybody.

Two walks a role: English on a light desktop, Italian on a dark phone. On each page axe finds nothing, nothing scrolls
sideways, the browser has nothing to complain about, and nothing moves by itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from spm_app.kernel.rights import Role
from tests.e2e.tab import SHIFT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

WALKS = {"desktop": {"lang": "en"}, "phone": {"lang": "it", "phone": True, "dark": True}}
_LINKS = "els => els.map(each => new URL(each.href).pathname)"
_NUMBER = re.compile(r"/\d+")


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_page_is_fit_for_everybody(
    role: str, walk: str, served: Served, open_at: Callable[..., Tab], say_all: Callable[[str], None]
) -> None:
    tab = open_at(served, **WALKS[walk])
    tab.sign_in(role)
    tab.go("/account")
    seen: set[str] = set()
    faults = [fault for path in _ways(tab, seen) for fault in _faults(tab, path)]
    say_all(f"{role} on a {walk}: {len(seen)} pages")
    assert faults == [], "\n\n".join(faults)


def _ways(tab: Tab, seen: set[str]) -> Iterator[str]:
    """Every address of the menu, each followed by the first detail page of a kind that it links to."""
    menu = tab.page.eval_on_selector_all("nav a[href^='/']", _LINKS)
    for path in dict.fromkeys(["/account", *menu]):
        if path not in seen:
            seen.add(path)
            yield path
            yield from _details(tab, seen)


def _details(tab: Tab, seen: set[str]) -> Iterator[str]:
    kinds = {_NUMBER.sub("/#", path) for path in seen}
    for path in tab.page.eval_on_selector_all("main a[href^='/']", _LINKS):
        kind = _NUMBER.sub("/#", path)
        if kind != path and kind not in kinds:
            kinds.add(kind)
            seen.add(path)
            yield path


def _faults(tab: Tab, path: str) -> Iterator[str]:
    try:
        tab.go(path)
        tab.check_accessible()
        if tab.shifts() > SHIFT:
            yield f"{path} moves by itself: {tab.shifts():.2f}\n    {tab.moved()}"
    except AssertionError as fault:
        yield str(fault)
