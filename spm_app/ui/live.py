"""Open pages follow what happens: after a fact, the tabs that show its topic load themselves again.

A tab is only told to look again. It asks through the gate like any other event, with the rights its person has now, so
nothing can reach a screen by this way that its person may not see.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reflex.state import OnLoadInternalState, StateUpdate
from reflex_base.event import Event

from spm_app.infra import bus

if TYPE_CHECKING:
    import reflex as rx

    from spm_app.ui.pages import Page

#: Seconds between two looks: pushes are at most this frequent, and facts in between become one.
BEAT = 1.0
log = logging.getLogger(__name__)


def follow(app: rx.App, pages: Sequence[Page]) -> None:
    """Make the pages that name topics follow them for as long as the app runs."""
    topics = {page.route: frozenset(page.live) for page in pages if page.live}

    async def live_loop() -> None:
        seen = await asyncio.to_thread(bus.latest)
        while True:
            await asyncio.sleep(BEAT)
            try:
                seen = await _beat(app, topics, seen)
            except Exception:
                log.exception("live updates missed a beat")

    app.register_lifespan_task(live_loop)


async def _beat(app: rx.App, topics: Mapping[str, frozenset[str]], seen: int) -> int:
    facts = await asyncio.to_thread(bus.after, seen)
    if not facts:
        return seen
    for hear in _listeners:
        await hear(facts)
    told = {fact.topic for fact in facts}
    for token in _tabs(app, {route for route, named in topics.items() if named & told}):
        await _look_again(app, token)
    return facts[-1].id


_shown: dict[str, str] = {}
_listeners: list[Callable[[Sequence[bus.Fact]], Awaitable[None]]] = []


def told_to(hear: Callable[[Sequence[bus.Fact]], Awaitable[None]]) -> None:
    """Tell somebody else of the facts too, before the tabs look again."""
    _listeners.append(hear)


def shows(token: str, route: str) -> None:
    """Remember which page a tab shows; called whenever a page is loaded."""
    _shown[token] = route


def _tabs(app: Any, routes: set[str]) -> list[str]:
    connected = app.event_namespace._token_manager.token_to_socket
    for gone in [token for token in _shown if token not in connected]:
        del _shown[gone]
    return [token for token, route in _shown.items() if route in routes]


async def _look_again(app: Any, token: str) -> None:
    name = f"{OnLoadInternalState.get_full_name()}.on_load_internal"
    await app.event_namespace.emit_update(StateUpdate(events=[Event(name=name, payload={})]), token)
