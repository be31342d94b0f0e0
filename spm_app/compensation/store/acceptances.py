"""Who has agreed to which version of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from spm_app.compensation.tables import PlanAcceptanceRow
from spm_app.kernel.ids import PersonId, PlanVersionId

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.infra.db import Work


def of_version(work: Work, version_id: PlanVersionId) -> dict[PersonId, datetime]:
    """When each person agreed to that version."""
    asked = select(PlanAcceptanceRow.person_id, PlanAcceptanceRow.at).where(PlanAcceptanceRow.version_id == version_id)
    return {PersonId(person): at for person, at in work.session.execute(asked)}


def of_person(work: Work, person_id: PersonId) -> dict[PlanVersionId, datetime]:
    """When the person agreed to each version."""
    asked = select(PlanAcceptanceRow.version_id, PlanAcceptanceRow.at).where(PlanAcceptanceRow.person_id == person_id)
    return {PlanVersionId(version): at for version, at in work.session.execute(asked)}


def add(work: Work, version_id: PlanVersionId, person_id: PersonId, *, text_hash: str, at: datetime) -> None:
    """Keep it for good."""
    work.session.add(PlanAcceptanceRow(version_id=version_id, person_id=person_id, text_hash=text_hash, at=at))
    work.session.flush()
