"""The door's own addresses: sign in, sign out, fetch a file that was made for you."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from spm_app.gate import visitor
from spm_app.infra import files, handout
from spm_app.kernel.errors import Conflict, NotAllowed, NotFound, SpmError
from spm_app.people import service as people
from spm_app.people.domain.accounts import ABSOLUTE
from spm_app.ui.catalogue import say_error

if TYPE_CHECKING:
    from starlette.requests import Request

    from spm_app.people.domain import SignedIn

#: Bytes of a form of ours; a name and a password need far fewer.
_MOST = 8 * 1024


class _Form(BaseModel):
    """What is entered at the door."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(max_length=200)
    password: str = Field(max_length=1000, repr=False)
    next: str = Field(default="/", max_length=2000)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A form as it came: by a program (`is_json`) or by the page."""

    form: _Form
    is_json: bool


def inside_path(wanted: str) -> str:
    """Where to go on, if it is a path of ours; the home page otherwise, so that no link leads people elsewhere."""
    parts = urlsplit(wanted.replace("\\", "/"))
    is_ours = wanted.startswith("/") and not wanted.startswith("//") and not parts.netloc and not parts.scheme
    return wanted if is_ours and wanted.isprintable() else "/"


async def sign_in(request: Request) -> Response:
    """Begin a session and go where the person wanted to; a refusal goes back to the form, the same for any reason."""
    asked = await _read(request)
    if asked is None:
        return JSONResponse({"error": "gate.form_unreadable"}, 400)
    try:
        begun = await run_in_threadpool(_begin, request, asked.form)
    except (NotAllowed, Conflict) as refused:
        return _refused(request, asked, refused)
    if asked.is_json:
        answer: Response = JSONResponse({"name": begun.who.actor.name, "roles": sorted(begun.who.actor.roles)})
    else:
        answer = RedirectResponse(inside_path(asked.form.next), 303)
    _set_cookie(answer, begun.token)
    return answer


async def sign_out(request: Request) -> Response:
    """End the session; other tabs of the same browser notice at their next event."""
    await run_in_threadpool(people.sign_out, visitor.token_in(request.headers.get("cookie", "")))
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(visitor.cookie_name(), secure=visitor.is_secure(), httponly=True, samesite="lax")
    return answer


async def export(request: Request) -> Response:
    """The file behind a link, always as a download, to the person it was made for."""
    token = visitor.token_in(request.headers.get("cookie", ""))
    who = await run_in_threadpool(people.who, token)
    if who is None:
        return Response("", 401)
    try:
        given = handout.opened(request.path_params["token"], who.actor.person_id)
        path = files.path_of(given.content)
    except NotFound:
        return Response("", 404)
    return FileResponse(path, media_type=given.media_type, filename=given.filename)


routes = Starlette(
    routes=[
        Route("/door/sign-in", sign_in, methods=["POST"]),
        Route("/door/sign-out", sign_out, methods=["POST"]),
        Route("/door/export/{token}", export, methods=["GET"]),
    ]
)


async def _read(request: Request) -> _Asked | None:
    body = await request.body()
    if len(body) > _MOST:
        return None
    is_json = request.headers.get("content-type", "").startswith("application/json")
    try:
        if is_json:
            return _Asked(_Form.model_validate_json(body), is_json=True)
        return _Asked(_Form.model_validate(dict(parse_qsl(body.decode(), keep_blank_values=True))), is_json=False)
    except (ValidationError, UnicodeDecodeError):
        return None


def _begin(request: Request, form: _Form) -> SignedIn:
    """The session that this browser had ends with it: a token is never carried over."""
    peer = request.client.host if request.client else ""
    address = visitor.address_of(peer, request.headers.get("x-forwarded-for", ""))
    begun = people.sign_in(form.name, form.password, address=address, agent=request.headers.get("user-agent", ""))
    if before := visitor.token_in(request.headers.get("cookie", "")):
        people.sign_out(before)
    return begun


def _refused(request: Request, asked: _Asked, refused: SpmError) -> Response:
    status = 429 if isinstance(refused, Conflict) else 401
    if asked.is_json:
        lang = visitor.language_in(request.headers)
        return JSONResponse({"error": refused.key, "message": say_error(lang, refused)}, status)
    query: dict[str, Any] = {"error": "wait" if status == 429 else "refused", "next": inside_path(asked.form.next)}
    if status == 429:
        query["minutes"] = refused.args_of_text.get("n", 1)
    return RedirectResponse(f"/sign-in?{urlencode(query)}", 303)


def _set_cookie(answer: Response, token: str) -> None:
    partial(answer.set_cookie, path="/", httponly=True, samesite="lax", secure=visitor.is_secure())(
        visitor.cookie_name(), token, max_age=int(ABSOLUTE.total_seconds())
    )
