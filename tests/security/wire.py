"""A client of the running app without a browser: signs in, connects a tab, says events, keeps what comes."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

import httpx
import socketio
from reflex.state import State
from reflex_base.utils.format import format_event_handler

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = "/_event"
HYDRATE = format_event_handler(State.event_handlers["hydrate_and_load"])
#: Seconds of silence after which an event counts as answered; one that answers itself ends the wait sooner.
QUIET = 0.12
#: The same while some event has had no answer at all.
PATIENCE = 1.5


def sign_in(base: str, name: str, password: str, **headers: str) -> httpx.Response:
    """The door's answer to the form as a page sends it."""
    sent = {"origin": base} | headers
    return httpx.post(f"{base}/door/sign-in", data={"name": name, "password": password}, headers=sent)


def sign_out(base: str, cookie: str) -> None:
    """As the menu does it."""
    httpx.post(f"{base}/door/sign-out", headers={"origin": base, "cookie": cookie})


@dataclass
class Tab:
    """One socket. `heard` is everything that the server has sent, as it came."""

    base: str
    cookie: str = ""
    token: str = field(default_factory=lambda: str(uuid4()))
    origin: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    _client: socketio.AsyncClient = field(default_factory=lambda: socketio.AsyncClient(reconnection=False))
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Self:
        headers = {"cookie": self.cookie} | ({"origin": self.origin} if self.origin else {})
        self._client.on("event", self._hear, namespace=NAMESPACE)
        self._client.on("new_token", self._ignore, namespace=NAMESPACE)
        await self._client.connect(
            f"{self.base}?token={self.token}",
            headers=headers,
            socketio_path=NAMESPACE,
            namespaces=[NAMESPACE],
            transports=["websocket"],
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.disconnect()

    async def open(self, path: str = "/account") -> str:
        """Arrive on a page as the browser does; everything that was said, as text."""
        return await self.say(HYDRATE, {}, path=path)

    async def say(self, event: str, payload: Mapping[str, Any], path: str = "/account") -> str:
        """Cause an event and wait for silence; everything that was said, as text."""
        return await self.say_all({event: payload}, path)

    async def cast(self, event: str, payload: Mapping[str, Any], path: str = "/account") -> None:
        """Cause an event and wait for nothing."""
        sent = {"name": event, "payload": payload, "router_data": {"pathname": path, "asPath": path, "query": {}}}
        await self._client.emit("event", sent, namespace=NAMESPACE)

    async def say_all(self, events: Mapping[str, Mapping[str, Any]], path: str = "/account") -> str:
        """The same for many at once, in the order they are named."""
        before = len(self.heard)
        for event, payload in events.items():
            await self.cast(event, payload, path)
        await self._silence(before + len(events))
        return json.dumps(self.heard[before:], ensure_ascii=False)

    async def _silence(self, expected: int) -> None:
        """Until nothing more comes; a long while when there are fewer answers than events, for a busy server."""
        while True:
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), QUIET if len(self.heard) >= expected else PATIENCE)
            except TimeoutError:
                return

    async def _hear(self, update: Any) -> None:
        self.heard.append(json.loads(update) if isinstance(update, str) else update)
        self._came.set()

    async def _ignore(self, *_: object) -> None:
        """A second tab under the same name is given another; here that changes nothing."""
