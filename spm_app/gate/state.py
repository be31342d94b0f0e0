"""What the pages of the gate remember: the sign-in, and one's own account."""

from __future__ import annotations

from functools import partial
from typing import Any

import reflex as rx

from spm_app.demo.service import demo_sign_ins
from spm_app.gate.routes import inside_path
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.rights import Actor
from spm_app.people import service as people
from spm_app.people.domain import SignInSession
from spm_app.ui import words
from spm_app.ui.catalogue import say, say_problem
from spm_app.ui.policy import allow_public, allow_signed_in
from spm_app.ui.session import SessionState, actor_of, language_of


class SignInState(rx.State):
    """The form at the door. It is sent by the browser itself, never through here: no password comes near a state."""

    refused: str = ""
    next: str = "/"
    offers: list[dict[str, str]] = []

    @rx.event
    @allow_public()
    async def load(self):
        """Say why the last attempt failed, where it goes next, and offer the sign-ins of a demo."""
        lang, asked = await language_of(self), self.router.url.query_parameters
        self.refused = _why(lang, asked.get("error", ""), asked.get("minutes", ""))
        self.next = inside_path(asked.get("next", "/"))
        self.offers = [
            {"role": each.role.value, "label": say(lang, f"people.role.{each.role.value}"),
             "name": each.sign_in_name, "password": each.password}
            for each in demo_sign_ins()
        ]  # fmt: skip


class AccountState(rx.State):
    """One's own account."""

    roles: str = ""
    sessions: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    changes: int = 0

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Roles in words, and where one is signed in."""
        actor, lang = await actor_of(self), await language_of(self)
        this = (await self.get_state(SessionState))._session_id
        zone, found = await rx.run_in_thread(partial(_sessions, actor, this))
        self.problems = {}
        self.roles = ", ".join(say(lang, f"people.role.{role}") for role in sorted(actor.roles)) or words.NOTHING
        self.sessions = [_row(each, lang, zone) for each in found]

    @rx.event
    @allow_signed_in()
    async def change_password(self, form: dict[str, Any]):
        """By knowing the old one; what is wrong stands beside its field."""
        actor, lang = await actor_of(self), await language_of(self)
        old, new, again = (str(form.get(name, "")) for name in ("old", "password", "again"))
        if new != again:
            self.problems = {"again": say(lang, "gate.password.differs")}
            return None
        this = (await self.get_state(SessionState))._session_id
        try:
            await rx.run_in_thread(partial(people.change_password, actor, old, new, keep_session=this))
        except InvalidInput as refused:
            self.problems = {each.at: say_problem(lang, each) for each in refused.problems}
            return None
        self.changes += 1
        return [rx.toast.success(say(lang, "gate.password.changed")), AccountState.load]

    @rx.event
    @allow_signed_in()
    async def end(self, session_id: int):
        """End one of one's own sessions."""
        await rx.run_in_thread(partial(people.revoke, await actor_of(self), session_id))
        return [rx.toast.success(say(await language_of(self), "gate.sessions.ended")), AccountState.load]


def _why(lang: str, error: str, minutes: str) -> str:
    if error == "wait":
        return say(lang, "people.sign_in_wait", n=int(minutes) if minutes.isdecimal() and len(minutes) < 4 else 1)
    return say(lang, "people.sign_in_refused") if error else ""


def _sessions(actor: Actor, this: int | None) -> tuple[str, tuple[SignInSession, ...]]:
    return people.zone(), people.sessions(actor, this)


def _row(each: SignInSession, lang: str, zone: str) -> dict[str, str]:
    return {
        "id": str(each.id),
        "device": each.device,
        "address": each.address,
        "seen": words.instant(each.seen_at, lang, zone),
        "this": say(lang, "gate.sessions.this") if each.is_this else "",
    }
