"""The door over HTTP: signing in, what it refuses, what it hides, and what it tells every browser."""

from __future__ import annotations

import httpx
import pytest

from spm_app.infra import files, handout
from spm_app.infra.handout import Handout
from spm_app.kernel.rights import Role
from tests.security import house, wire
from tests.security.conftest import Running


def get(running: Running, path: str, cookie: str = "", accept: str = "text/html") -> httpx.Response:
    return wire.get(running.base + path, headers={"cookie": cookie, "accept": accept})


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(running: Running) -> None:
    said = wire.sign_in(running.base, "rep", house.PASSWORD).headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in said.split(";")}


@pytest.mark.parametrize("name", ["rep", "nobody-of-that-name", ""])
def test_a_refusal_is_the_same_for_any_reason(running: Running, name: str) -> None:
    answer = wire.sign_in(running.base, name, "wrong")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?error=refused&next=%2F")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "onward",
    ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "/a\nb"],
)
def test_no_link_leads_elsewhere(running: Running, onward: str) -> None:
    sent = {"name": "rep", "password": house.PASSWORD, "next": onward}
    answer = wire.post(f"{running.base}/door/sign-in", data=sent, headers={"origin": running.base})
    assert answer.headers["location"] == "/"


def test_it_leads_where_the_person_wanted(running: Running) -> None:
    sent = {"name": "rep", "password": house.PASSWORD, "next": "/deals?page=2"}
    answer = wire.post(f"{running.base}/door/sign-in", data=sent, headers={"origin": running.base})
    assert answer.headers["location"] == "/deals?page=2"


def test_signing_in_again_ends_the_session_before(running: Running) -> None:
    first = running.fresh_cookie("finance")
    wire.sign_in(running.base, "finance", house.PASSWORD, cookie=first)
    assert get(running, "/account", first).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
@pytest.mark.parametrize("path", ["/door/sign-in", "/door/sign-out", "/_upload"])
def test_another_site_cannot_post(running: Running, path: str, origin: str) -> None:
    answer = wire.post(running.base + path, data={"name": "rep"}, headers={"origin": origin} if origin else {})
    assert answer.status_code == 403


def test_a_program_may_sign_in_too(running: Running) -> None:
    sent = {"name": "rep", "password": house.PASSWORD}
    answer = wire.post(f"{running.base}/door/sign-in", json=sent, headers={"origin": running.base})
    assert answer.json() == {"name": "Holder rep", "roles": ["rep"]}
    refused = wire.post(f"{running.base}/door/sign-in", json=sent | {"password": "x"}, headers={"origin": running.base})
    assert (refused.status_code, refused.json()["error"]) == (401, "people.sign_in_refused")


@pytest.mark.parametrize(
    "body", [b"{", b'{"name": 1, "password": "x"}', b'{"name": "a", "password": "b", "c": 1}', b"[]"]
)
def test_a_form_is_read_strictly(running: Running, body: bytes) -> None:
    headers = {"origin": running.base, "content-type": "application/json"}
    assert wire.post(f"{running.base}/door/sign-in", content=body, headers=headers).status_code == 400


def test_a_form_is_short(running: Running) -> None:
    sent = {"name": "rep", "password": "x" * 10_000}
    assert wire.post(f"{running.base}/door/sign-in", data=sent, headers={"origin": running.base}).status_code == 400


def test_guessing_is_slowed(running: Running) -> None:
    locations = [wire.sign_in(running.base, "guessed", "wrong").headers["location"] for _ in range(12)]
    assert "error=refused" in locations[0]
    assert "error=wait" in locations[-1]
    assert "minutes=" in locations[-1]


def test_strangers_are_led_from_pages_to_the_sign_in(running: Running) -> None:
    answer = get(running, "/deals?page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fdeals%3Fpage%3D2")
    assert get(running, "/").headers["location"] == "/sign-in"


def test_who_is_in_needs_no_sign_in(running: Running) -> None:
    assert get(running, "/sign-in", running.cookie("rep")).headers["location"] == "/"
    assert get(running, "/account", running.cookie("rep")).status_code != 303


@pytest.mark.parametrize("path", ["/_upload/secret.pdf", "/_all_routes", "/auth-codespace", "/_admin"])
def test_what_reflex_serves_to_anyone_is_hidden(running: Running, path: str) -> None:
    assert get(running, path, running.cookie("sysadmin"), accept="*/*").status_code == 404


def test_strangers_upload_nothing(running: Running) -> None:
    headers = {"origin": running.base, "reflex-client-token": "x", "reflex-event-handler": "y"}
    answer = wire.post(f"{running.base}/_upload", files={"files": b"x"}, headers=headers)
    assert answer.status_code == 401


def test_nobody_uploads_to_a_handler_that_is_not_for_them(running: Running) -> None:
    headers = {"origin": running.base, "reflex-client-token": "x", "reflex-event-handler": "y"}
    headers["cookie"] = running.cookie("rep")
    assert wire.post(f"{running.base}/_upload", files={"files": b"x"}, headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["/ping", "/sign-in", "/door/export/x", "/no-such-page"])
def test_every_answer_tells_the_browser_what_it_may(running: Running, path: str) -> None:
    headers = get(running, path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


def test_a_file_is_handed_to_one_person_only(running: Running) -> None:
    content = files.keep(b"name;pay\n")
    link = handout.link(Handout(content, "pay roll.csv", "text/csv"), running.held[Role.FINANCE])
    mine = get(running, link, running.cookie("finance"))
    assert (mine.status_code, mine.content) == (200, b"name;pay\n")
    assert mine.headers["content-disposition"].startswith("attachment")
    assert mine.headers["cache-control"] == "no-store"
    assert get(running, link, running.cookie("rep")).status_code == 404
    assert get(running, link).status_code == 401
    assert "immutable" not in get(running, "/assets/none.js", accept="*/*").headers.get("cache-control", "")
    assert get(running, link[:-2] + "xx", running.cookie("finance")).status_code == 404
    assert get(running, "/door/export/..", running.cookie("finance")).status_code == 404
