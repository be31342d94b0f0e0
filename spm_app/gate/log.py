"""Reading the audit log: auditors read all of it, system administrators what is technical."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spm_app.gate import subjects
from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.rights import Permission, Role, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.gate.subjects import Named
    from spm_app.infra.audit import BadRow, Entry
    from spm_app.kernel.rights import Actor

#: What acts begin with that are about the machinery: who manages it sees no pay, not even in the log.
TECHNICAL = ("account.", "session.", "company.", "person.", "team.", "title.", "job.", "backup.")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: `by` is a person's number, `audit.SYSTEM` the system; both days are inside."""

    words: str = ""
    act: str = ""
    by: int | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of entries, newest first, how many match, and what their subjects are called."""

    entries: tuple[Entry, ...]
    total: int
    names: Mapping[str, Named]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the log can be narrowed by: acts, and persons by number."""

    acts: tuple[str, ...]
    persons: tuple[tuple[int, str], ...]


def choices(actor: Actor) -> Choices:
    """Every kind of act that the person may read of, and whoever did one."""
    readable = _readable(actor)
    with reading() as work:
        return Choices(tuple(sorted(readable)), audit.actors(work, readable))


def entries(actor: Actor, wanted: Wanted, *, skip: int = 0, size: int = 25) -> Found:
    """A page of what the person may read."""
    readable = _readable(actor)
    zone = ZoneInfo(people.zone())
    sought = audit.Sought(
        words=wanted.words,
        acts=frozenset({wanted.act}) & readable if wanted.act else readable,
        by=wanted.by,
        since=_midnight(wanted.first_day, zone),
        until=_midnight(wanted.last_day and _following(wanted.last_day), zone),
    )
    with reading() as work:
        found = audit.found(work, sought, size=size, skip=skip)
        names = subjects.named(work, {each.subject for each in found}, actor)
        return Found(found, audit.number(work, sought), names)


def entry(actor: Actor, entry_id: int) -> tuple[Entry, Mapping[str, Named]]:
    """One entry with the names of all that it mentions. Raises NotFound, also for one that the person may not read."""
    require(actor, Permission.READ_AUDIT)
    with reading() as work:
        found = audit.one(work, entry_id)
        if found is None or not _may_read(actor, found.act):
            raise NotFound("gate.audit.unknown")
        mentioned = {found.subject, *subjects.mentioned(found.details)}
        return found, subjects.named(work, mentioned, actor)


def verify(actor: Actor) -> tuple[BadRow | None, int]:
    """The first entry that is not as it was written, if any, and how many there are."""
    require(actor, Permission.READ_AUDIT)
    with reading() as work:
        return audit.verify(work), audit.head(work).length


def _readable(actor: Actor) -> frozenset[str]:
    require(actor, Permission.READ_AUDIT)
    with reading() as work:
        return frozenset(each for each in audit.acts(work) if _may_read(actor, each))


def _may_read(actor: Actor, act: str) -> bool:
    return Role.AUDITOR in actor.roles or act.startswith(TECHNICAL)


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), zone)


def _following(day: date) -> date:
    return day if day == date.max else day + _DAY
