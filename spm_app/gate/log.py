"""Reading the audit log: auditors read all of it, system administrators what is technical."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.kernel.rights import Permission, Role, require

if TYPE_CHECKING:
    from spm_app.infra.audit import BadRow, Entry
    from spm_app.kernel.rights import Actor

#: What acts begin with that are about the machinery: who manages it sees no pay, not even in the log.
TECHNICAL = ("account.", "session.", "company.", "person.", "team.", "title.", "job.", "backup.")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of entries, newest first, and how many match."""

    entries: tuple[Entry, ...]
    total: int


def acts(actor: Actor) -> tuple[str, ...]:
    """Every kind of act that the person may read of."""
    require(actor, Permission.READ_AUDIT)
    with reading() as work:
        return tuple(each for each in audit.acts(work) if _may_read(actor, each))


def entries(actor: Actor, words: str = "", act: str = "", *, skip: int = 0, size: int = 25) -> Found:
    """A page of what the person may read."""
    readable = frozenset(acts(actor))
    sought = audit.Sought(words, frozenset({act}) & readable if act else readable)
    with reading() as work:
        return Found(audit.found(work, sought, size=size, skip=skip), audit.number(work, sought))


def verify(actor: Actor) -> tuple[BadRow | None, int]:
    """The first entry that is not as it was written, if any, and how many there are."""
    require(actor, Permission.READ_AUDIT)
    with reading() as work:
        return audit.verify(work), audit.head(work).length


def _may_read(actor: Actor, act: str) -> bool:
    return Role.AUDITOR in actor.roles or act.startswith(TECHNICAL)
