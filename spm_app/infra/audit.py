"""The audit log: every change leaves a row in its own transaction, and the rows form a chain that shows tampering.

Each row is signed (HMAC-SHA256, keyed by the installation's secret) over all its fields and the signature of the row
before it. The newest signature and the number of rows are kept, signed, in one more row, so that cutting off the end
shows as well. Somebody who can write to the database and also has an older copy of that row can still turn back the
whole log; for that the head is anchored outside: `head` gives it, `verify` checks against it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra import clock
from spm_app.infra.canonical import canonical
from spm_app.infra.columns import At, Base, BigId, Key, LongText, MaybeRef, Name
from spm_app.infra.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select

    from spm_app.infra.db import Work
    from spm_app.kernel.rights import Actor

_FIRST = "0" * 64
#: Stands for the system where a person's number would; nobody has it.
SYSTEM = 0


class AuditRow(Base):
    """One act. The name of who did it is kept, so that it can be read when the person is gone."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[At]
    actor_id: Mapped[MaybeRef]
    actor_name: Mapped[Name]
    act: Mapped[str] = mapped_column(String(80), index=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    details: Mapped[LongText]
    previous: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Base):
    """The one row that says where the chain ends."""

    __tablename__ = "audit_head"
    id: Mapped[Key]
    length: Mapped[int] = mapped_column(BigId)
    last: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, to be read. `details` are JSON values as they were recorded."""

    id: int
    at: datetime
    actor_id: int | None
    actor_name: str
    act: str
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: how many rows, and the signature of the last."""

    length: int
    mac: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """The first row that is not as it was written; `reason` is a text key."""

    id: int
    reason: str


def record(work: Work, actor: Actor | None, act: str, subject: str, **details: object) -> None:
    """Say in the same transaction what was done, by whom, to what; `actor` None is the system itself.

    `act` is in the past tense (`deal.imported`), `subject` names one thing (`deal:12`). Never a secret in `details`.
    The row is written as the last act of the transaction, so several in one transaction keep their order.
    """
    at = clock.now()
    spelled = canonical(details)
    work.before_commit(lambda: _append(work, actor, at=at, act=act, subject=subject, details=spelled))


def head(work: Work) -> Head:
    """The end of the chain, to be kept somewhere else."""
    row = work.session.get(AuditHeadRow, 1)
    return Head(row.length, row.last) if row else Head(0, _FIRST)


