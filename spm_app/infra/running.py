"""What a job's function sees: its number, on whose behalf it runs, and a place to say how far it is."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spm_app.infra import queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from spm_app.kernel.ids import JobId, PersonId

    Act = Callable[..., dict[str, object]]

#: Seconds between two notes of progress: as often as an eye can follow.
_PACE = 0.25
_kinds: dict[str, Act] = {}


class Cancelled(Exception):
    """Somebody asked to stop; raised out of `Running.progress`, to be let through."""


@dataclass(slots=True)
class Running:
    """A job while it runs."""

    id: JobId
    actor_id: PersonId
    _noted_at: float = field(default=float("-inf"), repr=False)

    def progress(self, done: int, total: int, key: str = "") -> None:
        """Say that `done` of `total` are behind us; `key` is the text of the step. Cheap enough for every row.

        Raises Cancelled when somebody has asked to stop: let it through, so that the transaction leaves nothing behind.
        """
        now = time.monotonic()
        if done < total and now - self._noted_at < _PACE:
            return
        self._noted_at = now
        if queue.noted(f"cancel:{self.id}"):
            raise Cancelled
        queue.note(f"progress:{self.id}", (done, total, key))


def kind(name: str) -> Callable[[Act], Act]:
    """Register a function as what jobs of that kind do: `(job, **args) -> result`, both plain JSON values.

    It is known to a process that has imported its module; the text `<name>.job` is what people read.
    """

    def register(act: Act) -> Act:
        _kinds[name] = act
        return act

    return register


def act_of(name: str) -> Act:
    """The function of that kind. Raises KeyError when no imported module registered it."""
    return _kinds[name]
