"""Life cycles: which state may follow which. Everything that is not listed is refused."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from spm_app.kernel.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Mapping


class VersionState(StrEnum):
    """A course version is written, published once and then only retired."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


class EnrolmentState(StrEnum):
    """Somebody's way through one version of a course."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    WAIVED = "waived"

    @property
    def is_open(self) -> bool:
        """Still going: a person has at most one open enrolment in a course."""
        return self in _OPEN


class AttemptState(StrEnum):
    """One go at a quiz. Answers may change only while it is in progress."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    GRADED = "graded"
    ABANDONED = "abandoned"


class BadgeState(StrEnum):
    """A badge that was given can be taken back, never deleted."""

    ISSUED = "issued"
    REVOKED = "revoked"


_OPEN = frozenset({EnrolmentState.ASSIGNED, EnrolmentState.IN_PROGRESS})
_CLOSING = frozenset(EnrolmentState) - _OPEN
_NONE: frozenset[EnrolmentState] = frozenset()

VERSION_STEPS: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.IN_REVIEW, VersionState.PUBLISHED}),
    VersionState.IN_REVIEW: frozenset({VersionState.DRAFT, VersionState.PUBLISHED}),
    VersionState.PUBLISHED: frozenset({VersionState.RETIRED}),
    VersionState.RETIRED: frozenset(),
}
ENROLMENT_STEPS: Mapping[EnrolmentState, frozenset[EnrolmentState]] = {
    EnrolmentState.ASSIGNED: _CLOSING | {EnrolmentState.IN_PROGRESS},
    EnrolmentState.IN_PROGRESS: _CLOSING,
    **dict.fromkeys(_CLOSING, _NONE),
}
ATTEMPT_STEPS: Mapping[AttemptState, frozenset[AttemptState]] = {
    AttemptState.IN_PROGRESS: frozenset({AttemptState.SUBMITTED, AttemptState.ABANDONED}),
    AttemptState.SUBMITTED: frozenset({AttemptState.GRADED}),
    AttemptState.GRADED: frozenset(),
    AttemptState.ABANDONED: frozenset(),
}
BADGE_STEPS: Mapping[BadgeState, frozenset[BadgeState]] = {
    BadgeState.ISSUED: frozenset({BadgeState.REVOKED}),
    BadgeState.REVOKED: frozenset(),
}

State = TypeVar("State", bound=StrEnum)


def step(steps: Mapping[State, frozenset[State]], now: State, to: State) -> State:
    """The new state. Raises Conflict when the life cycle does not lead there."""
    if to not in steps[now]:
        raise Conflict(f"training.cannot_become.{to.value}", now=now.value)
    return to
