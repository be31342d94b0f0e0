"""The lives of a plan version, a period, an adjustment and a dispute: which step may follow which."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.kernel.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spm_app.kernel.ids import PersonId


class VersionState(StrEnum):
    """A plan version: written, put forward, approved by somebody else, in force, no longer offered."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"
    RETIRED = "retired"


class PeriodState(StrEnum):
    """A pay period: nothing yet, calculated (may be repeated), approved, final for ever."""

    OPEN = "open"
    CALCULATED = "calculated"
    APPROVED = "approved"
    FINALISED = "finalised"


class AdjustmentState(StrEnum):
    """A manual line: waits for another person's word."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


class DisputeState(StrEnum):
    """A question on pay: with the manager, with compensation, waiting for a word, settled one way or the other."""

    WITH_MANAGER = "with_manager"
    WITH_COMPENSATION = "with_compensation"
    NEEDS_INFORMATION = "needs_information"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ExportState(StrEnum):
    """A file for payroll: made, then let go or held back by another person."""

    MADE = "made"
    APPROVED = "approved"
    REFUSED = "refused"


#: Kept by kind: two kinds may have a state of the same name, and as strings those are equal.
_STEPS: Mapping[type[StrEnum], Mapping[StrEnum, frozenset[StrEnum]]] = {
    VersionState: {
        VersionState.DRAFT: frozenset({VersionState.PROPOSED}),
        VersionState.PROPOSED: frozenset({VersionState.DRAFT, VersionState.APPROVED}),
        VersionState.APPROVED: frozenset({VersionState.DRAFT, VersionState.PUBLISHED}),
        VersionState.PUBLISHED: frozenset({VersionState.RETIRED}),
        VersionState.RETIRED: frozenset(),
    },
    PeriodState: {
        PeriodState.OPEN: frozenset({PeriodState.CALCULATED}),
        PeriodState.CALCULATED: frozenset({PeriodState.CALCULATED, PeriodState.APPROVED}),
        PeriodState.APPROVED: frozenset({PeriodState.CALCULATED, PeriodState.FINALISED}),
        PeriodState.FINALISED: frozenset(),
    },
    AdjustmentState: {
        AdjustmentState.PROPOSED: frozenset({AdjustmentState.APPROVED, AdjustmentState.REFUSED}),
        AdjustmentState.APPROVED: frozenset(),
        AdjustmentState.REFUSED: frozenset(),
    },
    ExportState: {
        ExportState.MADE: frozenset({ExportState.APPROVED, ExportState.REFUSED}),
        ExportState.APPROVED: frozenset(),
        ExportState.REFUSED: frozenset(),
    },
    DisputeState: {
        DisputeState.WITH_MANAGER: frozenset(
            {
                DisputeState.WITH_COMPENSATION,
                DisputeState.NEEDS_INFORMATION,
                DisputeState.REJECTED,
                DisputeState.WITHDRAWN,
            }
        ),
        DisputeState.WITH_COMPENSATION: frozenset(
            {
                DisputeState.NEEDS_INFORMATION,
                DisputeState.ACCEPTED,
                DisputeState.REJECTED,
                DisputeState.WITHDRAWN,
            }
        ),
        DisputeState.NEEDS_INFORMATION: frozenset(
            {DisputeState.WITH_MANAGER, DisputeState.WITH_COMPENSATION, DisputeState.WITHDRAWN}
        ),
        DisputeState.ACCEPTED: frozenset(),
        DisputeState.REJECTED: frozenset({DisputeState.WITH_COMPENSATION}),
        DisputeState.WITHDRAWN: frozenset(),
    },
}
OPEN_DISPUTE = frozenset({DisputeState.WITH_MANAGER, DisputeState.WITH_COMPENSATION, DisputeState.NEEDS_INFORMATION})


def may_become(now: StrEnum, then: StrEnum) -> bool:
    """Whether the step is one of those drawn above."""
    return type(then) is type(now) and then in _STEPS[type(now)][now]


def step(now: StrEnum, then: StrEnum) -> None:
    """Go on only if the step exists. Raises Conflict that names both ends."""
    if not may_become(now, then):
        raise Conflict("compensation.step_impossible", now=now.value, then=then.value)


def another_person(who: PersonId, involved: Iterable[PersonId]) -> None:
    """Nobody approves what they made, started or are paid by. Raises Conflict."""
    if who in set(involved):
        raise Conflict("compensation.needs_another_person")
