"""Writing records: many at a time, with a journal of what stood before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from spm_app.crm.domain.compare import Change, Ref
from spm_app.crm.domain.deals import StageStep
from spm_app.crm.domain.records import DealRecord
from spm_app.crm.store.rows import TABLES, columns_of, kept, kind_of
from spm_app.crm.tables import DealOwnerRow, DealRow, ExternalRefRow, ImportChangeRow, StageEventRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import ImportId

#: How many values one statement may name.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Taking:
    """What all records of one import have in common; the two maps give our ids for the source's names."""

    import_id: ImportId
    source: str
    at: datetime
    today: date
    accounts: Mapping[str, int]
    products: Mapping[str, int]


def refs(work: Work, source: str, kind: str) -> dict[str, Ref]:
    """Everything of that kind that the source ever named, by the source's id."""
    columns = (ExternalRefRow.external_id, ExternalRefRow.our_id, ExternalRefRow.fingerprint)
    query = select(*columns).where(ExternalRefRow.source == source, ExternalRefRow.kind == kind)
    return {external_id: Ref(our_id, mark) for external_id, our_id, mark in work.session.execute(query)}


def names(work: Work, kind: str) -> dict[str, int]:
    """Accounts or products of every source by external id and by name; a text that two have is left out."""
    table = TABLES[kind]
    found: dict[str, set[int]] = defaultdict(set)
    for our_id, *texts in work.session.execute(select(table.id, table.external_id, table.name)):
        for text in texts:
            found[text].add(our_id)
    return {text: ids.pop() for text, ids in found.items() if len(ids) == 1}


def create(work: Work, taking: Taking, changes: Sequence[Change[Any]]) -> dict[str, int]:
    """Write new records, with their references and journal; our ids by the source's."""
    if not changes:
        return {}
    kind = kind_of(changes[0].record)
    table = TABLES[kind]
    values = [columns_of(each.record, taking.accounts, taking.products) for each in changes]
    made = work.session.scalars(insert(table).returning(table.id, sort_by_parameter_order=True), values)
    ids = dict(zip((each.record.external_id for each in changes), made, strict=True))
    _refer(work, taking, kind, [(each, ids[each.record.external_id]) for each in changes])
    _keep(work, taking, kind, [(each, ids[each.record.external_id], None) for each in changes])
    _write_owners(work, ((ids[each.record.external_id], each.record) for each in changes))
    _add_steps(work, taking, _first_steps(taking, ids, changes))
    return ids


def change(work: Work, taking: Taking, changes: Sequence[Change[Any]]) -> None:
    """Write changed records over the old ones, which go to the journal; a new stage becomes a step of history."""
    if not changes:
        return
    kind = kind_of(changes[0].record)
    table = TABLES[kind]
    pairs = [(each.our_id or 0, each) for each in changes]
    before = snapshot(work, kind, [our_id for our_id, _ in pairs])
    _keep(work, taking, kind, [(each, our_id, before[our_id]) for our_id, each in pairs])
    values = [_after(taking, our_id, each, before[our_id]) for our_id, each in pairs]
    work.session.execute(update(table), values)
    _update_refs(work, taking, kind, pairs)
    if table is DealRow:
        _drop_owners(work, [our_id for our_id, _ in pairs])
        _write_owners(work, ((our_id, each.record) for our_id, each in pairs))
        _add_steps(work, taking, _later_steps(taking, pairs, before))


