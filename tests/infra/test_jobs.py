"""Jobs: what was asked for is done once, its end is kept, and a worker that dies is noticed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spm_app.infra import bus, clock, jobs, place, queue
from spm_app.infra.db import unit_of_work
from spm_app.infra.jobs import JobRow, JobState
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import JobId, PersonId
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Role

if TYPE_CHECKING:
    from datetime import datetime

ADA = Actor(PersonId(7), "Ada Marini", frozenset({Role.COMP_ADMIN}))
BEA = Actor(PersonId(8), "Bea Conti", frozenset({Role.REP}))
ROOT = Actor(PersonId(9), "Carla Vinci", frozenset({Role.SYSADMIN}))


@jobs.kind("test.count")
def count(job: jobs.Running, *, upto: int) -> dict[str, object]:
    for each in range(upto):
        job.progress(each, upto, "test.counting")
    job.progress(upto, upto, "test.counting")
    return {"counted": upto, "for": job.actor_id}


@jobs.kind("test.refuse")
def refuse(job: jobs.Running) -> dict[str, object]:
    raise Conflict("test.taken", period="2026-Q1")


@jobs.kind("test.find")
def find(job: jobs.Running) -> dict[str, object]:
    raise InvalidInput("test.unusable", [Problem("D1", "test.wrong", {"day": date(2026, 1, 2)})], n=1)


@jobs.kind("test.crash")
def crash(job: jobs.Running) -> dict[str, object]:
    return {"nothing": 1 // 0}


@jobs.kind("test.cancel_me")
def cancel_me(job: jobs.Running) -> dict[str, object]:
    jobs.cancel(ADA, job.id)
    job.progress(1, 1)
    return {}


@jobs.kind("test.chain")
def chain(job: jobs.Running) -> dict[str, object]:
    return {"next": submit("test.count", upto=1)}


@jobs.kind("test.inside")
def inside(job: jobs.Running) -> dict[str, object]:
    with unit_of_work() as work:
        work.session.add(JobRow(**row_values()))
        work.session.flush()
        job.progress(1, 2, "test.half")
        seen = jobs.state(ADA, job.id)
    return {"seen": [seen.done, seen.total, seen.step]}


def row_values() -> dict[str, object]:
    return {"kind": "x", "actor_id": 1, "actor_name": "", "args": {}, "state": "done", "submitted_at": clock.now()}


def submit(kind: str, *, exclusive: str = "", **args: object) -> JobId:
    with unit_of_work() as work:
        return jobs.submit(work, ADA, kind, exclusive=exclusive, **args)


def test_a_job_waits_runs_and_keeps_its_result(database: str, fixed_clock: datetime) -> None:
    job_id = submit("test.count", upto=3)
    assert jobs.state(ADA, job_id).state is JobState.WAITING

    assert jobs.run_pending() == 1

    job = jobs.state(ADA, job_id)
    assert (job.state, job.result) == (JobState.DONE, {"counted": 3, "for": 7})
    assert (job.done, job.total, job.step) == (3, 3, "test.counting")
    assert job.submitted_at == job.started_at == job.ended_at == fixed_clock
    assert {each.about for each in bus.after(0) if each.topic == "jobs"} == {str(job_id)}


def test_a_job_of_a_failed_transaction_never_was(database: str) -> None:
    def submit_and_fail() -> None:
        with unit_of_work() as work:
            jobs.submit(work, ADA, "test.count", upto=3)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        submit_and_fail()
    assert jobs.waiting() == ()


def test_a_refusal_is_kept_as_a_text(database: str) -> None:
    job_id = submit("test.refuse")
    jobs.run_pending()
    job = jobs.state(ADA, job_id)
    assert (job.state, job.error_key, job.error_args) == (JobState.FAILED, "test.taken", {"period": "2026-Q1"})


def test_findings_are_kept_with_the_refusal(database: str) -> None:
    job_id = submit("test.find")
    jobs.run_pending()
    job = jobs.state(ADA, job_id)
    assert (job.state, job.error_key, job.error_args) == (JobState.FAILED, "test.unusable", {"n": 1})
    found = {"at": "D1", "key": "test.wrong", "args": {"day": "2026-01-02"}, "severity": "error"}
    assert job.result == {"problems": [found]}


def test_a_bug_is_kept_as_a_number_to_tell(database: str, caplog: pytest.LogCaptureFixture) -> None:
    job_id = submit("test.crash")
    jobs.run_pending()
    job = jobs.state(ADA, job_id)
    assert (job.state, job.error_key, job.error_args) == (JobState.FAILED, "infra.job.crashed", {"job": job_id})
    assert "ZeroDivisionError" in caplog.text


def test_an_unknown_kind_fails(database: str) -> None:
    job_id = submit("test.nobody_knows")
    jobs.run_pending()
    assert jobs.state(ADA, job_id).state is JobState.FAILED


def test_jobs_that_jobs_ask_for_run_too(database: str) -> None:
    submit("test.chain")
    assert jobs.run_pending() == 2


def test_progress_can_be_told_from_inside_a_transaction(database: str) -> None:
    job_id = submit("test.inside")
    jobs.run_pending()
    assert jobs.state(ADA, job_id).result == {"seen": [1, 2, "test.half"]}


def test_an_exclusive_job_is_refused_until_the_first_is_over(database: str) -> None:
    submit("test.count", exclusive="run:2026-Q1", upto=1)
    with pytest.raises(Conflict):
        submit("test.count", exclusive="run:2026-Q1", upto=1)
    submit("test.count", exclusive="run:2026-Q2", upto=1)

    jobs.run_pending()
    submit("test.count", exclusive="run:2026-Q1", upto=1)


def test_a_waiting_job_is_cancelled_at_once_and_does_not_run(database: str) -> None:
    job_id = submit("test.count", exclusive="one", upto=1)
    jobs.cancel(ADA, job_id)
    assert jobs.state(ADA, job_id).state is JobState.CANCELLED
    jobs.execute(job_id)
    assert jobs.state(ADA, job_id).started_at is None
    with pytest.raises(Conflict):
        jobs.cancel(ADA, job_id)
    submit("test.count", exclusive="one", upto=1)


def test_a_running_job_is_cancelled_at_its_next_word(database: str) -> None:
    job_id = submit("test.cancel_me")
    jobs.run_pending()
    assert jobs.state(ADA, job_id).state is JobState.CANCELLED


def test_what_is_over_can_be_asked_for_again_by_who_asked(database: str) -> None:
    job_id = submit("test.count", upto=2)
    with pytest.raises(Conflict):
        jobs.retry(ADA, job_id)
    jobs.run_pending()
    again = jobs.retry(ADA, job_id)
    jobs.run_pending()
    assert jobs.state(ADA, again).result == {"counted": 2, "for": 7}
    with pytest.raises(NotFound):
        jobs.retry(ROOT, job_id)


def test_a_job_is_seen_by_who_asked_and_without_its_result_by_the_administrator(database: str) -> None:
    job_id = submit("test.count", upto=1)
    jobs.run_pending()

    assert [each.id for each in jobs.mine(ADA)] == [job_id]
    assert jobs.mine(BEA) == ()
    with pytest.raises(NotFound):
        jobs.state(BEA, job_id)
    with pytest.raises(NotFound):
        jobs.state(ADA, JobId(999))
    with pytest.raises(NotAllowed):
        jobs.everyones(ADA)
    assert [(each.id, each.result) for each in jobs.everyones(ROOT)] == [(job_id, None)]


def set_running(job_id: int, worker: str) -> None:
    with unit_of_work() as work:
        row = work.session.get_one(JobRow, job_id)
        row.state, row.worker = JobState.RUNNING, worker


@pytest.mark.parametrize(
    ("worker", "starting", "lost"),
    [
        ("{here}", True, 1),
        ("{here}", False, 0),
        ("{host}:{parent}", False, 0),
        ("{host}:1", False, 0),
        ("{host}:{dead}", False, 1),
        ("elsewhere:12", False, 1),
        ("alive-elsewhere:12", False, 0),
    ],
)
def test_a_job_whose_worker_is_gone_failed(database: str, worker: str, starting: bool, lost: int) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = place.here().partition(":")[0]
    queue.note("beat:alive-elsewhere:12", clock.now().timestamp())
    job_id = submit("test.count", exclusive="one", upto=1)
    set_running(job_id, worker.format(here=place.here(), host=host, parent=os.getppid(), dead=gone.pid))

    assert jobs.recover(starting=starting) == lost

    if lost:
        assert jobs.state(ADA, job_id).error_key == "infra.job.lost"
        submit("test.count", exclusive="one", upto=1)


WORKER = textwrap.dedent("""
    import sys, time, types
    from spm_app.infra import jobs, worker

    @jobs.kind("test.slow")
    def slow(job, *, seconds):
        job.progress(0, 1, "test.started")
        time.sleep(seconds)
        return {"slept": seconds}

    sys.modules["slow_jobs"] = types.ModuleType("slow_jobs")
    worker.consume(["slow_jobs"])
