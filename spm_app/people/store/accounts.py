"""Accounts, sessions and counted failures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, update

from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId
from spm_app.kernel.rights import Actor, Role
from spm_app.people.domain import Account, SignInSession
from spm_app.people.tables import PersonRow, SignInAttemptRow, UserAccountRow, UserSessionRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Delete, Update
    from sqlalchemy.orm import Session

    from spm_app.infra.db import Work


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is compared when somebody signs in."""

    person_id: PersonId
    password_hash: str
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a token belongs to; whether the session still counts is another question."""

    actor: Actor
    session: SignInSession
    theme: str


def add(work: Work, account: Account, password_hash: str) -> None:
    """Keep a new account."""
    work.session.add(
        UserAccountRow(
            person_id=account.person_id,
            sign_in_name=account.sign_in_name,
            password_hash=password_hash,
            password_set_at=account.created_at,
            roles=_spelled(account.roles),
            theme="system",
            created_at=account.created_at,
        )
    )
    work.session.flush()


def accounts(work: Work) -> tuple[Account, ...]:
    """All of them, in order of their persons' names, with when each was last seen."""
    seen = (
        select(UserSessionRow.person_id, func.max(UserSessionRow.seen_at).label("at"))
        .group_by(UserSessionRow.person_id)
        .subquery()
    )
    query = (
        select(UserAccountRow, PersonRow.name, seen.c.at)
        .join(PersonRow, PersonRow.id == UserAccountRow.person_id)
        .outerjoin(seen, seen.c.person_id == UserAccountRow.person_id)
        .order_by(PersonRow.name, PersonRow.id)
    )
    return tuple(_account(row, name, seen_at) for row, name, seen_at in work.session.execute(query))


def account(work: Work, person_id: PersonId) -> Account:
    """The account of a person. Raises NotFound."""
    row = _row(work, person_id)
    return _account(row, work.session.get_one(PersonRow, person_id).name, None)


def has_account(work: Work, person_id: PersonId) -> bool:
    """Whether the person may sign in at all, or could once."""
    return work.session.get(UserAccountRow, person_id) is not None


def is_taken(work: Work, sign_in_name: str) -> bool:
    """Whether somebody signs in by that name."""
    query = select(UserAccountRow.person_id).where(UserAccountRow.sign_in_name == sign_in_name)
    return work.session.scalar(query) is not None


def any_with(work: Work, role: Role) -> tuple[PersonId, ...]:
    """Who holds the role and is not disabled."""
    query = select(UserAccountRow).where(UserAccountRow.disabled_at.is_(None)).order_by(UserAccountRow.person_id)
    return tuple(PersonId(row.person_id) for row in work.session.scalars(query) if role in _roles(row.roles))


def credentials(work: Work, sign_in_name: str) -> Credentials | None:
    """What to compare for that name, or None when nobody signs in by it."""
    row = work.session.scalar(select(UserAccountRow).where(UserAccountRow.sign_in_name == sign_in_name))
    return None if row is None else _credentials(row)


def credentials_of(work: Work, person_id: PersonId) -> Credentials:
    """The same for a person. Raises NotFound."""
    return _credentials(_row(work, person_id))


def set_password(work: Work, person_id: PersonId, password_hash: str, at: datetime | None = None) -> None:
    """Keep another hash; without `at` it is the same password, hashed anew."""
    row = _row(work, person_id)
    row.password_hash = password_hash
    row.password_set_at = at or row.password_set_at
    work.session.flush()


def set_roles(work: Work, person_id: PersonId, roles: frozenset[Role]) -> None:
    """Keep these in place of what was held."""
    _row(work, person_id).roles = _spelled(roles)
    work.session.flush()


def theme_of(work: Work, person_id: PersonId) -> str:
    """The look of the person's choice."""
    return _row(work, person_id).theme


def set_theme(work: Work, person_id: PersonId, theme: str) -> None:
    """Keep the look of the person's choice."""
    _row(work, person_id).theme = theme
    work.session.flush()


def set_disabled(work: Work, person_id: PersonId, at: datetime | None) -> None:
    """Since when nobody signs in by it; None opens it again."""
    _row(work, person_id).disabled_at = at
    work.session.flush()


def roles_of(work: Work, person_id: PersonId) -> frozenset[Role]:
    """What the person is here to do; nothing without an account."""
    row = work.session.get(UserAccountRow, person_id)
    return frozenset() if row is None or row.disabled_at else _roles(row.roles)


