"""Which process this is, and whether another one is still there: a worker that died cannot say so itself."""

from __future__ import annotations

import os
import socket

from spm_app.infra import clock, queue

#: Seconds without a sign of life after which a worker on another machine counts as gone.
_SILENCE = 60.0


def here() -> str:
    """This process, by machine and number."""
    return f"{socket.gethostname()}:{os.getpid()}"


def beat() -> None:
    """Give a sign of life, for workers on other machines; every ten seconds or so."""
    queue.note(f"beat:{here()}", clock.now().timestamp())


def is_gone(place: str, *, starting: bool) -> bool:
    """Whether that process is no more.

    On this machine the system knows. A process with our own number that was noted before we began (`starting`) was
    another: in a container every program is number 1.
    """
    host, _, number = place.rpartition(":")
    if place == here():
        return starting
    if host == socket.gethostname():
        return not _is_alive(int(number))
    return clock.now().timestamp() - (queue.noted(f"beat:{place}") or 0.0) > _SILENCE


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
