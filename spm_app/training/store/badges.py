"""Badges given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import BadgeId, CourseId, CourseVersionId, PersonId
from spm_app.training.domain.badge import Badge
from spm_app.training.domain.states import BADGE_STEPS, BadgeState, step
from spm_app.training.tables import BadgeRow, VersionRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from spm_app.infra.db import Work
    from spm_app.training.domain.records import Enrolment, Version


def held(work: Work, person_id: PersonId) -> frozenset[CourseVersionId]:
    """The versions for which the person was ever given a badge, revoked ones too."""
    asked = select(BadgeRow.version_id).where(BadgeRow.person_id == person_id)
    return frozenset(CourseVersionId(each) for each in work.session.scalars(asked))


def issue(work: Work, enrolment: Enrolment, version: Version, at: datetime) -> BadgeId:
    """A new badge, with the titles as they read now."""
    row = BadgeRow(
        person_id=enrolment.person_id,
        course_id=version.course_id,
        version_id=version.id,
        title=json.dumps(dict(version.content.badge)),
        course_title=json.dumps(dict(version.content.title)),
        issued_at=at,
        state=BadgeState.ISSUED.value,
    )
    work.session.add(row)
    work.session.flush()
    return BadgeId(row.id)


def of_people(work: Work, people: Collection[PersonId] | None) -> tuple[Badge, ...]:
    """The badges that those people hold, newest first, without revoked ones; None is everybody."""
    asked = (
        select(BadgeRow, VersionRow.number)
        .join(VersionRow, VersionRow.id == BadgeRow.version_id)
        .where(BadgeRow.state == BadgeState.ISSUED.value)
        .order_by(BadgeRow.issued_at.desc(), BadgeRow.id.desc())
    )
    if people is not None:
        asked = asked.where(BadgeRow.person_id.in_(people))
    return tuple(_badge(row, number) for row, number in work.session.execute(asked))


def revoke(work: Work, badge_id: BadgeId, at: datetime) -> PersonId:
    """Take the badge back; whose it was. Raises NotFound, and Conflict when it was taken back before."""
    row = work.session.get(BadgeRow, badge_id, with_for_update=True)
    if row is None:
        raise NotFound("training.no_such_badge")
    row.state = step(BADGE_STEPS, BadgeState(row.state), BadgeState.REVOKED).value
    row.revoked_at = at
    return PersonId(row.person_id)


def _badge(row: BadgeRow, number: int) -> Badge:
    return Badge(
        id=BadgeId(row.id),
        person_id=PersonId(row.person_id),
        course_id=CourseId(row.course_id),
        version_id=CourseVersionId(row.version_id),
        version=number,
        title=json.loads(row.title),
        course_title=json.loads(row.course_title),
        issued_at=row.issued_at,
        state=BadgeState(row.state),
    )