def add_session(work: Work, person_id: PersonId, digest: str, session: SignInSession) -> int:
    """Keep a new session; its number."""
    row = UserSessionRow(
        person_id=person_id,
        token_digest=digest,
        created_at=session.created_at,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
        address=session.address,
        agent=session.agent,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def by_digest(work: Work, digest: str) -> Found | None:
    """Whom the token with that digest belongs to; nobody when the account is disabled."""
    query = (
        select(UserSessionRow, UserAccountRow, PersonRow)
        .join(UserAccountRow, UserAccountRow.person_id == UserSessionRow.person_id)
        .join(PersonRow, PersonRow.id == UserSessionRow.person_id)
        .where(UserSessionRow.token_digest == digest, UserAccountRow.disabled_at.is_(None))
    )
    found = work.session.execute(query).one_or_none()
    if found is None:
        return None
    session, account, person = found
    actor = Actor(PersonId(person.id), person.name, _roles(account.roles), person.language)
    return Found(actor, _session(session), account.theme)


def sessions(work: Work, person_id: PersonId) -> tuple[SignInSession, ...]:
    """Those of one person, last seen first."""
    query = select(UserSessionRow).where(UserSessionRow.person_id == person_id)
    rows = work.session.scalars(query.order_by(UserSessionRow.seen_at.desc(), UserSessionRow.id.desc()))
    return tuple(_session(row) for row in rows)


def set_seen(work: Work, session_id: int, at: datetime) -> None:
    """Note that the session was in use then."""
    work.session.execute(update(UserSessionRow).where(UserSessionRow.id == session_id).values(seen_at=at))


def end_session(work: Work, digest: str) -> PersonId | None:
    """Take it away; whose it was."""
    row = work.session.scalar(select(UserSessionRow).where(UserSessionRow.token_digest == digest))
    if row is None:
        return None
    work.session.delete(row)
    return PersonId(row.person_id)


def end_sessions(work: Work, person_id: PersonId, *, only: int | None = None, but: int | None = None) -> int:
    """Take away one of the person's sessions, all, or all but one; how many there were."""
    query = delete(UserSessionRow).where(UserSessionRow.person_id == person_id)
    if only is not None:
        query = query.where(UserSessionRow.id == only)
    if but is not None:
        query = query.where(UserSessionRow.id != but)
    return _count(work.session, query)


def forget_expired(work: Work, now: datetime, idle_since: datetime) -> None:
    """Take away sessions that no longer count."""
    work.session.execute(
        delete(UserSessionRow).where((UserSessionRow.expires_at <= now) | (UserSessionRow.seen_at <= idle_since))
    )


def attempts(work: Work, key: str, since: datetime) -> tuple[datetime, ...]:
    """When somebody tried and failed under the key, oldest first."""
    query = select(SignInAttemptRow.at).where(SignInAttemptRow.key == key, SignInAttemptRow.at > since)
    return tuple(work.session.scalars(query.order_by(SignInAttemptRow.at)))


def add_attempts(work: Work, keys: tuple[str, ...], at: datetime) -> tuple[int, ...]:
    """Count one attempt under each key; the numbers of the rows, to take them back."""
    rows = [SignInAttemptRow(key=key, at=at) for key in keys]
    work.session.add_all(rows)
    work.session.flush()
    return tuple(row.id for row in rows)


def forget_attempts(work: Work, ids: tuple[int, ...], key: str) -> None:
    """Take back these, and all that were counted under the key: whoever signed in starts anew."""
    work.session.execute(delete(SignInAttemptRow).where(or_(SignInAttemptRow.id.in_(ids), SignInAttemptRow.key == key)))


def forget_old_attempts(work: Work, before: datetime) -> None:
    """Take away what does not count any more."""
    work.session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.at <= before))


def _row(work: Work, person_id: PersonId) -> UserAccountRow:
    row = work.session.get(UserAccountRow, person_id)
    if row is None:
        raise NotFound("people.account_unknown")
    return row


def _credentials(row: UserAccountRow) -> Credentials:
    return Credentials(PersonId(row.person_id), row.password_hash, row.disabled_at is not None)


def _account(row: UserAccountRow, name: str, seen_at: datetime | None) -> Account:
    return Account(
        person_id=PersonId(row.person_id),
        name=name,
        sign_in_name=row.sign_in_name,
        roles=_roles(row.roles),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        last_seen_at=seen_at,
    )


def _session(row: UserSessionRow) -> SignInSession:
    return SignInSession(row.id, row.created_at, row.seen_at, row.expires_at, row.address, row.agent)


def _spelled(roles: frozenset[Role]) -> str:
    return " ".join(sorted(roles))


def _roles(spelled: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in spelled.split())


def _count(session: Session, query: Delete | Update) -> int:
    result: Any = session.execute(query)
    return int(result.rowcount)
