"""Signing in and out, and who is behind a token."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, NotAllowed, NotFound
from spm_app.kernel.rights import Permission, require
from spm_app.people.domain import SignedIn, SignInSession, Who, normal
from spm_app.people.domain.accounts import ABSOLUTE, IDLE, SEEN_EVERY, is_live
from spm_app.people.domain.throttle import MOST_PER_ADDRESS, MOST_PER_NAME, WINDOW, wait
from spm_app.people.service import facts, passwords
from spm_app.people.store import accounts as store

if TYPE_CHECKING:
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Actor
    from spm_app.people.store.accounts import Credentials

_TOPIC = "accounts"


def sign_in(sign_in_name: str, password: str, *, address: str = "", agent: str = "") -> SignedIn:
    """A fresh session. Raises NotAllowed, the same for a wrong name and a wrong password, and Conflict to wait.

    The attempt is counted before the password is looked at, so that guessing in parallel gains nothing.
    """
    name = normal(sign_in_name)
    by_name, by_address = _digest(f"name:{name}"), _digest(f"address:{address}")
    attempt = count(by_name, by_address)
    with reading() as work:
        known = store.credentials(work, name)
    good = passwords.matches(password, known.password_hash if known else None)
    if known is None or known.is_disabled or not good:
        _note_refusal(known, address)
        raise NotAllowed("people.sign_in_refused")
    rehashed = passwords.hashed(password) if passwords.is_outdated(known.password_hash) else ""
    with unit_of_work() as work:
        store.forget_attempts(work, attempt, by_name)
        if rehashed:
            store.set_password(work, known.person_id, rehashed)
        return _begin(work, facts.actor_for(work, known.person_id), address, agent)


def who(token: str, *, is_act: bool = True) -> Who | None:
    """The person behind a token, as the database knows them this very moment; None when it no longer counts.

    Asking what is no act of theirs (`is_act`) leaves their rest as it is.
    """
    if not token:
        return None
    now = clock.now()
    with reading() as work:
        found = store.by_digest(work, _digest(token))
    if found is None or not is_live(found.session, now):
        return None
    if is_act and now - found.session.seen_at >= SEEN_EVERY:
        with unit_of_work() as work:
            store.set_seen(work, found.session.id, now)
    return Who(found.actor, found.session.id, found.theme)


def sign_out(token: str) -> None:
    """End the session of that token; nothing happens when there is none."""
    with unit_of_work() as work:
        person_id = store.end_session(work, _digest(token))
        if person_id is not None:
            audit.record(work, facts.actor_for(work, person_id), "session.ended", f"person:{person_id}")
            bus.publish(work, _TOPIC, str(person_id))


def sessions(actor: Actor, this: int | None = None) -> tuple[SignInSession, ...]:
    """Where the person is signed in, last seen first; `this` is the number of the session that asks."""
    now = clock.now()
    with reading() as work:
        live = (each for each in store.sessions(work, actor.person_id) if is_live(each, now))
        return tuple(replace(each, is_this=each.id == this) for each in live)


def sessions_of(actor: Actor, person_id: PersonId) -> tuple[SignInSession, ...]:
    """The same of anybody, for whoever manages the accounts."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    now = clock.now()
    with reading() as work:
        return tuple(each for each in store.sessions(work, person_id) if is_live(each, now))


def sign_out_everywhere(actor: Actor, person_id: PersonId) -> int:
    """End every session of somebody; how many there were."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    with unit_of_work() as work:
        ended = store.end_sessions(work, person_id)
        audit.record(work, actor, "session.all_ended", f"person:{person_id}", sessions=ended)
        bus.publish(work, _TOPIC, str(person_id))
    return ended


def revoke(actor: Actor, session_id: int) -> None:
    """End one of one's own sessions. Raises NotFound for anybody else's."""
    with unit_of_work() as work:
        if not store.end_sessions(work, actor.person_id, only=session_id):
            raise NotFound("people.session_unknown")
        audit.record(work, actor, "session.revoked", f"person:{actor.person_id}", session=session_id)
        bus.publish(work, _TOPIC, str(actor.person_id))


def own_attempts(person_id: PersonId) -> str:
    """The key under which somebody's tries at their own password are counted, from within."""
    return _digest(f"own:{person_id}")


def count(by_name: str, by_address: str = "") -> tuple[int, ...]:
    """Count the attempt, unless there were too many already. Raises Conflict.

    On PostgreSQL attempts at the same instant may not see each other; there are never more of those than connections
    in the pool.
    """
    now = clock.now()
    with unit_of_work() as work:
        store.forget_old_attempts(work, now - WINDOW)
        pause = max(
            wait(store.attempts(work, by_name, now - WINDOW), MOST_PER_NAME, now),
            wait(store.attempts(work, by_address, now - WINDOW), MOST_PER_ADDRESS, now),
        )
        if pause:
            raise Conflict("people.sign_in_wait", n=math.ceil(pause.total_seconds() / 60))
        return store.add_attempts(work, (by_name, by_address) if by_address else (by_name,), now)


def _begin(work: Work, actor: Actor, address: str, agent: str) -> SignedIn:
    now, token = clock.now(), secrets.token_urlsafe(32)
    store.forget_expired(work, now, now - IDLE)
    begun = SignInSession(0, now, now, now + ABSOLUTE, address[:64], agent[:300])
    session_id = store.add_session(work, actor.person_id, _digest(token), begun)
    audit.record(work, actor, "session.started", f"person:{actor.person_id}", address=begun.address)
    return SignedIn(token, Who(actor, session_id, store.theme_of(work, actor.person_id)))


def _note_refusal(known: Credentials | None, address: str) -> None:
    """The name that was typed is not kept: it may be a password in the wrong field."""
    with unit_of_work() as work:
        subject = f"person:{known.person_id}" if known else "person:unknown"
        audit.record(work, None, "session.refused", subject, address=address[:64])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
