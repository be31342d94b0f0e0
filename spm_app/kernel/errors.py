"""Everything that goes wrong because of what the caller did. Bugs are left to crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.kernel.problem import Problem


class SpmError(Exception):
    """A refusal that a person can act on: a text key and the values that the text names."""

    def __init__(self, key: str, **args: object) -> None:
        """Keep the key of a text in the catalogue and its arguments; no sentence is made here."""
        super().__init__(key, args)
        self.key = key
        self.args_of_text = args


class NotFound(SpmError):
    """No such thing, or none that this person may know of: both say the same."""


class NotAllowed(SpmError):
    """The person is known and may not do this."""


class Conflict(SpmError):
    """The thing has moved on: finalised, superseded, already running, approved by its author."""


class InvalidInput(SpmError):
    """What was entered cannot be used; `problems` names every place."""

    def __init__(self, key: str, problems: Sequence[Problem] = (), **args: object) -> None:
        """Keep all findings, so that one answer shows every place to mend."""
        super().__init__(key, **args)
        self.problems = tuple(problems)
