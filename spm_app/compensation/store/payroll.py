"""Payroll files and their shapes: written once, decided on once, and read again byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from spm_app.compensation.domain.life import ExportState
from spm_app.compensation.domain.payroll import template as shapes
from spm_app.compensation.domain.payroll.entries import ADJUSTMENT, Entry, Told
from spm_app.compensation.domain.settle.values import Did
from spm_app.compensation.tables import (
    ComponentResultRow,
    PayrollExportRow,
    PayrollLineRow,
    PayrollTemplateRow,
    SettlementEntryRow,
    StatementRow,
)
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId, RunId
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from spm_app.compensation.domain.payroll.template import Template
    from spm_app.infra.db import Work


@dataclass(frozen=True, slots=True)
class Export:
    """One file for payroll. Its number is its id; `content` names its bytes among the kept files."""

    id: int
    period_code: str
    template: Template
    content: str
    currency: Currency
    state: ExportState
    maker_id: PersonId
    made_at: datetime
    decider_id: PersonId | None = None
    decided_at: datetime | None = None


def templates(work: Work) -> dict[int, Template]:
    """Every shape by its number, in order of names."""
    rows = work.session.scalars(select(PayrollTemplateRow).order_by(PayrollTemplateRow.name))
    return {row.id: shapes.read(row.told) for row in rows}


def save_template(work: Work, template: Template, template_id: int | None) -> int:
    """Keep a new shape, or change one; exports that were made have their own copy. Raises NotFound."""
    row = PayrollTemplateRow() if template_id is None else work.session.get(PayrollTemplateRow, template_id)
    if row is None:
        raise NotFound("compensation.payroll.template_unknown")
    row.name, row.told = template.name, shapes.written(template)
    work.session.add(row)
    work.session.flush()
    return row.id


def paid_by_code(work: Work, run_id: RunId) -> tuple[tuple[PersonId, str, Money], ...]:
    """What each payee of a run is paid by earning code, or else by component, or by what was done where neither is.

    Runs older than settlements are read by what each component earned.
    """
    entry = SettlementEntryRow
    query = (
        select(
            StatementRow.payee_id, entry.code, entry.component, entry.kind, entry.amount_minor, StatementRow.currency
        )
        .join(StatementRow, StatementRow.id == entry.statement_id)
        .where(StatementRow.run_id == run_id)
        .order_by(entry.id)
    )
    found = tuple(
        (PersonId(payee), code or component or _word(kind), Money.from_minor(minor, Currency(currency)))
        for payee, code, component, kind, minor, currency in work.session.execute(query)
    )
    return found or _earned_by_component(work, run_id)


def add(work: Work, export: Export) -> int:
    """Keep an export; the id of the value given is ignored."""
    row = PayrollExportRow(
        period_code=export.period_code,
        template=shapes.written(export.template),
        content=export.content,
        currency=export.currency.code,
        state=export.state.value,
        maker_id=export.maker_id,
        made_at=export.made_at,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def add_lines(work: Work, export_id: int, lines: Sequence[Told]) -> None:
    """Keep what it says."""
    rows: list[dict[str, Any]] = [
        {
            "export_id": export_id,
            "payee_id": each.entry.payee_id,
            "number": each.entry.number,
            "name": each.entry.name,
            "is_agent": each.entry.is_agent,
            "component": each.entry.component,
            "now_minor": each.entry.amount.minor,
            "before_minor": each.before.minor,
        }
        for each in lines
    ]
    if rows:
        work.session.execute(insert(PayrollLineRow), rows)


def next_number(work: Work) -> int:
    """The number that the next export gets; the caller holds the period."""
    newest = work.session.scalar(select(PayrollExportRow.id).order_by(PayrollExportRow.id.desc()).limit(1))
    return (newest or 0) + 1


def exports(work: Work, period_code: str = "") -> tuple[Export, ...]:
    """Every export, of one period when it is named, newest first."""
    query = select(PayrollExportRow).order_by(PayrollExportRow.id.desc())
    if period_code:
        query = query.where(PayrollExportRow.period_code == period_code)
    return tuple(_export(row) for row in work.session.scalars(query))


def export(work: Work, export_id: int, *, hold: bool = False) -> Export:
    """One export; `hold` keeps others from deciding on it meanwhile. Raises NotFound."""
    row = work.session.get(PayrollExportRow, export_id, with_for_update=hold or None)
    if row is None:
        raise NotFound("compensation.payroll.export_unknown")
    return _export(row)


def decide(work: Work, export_id: int, state: ExportState, by: PersonId, at: datetime) -> None:
    """Another person's word on it."""
    row = work.session.get_one(PayrollExportRow, export_id)
    row.state, row.decider_id, row.decided_at = state.value, by, at


def lines(work: Work, export: Export) -> tuple[Told, ...]:
    """What an export says, in its order."""
    query = select(PayrollLineRow).where(PayrollLineRow.export_id == export.id).order_by(PayrollLineRow.id)
    return tuple(
        Told(
            Entry(
                payee_id=PersonId(row.payee_id),
                number=row.number,
                name=row.name,
                is_agent=row.is_agent,
                component=row.component,
                amount=Money.from_minor(row.now_minor, export.currency),
            ),
            Money.from_minor(row.before_minor, export.currency),
        )
        for row in work.session.scalars(query)
    )


def _word(kind: str) -> str:
    return ADJUSTMENT if kind in {Did.MANUAL.value, Did.LATE.value} else kind


def _earned_by_component(work: Work, run_id: RunId) -> tuple[tuple[PersonId, str, Money], ...]:
    query = (
        select(StatementRow.payee_id, ComponentResultRow.component, ComponentResultRow.earned_minor)
        .add_columns(StatementRow.currency)
        .join(StatementRow, StatementRow.id == ComponentResultRow.statement_id)
        .where(StatementRow.run_id == run_id)
        .order_by(ComponentResultRow.id)
    )
    return tuple(
        (PersonId(payee), component, Money.from_minor(minor, Currency(code)))
        for payee, component, minor, code in work.session.execute(query)
    )


def _export(row: PayrollExportRow) -> Export:
    return Export(
        id=row.id,
        period_code=row.period_code,
        template=shapes.read(row.template),
        content=row.content,
        currency=Currency(row.currency),
        state=ExportState(row.state),
        maker_id=PersonId(row.maker_id),
        made_at=row.made_at,
        decider_id=None if row.decider_id is None else PersonId(row.decider_id),
        decided_at=row.decided_at,
    )
