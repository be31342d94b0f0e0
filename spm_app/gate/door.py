"""The door: wraps the whole ASGI application. Nothing reaches Reflex that has not passed here first.

It answers its own addresses, sends strangers from pages to the sign-in, binds tabs to sign-ins, guards uploads, hides
what Reflex would serve to anyone, and puts the security headers on every answer.
"""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from reflex_base.config import get_config
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response

from spm_app.gate import headers, policies, visitor
from spm_app.gate.binding import bound, bound_query
from spm_app.gate.bucket import ALL_TABS, ALL_TABS_RATE, Buckets
from spm_app.gate.routes import routes
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from spm_app.people.domain import Who

_SOCKET, _UPLOAD, _DOOR, _BUILT = "/_event", "/_upload", "/door/", "/assets/"
#: Served by Reflex to anyone: uploaded files, the list of pages, a sign-in of its makers' cloud.
_HIDDEN = ("/_upload/", "/_all_routes", "/auth-codespace", "/_admin")
_FOUND = frozenset({200, 206, 304})
#: Bytes of one upload, all its files together.
LARGEST_UPLOAD = 64 * 1024 * 1024
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Door:
    """`public` are the pages that need no sign-in."""

    def __init__(self, app: ASGIApp, public: Collection[str] = ("/sign-in",)) -> None:
        self._app = app
        self._public = frozenset(public)
        self._paces = Buckets(ALL_TABS, ALL_TABS_RATE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at what comes, then let it through, answer it, or turn it away."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        asked_by = _whose(scope)
        if scope["path"].startswith(_SOCKET):
            scope = _with_bound_tab(scope)
        if scope["type"] == "websocket":
            await self._app(scope, self._paced(asked_by, receive), send)
            return
        answer = await self._answer(scope)
        await (answer or self._app)(_plain_if_page(scope), _limited(scope, receive), _Dressed(scope, send))

    def _paced(self, whose: str, receive: Receive) -> Receive:
        """Messages in their turn: a socket that is ahead of its time is not read, and fills nobody's memory."""

        async def receive_in_turn() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and (pause := self._paces.owes(whose)):
                await asyncio.sleep(pause)
            return message

        return receive_in_turn

    async def _answer(self, scope: Scope) -> ASGIApp | None:
        """What the door says itself; None lets Reflex answer."""
        path, asked = scope["path"], Headers(scope=scope)
        if path.startswith(_HIDDEN):
            return Response("", 404)
        if scope["method"] not in _READS and not path.startswith(_SOCKET) and not _is_from_here(asked):
            return JSONResponse({"error": "gate.other_origin"}, 403)
        if path.startswith(_DOOR):
            return routes
        if path.startswith(_UPLOAD):
            return await _upload_refusal(scope, asked)
        return await self._turn_strangers(scope, asked) if _is_page(scope, asked) else None

    async def _turn_strangers(self, scope: Scope, asked: Headers) -> Response | None:
        path = scope["path"].rstrip("/") or "/"
        who = await _who(asked)
        if path in self._public:
            return RedirectResponse("/", 303) if who and path == "/sign-in" else None
        if who:
            return None
        query = scope["query_string"].decode("latin-1")
        wanted = quote(f"{path}?{query}" if query else path, safe="")
        return RedirectResponse("/sign-in" if wanted == "%2F" else f"/sign-in?next={wanted}", 303)


async def _who(asked: Headers) -> Who | None:
    return await run_in_threadpool(people.who, visitor.token_in(asked.get("cookie", "")))


def _whose(scope: Scope) -> str:
    """The sign-in behind a request, or the address of a stranger."""
    asked = Headers(scope=scope)
    if token := visitor.token_in(asked.get("cookie", "")):
        return token
    return visitor.address_of((scope.get("client") or ("",))[0], asked.get("x-forwarded-for", ""))


def _is_from_here(asked: Headers) -> bool:
    """Whether a page of ours sends this. Browsers say so on everything that changes something; a program must too."""
    return asked.get("origin", "") in get_config().cors_allowed_origins


def _is_page(scope: Scope, asked: Headers) -> bool:
    name = scope["path"].rpartition("/")[2]
    return scope["method"] in _READS and "." not in name and "text/html" in asked.get("accept", "")


def _with_bound_tab(scope: Scope) -> Scope:
    token = visitor.token_in(Headers(scope=scope).get("cookie", ""))
    return {**scope, "query_string": bound_query(scope["query_string"], token)}


async def _upload_refusal(scope: Scope, asked: Headers) -> Response | None:
    """Only who may call the handler may send it files, and only into their own tab's state."""
    who = await _who(asked)
    need = policies.need_of(asked.get("reflex-event-handler", ""))
    if who is None or not need or not policies.allows(need, who.actor):
        return Response("", 401 if who is None else 403)
    if int(asked.get("content-length") or 0) > LARGEST_UPLOAD:
        return Response("", 413)
    token = visitor.token_in(asked.get("cookie", ""))
    given = MutableHeaders(raw=list(scope["headers"]))
    given["reflex-client-token"] = bound(asked.get("reflex-client-token", ""), token)
    scope["headers"] = given.raw
    return None


def _plain_if_page(scope: Scope) -> Scope:
    """A page is asked for whole and uncompressed: its inline scripts are hashed on the way out.

    An answer of "not modified" would come without their hashes. The slash at the end spares the browser a redirect to
    the page's folder.
    """
    asked = Headers(scope=scope)
    if not _is_page(scope, asked) or scope["path"].startswith(_DOOR):
        return scope
    given = MutableHeaders(raw=list(scope["headers"]))
    for name in ("accept-encoding", "if-none-match", "if-modified-since"):
        del given[name]
    path = scope["path"].rstrip("/") + "/"
    return {**scope, "headers": given.raw, "path": path, "raw_path": quote(path).encode()}


def _limited(scope: Scope, receive: Receive) -> Receive:
    """The same stream, cut when it grows past what the door takes, whatever its header promised."""
    taken = 0

    async def receive_within() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > LARGEST_UPLOAD else message

    return receive_within if scope["method"] not in _READS else receive


class _Dressed:
    """Sends an answer on with the security headers; a page is held until it is whole, to hash its scripts."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send = send
        self._path = scope["path"]
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.pathsend":
            body = await run_in_threadpool(Path(message["path"]).read_bytes)
            await self._collect({"type": "http.response.body", "body": body})
        elif message["type"] == "http.response.body":
            await self._collect(message)
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        if Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
            self._start = message
            return
        self._dress(message, b"")
        await self._send(message)

    async def _collect(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        assert self._start is not None  # noqa: S101 - `_begin` came first
        self._dress(self._start, self._body)
        start, self._start = self._start, None
        await self._send(start)
        await self._send({**message, "body": self._body})

    def _dress(self, message: Message, html: bytes) -> None:
        given = MutableHeaders(raw=list(message["headers"]))
        given.update(headers.for_answer(html))
        if self._path.startswith(_DOOR):
            given["cache-control"] = "no-store"
        elif html:
            given["cache-control"] = "no-cache"
        elif self._path.startswith(_BUILT) and message["status"] in _FOUND:
            given["cache-control"] = headers.FOR_EVER
        message["headers"] = given.raw


def door_for(public: Collection[str]) -> partial[Door]:
    """For `api_transformer` of the app."""
    return partial(Door, public=public)
