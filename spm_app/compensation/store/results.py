"""Results of runs: written once, in bulk, and never touched again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from spm_app.compensation.tables import ComponentResultRow, LineRow, StatementRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.infra.db import Work


def add_statements(work: Work, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert the heads; ids come back in the order of the rows."""
    if not rows:
        return []
    query = insert(StatementRow).returning(StatementRow.id, sort_by_parameter_order=True)
    return list(work.session.scalars(query, [dict(row) for row in rows]))


def add_components(work: Work, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert component results; ids come back in the order of the rows."""
    if not rows:
        return []
    query = insert(ComponentResultRow).returning(ComponentResultRow.id, sort_by_parameter_order=True)
    return list(work.session.scalars(query, [dict(row) for row in rows]))


def add_lines(work: Work, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert lines."""
    if rows:
        work.session.execute(insert(LineRow), [dict(row) for row in rows])
