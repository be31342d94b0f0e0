"""How far somebody is. Progress is merged, never set, so that it cannot go back by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.training.domain.states import EnrolmentState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from spm_app.training.domain.course import Activity, Content, Quiz
    from spm_app.training.domain.grading import Grade


class ActivityState(StrEnum):
    """Of one activity for one person, in the order in which it is reached."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"

    @property
    def rank(self) -> int:
        """Greater is further."""
        return tuple(ActivityState).index(self)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one activity stands; `score` is the best graded attempt as a part of 1, None before the first."""

    state: ActivityState = ActivityState.NOT_STARTED
    score: Fraction | None = None

    def merged(self, other: Progress) -> Progress:
        """The further state and the better score of the two; the order of events does not matter."""
        scores = [each for each in (self.score, other.score) if each is not None]
        return Progress(max(self.state, other.state, key=lambda each: each.rank), max(scores, default=None))


NOTHING = Progress()
OPENED = Progress(ActivityState.IN_PROGRESS)
READ = Progress(ActivityState.COMPLETED)


def after_grade(grade: Grade) -> Progress:
    """What one graded attempt says: passed completes the quiz."""
    state = ActivityState.COMPLETED if grade.passed else ActivityState.IN_PROGRESS
    return Progress(state, grade.score)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's place in a course. `next_id` is the first activity not yet completed, mandatory or not."""

    done: int
    total: int
    next_id: str | None
    is_complete: bool

    @property
    def percent(self) -> int:
        """Of all activities, rounded down: 100 only when nothing is left."""
        return 100 * self.done // self.total if self.total else 0


def standing(content: Content, progress: Mapping[str, Progress]) -> Standing:
    """Complete when every mandatory activity is; a course without any is never complete by itself."""
    activities = content.activities
    left = [each for each in activities if not _is_done(each, progress)]
    mandatory = [each for each in activities if each.is_mandatory]
    return Standing(
        done=len(activities) - len(left),
        total=len(activities),
        next_id=left[0].id if left else None,
        is_complete=bool(mandatory) and all(_is_done(each, progress) for each in mandatory),
    )


def attempts_left(quiz: Quiz, used: int) -> int | None:
    """How many more; None is without limit."""
    return None if quiz.attempts is None else max(0, quiz.attempts - used)


def state_after(place: Standing, *, stuck: bool) -> EnrolmentState:
    """Of an open enrolment; `stuck` says that a mandatory quiz has no attempt left and was not passed."""
    if place.is_complete:
        return EnrolmentState.COMPLETED
    return EnrolmentState.FAILED if stuck else EnrolmentState.IN_PROGRESS


def is_stuck(quizzes: Sequence[Quiz], used: Mapping[str, int], progress: Mapping[str, Progress]) -> bool:
    """Whether a mandatory quiz can no longer be passed."""
    return any(
        each.is_mandatory and not _is_done(each, progress) and attempts_left(each, used.get(each.id, 0)) == 0
        for each in quizzes
    )


def _is_done(activity: Activity, progress: Mapping[str, Progress]) -> bool:
    return progress.get(activity.id, NOTHING).state is ActivityState.COMPLETED
