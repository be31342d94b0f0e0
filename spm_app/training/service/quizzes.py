"""Taking a quiz: begin, answer one by one, submit once, read the result."""

from __future__ import annotations

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
            going = _begun(work, actor, mine, activity_id, len(before) + 1)
        return _taking(work, going, version, quiz, actor.language)


def attempt(actor: Actor, attempt_id: AttemptId) -> AttemptView:
    """One's own attempt with the answers so far, as after a reload. Raises NotFound for anybody else's."""
    require(actor, Permission.LEARN)
    with reading() as work:
        _mine, version, quiz, found = _own(work, actor, attempt_id)
        return _taking(work, found, version, quiz, actor.language)


def answer(actor: Actor, attempt_id: AttemptId, question_id: str, values: Sequence[str]) -> None:
    """Keep one answer; no values takes it back. Raises Conflict once submitted, InvalidInput for an unfit answer."""
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        _mine, _version, quiz, found = _own(work, actor, attempt_id, lock=True)
        if found.state is not AttemptState.IN_PROGRESS:
            raise Conflict("training.already_submitted")
        question = _question(quiz, question_id)

        given = read_answer(question, values, actor.language)

        store.save_answer(work, attempt_id, question_id, given, clock.now())


def submit(actor: Actor, attempt_id: AttemptId) -> AttemptResult:
    """Freeze the answers, grade them once, and let progress, completion and badge follow.

    Raises Conflict when it was submitted before, NotFound for anybody else's attempt.
    """
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        mine, version, quiz, found = _own(work, actor, attempt_id, lock=True)
        store.submit(work, found, [each.id for each in quiz.questions], clock.now())
        mine = store.lock_enrolment(work, mine.id)

        graded = grade(quiz, store.answers(work, attempt_id))

        store.record_grade(work, found, graded, clock.now())
        store.merge_progress(work, mine.id, quiz.id, after_grade(graded), clock.now())
        audit.record(
            work, actor, "attempt.graded", f"attempt:{attempt_id}", score=str(graded.score), passed=graded.passed
        )
        mine = advance(work, actor, mine, version)
        return _result(work, found, mine, version, actor.language)


def result(actor: Actor, attempt_id: AttemptId) -> AttemptResult:
    """One's own graded attempt. Raises Conflict while it is in progress: nothing is given away before."""
    require(actor, Permission.LEARN)
    with reading() as work:
        mine, version, _quiz, found = _own(work, actor, attempt_id)
        if found.state is not AttemptState.GRADED:
            raise Conflict("training.not_submitted")
        return _result(work, found, mine, version, actor.language)


def _quiz_of(work: Work, actor: Actor, course_id: CourseId, activity_id: str) -> tuple[Enrolment, Version, Quiz]:
    mine = store.current(work, actor.person_id, course_id)
    if mine is None:
        raise NotFound("training.not_enrolled")
    mine = store.lock_enrolment(work, mine.id)
    version = courses.version(work, mine.version_id)
    quiz = version.content.find(activity_id)
    if not isinstance(quiz, Quiz):
        raise NotFound("training.no_such_activity")
    return mine, version, quiz


def _own(
    work: Work, actor: Actor, attempt_id: AttemptId, *, lock: bool = False
) -> tuple[Enrolment, Version, Quiz, Attempt]:
    found, mine = store.attempt_with_owner(work, attempt_id, lock=lock)
    if mine.person_id != actor.person_id:
        raise NotFound("training.no_such_attempt")
    version = courses.version(work, mine.version_id)
    quiz = version.content.find(found.activity_id)
    assert isinstance(quiz, Quiz)
    return mine, version, quiz, found


def _check_may_start(mine: Enrolment, quiz: Quiz, used: int) -> None:
    if not mine.takes_progress:
        raise Conflict("training.enrolment_closed")
    if attempts_left(quiz, used) == 0:
        raise Conflict("training.no_attempt_left", most=quiz.attempts)


def _begun(work: Work, actor: Actor, mine: Enrolment, activity_id: str, number: int) -> Attempt:
    seed = seed_of(mine.id, activity_id, number)
    store.merge_progress(work, mine.id, activity_id, OPENED, clock.now())
    if mine.state is EnrolmentState.ASSIGNED:
        store.move_enrolment(work, mine, EnrolmentState.IN_PROGRESS, clock.now())
    made = store.add_attempt(work, mine.id, activity_id, number, seed=seed, at=clock.now())
    audit.record(work, actor, "attempt.started", f"attempt:{made.id}", enrolment=mine.id, number=number)
    return made


def _taking(work: Work, found: Attempt, version: Version, quiz: Quiz, language: str) -> AttemptView:
    answers = store.answers(work, found.id)
    return AttemptView(
        attempt_id=found.id,
        course_id=version.course_id,
        activity_id=quiz.id,
        number=found.number,
        state=found.state,
        questions=view.asked(quiz, found.seed, answers, language, version.content.language),
    )


def _question(quiz: Quiz, question_id: str) -> Question:
    found = next((each for each in quiz.questions if each.id == question_id), None)
    if found is None:
        raise NotFound("training.no_such_question")
    return found


def _result(work: Work, found: Attempt, mine: Enrolment, version: Version, language: str) -> AttemptResult:
    attempts = store.attempts(work, [mine.id], found.activity_id)
    graded = next(each for each in attempts if each.id == found.id)
    quiz = version.content.find(found.activity_id)
    assert isinstance(quiz, Quiz) and graded.score is not None
    passed_once = any(each.passed for each in attempts)
    left = attempts_left(quiz, len(attempts))
    shows_key = view.may_see_key(passed=passed_once, left=left) or not mine.takes_progress
    grade_ = Grade(store.marks(work, found.id), graded.score, passed=bool(graded.passed))
    return AttemptResult(
        attempt_id=found.id,
        course_id=version.course_id,
        activity_id=quiz.id,
        number=found.number,
        score=graded.score,
        passed=grade_.passed,
        pass_percent=quiz.pass_percent,
        left=left,
        shows_key=shows_key,
        questions=view.results(
            version.content, quiz, store.answers(work, found.id), grade_, language=language, with_key=shows_key
        ),
        course_completed=mine.state is EnrolmentState.COMPLETED,
        badge=_badge(version, mine, language),
    )


def _badge(version: Version, mine: Enrolment, language: str) -> str:
    content = version.content
    return in_language(content.badge, language, content.language) if mine.state is EnrolmentState.COMPLETED else ""
