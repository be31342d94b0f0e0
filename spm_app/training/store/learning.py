"""Enrolments, progress, attempts and answers."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from spm_app.kernel.errors import Conflict, NotFound
from spm_app.kernel.ids import AttemptId, CourseId, CourseVersionId, PersonId
from spm_app.training.domain.grading import Answer
from spm_app.training.domain.progress import ActivityState, Progress
from spm_app.training.domain.records import Attempt, Enrolment, Source
from spm_app.training.domain.states import ATTEMPT_STEPS, ENROLMENT_STEPS, AttemptState, EnrolmentState, step
from spm_app.training.tables import AttemptRow, EnrolmentRow, ProgressRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from spm_app.infra.db import Work
    from spm_app.training.domain.grading import Grade


def current(work: Work, person_id: PersonId, course_id: CourseId) -> Enrolment | None:
    """The latest enrolment, which is the open one if any is; None for somebody who never began."""
    row = work.session.scalar(
        select(EnrolmentRow)
        .where(EnrolmentRow.person_id == person_id, EnrolmentRow.course_id == course_id)
        .order_by(EnrolmentRow.id.desc())
        .limit(1)
    )
    return None if row is None else _enrolment(row)


def of_person(work: Work, person_id: PersonId) -> tuple[Enrolment, ...]:
    """All enrolments of a person, oldest first."""
    asked = select(EnrolmentRow).where(EnrolmentRow.person_id == person_id).order_by(EnrolmentRow.id)
    return tuple(_enrolment(row) for row in work.session.scalars(asked))


def of_people(work: Work, people: Collection[PersonId] | None) -> tuple[Enrolment, ...]:
    """All enrolments of those people, oldest first; None is everybody."""
    asked = select(EnrolmentRow).order_by(EnrolmentRow.id)
    if people is not None:
        asked = asked.where(EnrolmentRow.person_id.in_(people))
    return tuple(_enrolment(row) for row in work.session.scalars(asked))


def of_course(work: Work, course_id: CourseId) -> tuple[Enrolment, ...]:
    """All enrolments in a course, oldest first."""
    asked = select(EnrolmentRow).where(EnrolmentRow.course_id == course_id).order_by(EnrolmentRow.id)
    return tuple(_enrolment(row) for row in work.session.scalars(asked))


def completed(work: Work, before: datetime) -> tuple[Enrolment, ...]:
    """Every enrolment that was completed earlier than that instant."""
    asked = (
        select(EnrolmentRow)
        .where(EnrolmentRow.state == EnrolmentState.COMPLETED.value, EnrolmentRow.closed_at < before)
        .order_by(EnrolmentRow.id)
    )
    return tuple(_enrolment(row) for row in work.session.scalars(asked))


def add_enrolment(
    work: Work,
    person_id: PersonId,
    version: tuple[CourseId, CourseVersionId],
    *,
    source: Source,
    by: PersonId,
    due_on: date | None,
    at: datetime,
) -> Enrolment:
    """A new open enrolment. Raises Conflict when the person has one in this course already."""
    row = EnrolmentRow(
        person_id=person_id,
        course_id=version[0],
        version_id=version[1],
        source=source.value,
        by_id=by,
        state=EnrolmentState.ASSIGNED.value,
        open_mark=1,
        due_on=due_on,
        enrolled_at=at,
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError as error:
        raise Conflict("training.already_enrolled") from error
    return _enrolment(row)


def lock_enrolment(work: Work, enrolment_id: int) -> Enrolment:
    """The enrolment, kept to ourselves until the transaction ends."""
    row = work.session.get_one(EnrolmentRow, enrolment_id, with_for_update=True, populate_existing=True)
    return _enrolment(row)


def move_enrolment(work: Work, enrolment: Enrolment, to: EnrolmentState, at: datetime) -> Enrolment:
    """The enrolment in its new state; staying where it is is no move. Raises Conflict when it cannot go there."""
    if to is enrolment.state:
        return enrolment
    row = work.session.get_one(EnrolmentRow, enrolment.id)
    row.state = step(ENROLMENT_STEPS, EnrolmentState(row.state), to).value
    if not to.is_open:
        row.open_mark, row.closed_at = None, at
    work.session.flush()
    return _enrolment(row)


def progress(work: Work, enrolment_id: int) -> dict[str, Progress]:
    """What was done so far, by activity."""
    asked = select(ProgressRow).where(ProgressRow.enrolment_id == enrolment_id).order_by(ProgressRow.id)
    return {row.activity_id: _progress(row) for row in work.session.scalars(asked)}


def progress_of(work: Work, enrolments: Collection[int]) -> dict[int, dict[str, Progress]]:
    """The same for many enrolments in one question."""
    found: dict[int, dict[str, Progress]] = {each: {} for each in enrolments}
    asked = select(ProgressRow).where(ProgressRow.enrolment_id.in_(set(enrolments))).order_by(ProgressRow.id)
    for row in work.session.scalars(asked):
        found[row.enrolment_id][row.activity_id] = _progress(row)
    return found


def merge_progress(work: Work, enrolment_id: int, activity_id: str, new: Progress, *, at: datetime) -> Progress:
    """Add to what is known; the enrolment must be locked."""
    row = work.session.scalar(
        select(ProgressRow).where(ProgressRow.enrolment_id == enrolment_id, ProgressRow.activity_id == activity_id)
    )
    if row is None:
        row = ProgressRow(
            enrolment_id=enrolment_id, activity_id=activity_id, state=ActivityState.NOT_STARTED.value, first_at=at
        )
        work.session.add(row)
    merged = _progress(row).merged(new)
    row.state, row.score, row.last_at = merged.state.value, _text(merged.score), at
    work.session.flush()
    return merged


def attempts(work: Work, enrolments: Collection[int], activity_id: str | None = None) -> tuple[Attempt, ...]:
    """The attempts of those enrolments, oldest first."""
    asked = select(AttemptRow).where(AttemptRow.enrolment_id.in_(set(enrolments))).order_by(AttemptRow.id)
    if activity_id is not None:
        asked = asked.where(AttemptRow.activity_id == activity_id)
    return tuple(_attempt(row) for row in work.session.scalars(asked))


def attempt_with_owner(work: Work, attempt_id: AttemptId, *, lock: bool = False) -> tuple[Attempt, Enrolment]:
    """The attempt and whose it is; locked, nobody else answers or submits meanwhile. Raises NotFound."""
    row = work.session.get(AttemptRow, attempt_id, with_for_update=lock, populate_existing=lock)
    if row is None:
        raise NotFound("training.no_such_attempt")
    return _attempt(row), _enrolment(work.session.get_one(EnrolmentRow, row.enrolment_id))


def add_attempt(work: Work, enrolment_id: int, activity_id: str, number: int, *, seed: str, at: datetime) -> Attempt:
    """A new attempt in progress; the enrolment must be locked."""
    row = AttemptRow(
        enrolment_id=enrolment_id,
        activity_id=activity_id,
        number=number,
        seed=seed,
        state=AttemptState.IN_PROGRESS.value,
        started_at=at,
    )
    work.session.add(row)
    work.session.flush()
    return _attempt(row)


def answers(work: Work, attempt_id: AttemptId) -> dict[str, Answer]:
    """What was answered, by question."""
    asked = select(ResponseRow).where(ResponseRow.attempt_id == attempt_id).order_by(ResponseRow.id)
    return {row.question_id: _answer(row.answer) for row in work.session.scalars(asked)}


def marks_of(work: Work, attempts_: Sequence[AttemptId]) -> dict[str, list[Fraction]]:
    """The marks given in those attempts, by question."""
    found: dict[str, list[Fraction]] = {}
    asked = select(ResponseRow).where(ResponseRow.attempt_id.in_(attempts_), ResponseRow.mark.is_not(None))
    for row in work.session.scalars(asked.order_by(ResponseRow.id)):
        found.setdefault(row.question_id, []).append(Fraction(row.mark or 0))
    return found


def save_answer(work: Work, attempt_id: AttemptId, question_id: str, answer: Answer, *, at: datetime) -> None:
    """Keep the answer in the place of the one before; the attempt must be locked and in progress."""
    row = _response(work, attempt_id, question_id)
    if row is None:
        row = ResponseRow(attempt_id=attempt_id, question_id=question_id)
        work.session.add(row)
    row.answer, row.saved_at = json.dumps({"chosen": answer.chosen, "text": answer.text}), at
    work.session.flush()


def submit(work: Work, attempt: Attempt, questions: Iterable[str], at: datetime) -> None:
    """From here on the answers stand; a question that was left out stands as not answered. Raises Conflict."""
    for question_id in set(questions) - set(answers(work, attempt.id)):
        save_answer(work, attempt.id, question_id, Answer(), at=at)
    row = work.session.get_one(AttemptRow, attempt.id)
    row.state = step(ATTEMPT_STEPS, AttemptState(row.state), AttemptState.SUBMITTED).value
    row.submitted_at = at
    work.session.flush()


def record_grade(work: Work, attempt: Attempt, grade: Grade, at: datetime) -> None:
    """Write the marks, once and for all."""
    row = work.session.get_one(AttemptRow, attempt.id)
    row.state = step(ATTEMPT_STEPS, AttemptState(row.state), AttemptState.GRADED).value
    row.score, row.passed, row.graded_at = _text(grade.score), grade.passed, at
    for response in work.session.scalars(select(ResponseRow).where(ResponseRow.attempt_id == attempt.id)):
        response.mark = _text(grade.marks[response.question_id])
    work.session.flush()


def marks(work: Work, attempt_id: AttemptId) -> dict[str, Fraction]:
    """The marks that the attempt was given, by question."""
    asked = select(ResponseRow).where(ResponseRow.attempt_id == attempt_id).order_by(ResponseRow.id)
    return {row.question_id: Fraction(row.mark or 0) for row in work.session.scalars(asked)}


def _response(work: Work, attempt_id: AttemptId, question_id: str) -> ResponseRow | None:
    return work.session.scalar(
        select(ResponseRow).where(ResponseRow.attempt_id == attempt_id, ResponseRow.question_id == question_id)
    )


def _enrolment(row: EnrolmentRow) -> Enrolment:
    return Enrolment(
        id=row.id,
        person_id=PersonId(row.person_id),
        course_id=CourseId(row.course_id),
        version_id=CourseVersionId(row.version_id),
        source=Source(row.source),
        state=EnrolmentState(row.state),
        due_on=row.due_on,
        enrolled_at=row.enrolled_at,
        closed_at=row.closed_at,
    )


def _attempt(row: AttemptRow) -> Attempt:
    return Attempt(
        id=AttemptId(row.id),
        enrolment_id=row.enrolment_id,
        activity_id=row.activity_id,
        number=row.number,
        seed=row.seed,
        state=AttemptState(row.state),
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        score=_fraction(row.score),
        passed=row.passed,
    )


def _progress(row: ProgressRow) -> Progress:
    return Progress(ActivityState(row.state), _fraction(row.score))


def _answer(text: str) -> Answer:
    kept = json.loads(text)
    return Answer(chosen=tuple(kept["chosen"]), text=kept["text"])


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _text(fraction: Fraction | None) -> str | None:
    return None if fraction is None else str(fraction)
