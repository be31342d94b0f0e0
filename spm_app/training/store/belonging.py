"""Whose an enrolment, an attempt or a badge is, and in which course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from spm_app.kernel.ids import CourseId, PersonId
from spm_app.training.tables import AttemptRow, BadgeRow, EnrolmentRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from spm_app.infra.db import Work

_ENROLMENT = select(EnrolmentRow.id, EnrolmentRow.person_id, EnrolmentRow.course_id)
_ATTEMPT = select(AttemptRow.id, EnrolmentRow.person_id, EnrolmentRow.course_id).join(
    EnrolmentRow, EnrolmentRow.id == AttemptRow.enrolment_id
)
_BADGE = select(BadgeRow.id, BadgeRow.person_id, BadgeRow.course_id)
_QUERIES = {
    "enrolment": (_ENROLMENT, EnrolmentRow.id),
    "attempt": (_ATTEMPT, AttemptRow.id),
    "badge": (_BADGE, BadgeRow.id),
}


def about(work: Work, kind: str, ids: Collection[int]) -> dict[int, tuple[PersonId, CourseId]]:
    """Person and course of each that exists, by number. Raises KeyError for another kind."""
    query, number = _QUERIES[kind]
    rows = work.session.execute(query.where(number.in_(ids)))
    return {each: (PersonId(person), CourseId(course)) for each, person, course in rows}
