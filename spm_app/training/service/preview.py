"""A draft as a learner would see it. Nothing is recorded, whatever is clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.rights import Permission, require
from spm_app.training.domain import view
from spm_app.training.domain.course import Quiz
from spm_app.training.domain.grading import Answer, grade, read_answer
from spm_app.training.domain.progress import NOTHING
from spm_app.training.service.cards import activity_view, course_view
from spm_app.training.store import courses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from spm_app.kernel.ids import CourseId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.course import Content
    from spm_app.training.domain.records import Version
    from spm_app.training.domain.view import Part, QuestionResult, QuestionView
    from spm_app.training.service.views import ActivityView, CourseView

_SEED = "preview"


def preview(actor: Actor, course_id: CourseId, language: str) -> CourseView:
    """The outline of the latest version in that language."""
    require(actor, Permission.WRITE_COURSES)
    with reading() as work:
        return course_view(courses.latest(work, course_id), language, None, {})


def versions(actor: Actor, course_id: CourseId) -> tuple[Version, ...]:
    """Every version, newest first, for its authors: what learners of an earlier one still read."""
    require(actor, Permission.WRITE_COURSES)
    with reading() as work:
        return tuple(sorted(courses.versions(work, course_id), key=lambda each: each.number, reverse=True))


def version_text(actor: Actor, course_id: CourseId, number: int) -> tuple[Version, tuple[Part, ...]]:
    """One version from beginning to end, keys included. Raises NotFound."""
    found = next((each for each in versions(actor, course_id) if each.number == number), None)
    if found is None:
        raise NotFound("training.no_such_version")
    return found, view.text_of(found.content, actor.language)


def preview_activity(actor: Actor, course_id: CourseId, activity_id: str, language: str) -> ActivityView:
    """One activity of the latest version. Raises NotFound."""
    content = _content(actor, course_id)
    activity = content.find(activity_id)
    if activity is None:
        raise NotFound("training.no_such_activity")
    return activity_view(content, activity, NOTHING, (), language=language)


def preview_questions(actor: Actor, course_id: CourseId, activity_id: str, language: str) -> tuple[QuestionView, ...]:
    """A quiz as it would be asked."""
    content = _content(actor, course_id)
    return view.asked(_quiz(content, activity_id), _SEED, {}, language=language, main=content.language)


def try_answers(
    actor: Actor, course_id: CourseId, activity_id: str, values: Mapping[str, Sequence[str]]
) -> tuple[Fraction, bool, tuple[QuestionResult, ...]]:
    """What these answers would earn, with the key: score, passed, and each question. Nothing is kept."""
    content = _content(actor, course_id)
    quiz = _quiz(content, activity_id)
    answers: dict[str, Answer] = {
        each.id: read_answer(each, values.get(each.id, ()), actor.language) for each in quiz.questions
    }
    graded = grade(quiz, answers)
    shown = view.results(content, quiz, answers, graded, language=actor.language, with_key=True)
    return graded.score, graded.passed, shown


def _content(actor: Actor, course_id: CourseId) -> Content:
    require(actor, Permission.WRITE_COURSES)
    with reading() as work:
        return courses.latest(work, course_id).content


def _quiz(content: Content, activity_id: str) -> Quiz:
    found = content.find(activity_id)
    if not isinstance(found, Quiz):
        raise NotFound("training.no_such_activity")
    return found
