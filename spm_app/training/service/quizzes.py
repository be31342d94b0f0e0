"""Taking a quiz: begin, answer one by one, submit once, read the result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, NotFound
from spm_app.kernel.rights import Permission, require
from spm_app.training.domain import view
from spm_app.training.domain.course import Quiz
from spm_app.training.domain.grading import Grade, grade, read_answer
from spm_app.training.domain.progress import OPENED, after_grade, attempts_left
from spm_app.training.domain.shuffle import seed_of
from spm_app.training.domain.states import AttemptState, EnrolmentState
from spm_app.training.domain.words import in_language
from spm_app.training.service.advance import advance
from spm_app.training.service.views import AttemptResult, AttemptView
from spm_app.training.store import courses
from spm_app.training.store import learning as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import AttemptId, CourseId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.question import Question
    from spm_app.training.domain.records import Attempt, Enrolment, Version


@dataclass(frozen=True, slots=True)
class _Place:
    """An attempt with all that it belongs to."""

    mine: Enrolment
    version: Version
    quiz: Quiz
    attempt: Attempt


def start(actor: Actor, course_id: CourseId, activity_id: str) -> AttemptView:
    """Begin an attempt, or go on with the one in progress: a lost connection costs no attempt.

    Raises Conflict when no attempt is left or the course is closed, NotFound when the actor is not on the course.
    """
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        mine, version, quiz = _quiz_of(work, actor, course_id, activity_id)
        before = store.attempts(work, [mine.id], activity_id)
        going = next((each for each in before if each.state is AttemptState.IN_PROGRESS), None)
        if going is None:
            _check_may_start(mine, quiz, len(before))
            going = _begun(work, actor, mine, (activity_id, len(before) + 1))
        return _taking(work, _Place(mine, version, quiz, going), actor.language)


def attempt(actor: Actor, attempt_id: AttemptId) -> AttemptView:
    """One's own attempt with the answers so far, as after a reload. Raises NotFound for anybody else's."""
    require(actor, Permission.LEARN)
    with reading() as work:
        return _taking(work, _own(work, actor, attempt_id), actor.language)


def answer(actor: Actor, attempt_id: AttemptId, question_id: str, values: Sequence[str]) -> None:
    """Keep one answer; no values takes it back. Raises Conflict once submitted, InvalidInput for an unfit answer."""
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        place = _own(work, actor, attempt_id, lock=True)
        if place.attempt.state is not AttemptState.IN_PROGRESS:
            raise Conflict("training.already_submitted")
        question = _question(place.quiz, question_id)

        given = read_answer(question, values, actor.language)

        store.save_answer(work, attempt_id, question_id, given, at=clock.now())


def submit(actor: Actor, attempt_id: AttemptId) -> AttemptResult:
    """Freeze the answers, grade them once, and let progress, completion and badge follow.

    Raises Conflict when it was submitted before, NotFound for anybody else's attempt.
    """
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        place = _own(work, actor, attempt_id, lock=True)
        store.submit(work, place.attempt, [each.id for each in place.quiz.questions], clock.now())
        mine = store.lock_enrolment(work, place.mine.id)

        graded = grade(place.quiz, store.answers(work, attempt_id))

        store.record_grade(work, place.attempt, graded, clock.now())
        store.merge_progress(work, mine.id, place.quiz.id, after_grade(graded), at=clock.now())
        audit.record(
            work, actor, "attempt.graded", f"attempt:{attempt_id}", score=str(graded.score), passed=graded.passed
        )
        moved = advance(work, actor, mine, place.version)
        return _result(work, replace(place, mine=moved), graded, actor.language)


def result(actor: Actor, attempt_id: AttemptId) -> AttemptResult:
    """One's own graded attempt. Raises Conflict while it is in progress: nothing is given away before."""
    require(actor, Permission.LEARN)
    with reading() as work:
        place = _own(work, actor, attempt_id)
        if place.attempt.score is None:
            raise Conflict("training.not_submitted")
        marks = store.marks(work, attempt_id)
        graded = Grade(marks, place.attempt.score, passed=bool(place.attempt.passed))
        return _result(work, place, graded, actor.language)


