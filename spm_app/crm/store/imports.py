"""Imports as rows: begun, ended, listed, with their findings and the refused rows as they stood in the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select

from spm_app.crm.domain.imports import Counts, Finding, Import, ImportState, Kind
from spm_app.crm.tables import ImportFindingRow, ImportRow, RawRecordRow
from spm_app.infra.canonical import plain
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import ImportId, JobId
from spm_app.kernel.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from spm_app.infra.db import Work
    from spm_app.kernel.rights import Actor


def begin(work: Work, actor: Actor, source: str, filename: str, *, at: datetime, request: object = None) -> ImportId:
    """A new import, waiting; `request` is kept as JSON."""
    row = ImportRow(
        kind="crm",
        source=source,
        filename=filename[:200],
        request=plain(request or {}),
        state=ImportState.WAITING,
        actor_id=actor.person_id,
        actor_name=actor.name,
        created_at=at,
        counts={},
        error_key="",
        error_args={},
    )
    work.session.add(row)
    work.session.flush()
    return ImportId(row.id)


def set_job(work: Work, import_id: ImportId, job_id: JobId) -> None:
    """Which job does it."""
    _row(work, import_id).job_id = job_id


def end(work: Work, import_id: ImportId, counts: Mapping[Kind, Counts], at: datetime) -> None:
    """It went well."""
    row = _row(work, import_id)
    row.state, row.ended_at = ImportState.DONE, at
    row.counts = {kind.value: _plain(each) for kind, each in counts.items()}


def fail(work: Work, import_id: ImportId, key: str, args: Mapping[str, object], at: datetime) -> None:
    """It did not happen, and why."""
    row = _row(work, import_id)
    row.state, row.ended_at, row.error_key, row.error_args = ImportState.FAILED, at, key, plain(dict(args))


def mark_undone(work: Work, import_id: ImportId) -> None:
    """It has been taken back."""
    _row(work, import_id).state = ImportState.UNDONE


def one(work: Work, import_id: ImportId) -> Import:
    """One import. Raises NotFound."""
    return _import(_row(work, import_id))


def filenames(work: Work, ids: Collection[int]) -> dict[int, str]:
    """What the files of these imports are called."""
    query = select(ImportRow.id, ImportRow.filename).where(ImportRow.id.in_(ids))
    return dict(work.session.execute(query).all())


def request_of(work: Work, import_id: ImportId) -> dict[str, Any]:
    """What was asked for, as JSON. Raises NotFound."""
    return _row(work, import_id).request


def page(work: Work, number: int, size: int, words: str = "") -> tuple[int, tuple[Import, ...]]:
    """How many there are, and those of that page, newest first; `words` are looked for in file, source and name."""
    places = (ImportRow.filename, ImportRow.source, ImportRow.actor_name)
    asked = or_(*(place.icontains(words, autoescape=True) for place in places))
    query = select(ImportRow).where(asked).order_by(ImportRow.id.desc())
    total = work.session.scalar(select(func.count()).select_from(ImportRow).where(asked)) or 0
    rows = work.session.scalars(query.limit(size).offset((max(number, 1) - 1) * size))
    return total, tuple(_import(row) for row in rows)


def keep_findings(work: Work, import_id: ImportId, findings: Iterable[Finding]) -> None:
    """What was found in which row."""
    rows = [
        {
            "import_id": import_id,
            "kind": each.kind.value,
            "row": each.row,
            "at": each.problem.at,
            "key": each.problem.key,
            "args": plain(dict(each.problem.args)),
            "severity": each.problem.severity.value,
        }
        for each in findings
    ]
    if rows:
        work.session.execute(insert(ImportFindingRow), rows)


def findings(work: Work, import_id: ImportId, limit: int | None = None) -> tuple[Finding, ...]:
    """What was found, in the order of the files and their rows."""
    query = select(ImportFindingRow).where(ImportFindingRow.import_id == import_id).order_by(ImportFindingRow.id)
    return tuple(
        Finding(Kind(row.kind), row.row, Problem(row.at, row.key, row.args, Severity(row.severity)))
        for row in work.session.scalars(query.limit(limit) if limit else query)
    )


def keep_raw(work: Work, import_id: ImportId, kind: Kind, rows: Mapping[int, Sequence[str]]) -> None:
    """Rows as they stood in the file, by number; number 1 is the heading."""
    values = [
        {"import_id": import_id, "kind": kind.value, "row": number, "cells": json.dumps(list(cells))}
        for number, cells in rows.items()
    ]
    if values:
        work.session.execute(insert(RawRecordRow), values)


def raw(work: Work, import_id: ImportId) -> dict[Kind, dict[int, list[str]]]:
    """The kept rows by kind and number."""
    query = select(RawRecordRow).where(RawRecordRow.import_id == import_id).order_by(RawRecordRow.row)
    found: dict[Kind, dict[int, list[str]]] = {}
    for row in work.session.scalars(query):
        found.setdefault(Kind(row.kind), {})[row.row] = json.loads(row.cells)
    return found


def _row(work: Work, import_id: ImportId) -> ImportRow:
    row = work.session.get(ImportRow, import_id)
    if row is None:
        raise NotFound("crm.import_unknown")
    return row


def _import(row: ImportRow) -> Import:
    return Import(
        id=ImportId(row.id),
        source=row.source,
        filename=row.filename,
        state=ImportState(row.state),
        counts={Kind(kind): Counts(**each) for kind, each in row.counts.items()},
        actor_name=row.actor_name,
        created_at=row.created_at,
        ended_at=row.ended_at,
        job_id=None if row.job_id is None else JobId(row.job_id),
        error_key=row.error_key,
        error_args=row.error_args,
    )


def _plain(counts: Counts) -> dict[str, int]:
    return {
        "read": counts.read,
        "created": counts.created,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
    }
