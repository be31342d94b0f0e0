"""What keeps the house running, for who looks after it: jobs, imports and the log, without a figure of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.crm import service as crm
from spm_app.infra import audit, clock, jobs
from spm_app.infra.db import reading
from spm_app.infra.jobs import JobState
from spm_app.kernel.rights import Actor, Permission, require

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.crm.domain.imports import Import

#: A job that waits longer than this shows that no worker runs.
_PATIENCE = timedelta(minutes=5)
#: How long a failure is worth a look.
_RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class System:
    """`stuck` jobs wait though nobody should need to, `failed` ones did in the last week.

    `is_complete` says that the log has as many entries as its end says; whether each is as it was written is for
    verifying it, which walks the whole chain.
    """

    waiting: int
    running: int
    stuck: int
    failed: int
    newest_import: Import | None
    entries: int
    is_complete: bool
    newest_entry: datetime | None


def system(actor: Actor) -> System:
    """For who manages the system."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    now = clock.now()
    found = jobs.everyones(actor, 200)
    waiting = [each for each in found if each.state is JobState.WAITING]
    with reading() as work:
        newest = audit.page(work, size=1)
        entries = audit.count(work)
        return System(
            waiting=len(waiting),
            running=sum(each.state is JobState.RUNNING for each in found),
            stuck=sum(now - each.submitted_at > _PATIENCE for each in waiting),
            failed=sum(each.state is JobState.FAILED and now - each.submitted_at < _RECENT for each in found),
            newest_import=crm.newest_import(work),
            entries=entries,
            is_complete=audit.head(work).length == entries,
            newest_entry=newest[0].at if newest else None,
        )
