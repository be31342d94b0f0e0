"""Jobs: work too long for a click. Submitted in a transaction, run by a worker, watched on the screen.

The table `job` is the truth; the queue only says "there is something to do", so nothing is lost when a message is: a
worker looks for waiting jobs itself when it starts, and every minute. Progress goes through the queue's own store and
not through the database, because a job that reports from inside a long transaction would wait for itself.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import JSON, Integer, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra import bus, clock, queue
from spm_app.infra.canonical import plain
from spm_app.infra.columns import At, Base, Code, Key, MaybeAt, Name, Ref
from spm_app.infra.db import reading, unit_of_work
from spm_app.infra.place import here, is_gone
from spm_app.infra.running import Cancelled, Running, act_of, kind
from spm_app.kernel.errors import Conflict, InvalidInput, NotFound, SpmError
from spm_app.kernel.ids import JobId, PersonId
from spm_app.kernel.rights import Permission, require

if TYPE_CHECKING:
    from sqlalchemy.engine import CursorResult

    from spm_app.infra.db import Work
    from spm_app.kernel.rights import Actor

__all__ = ["Cancelled", "Job", "JobState", "Running", "cancel", "everyones", "kind", "mine", "retry", "state", "submit"]
log = logging.getLogger(__name__)

#: Findings kept of a refusal: whoever has more has one cause for many.
_MOST_PROBLEMS = 100


class JobState(StrEnum):
    """Where a job stands; the last three are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether it will not change any more."""
        return self not in {JobState.WAITING, JobState.RUNNING}


class JobRow(Base):
    """A job. `held` is its exclusive key while it waits or runs and NULL afterwards: unique, so one at a time."""

    __tablename__ = "job"
    id: Mapped[Key]
    kind: Mapped[Code]
    actor_id: Mapped[Ref]
    actor_name: Mapped[Name]
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    held: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    step: Mapped[str] = mapped_column(String(120), default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    error_key: Mapped[str] = mapped_column(String(120), default="")
    error_args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    worker: Mapped[str] = mapped_column(String(120), default="")
    submitted_at: Mapped[At]
    started_at: Mapped[MaybeAt]
    ended_at: Mapped[MaybeAt]


@dataclass(frozen=True, slots=True)
class Job:
    """A job as people see it. `step` and `error_key` are text keys; `total` is 0 until the job knows it."""

    id: JobId
    kind: str
    actor_id: PersonId
    actor_name: str
    state: JobState
    done: int
    total: int
    step: str
    submitted_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    error_key: str = ""
    error_args: dict[str, Any] = field(default_factory=dict[str, Any])
    result: dict[str, Any] | None = None


def submit(work: Work, actor: Actor, kind: str, *, exclusive: str = "", **args: object) -> JobId:
    """Ask for a job; it starts once this transaction is safe. `args` are plain JSON values.

    Raises Conflict when one with the same `exclusive` key (`run:2026-Q1`) waits or runs.
    """
    if exclusive and work.session.scalar(select(JobRow.id).where(JobRow.held == exclusive)):
        raise Conflict("infra.job.busy")
    row = JobRow(
        kind=kind,
        actor_id=actor.person_id,
        actor_name=actor.name,
        args=plain(args),
        held=exclusive or None,
        state=JobState.WAITING,
        submitted_at=clock.now(),
    )
    work.session.add(row)
    work.session.flush()
    work.after_commit(lambda: queue.ring(row.id))
    bus.publish(work, "jobs", str(row.id))
    return JobId(row.id)


def state(actor: Actor, job_id: JobId) -> Job:
    """How a job stands now: one's own, or anybody's for who manages the system (without what it was about)."""
    with reading() as work:
        return _seen(actor, _one(work, actor, job_id))


def mine(actor: Actor, size: int = 50) -> tuple[Job, ...]:
    """One's own jobs, newest first."""
    return _newest(actor, size, own=True)