""")


def start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORKER], cwd=Path(__file__).parents[2])


def wait_until(job_id: JobId, state: JobState, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while jobs.state(ADA, job_id).state is not state:
        assert time.monotonic() < end, jobs.state(ADA, job_id)
        time.sleep(0.05)


@pytest.mark.slow
def test_a_worker_takes_what_waits_and_what_comes_and_stops_when_told(database: str) -> None:
    waiting = submit("test.slow", seconds=0)
    queue.broker().flush()  # the message was lost; the job is not
    worker = start_worker()
    try:
        wait_until(waiting, JobState.DONE)
        last = submit("test.slow", seconds=5)
        wait_until(last, JobState.RUNNING)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=120) == 0
        assert jobs.state(ADA, last).state is JobState.DONE
    finally:
        worker.kill()


@pytest.mark.slow
def test_a_killed_worker_is_noticed_by_the_next(database: str) -> None:
    job_id = submit("test.slow", seconds=60)
    worker = start_worker()
    wait_until(job_id, JobState.RUNNING)
    worker.kill()
    worker.wait()

    second = start_worker()
    try:
        wait_until(job_id, JobState.FAILED)
        assert jobs.state(ADA, job_id).error_key == "infra.job.lost"
    finally:
        second.send_signal(signal.SIGINT)
        assert second.wait(timeout=120) == 0