def _quiz_of(work: Work, actor: Actor, course_id: CourseId, activity_id: str) -> tuple[Enrolment, Version, Quiz]:
    mine = store.current(work, actor.person_id, course_id)
    if mine is None:
        raise NotFound("training.not_enrolled")
    mine = store.lock_enrolment(work, mine.id)
    version = courses.version(work, mine.version_id)
    return mine, version, _quiz(version, activity_id)


def _own(work: Work, actor: Actor, attempt_id: AttemptId, *, lock: bool = False) -> _Place:
    found, mine = store.attempt_with_owner(work, attempt_id, lock=lock)
    if mine.person_id != actor.person_id:
        raise NotFound("training.no_such_attempt")
    version = courses.version(work, mine.version_id)
    return _Place(mine, version, _quiz(version, found.activity_id), found)


def _quiz(version: Version, activity_id: str) -> Quiz:
    quiz = version.content.find(activity_id)
    if not isinstance(quiz, Quiz):
        raise NotFound("training.no_such_activity")
    return quiz


def _check_may_start(mine: Enrolment, quiz: Quiz, used: int) -> None:
    if not mine.takes_progress:
        raise Conflict("training.enrolment_closed")
    if attempts_left(quiz, used) == 0:
        raise Conflict("training.no_attempt_left", most=quiz.attempts)


def _begun(work: Work, actor: Actor, mine: Enrolment, which: tuple[str, int]) -> Attempt:
    activity_id, number = which
    store.merge_progress(work, mine.id, activity_id, OPENED, at=clock.now())
    if mine.state is EnrolmentState.ASSIGNED:
        store.move_enrolment(work, mine, EnrolmentState.IN_PROGRESS, clock.now())
    seed = seed_of(mine.id, activity_id, number)
    made = store.add_attempt(work, mine.id, activity_id, number, seed=seed, at=clock.now())
    audit.record(work, actor, "attempt.started", f"attempt:{made.id}", enrolment=mine.id, number=number)
    return made


def _taking(work: Work, place: _Place, language: str) -> AttemptView:
    found, version = place.attempt, place.version
    answers = store.answers(work, found.id)
    return AttemptView(
        attempt_id=found.id,
        course_id=version.course_id,
        activity_id=place.quiz.id,
        number=found.number,
        state=found.state,
        questions=view.asked(place.quiz, found.seed, answers, language=language, main=version.content.language),
    )


def _question(quiz: Quiz, question_id: str) -> Question:
    found = next((each for each in quiz.questions if each.id == question_id), None)
    if found is None:
        raise NotFound("training.no_such_question")
    return found


def _result(work: Work, place: _Place, graded: Grade, language: str) -> AttemptResult:
    content, quiz = place.version.content, place.quiz
    attempts = store.attempts(work, [place.mine.id], quiz.id)
    going = any(each.state is AttemptState.IN_PROGRESS for each in attempts)
    left = attempts_left(quiz, len(attempts) - going)
    shows_key = not going and view.may_see_key(passed=any(each.passed for each in attempts), left=left)
    answers = store.answers(work, place.attempt.id)
    is_complete = place.mine.state is EnrolmentState.COMPLETED
    return AttemptResult(
        attempt_id=place.attempt.id,
        course_id=place.version.course_id,
        activity_id=quiz.id,
        number=place.attempt.number,
        score=graded.score,
        passed=graded.passed,
        pass_percent=quiz.pass_percent,
        left=left,
        shows_key=shows_key,
        questions=view.results(content, quiz, answers, graded, language=language, with_key=shows_key),
        course_completed=is_complete,
        badge=in_language(content.badge, language, content.language) if is_complete else "",
    )