def everyones(actor: Actor, size: int = 50) -> tuple[Job, ...]:
    """All jobs, newest first, for who manages the system."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    return _newest(actor, size, own=False)


def cancel(actor: Actor, job_id: JobId) -> None:
    """Stop a job: at once when it waits, at its next word of progress when it runs. Raises Conflict when it is over."""
    with unit_of_work() as work:
        row = _one(work, actor, job_id)
        if JobState(row.state).is_over:
            raise Conflict("infra.job.over")
        if row.state == JobState.RUNNING:
            queue.note(f"cancel:{job_id}", True)
            return
        _close(work, row, JobState.CANCELLED)


def retry(actor: Actor, job_id: JobId) -> JobId:
    """Ask for the same once more, on behalf of who asks now. Raises Conflict while the job goes on."""
    with unit_of_work() as work:
        row = _one(work, actor, job_id)
        if row.actor_id != actor.person_id:
            raise NotFound("infra.job.not_found")
        if not JobState(row.state).is_over:
            raise Conflict("infra.job.still_going")
        return submit(work, actor, row.kind, **row.args)


def execute(job_id: int) -> None:
    """Run one waiting job here and keep how it ended; nothing happens when another worker was faster."""
    row = _claim(job_id)
    if row is None:
        return
    try:
        result = plain(act_of(row.kind)(Running(JobId(row.id), PersonId(row.actor_id)), **row.args))
    except Cancelled:
        _end(row.id, JobState.CANCELLED)
    except SpmError as refusal:
        found = plain({"problems": refusal.problems[:_MOST_PROBLEMS]}) if isinstance(refusal, InvalidInput) else None
        _end(row.id, JobState.FAILED, error_key=refusal.key, error_args=plain(refusal.args_of_text), result=found)
    except Exception:
        log.exception("job %s (%s) crashed", row.id, row.kind)
        _end(row.id, JobState.FAILED, error_key="infra.job.crashed", error_args={"job": row.id})
    else:
        _end(row.id, JobState.DONE, result=result)


def waiting() -> tuple[int, ...]:
    """The numbers of the jobs that nobody has begun, oldest first."""
    with reading() as work:
        return tuple(
            work.session.scalars(select(JobRow.id).where(JobRow.state == JobState.WAITING).order_by(JobRow.id))
        )


def run_pending() -> int:
    """Run here, one after the other, whatever waits, also what these jobs submit. How many ran."""
    ran = 0
    while ids := waiting():
        for job_id in ids:
            execute(job_id)
        ran += len(ids)
    return ran


def recover(*, starting: bool) -> int:
    """Mark as failed what a worker that is gone was running; `starting` says that this process runs nothing yet."""
    with unit_of_work() as work:
        lost = [
            row
            for row in work.session.scalars(select(JobRow).where(JobRow.state == JobState.RUNNING))
            if is_gone(row.worker, starting=starting)
        ]
        for row in lost:
            _close(work, row, JobState.FAILED, error_key="infra.job.lost")
    return len(lost)


def _claim(job_id: int) -> JobRow | None:
    """Make a waiting job ours; the row, or None when it is no longer waiting."""
    with unit_of_work() as work:
        mine = update(JobRow).where(JobRow.id == job_id, JobRow.state == JobState.WAITING)
        values = {"state": JobState.RUNNING, "started_at": clock.now(), "worker": here()}
        if cast("CursorResult[Any]", work.session.execute(mine.values(values))).rowcount == 0:
            return None
        bus.publish(work, "jobs", str(job_id))
        return work.session.get(JobRow, job_id)


def _end(job_id: int, state: JobState, **values: object) -> None:
    with unit_of_work() as work:
        _close(work, work.session.get_one(JobRow, job_id), state, **values)


def _close(work: Work, row: JobRow, state: JobState, **values: object) -> None:
    row.state, row.held, row.ended_at = state, None, clock.now()
    row.done, row.total, row.step = _progress(row)
    for name, value in values.items():
        setattr(row, name, value)
    bus.publish(work, "jobs", str(row.id))
    queue.forget(f"progress:{row.id}")
    queue.forget(f"cancel:{row.id}")


def _progress(row: JobRow) -> tuple[int, int, str]:
    return queue.noted(f"progress:{row.id}") or (row.done, row.total, row.step)


def _one(work: Work, actor: Actor, job_id: JobId) -> JobRow:
    row = work.session.get(JobRow, job_id)
    if row is None or not (row.actor_id == actor.person_id or actor.may(Permission.MANAGE_ACCOUNTS)):
        raise NotFound("infra.job.not_found")
    return row


def _newest(actor: Actor, size: int, *, own: bool) -> tuple[Job, ...]:
    query = select(JobRow).order_by(JobRow.id.desc()).limit(size)
    if own:
        query = query.where(JobRow.actor_id == actor.person_id)
    with reading() as work:
        return tuple(_seen(actor, row) for row in work.session.scalars(query))


def _seen(actor: Actor, row: JobRow) -> Job:
    """What the job found is for who asked for it alone: a system administrator sees no pay."""
    done, total, step = _progress(row) if row.state == JobState.RUNNING else (row.done, row.total, row.step)
    own = row.actor_id == actor.person_id
    return Job(
        id=JobId(row.id),
        kind=row.kind,
        actor_id=PersonId(row.actor_id),
        actor_name=row.actor_name,
        state=JobState(row.state),
        done=done,
        total=total,
        step=step,
        submitted_at=row.submitted_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        error_key=row.error_key,
        error_args=row.error_args if own else {"job": row.id},
        result=row.result if own else None,
    )
