"""The bell that wakes a worker, and a small shared store for what changes by the second: huey on SQLite or Redis.

Messages are signed with the installation's secret: they are pickles, and a Redis that others can write to must not be
able to run code here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from huey import RedisHuey, SqliteHuey  # pyright: ignore[reportMissingTypeStubs] - huey has no types
from huey.serializer import SignedSerializer  # pyright: ignore[reportMissingTypeStubs] - huey has no types

from spm_app.infra.settings import settings

_answers: list[Callable[[int], object]] = []


@lru_cache(maxsize=1)
def broker() -> Any:  # noqa: ANN401 - huey has no types
    """The queue of this process, from the settings. `broker.cache_clear()` after changing them."""
    given = settings()
    common: dict[str, Any] = {
        "name": "traguardo",
        "results": False,
        "serializer": SignedSerializer(secret=given.secret_key, salt="traguardo.jobs"),
    }
    if given.redis_url:
        return RedisHuey(url=given.redis_url, **common)
    return SqliteHuey(filename=str(given.home / "jobs.sqlite"), **common)


@lru_cache(maxsize=1)
def _bell(of: Any) -> Any:  # noqa: ANN401 - huey has no types
    return of.task(name="ring")(_rung)


def ring(job_id: int) -> None:
    """Tell the workers that this job waits."""
    _bell(broker())(job_id)


def answer(act: Callable[[int], object]) -> Any:  # noqa: ANN401 - huey has no types
    """In a worker: what to do with the number of a job when the bell rings. Gives the queue to listen to."""
    _answers[:] = [act]
    _bell(broker())
    return broker()


def _rung(job_id: int) -> None:
    for act in _answers:
        act(job_id)


def note(key: str, value: object) -> None:
    """Keep a small value for other processes to see."""
    broker().put(key, value)


def noted(key: str) -> Any:  # noqa: ANN401 - what was noted
    """The value under that key, or None."""
    return broker().get(key, peek=True)


def forget(key: str) -> None:
    """Keep it no longer."""
    broker().delete(key)