def verify(work: Work, anchor: Head | None = None) -> BadRow | None:
    """The first row that was changed, added, moved or taken away since it was written; None when all is well.

    With an `anchor` kept from an earlier `head`, the chain must also still pass through it.
    """
    expected, previous = 1, _FIRST
    for row in _in_order(work):
        if row.id != expected:
            return BadRow(expected, "infra.audit.missing")
        if row.previous != previous or not hmac.compare_digest(row.mac, _mac_of(row)):
            return BadRow(row.id, "infra.audit.changed")
        if anchor and anchor.length == row.id and anchor.mac != row.mac:
            return BadRow(row.id, "infra.audit.not_anchored")
        expected, previous = row.id + 1, row.mac
    return _check_end(work, Head(expected - 1, previous), anchor)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries: `words` looks in name, act and subject; `acts` None is every kind of act.

    `by` is one person, `SYSTEM` the system itself; `since` is the first instant, `until` the first one after.
    """

    words: str = ""
    acts: frozenset[str] | None = None
    by: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def page(
    work: Work, *, before: int | None = None, size: int = 50, skip: int = 0, words: str = "", act: str = ""
) -> tuple[Entry, ...]:
    """The newest entries, `size` at most, older than the entry `before`; `words` looks in name, act and subject."""
    return found(work, Sought(words, frozenset({act}) if act else None), before=before, size=size, skip=skip)


def found(work: Work, sought: Sought, *, before: int | None = None, size: int = 50, skip: int = 0) -> tuple[Entry, ...]:
    """The same for several kinds of acts."""
    query = _matching(sought).order_by(AuditRow.id.desc()).limit(size).offset(skip)
    if before is not None:
        query = query.where(AuditRow.id < before)
    return tuple(_entry(row) for row in work.session.scalars(query))


def acts(work: Work) -> tuple[str, ...]:
    """Every kind of act that was ever recorded, in order of the alphabet."""
    return tuple(work.session.scalars(select(AuditRow.act).distinct().order_by(AuditRow.act)))


def actors(work: Work, among: frozenset[str]) -> tuple[tuple[int, str], ...]:
    """Whoever did one of these acts, by number and newest name, in order of names; the system is `SYSTEM`."""
    newest = select(func.max(AuditRow.id)).where(AuditRow.act.in_(sorted(among))).group_by(AuditRow.actor_id)
    rows = work.session.scalars(select(AuditRow).where(AuditRow.id.in_(newest)))
    return tuple(
        sorted(((row.actor_id or SYSTEM, row.actor_name) for row in rows), key=lambda each: each[1].casefold())
    )


def one(work: Work, entry_id: int) -> Entry | None:
    """The entry of that number, if there is one."""
    row = work.session.get(AuditRow, entry_id)
    return _entry(row) if row else None


def count(work: Work, *, words: str = "", act: str = "") -> int:
    """How many entries match."""
    return number(work, Sought(words, frozenset({act}) if act else None))


def number(work: Work, sought: Sought) -> int:
    """The same for several kinds of acts."""
    return work.session.scalar(select(func.count()).select_from(_matching(sought).subquery())) or 0


def _append(work: Work, actor: Actor | None, *, at: datetime, act: str, subject: str, details: str) -> None:
    end = work.session.get(AuditHeadRow, 1, populate_existing=True) or AuditHeadRow(id=1, length=0, last=_FIRST)
    row = AuditRow(
        id=end.length + 1,
        at=at,
        actor_id=actor.person_id if actor else None,
        actor_name=actor.name if actor else "",
        act=act,
        subject=subject,
        details=details,
        previous=end.last,
    )
    row.mac = _mac_of(row)
    end.length, end.last = row.id, row.mac
    end.mac = _mac_of_head(Head(row.id, row.mac))
    work.session.add_all((row, end))
    work.session.flush()


def _check_end(work: Work, found: Head, anchor: Head | None) -> BadRow | None:
    row = work.session.get(AuditHeadRow, 1, populate_existing=True)
    if row is None:
        return None if found.length == 0 and not anchor else BadRow(found.length + 1, "infra.audit.cut")
    kept = Head(row.length, row.last)
    if kept != found or (anchor and anchor.length > found.length):
        return BadRow(found.length + 1, "infra.audit.cut")
    return None if hmac.compare_digest(row.mac, _mac_of_head(kept)) else BadRow(found.length, "infra.audit.changed")


def _in_order(work: Work) -> Iterator[AuditRow]:
    query = select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000, populate_existing=True)
    yield from work.session.scalars(query)


def _matching(sought: Sought) -> Select[AuditRow]:
    query = select(AuditRow)
    if sought.acts is not None:
        query = query.where(AuditRow.act.in_(sorted(sought.acts)))
    if sought.by is not None:
        query = query.where(AuditRow.actor_id == sought.by if sought.by else AuditRow.actor_id.is_(None))
    if sought.since:
        query = query.where(AuditRow.at >= sought.since)
    if sought.until:
        query = query.where(AuditRow.at < sought.until)
    if sought.words:
        places = (AuditRow.actor_name, AuditRow.act, AuditRow.subject)
        query = query.where(or_(*(place.icontains(sought.words, autoescape=True) for place in places)))
    return query


def _entry(row: AuditRow) -> Entry:
    return Entry(row.id, row.at, row.actor_id, row.actor_name, row.act, row.subject, json.loads(row.details))


def _mac_of(row: AuditRow) -> str:
    """Signed as a JSON list, so that no text can slide from one field into the next."""
    at = row.at.isoformat(timespec="microseconds")
    return _sign(["row", row.id, at, row.actor_id, row.actor_name, row.act, row.subject, row.details, row.previous])


def _mac_of_head(end: Head) -> str:
    return _sign(["head", end.length, end.mac])


def _sign(fields: list[object]) -> str:
    return hmac.new(settings().secret_key, canonical(fields).encode(), hashlib.sha256).hexdigest()
