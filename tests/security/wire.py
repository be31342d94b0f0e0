"""A client of the running app without a browser: signs in, connects a tab, says events, keeps what comes."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

import httpx
import socketio
from reflex.state import State
from reflex_base.utils.format import format_event_handler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMESPACE = "/_event"
HYDRATE = format_event_handler(State.event_handlers["hydrate_and_load"])
#: The suite's own event (`tests.security.echo`), whose answer comes after those of everything said before it.
ECHO = "reflex___state____state.tests___security___echo____echo.echo"
COUNT, WAIT, LABOUR, TELL = (f"{ECHO.removesuffix('echo')}{name}" for name in ("count", "wait", "labour", "tell"))
#: Seconds between two counts of the suite's own counter, and how many there are.
PACE, COUNTS = 0.1, 40
#: What sends a tab to the sign-in: the only other answer that the echo may have.
AWAY = "window.location.assign"
#: Seconds after which a server is broken rather than slow.
PATIENCE = 120.0
get, post = partial(httpx.get, timeout=PATIENCE), partial(httpx.post, timeout=PATIENCE)
#: Echoes in a row with nothing before them: what handlers set off has been answered too.
ROUNDS = 2
#: Seconds without a word after which one who is sent away has heard everything.
REST = 1.0


def sign_in(base: str, name: str, password: str, **headers: str) -> httpx.Response:
    """The door's answer to the form as a page sends it."""
    sent = {"origin": base} | headers
    return post(f"{base}/door/sign-in", data={"name": name, "password": password}, headers=sent)


def sign_out(base: str, cookie: str) -> None:
    """As the menu does it."""
    post(f"{base}/door/sign-out", headers={"origin": base, "cookie": cookie})


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
        """Cause an event and wait until it is answered; everything that was said, as text."""
        return await self.say_all({event: payload}, path)

    async def cast(self, event: str, payload: Mapping[str, Any], path: str = "/account") -> None:
        """Cause an event and wait for nothing."""
        sent = {"name": event, "payload": payload, "router_data": {"pathname": path, "asPath": path, "query": {}}}
        await self._client.emit("event", sent, namespace=NAMESPACE)

    async def say_all(self, events: Mapping[str, Mapping[str, Any]], path: str = "/account") -> str:
        """The same for many at once, in the order they are named."""
        return await self.say_each(list(events.items()), path)

    async def say_each(self, events: Sequence[tuple[str, Mapping[str, Any]]], path: str = "/account") -> str:
        """The same for events that may come more than once."""
        before = len(self.heard)
        for event, payload in events:
            await self.cast(event, payload, path)
        await self._settled(path)
        return self.since(before)

    async def say_on(self, event: str) -> str:
        """The same for whoever was sent away and stays all the same."""
        before = len(self.heard)
        await self.cast(event, {})
        await self._rest()
        return self.since(before)

    async def hears(self, text: str) -> None:
        """Wait until the server has said that."""
        async with asyncio.timeout(PATIENCE):
            while text not in self.since(0):
                self._came.clear()
                await self._came.wait()

    def since(self, before: int) -> str:
        """What came after that many answers, without the echoes."""
        return json.dumps([each for each in self.heard[before:] if ECHO not in str(each)], ensure_ascii=False)

    async def _settled(self, path: str) -> None:
        """Until the echo comes back with nothing before it, or the tab is sent to the sign-in, or to begin anew."""
        quiet = 0
        while quiet < ROUNDS:
            word, came = f"{ECHO} {uuid4()}", len(self.heard)
            await self.cast(ECHO, {"word": word}, path)
            async with asyncio.timeout(PATIENCE):
                while not (self._echoed(word, came) or self._sent_away(came)):
                    self._came.clear()
                    await self._came.wait()
            if not self._echoed(word, came):
                await self._rest()
                return
            quiet = quiet + 1 if len(self.heard) == came + 1 else 0

    async def _rest(self) -> None:
        """Until nothing more comes for a while: every event still under way is answered by sending away once more."""
        while True:
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), REST)
            except TimeoutError:
                return

    def _echoed(self, word: str, came: int) -> bool:
        return any(word in str(each) for each in self.heard[came:])

    def _sent_away(self, came: int) -> bool:
        return any("window.location." in str(each) for each in self.heard[came:])

    async def _hear(self, update: Any) -> None:
        self.heard.append(json.loads(update) if isinstance(update, str) else update)
        self._came.set()

    async def _ignore(self, *_: object) -> None:
        """A second tab under the same name is given another; here that changes nothing."""
