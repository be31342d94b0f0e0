"""The worker: waits for jobs and runs them until it is told to stop."""

from __future__ import annotations

import logging
import threading
from importlib import import_module
from typing import TYPE_CHECKING

from huey.consumer import Consumer  # pyright: ignore[reportMissingTypeStubs] - huey has no types

from spm_app.infra import jobs, place, queue, rounds

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)
#: Seconds between two looks for jobs whose message was lost or whose worker died.
_ROUND = 30.0
#: Seconds that a running job is given to end when the worker is told to stop.
PATIENCE = 20.0


def consume(modules: Iterable[str], workers: int = 1) -> None:
    """Import the modules that register kinds of job, then run jobs until SIGINT or SIGTERM.

    The first signal lets the running job end (for PATIENCE seconds at most), the second does not.
    """
    for name in modules:
        import_module(name)
    jobs.recover(starting=True)
    consumer = Consumer(
        queue.answer(jobs.execute),
        workers=workers,
        periodic=False,
        max_delay=0.5,
        shutdown_timeout=PATIENCE,
        graceful_signal="TERM",
    )
    over = threading.Event()
    rounds = threading.Thread(target=_make_rounds, args=(over,), daemon=True)
    rounds.start()
    try:
        consumer.run()
    finally:
        over.set()
        rounds.join()


def _make_rounds(over: threading.Event) -> None:
    """Ring for every waiting job, again and again: ringing twice is harmless, a forgotten job is not."""
    first = True
    while first or not over.wait(_ROUND):
        first = False
        try:
            place.beat()
            jobs.recover(starting=False)
            for job_id in jobs.waiting():
                queue.ring(job_id)
            rounds.make()
        except Exception:
            log.exception("could not look after the jobs; trying again in %s seconds", _ROUND)
