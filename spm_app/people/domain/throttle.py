"""How often somebody may fail to sign in before having to wait."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

#: Attempts older than this are forgotten.
WINDOW = timedelta(minutes=15)
#: Failures within the window: under one name, and from one address (an office may share one).
MOST_PER_NAME = 10
MOST_PER_ADDRESS = 100


def wait(failed_at: Sequence[datetime], most: int, now: datetime) -> timedelta:
    """How long until the next attempt is listened to; nothing while fewer than `most` failed within the window."""
    recent = sorted(at for at in failed_at if now - at < WINDOW)
    return recent[-most] + WINDOW - now if len(recent) >= most else timedelta(0)
