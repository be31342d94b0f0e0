"""The time, asked in one place, so that tests and the demo company can set it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """The instant, in UTC."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def at(instant: datetime) -> Generator[None]:
    """Inside the block it is that instant, in this thread and the tasks it starts."""
    token = _fixed.set(instant)
    try:
        yield
    finally:
        _fixed.reset(token)
