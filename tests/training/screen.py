"""A person at a screen, without a browser: handlers run on a state tree, and what would be sent can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import reflex as rx
from reflex.istate.data import RouterData

from spm_app.ui.session import SessionState

if TYPE_CHECKING:
    from spm_app.kernel.rights import Actor


class Screen:
    """One tab of one person at one address."""

    def __init__(self, actor: Actor, address: str) -> None:
        """The address is path and query."""
        self.actor = actor
        self.said: list[Any] = []
        self._root = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
        self.go(address)

    def go(self, address: str) -> None:
        """Open another address in the same tab."""
        found = {"pathname": address, "asPath": address, "headers": {"origin": "http://localhost"}}
        self._root.router = RouterData.from_router_data(found)

    async def run(self, handler: Any, *values: Any) -> Any:
        """Call a handler as the gate would; the state that it belongs to."""
        session = await self._root.get_state(SessionState)
        session._actor, session.lang = self.actor, self.actor.language
        state = await self._root.get_state(_owner(handler))
        self.said.append(await handler.fn(state, *values))
        return state

    async def sent(self) -> dict[str, Any]:
        """Every public var of every state, as a browser gets it on connecting."""
        return self._root.dict()


def _owner(handler: Any) -> type[rx.State]:
    """The state class that the handler stands in."""
    name = handler.fn.__qualname__.partition(".")[0]
    return next(each for each in _all(rx.State) if each.__name__ == name)


def _all(state: Any) -> Any:
    yield state
    for each in state.get_substates():
        yield from _all(each)
