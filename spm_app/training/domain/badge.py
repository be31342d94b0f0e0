"""Badges: given once per person and version of a course, for completing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.training.domain.states import BadgeState, EnrolmentState

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from spm_app.kernel.ids import BadgeId, CourseId, CourseVersionId, PersonId
    from spm_app.training.domain.course import Content
    from spm_app.training.domain.words import Words


@dataclass(frozen=True, slots=True)
class Badge:
    """What was earned, with the titles as they read on that day."""

    id: BadgeId
    person_id: PersonId
    course_id: CourseId
    version_id: CourseVersionId
    version: int
    title: Words
    course_title: Words
    issued_at: datetime
    state: BadgeState = BadgeState.ISSUED


def is_earned(content: Content, state: EnrolmentState, held: Collection[CourseVersionId], of: CourseVersionId) -> bool:
    """Whether a badge is due now: the course gives one, it is completed, and this version never gave it before."""
    return any(content.badge.values()) and state is EnrolmentState.COMPLETED and of not in held
