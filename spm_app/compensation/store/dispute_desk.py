"""What lies beside disputes: files, how long a desk may take, and who has been reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from spm_app.compensation.domain.deadlines import Policy
from spm_app.compensation.domain.records import Attachment
from spm_app.compensation.tables import ComponentResultRow, DisputeFileRow, DisputePolicyRow, DisputeRow
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import DisputeId, PersonId

if TYPE_CHECKING:
    from datetime import date

    from spm_app.infra.db import Work


def add_file(work: Work, file: Attachment) -> int:
    """Keep a file's place; the id of the value given is ignored."""
    row = DisputeFileRow(
        dispute_id=file.dispute_id,
        author_id=file.author_id,
        author_name=file.author_name,
        at=file.at,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        content=file.content,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def files(work: Work, dispute_id: DisputeId) -> tuple[Attachment, ...]:
    """The files of a dispute, in order."""
    query = select(DisputeFileRow).where(DisputeFileRow.dispute_id == dispute_id).order_by(DisputeFileRow.id)
    return tuple(_file(row) for row in work.session.scalars(query))


def file(work: Work, dispute_id: DisputeId, file_id: int) -> Attachment:
    """One file of that dispute. Raises NotFound."""
    row = work.session.get(DisputeFileRow, file_id)
    if row is None or row.dispute_id != dispute_id:
        raise NotFound("compensation.dispute_file_unknown")
    return _file(row)


def policy(work: Work) -> Policy:
    """What was set, or what holds until something is."""
    row = work.session.scalar(select(DisputePolicyRow))
    return Policy() if row is None else Policy(row.manager_days, row.compensation_days, row.blocks)


def set_policy(work: Work, policy: Policy) -> None:
    """From now on; days that were given stay as they were."""
    row = work.session.scalar(select(DisputePolicyRow)) or DisputePolicyRow()
    row.manager_days, row.compensation_days, row.blocks = policy.manager_days, policy.compensation_days, policy.blocks
    work.session.add(row)


def to_remind(work: Work, today: date) -> tuple[DisputeId, ...]:
    """Those whose day has passed and of which nobody was reminded today."""
    query = select(DisputeRow.id).where(
        DisputeRow.due_on < today, (DisputeRow.reminded_on.is_(None)) | (DisputeRow.reminded_on < today)
    )
    return tuple(DisputeId(each) for each in work.session.scalars(query.order_by(DisputeRow.id)))


def reminded(work: Work, dispute_id: DisputeId, today: date) -> None:
    """Not again on the same day."""
    work.session.get_one(DisputeRow, dispute_id).reminded_on = today


def plan_versions(work: Work, component_ids: frozenset[int]) -> dict[int, tuple[int, str]]:
    """The plan version and the code of each of these components of statements."""
    query = select(ComponentResultRow.id, ComponentResultRow.plan_version_id, ComponentResultRow.component)
    found = work.session.execute(query.where(ComponentResultRow.id.in_(component_ids)))
    return {key: (version, component) for key, version, component in found}


def _file(row: DisputeFileRow) -> Attachment:
    return Attachment(
        id=row.id,
        dispute_id=DisputeId(row.dispute_id),
        author_id=PersonId(row.author_id),
        author_name=row.author_name,
        at=row.at,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        content=row.content,
    )
