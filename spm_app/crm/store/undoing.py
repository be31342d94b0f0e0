"""Taking an import back by its journal: what it made goes, what it changed is put back as it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import aliased

from spm_app.crm.domain.imports import ImportState, Kind
from spm_app.crm.store.rows import TABLES, restored
from spm_app.crm.store.taking import CHUNK
from spm_app.crm.tables import (
    DealOwnerRow,
    DealRow,
    ExternalRefRow,
    ImportChangeRow,
    ImportRow,
    StageEventRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import ImportId

#: What names goes before what is named.
_ORDER = (Kind.DEAL, Kind.ACCOUNT, Kind.PRODUCT)


def later(work: Work, import_id: ImportId) -> tuple[str, ...]:
    """The names of records of this import that later imports changed, or whose deals came later."""
    mine, other = aliased(ImportChangeRow), aliased(ImportChangeRow)
    changed = (
        select(mine.external_id)
        .join(other, (other.kind == mine.kind) & (other.our_id == mine.our_id) & (other.id > mine.id))
        .join(ImportRow, ImportRow.id == other.import_id)
        .where(mine.import_id == import_id, other.import_id != import_id, ImportRow.state == ImportState.DONE)
    )
    found = set(work.session.scalars(changed))
    for kind, column in ((Kind.ACCOUNT, DealRow.account_id), (Kind.PRODUCT, DealRow.product_id)):
        made = select(ImportChangeRow.our_id).where(
            ImportChangeRow.import_id == import_id, ImportChangeRow.kind == kind, ImportChangeRow.before.is_(None)
        )
        own = select(ImportChangeRow.our_id).where(
            ImportChangeRow.import_id == import_id, ImportChangeRow.kind == Kind.DEAL
        )
        found |= set(work.session.scalars(select(DealRow.name).where(column.in_(made), DealRow.id.not_in(own))))
    return tuple(sorted(found))


def take_back(work: Work, import_id: ImportId) -> dict[Kind, int]:
    """Undo what the journal says; how many records of each kind that was."""
    work.session.execute(delete(StageEventRow).where(StageEventRow.import_id == import_id))
    counts: dict[Kind, int] = {}
    for kind in _ORDER:
        query = select(ImportChangeRow).where(ImportChangeRow.import_id == import_id, ImportChangeRow.kind == kind)
        journal = work.session.scalars(query).all()
        for part in _parts(journal):
            _take_away(work, kind, [each.our_id for each in part if each.before is None])
            _put_back(work, kind, [each for each in part if each.before is not None])
        if journal:
            counts[kind] = len(journal)
    work.session.expire_all()
    return counts


def _take_away(work: Work, kind: Kind, ids: Sequence[int]) -> None:
    table = TABLES[kind]
    if kind is Kind.DEAL:
        work.session.execute(delete(DealOwnerRow).where(DealOwnerRow.deal_id.in_(ids)))
    work.session.execute(delete(ExternalRefRow).where(ExternalRefRow.kind == kind, ExternalRefRow.our_id.in_(ids)))
    work.session.execute(delete(table).where(table.id.in_(ids)))


def _put_back(work: Work, kind: Kind, journal: Sequence[ImportChangeRow]) -> None:
    if not journal:
        return
    before: dict[int, dict[str, Any]] = {each.our_id: dict(each.before or {}) for each in journal}
    owners = {our_id: columns.pop("owners", []) for our_id, columns in before.items()}
    table = TABLES[kind]
    work.session.execute(update(table), [restored(table, columns) for columns in before.values()])
    _put_back_marks(work, kind, journal)
    if kind is Kind.DEAL:
        work.session.execute(delete(DealOwnerRow).where(DealOwnerRow.deal_id.in_(before)))
        rows = [
            {"deal_id": our_id, "person_id": person_id, "position": at, "share_ppm": share}
            for our_id, parts in owners.items()
            for at, (person_id, share) in enumerate(parts)
        ]
        if rows:
            work.session.execute(insert(DealOwnerRow), rows)


def _put_back_marks(work: Work, kind: Kind, journal: Sequence[ImportChangeRow]) -> None:
    """What the source had last said before this import stands in the journal of an earlier one."""
    ids = [each.our_id for each in journal]
    first = {each.our_id: each.id for each in journal}
    query = (
        select(ImportChangeRow)
        .join(ImportRow)
        .where(ImportChangeRow.kind == kind, ImportChangeRow.our_id.in_(ids), ImportRow.state == ImportState.DONE)
        .order_by(ImportChangeRow.id)
    )
    marks = {each.our_id: each for each in work.session.scalars(query) if each.id < first[each.our_id]}
    known = select(ExternalRefRow.id, ExternalRefRow.our_id).where(
        ExternalRefRow.kind == kind, ExternalRefRow.our_id.in_(ids)
    )
    values = [
        {"id": key, "fingerprint": marks[our_id].fingerprint, "import_id": marks[our_id].import_id}
        for key, our_id in work.session.execute(known)
        if our_id in marks
    ]
    if values:
        work.session.execute(update(ExternalRefRow), values)


def _parts(journal: Sequence[ImportChangeRow]) -> Iterator[Sequence[ImportChangeRow]]:
    for at in range(0, len(journal), CHUNK):
        yield journal[at : at + CHUNK]
