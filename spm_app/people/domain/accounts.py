"""Accounts and sessions: who may sign in, and who has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import INCOMPATIBLE, Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Actor

#: A session ends after this time without any act, and after this time whatever happens.
IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
#: Being seen is noted at most this often: an act must not cost a write.
SEEN_EVERY = timedelta(minutes=1)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
LANGUAGES = ("en", "it")
THEMES = ("system", "light", "dark")
#: What browsers and systems call themselves, and how people call them; the more special ones come first.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Account:
    """How a person signs in, without the password."""

    person_id: PersonId
    name: str
    sign_in_name: str
    roles: frozenset[Role]
    created_at: datetime
    disabled_at: datetime | None = None
    last_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """How somebody will sign in, and as what."""

    sign_in_name: str
    password: str = field(repr=False)
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class SignInSession:
    """One browser in which the person is signed in; `is_this` marks the one that asks."""

    id: int
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    agent: str
    is_this: bool = False

    @property
    def device(self) -> str:
        """The browser and the system, so that one knows the place again; what is unknown as it calls itself."""
        found = (next((word for mark, word in each.items() if mark in self.agent), "") for each in (BROWSERS, SYSTEMS))
        return " · ".join(word for word in found if word) or self.agent[:80]


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind a token, with what the screen needs of them."""

    actor: Actor
    session_id: int
    theme: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session. `token` is shown to the browser once and kept nowhere."""

    token: str = field(repr=False)
    who: Who


def is_live(session: SignInSession, now: datetime) -> bool:
    """Whether the session still counts: neither idle too long nor too old."""
    return now < session.expires_at and now - session.seen_at < IDLE


def role_problems(roles: Iterable[Role]) -> tuple[Problem, ...]:
    """A problem for each pair of roles that one person may not hold together."""
    held = set(roles)
    return tuple(
        Problem(at="roles", key="people.problem.roles_incompatible", args={"first": first, "second": second})
        for first, second in INCOMPATIBLE
        if {first, second} <= held
    )


def password_problems(password: str, *names: str) -> tuple[Problem, ...]:
    """What is wrong with a new password: length first, then names of the person in it, then one sign repeated."""
    if len(password) < SHORTEST_PASSWORD:
        return (Problem("password", "people.problem.password_short", {"least": SHORTEST_PASSWORD}),)
    if len(password) > LONGEST_PASSWORD:
        return (Problem("password", "people.problem.password_long", {"most": LONGEST_PASSWORD}),)
    folded = password.casefold()
    words = {word for name in names for word in name.casefold().replace("@", " ").replace(".", " ").split()}
    if any(word in folded for word in words if len(word) > 3):
        return (Problem("password", "people.problem.password_named"),)
    if len(set(folded)) < 5:
        return (Problem("password", "people.problem.password_plain"),)
    return ()
