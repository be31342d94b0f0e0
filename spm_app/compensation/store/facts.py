"""What happened to sales after they were won, and rates of exchange: entered by people, kept for ever."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from spm_app.compensation.domain.settle.currency import ExchangeRate
from spm_app.compensation.domain.settle.values import Happened
from spm_app.compensation.tables import DealEventRow, ExchangeRateRow
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from spm_app.infra.db import Work


@dataclass(frozen=True, slots=True)
class Entered:
    """An event as it stands in the list: who entered it when, and whether it still counts."""

    id: int
    event: Happened
    entered_by: PersonId
    entered_at: datetime
    withdrawn: bool
    currency: str | None = None


def add_events(work: Work, events: Sequence[tuple[Happened, str | None]], by: PersonId, at: datetime) -> None:
    """Keep events; each with the currency of its amount, when it has one."""
    rows = [
        {
            "transaction": each.transaction,
            "kind": each.kind,
            "day": each.day,
            "currency": currency,
            "amount_minor": each.amount,
            "share": each.share,
            "payee_id": each.person_id,
            "entered_by": by,
            "entered_at": at,
        }
        for each, currency in events
    ]
    if rows:
        work.session.execute(insert(DealEventRow), rows)


def events(work: Work, before: date) -> tuple[Happened, ...]:
    """What counts of all that happened before a day, in the order of the days."""
    query = select(DealEventRow).where(DealEventRow.day < before, DealEventRow.withdrawn_at.is_(None))
    return tuple(_event(row) for row in work.session.scalars(query.order_by(DealEventRow.day, DealEventRow.id)))


def events_page(work: Work, *, words: str = "", skip: int = 0, size: int = 25) -> tuple[tuple[Entered, ...], int]:
    """Events by sale, newest first, and how many there are."""
    query = select(DealEventRow)
    if words:
        query = query.where(func.lower(DealEventRow.transaction).contains(words.lower(), autoescape=True))
    count = work.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = work.session.scalars(
        query.order_by(DealEventRow.day.desc(), DealEventRow.id.desc()).offset(skip).limit(size)
    )
    return tuple(_entered(row) for row in rows), count


def withdraw_event(work: Work, event_id: int, by: PersonId, at: datetime) -> Happened:
    """The event counts no more. Raises NotFound for one that does not exist or was withdrawn before."""
    row = work.session.get(DealEventRow, event_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound("compensation.event_unknown")
    row.withdrawn_by, row.withdrawn_at = by, at
    return _event(row)


def add_rates(work: Work, rates: Sequence[ExchangeRate], by: PersonId, at: datetime) -> None:
    """Keep rates; one that is there already for the same day and moneys is overtaken."""
    rows = [
        {
            "day": each.day,
            "source": each.source.code,
            "target": each.target.code,
            "rate": str(each.rate),
            "origin": each.origin,
            "entered_by": by,
            "entered_at": at,
        }
        for each in rates
    ]
    if rows:
        work.session.execute(insert(ExchangeRateRow), rows)


def rates(work: Work, first: date, past: date) -> tuple[ExchangeRate, ...]:
    """The rates that count of the days from `first` up to `past`, by day and moneys."""
    query = select(ExchangeRateRow).where(ExchangeRateRow.day >= first, ExchangeRateRow.day < past)
    last = {(row.day, row.source, row.target): row for row in work.session.scalars(query.order_by(ExchangeRateRow.id))}
    return tuple(_rate(last[key]) for key in sorted(last))


def rates_page(work: Work, *, skip: int = 0, size: int = 25) -> tuple[tuple[ExchangeRate, ...], int]:
    """The rates that count, newest first, and how many there are."""
    last = select(func.max(ExchangeRateRow.id)).group_by(
        ExchangeRateRow.day, ExchangeRateRow.source, ExchangeRateRow.target
    )
    query = select(ExchangeRateRow).where(ExchangeRateRow.id.in_(last))
    count = work.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(ExchangeRateRow.day.desc(), ExchangeRateRow.source, ExchangeRateRow.target)
    return tuple(_rate(row) for row in work.session.scalars(ordered.offset(skip).limit(size))), count


def _event(row: DealEventRow) -> Happened:
    return Happened(row.transaction, row.kind, row.day, row.amount_minor, row.share, row.payee_id)


def _entered(row: DealEventRow) -> Entered:
    return Entered(
        row.id, _event(row), PersonId(row.entered_by), row.entered_at, row.withdrawn_at is not None, row.currency
    )


def _rate(row: ExchangeRateRow) -> ExchangeRate:
    return ExchangeRate(row.day, Currency(row.source), Currency(row.target), Fraction(row.rate), row.origin)
