"""What nobody asks for and is done all the same: acts that a worker makes every hour while it lives.

Several workers each make them: an act says itself, in its own transaction, what was done already.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds between two rounds.
_APART = 3600.0
_acts: list[Callable[[], None]] = []
_last: list[float] = []


def hourly(act: Callable[[], None]) -> Callable[[], None]:
    """Register an act; it is known to a process that has imported its module."""
    _acts.append(act)
    return act


def make(*, now: bool = False) -> int:
    """Make the round if the last one is an hour old, or `now`. How many acts were made."""
    at = time.monotonic()
    if _last and at - _last[-1] < _APART and not now:
        return 0
    _last[:] = [at]
    for act in _acts:
        act()
    return len(_acts)
