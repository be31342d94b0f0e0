"""What the use cases answer: values for a screen, in the reader's language, without keys or weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from fractions import Fraction

    from spm_app.kernel.ids import AttemptId, CourseId, CourseVersionId, PersonId
    from spm_app.kernel.problem import Problem
    from spm_app.training.domain.course import Content
    from spm_app.training.domain.progress import ActivityState, Progress, Standing
    from spm_app.training.domain.records import Enrolment, Source, Version
    from spm_app.training.domain.states import AttemptState, EnrolmentState
    from spm_app.training.domain.view import QuestionResult, QuestionView


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course in a list. `standing` and `state` are None when the person never began it."""

    course_id: CourseId
    code: str
    title: str
    summary: str
    category: str
    minutes: int
    badge: str
    state: EnrolmentState | None
    standing: Standing | None
    due_on: date | None
    is_overdue: bool
    in_catalogue: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One activity in the outline of the player."""

    id: str
    title: str
    kind: str
    minutes: int
    is_mandatory: bool
    state: ActivityState


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section in the outline of the player."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CourseView:
    """The player's frame: what the course is and how far this person is in it."""

    course_id: CourseId
    title: str
    summary: str
    badge: str
    version: int
    minutes: int
    state: EnrolmentState | None
    standing: Standing
    chapters: tuple[Chapter, ...]
    due_on: date | None
    is_own_choice: bool

    @property
    def steps(self) -> tuple[Step, ...]:
        """All activities, in order."""
        return tuple(each for chapter in self.chapters for each in chapter.steps)


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """One line in the list of somebody's attempts."""

    attempt_id: AttemptId
    number: int
    state: AttemptState
    submitted_at: datetime | None
    score: Fraction | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One screen of the player. `html` is sanitised; `left` None is without limit, and 0 for a lesson."""

    id: str
    title: str
    kind: str
    html: str
    minutes: int
    progress: Progress
    pass_percent: int
    questions: int
    left: int | None
    attempts: tuple[AttemptSummary, ...]


@dataclass(frozen=True, slots=True)
class AttemptView:
    """A quiz being taken: the questions in this attempt's order, with the answers given so far."""

    attempt_id: AttemptId
    course_id: CourseId
    activity_id: str
    number: int
    state: AttemptState
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """A graded attempt. `shows_key` is False while the key could help in a further attempt."""

    attempt_id: AttemptId
    course_id: CourseId
    activity_id: str
    number: int
    score: Fraction
    passed: bool
    pass_percent: int
    left: int | None
    shows_key: bool
    questions: tuple[QuestionResult, ...]
    course_completed: bool
    badge: str


@dataclass(frozen=True, slots=True)
class StudioCard:
    """A course in the trainer's list."""

    course_id: CourseId
    code: str
    title: str
    number: int
    is_draft: bool
    published_number: int | None
    changed_at: datetime
    enrolled: int
    completed: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A course on the author's desk: the latest version with its key, and what is still to mend."""

    course_id: CourseId
    code: str
    version: Version
    published_number: int | None
    findings: tuple[Problem, ...]

    @property
    def content(self) -> Content:
        """What the latest version says."""
        return self.version.content


@dataclass(frozen=True, slots=True)
class Learner:
    """One person in the results of a course; `attempts` are those at quizzes that were graded."""

    person_id: PersonId
    name: str
    course_id: CourseId
    course: str
    attempts: int
    state: EnrolmentState
    source: Source
    version: int
    percent: int
    score: Fraction | None
    enrolled_at: datetime
    closed_at: datetime | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class QuestionFigure:
    """How one question did in first attempts: `right` full marks out of `asked`."""

    id: str
    stem: str
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class CourseResults:
    """How a course does, over the people that the reader may see. Rates are None when there is nothing to divide by."""

    course_id: CourseId
    title: str
    enrolled: int
    completed: int
    failed: int
    completion: Fraction | None
    attempts: int
    pass_rate: Fraction | None
    first_pass_rate: Fraction | None
    learners: tuple[Learner, ...]
    questions: tuple[QuestionFigure, ...]


@dataclass(frozen=True, slots=True)
class TeamLearning:
    """One person's learning as a manager sees it: counts, never answers."""

    person_id: PersonId
    name: str
    open: int
    overdue: int
    completed: int
    badges: int


@dataclass(frozen=True, slots=True)
class BadgeView:
    """A badge, in the reader's language."""

    badge_id: int
    person_id: PersonId
    person: str
    title: str
    course: str
    course_id: CourseId
    version: int
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class DueItem:
    """An open course with the next thing to do in it."""

    course_id: CourseId
    version_id: CourseVersionId
    title: str
    activity_id: str | None
    activity: str
    percent: int
    due_on: date | None
    is_overdue: bool
    enrolment: Enrolment
