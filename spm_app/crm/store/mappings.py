"""How files are understood, kept by name."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from spm_app.crm.domain.imports import Kind
from spm_app.crm.domain.layout import Layout
from spm_app.crm.domain.mapping import Act, Asked, Meaning, SavedMapping
from spm_app.crm.tables import ImportMappingRow, ValueMapRow

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.infra.db import Work

_FLAGS = ("makes_people", "makes_accounts", "makes_products")


def save(work: Work, saved: SavedMapping, at: datetime) -> None:
    """Keep it under its name, in place of what had that name."""
    row = work.session.scalar(select(ImportMappingRow).where(ImportMappingRow.name == saved.name))
    row = row or ImportMappingRow(name=saved.name, kind="crm")
    row.layout = {
        "source": saved.source,
        "currency": saved.currency,
        "files": {kind.value: asdict(layout) for kind, layout in saved.layouts.items()},
        **{flag: getattr(saved, flag) for flag in _FLAGS},
    }
    row.columns = {kind.value: dict(columns) for kind, columns in saved.columns.items()}
    row.changed_at = at
    work.session.add(row)
    work.session.flush()
    work.session.execute(delete(ValueMapRow).where(ValueMapRow.mapping_id == row.id))
    work.session.add_all(
        ValueMapRow(mapping_id=row.id, field=asked.value, value=value, act=meaning.act.value, target=meaning.target)
        for asked, values in saved.meanings.items()
        for value, meaning in values.items()
    )
    work.session.flush()


def every(work: Work) -> tuple[SavedMapping, ...]:
    """All of them, by name."""
    meanings: dict[int, dict[Asked, dict[str, Meaning]]] = {}
    for each in work.session.scalars(select(ValueMapRow).order_by(ValueMapRow.id)):
        of_field = meanings.setdefault(each.mapping_id, {}).setdefault(Asked(each.field), {})
        of_field[each.value] = Meaning(Act(each.act), each.target)
    rows = work.session.scalars(select(ImportMappingRow).order_by(ImportMappingRow.name))
    return tuple(
        SavedMapping(
            name=row.name,
            source=row.layout["source"],
            currency=row.layout["currency"],
            layouts={Kind(kind): Layout(**layout) for kind, layout in row.layout["files"].items()},
            columns={Kind(kind): columns for kind, columns in row.columns.items()},
            meanings=meanings.get(row.id, {}),
            **{flag: row.layout[flag] for flag in _FLAGS},
        )
        for row in rows
    )