def snapshot(work: Work, kind: str, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The columns of these records as JSON, a deal's owners included."""
    table = TABLES[kind].__table__
    found: dict[int, dict[str, Any]] = {}
    for part in _parts(ids):
        rows = work.session.execute(select(table).where(table.c.id.in_(part))).mappings()
        found |= {row["id"]: kept(dict(row)) for row in rows}
        if kind == "deal":
            for our_id, owners in _owners_of(work, part).items():
                found[our_id]["owners"] = owners
    return found


def _after(taking: Taking, our_id: int, each: Change[Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The new columns; an expected day that the source no longer says is kept."""
    values = columns_of(each.record, taking.accounts, taking.products) | {"id": our_id}
    if isinstance(each.record, DealRecord) and values["expected_close_on"] is None and before["expected_close_on"]:
        values["expected_close_on"] = date.fromisoformat(before["expected_close_on"])
    return values


def _refer(work: Work, taking: Taking, kind: str, pairs: Sequence[tuple[Change[Any], int]]) -> None:
    common = {"source": taking.source, "kind": kind, "seen_at": taking.at, "import_id": taking.import_id}
    rows = [
        common | {"external_id": each.record.external_id, "our_id": our_id, "fingerprint": each.fingerprint}
        for each, our_id in pairs
    ]
    work.session.execute(insert(ExternalRefRow), rows)


def _update_refs(work: Work, taking: Taking, kind: str, pairs: Sequence[tuple[int, Change[Any]]]) -> None:
    named = {each.record.external_id: each.fingerprint for _, each in pairs}
    marks = {"seen_at": taking.at, "import_id": taking.import_id, "deleted_at": None}
    values: list[dict[str, Any]] = []
    for part in _parts(named):
        query = select(ExternalRefRow.id, ExternalRefRow.external_id).where(
            ExternalRefRow.source == taking.source,
            ExternalRefRow.kind == kind,
            ExternalRefRow.external_id.in_(part),
        )
        values += [marks | {"id": key, "fingerprint": named[name]} for key, name in work.session.execute(query)]
    work.session.execute(update(ExternalRefRow), values)


def _keep(
    work: Work, taking: Taking, kind: str, changed: Sequence[tuple[Change[Any], int, dict[str, Any] | None]]
) -> None:
    rows = [
        {
            "import_id": taking.import_id,
            "kind": kind,
            "our_id": our_id,
            "external_id": each.record.external_id,
            "fingerprint": each.fingerprint,
            "before": before,
        }
        for each, our_id, before in changed
    ]
    work.session.execute(insert(ImportChangeRow), rows)


def _write_owners(work: Work, records: Iterator[tuple[int, Any]]) -> None:
    rows = [
        {"deal_id": our_id, "person_id": owner.person_id, "position": at, "share_ppm": owner.share_ppm}
        for our_id, record in records
        if isinstance(record, DealRecord)
        for at, owner in enumerate(record.owners)
    ]
    if rows:
        work.session.execute(insert(DealOwnerRow), rows)


def _drop_owners(work: Work, ids: Collection[int]) -> None:
    for part in _parts(ids):
        work.session.execute(delete(DealOwnerRow).where(DealOwnerRow.deal_id.in_(part)))


def _owners_of(work: Work, ids: Sequence[int]) -> dict[int, list[list[int]]]:
    found: defaultdict[int, list[list[int]]] = defaultdict(list)
    query = select(DealOwnerRow).where(DealOwnerRow.deal_id.in_(ids)).order_by(DealOwnerRow.position)
    for row in work.session.scalars(query):
        found[row.deal_id].append([row.person_id, row.share_ppm])
    return found


def _first_steps(taking: Taking, ids: Mapping[str, int], changes: Sequence[Change[Any]]) -> list[tuple[int, StageStep]]:
    """The history that the source gives, or the one stage that is known, from the day it is known for."""
    steps: list[tuple[int, StageStep]] = []
    for record in (each.record for each in changes):
        if isinstance(record, DealRecord):
            steps += [(ids[record.external_id], step) for step in record.history or _only_step(taking, record)]
    return steps


def _only_step(taking: Taking, record: DealRecord) -> tuple[StageStep]:
    return (StageStep(record.stage, record.outcome, record.closed_on or record.opened_on or taking.today),)


def _later_steps(
    taking: Taking, pairs: Sequence[tuple[int, Change[Any]]], before: Mapping[int, Mapping[str, Any]]
) -> list[tuple[int, StageStep]]:
    return [
        (our_id, StageStep(each.record.stage, each.record.outcome, each.record.closed_on or taking.today))
        for our_id, each in pairs
        if (before[our_id]["stage"], before[our_id]["outcome"]) != (each.record.stage, each.record.outcome)
    ]


def _add_steps(work: Work, taking: Taking, steps: Sequence[tuple[int, StageStep]]) -> None:
    rows = [
        {
            "deal_id": our_id,
            "stage": step.stage,
            "outcome": step.outcome.value,
            "on": step.on,
            "import_id": taking.import_id,
        }
        for our_id, step in steps
    ]
    if rows:
        work.session.execute(insert(StageEventRow), rows)


def _parts(values: Collection[Any]) -> Iterator[list[Any]]:
    ordered = list(values)
    for at in range(0, len(ordered), CHUNK):
        yield ordered[at : at + CHUNK]
