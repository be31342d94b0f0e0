"""Statements as they are read: pay rows, so every question names whose rows may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from spm_app.compensation.domain.records import ComponentResult, Statement, StatementLine
from spm_app.compensation.tables import ComponentResultRow, LineRow, PayPeriodRow, RunRow, StatementRow
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import DealId, PersonId, PlanVersionId, RunId
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from sqlalchemy import Select

    from spm_app.infra.db import Work

_SORTS: dict[str, Any] = {
    "position": LineRow.position,
    "day": LineRow.day,
    "transaction": LineRow.transaction,
    "credit": LineRow.credit_minor,
    "amount": LineRow.amount_minor,
}


@dataclass(frozen=True, slots=True)
class LineQuery:
    """Which lines of a statement, in which order. `component` and `text` empty mean all."""

    component: str = ""
    text: str = ""
    sort: str = "position"
    descending: bool = False
    offset: int = 0
    limit: int = 50


def of_run(work: Work, run_id: RunId, seen: frozenset[PersonId] | None) -> tuple[Statement, ...]:
    """Statements of a run by name of payee; `seen` None means that all may be seen."""
    query = _heads().where(StatementRow.run_id == run_id).order_by(StatementRow.payee_name, StatementRow.id)
    return _read(work, _narrow(query, seen))


def current_of(work: Work, seen: frozenset[PersonId] | None, period_code: str = "") -> tuple[Statement, ...]:
    """Statements of the runs that count, newest period first; of one period when it is named."""
    query = (
        _heads()
        .join(PayPeriodRow, PayPeriodRow.run_id == RunRow.id)
        .order_by(PayPeriodRow.start.desc(), StatementRow.payee_name)
    )
    if period_code:
        query = query.where(RunRow.period_code == period_code)
    return _read(work, _narrow(query, seen))


def head(work: Work, statement_id: int, seen: frozenset[PersonId] | None) -> Statement:
    """One statement. Raises NotFound when it does not exist or may not be seen."""
    found = _read(work, _narrow(_heads().where(StatementRow.id == statement_id), seen))
    if not found:
        raise NotFound("compensation.statement_unknown")
    return found[0]


def components(work: Work, statement_id: int) -> tuple[ComponentResult, ...]:
    """What each component came to, in the order of the plan."""
    query = (
        select(ComponentResultRow, StatementRow.currency)
        .join(StatementRow, StatementRow.id == ComponentResultRow.statement_id)
        .where(ComponentResultRow.statement_id == statement_id)
        .order_by(ComponentResultRow.id)
    )
    return tuple(_component(row, Currency(code)) for row, code in work.session.execute(query))


def lines(work: Work, statement_id: int, query: LineQuery) -> tuple[tuple[StatementLine, ...], int]:
    """One page of lines and how many there are in all."""
    wanted = _lines().where(LineRow.statement_id == statement_id)
    if query.component:
        wanted = wanted.where(ComponentResultRow.component == query.component)
    if query.text:
        wanted = wanted.where(func.lower(LineRow.transaction).contains(query.text.lower(), autoescape=True))
    count = work.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    by = _SORTS.get(query.sort, LineRow.position)
    ordered = wanted.order_by(by.desc() if query.descending else by, LineRow.position)
    page = work.session.execute(ordered.offset(query.offset).limit(query.limit))
    return tuple(_line(row, component, Currency(code)) for row, component, code in page), count


def line(work: Work, line_id: int) -> StatementLine:
    """One line; the caller checks that its statement may be seen. Raises NotFound."""
    found = work.session.execute(_lines().where(LineRow.id == line_id)).first()
    if found is None:
        raise NotFound("compensation.line_unknown")
    row, component, code = found
    return _line(row, component, Currency(code))


def earned_in(work: Work, run_id: RunId) -> dict[PersonId, Money]:
    """Earned by payee in one run."""
    return {each.payee_id: each.earned for each in of_run(work, run_id, None)}


def _heads() -> Select[StatementRow, str]:
    return select(StatementRow, RunRow.period_code).join(RunRow, RunRow.id == StatementRow.run_id)


def _narrow(query: Select[StatementRow, str], seen: frozenset[PersonId] | None) -> Select[StatementRow, str]:
    return query if seen is None else query.where(StatementRow.payee_id.in_(seen))


def _lines() -> Select[LineRow, str, str]:
    return (
        select(LineRow, ComponentResultRow.component, StatementRow.currency)
        .join(ComponentResultRow, ComponentResultRow.id == LineRow.component_id)
        .join(StatementRow, StatementRow.id == LineRow.statement_id)
    )


def _read(work: Work, query: Select[StatementRow, str]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            id=row.id,
            run_id=RunId(row.run_id),
            period_code=period_code,
            payee_id=PersonId(row.payee_id),
            payee_name=row.payee_name,
            title_code=row.title_code,
            earned=Money.from_minor(row.earned_minor, Currency(row.currency)),
        )
        for row, period_code in work.session.execute(query)
    )


def _component(row: ComponentResultRow, currency: Currency) -> ComponentResult:
    return ComponentResult(
        id=row.id,
        plan_version_id=PlanVersionId(row.plan_version_id),
        component=row.component,
        measure=Money.from_minor(row.measure_minor, currency),
        quota=None if row.quota_minor is None else Money.from_minor(row.quota_minor, currency),
        earned=Money.from_minor(row.earned_minor, currency),
        derivation=row.derivation,
    )


def _line(row: LineRow, component: str, currency: Currency) -> StatementLine:
    return StatementLine(
        id=row.id,
        statement_id=row.statement_id,
        component_id=row.component_id,
        component=component,
        position=row.position,
        role=row.role,
        transaction=row.transaction,
        deal_id=None if row.deal_id is None else DealId(row.deal_id),
        day=row.day,
        credit=Money.from_minor(row.credit_minor, currency),
        amount=Money.from_minor(row.amount_minor, currency),
        derivation=row.derivation,
    )
