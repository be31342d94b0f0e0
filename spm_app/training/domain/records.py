"""What is kept of courses and of people's way through them, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.training.domain.states import AttemptState, EnrolmentState, VersionState

if TYPE_CHECKING:
    from datetime import date, datetime
    from fractions import Fraction

    from spm_app.kernel.ids import AttemptId, CourseId, CourseVersionId, PersonId
    from spm_app.training.domain.course import Content


class Source(StrEnum):
    """Who decided that somebody takes a course."""

    SELF = "self"
    MANAGER = "manager"
    TRAINER = "trainer"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Course:
    """A course under its code; `published_id` None keeps it out of the catalogue."""

    id: CourseId
    code: str
    owner_id: PersonId
    published_id: CourseVersionId | None


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `revision` counts the saves of a draft, so that two authors do not overwrite each other."""

    id: CourseVersionId
    course_id: CourseId
    number: int
    state: VersionState
    revision: int
    content: Content
    changed_at: datetime
    published_at: datetime | None

    @property
    def is_draft(self) -> bool:
        """Still being written."""
        return self.state in (VersionState.DRAFT, VersionState.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person's way through one version; `due_on` is the last day to finish it in time."""

    id: int
    person_id: PersonId
    course_id: CourseId
    version_id: CourseVersionId
    source: Source
    state: EnrolmentState
    due_on: date | None
    enrolled_at: datetime
    closed_at: datetime | None

    @property
    def takes_progress(self) -> bool:
        """Open, or completed with something optional left; nothing is added after failing or withdrawing."""
        return self.state.is_open or self.state is EnrolmentState.COMPLETED


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go at a quiz, `number` counting from 1; `score` None until it is graded."""

    id: AttemptId
    enrolment_id: int
    activity_id: str
    number: int
    seed: str
    state: AttemptState
    started_at: datetime
    submitted_at: datetime | None
    score: Fraction | None
    passed: bool | None
