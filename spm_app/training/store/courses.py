"""Courses and their versions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from spm_app.kernel.errors import Conflict, NotFound
from spm_app.kernel.ids import CourseId, CourseVersionId, PersonId
from spm_app.training.domain import coursefile
from spm_app.training.domain.records import Course, Version
from spm_app.training.domain.states import VERSION_STEPS, VersionState, step
from spm_app.training.tables import CourseRow, VersionRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from spm_app.infra.db import Work
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.course import Content


def course(work: Work, course_id: CourseId) -> Course:
    """The course. Raises NotFound."""
    return _course(_course_row(work, course_id))


def courses(work: Work) -> tuple[Course, ...]:
    """All, in the order of their codes."""
    return tuple(_course(row) for row in work.session.scalars(select(CourseRow).order_by(CourseRow.code)))


def published(work: Work) -> tuple[tuple[Course, Version], ...]:
    """What stands in the catalogue, in the order of the codes."""
    found = work.session.execute(
        select(CourseRow, VersionRow).join(VersionRow, VersionRow.id == CourseRow.published_id).order_by(CourseRow.code)
    )
    return tuple((_course(row), _version(version)) for row, version in found)


def version(work: Work, version_id: CourseVersionId) -> Version:
    """The version, which is known to be there."""
    return _version(_version_row(work, version_id))


def versions_by_id(work: Work, ids: Sequence[CourseVersionId]) -> dict[CourseVersionId, Version]:
    """Those versions, in one question."""
    rows = work.session.scalars(select(VersionRow).where(VersionRow.id.in_(set(ids))).order_by(VersionRow.id))
    return {CourseVersionId(row.id): _version(row) for row in rows}


def latest(work: Work, course_id: CourseId) -> Version:
    """The version with the highest number: the draft if there is one. Raises NotFound."""
    row = work.session.scalar(
        select(VersionRow).where(VersionRow.course_id == course_id).order_by(VersionRow.number.desc()).limit(1)
    )
    if row is None:
        raise NotFound("training.no_such_course")
    return _version(row)


def versions(work: Work, course_id: CourseId) -> tuple[Version, ...]:
    """All versions of a course, oldest first."""
    asked = select(VersionRow).where(VersionRow.course_id == course_id).order_by(VersionRow.number)
    return tuple(_version(row) for row in work.session.scalars(asked))


def lock_course(work: Work, course_id: CourseId) -> Course:
    """The course, kept to ourselves until the transaction ends: writers of its versions take turns."""
    row = work.session.get(CourseRow, course_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("training.no_such_course")
    return _course(row)


def code_is_free(work: Work, code: str) -> bool:
    """Whether no course has that code."""
    return work.session.scalar(select(CourseRow.id).where(CourseRow.code == code)) is None


def add_course(work: Work, actor: Actor, code: str, content: Content, *, at: datetime) -> CourseId:
    """A course with its first draft."""
    row = CourseRow(code=code, owner_id=actor.person_id, created_at=at, published_id=None)
    work.session.add(row)
    work.session.flush()
    add_draft(work, actor, CourseId(row.id), content, at=at)
    return CourseId(row.id)


def add_draft(work: Work, actor: Actor, course_id: CourseId, content: Content, *, at: datetime) -> Version:
    """A new draft, numbered after the latest version."""
    numbers = work.session.scalars(select(VersionRow.number).where(VersionRow.course_id == course_id)).all()
    row = VersionRow(
        course_id=course_id,
        number=max(numbers, default=0) + 1,
        state=VersionState.DRAFT.value,
        revision=1,
        content=coursefile.to_json(content),
        content_hash=coursefile.fingerprint(content),
        changed_by=actor.person_id,
        changed_at=at,
    )
    work.session.add(row)
    work.session.flush()
    return _version(row)


def save_draft(work: Work, actor: Actor, draft: Version, content: Content, *, at: datetime) -> Version:
    """The draft with its new content, one revision on. Raises Conflict when it is a draft no more."""
    row = _version_row(work, draft.id)
    if row.state != VersionState.DRAFT.value or row.revision != draft.revision:
        raise Conflict("training.draft_moved_on")
    row.content = coursefile.to_json(content)
    row.content_hash = coursefile.fingerprint(content)
    row.revision += 1
    row.changed_by, row.changed_at = actor.person_id, at
    work.session.flush()
    return _version(row)


def publish(work: Work, actor: Actor, draft: Version, at: datetime) -> None:
    """Freeze the draft and put it in the catalogue, in the place of the one before."""
    retire(work, draft.course_id)
    row = _version_row(work, draft.id)
    row.state = step(VERSION_STEPS, VersionState(row.state), VersionState.PUBLISHED).value
    row.published_by, row.published_at = actor.person_id, at
    _course_row(work, draft.course_id).published_id = draft.id
    work.session.flush()


def retire(work: Work, course_id: CourseId) -> None:
    """Take whatever is published out of the catalogue; nothing happens when nothing is."""
    row = _course_row(work, course_id)
    if row.published_id is not None:
        version_row = _version_row(work, CourseVersionId(row.published_id))
        version_row.state = step(VERSION_STEPS, VersionState(version_row.state), VersionState.RETIRED).value
        row.published_id = None
        work.session.flush()


def _course_row(work: Work, course_id: CourseId) -> CourseRow:
    row = work.session.get(CourseRow, course_id)
    if row is None:
        raise NotFound("training.no_such_course")
    return row


def _version_row(work: Work, version_id: CourseVersionId) -> VersionRow:
    return work.session.get_one(VersionRow, version_id)


def _course(row: CourseRow) -> Course:
    shown = None if row.published_id is None else CourseVersionId(row.published_id)
    return Course(CourseId(row.id), row.code, PersonId(row.owner_id), shown)


def _version(row: VersionRow) -> Version:
    return Version(
        id=CourseVersionId(row.id),
        course_id=CourseId(row.course_id),
        number=row.number,
        state=VersionState(row.state),
        revision=row.revision,
        content=_content(row.content),
        changed_at=row.changed_at,
        published_at=row.published_at,
    )


@lru_cache(maxsize=256)
def _content(text: str) -> Content:
    """Reading a course costs milliseconds and published ones never change, so what was read is kept."""
    return coursefile.from_json(text)
