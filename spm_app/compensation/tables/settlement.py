"""Rows of what is paid of earnings, and of what people enter for it. Results are append-only, facts are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra.columns import At, Base, Code, Key, MaybeAt, MaybeMinor, MaybeRef, Minor, Name, Ref


class SettlementRow(Base):
    """What of a statement is paid, in the plans' money and in the payee's own; `rate` is an exact fraction in text."""

    __tablename__ = "settlement"
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True, autoincrement=False)
    paid_minor: Mapped[Minor]
    pay_currency: Mapped[str] = mapped_column(String(3))
    pay_minor: Mapped[Minor]
    rate: Mapped[str] = mapped_column(String(80))
    rate_day: Mapped[date | None] = mapped_column(Date)


class SettlementEntryRow(Base):
    """One step from earned to paid; those of a statement add up to what is paid."""

    __tablename__ = "settlement_entry"
    id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[Code]
    plan: Mapped[str] = mapped_column(String(64))
    component: Mapped[Code]
    transaction: Mapped[str] = mapped_column(String(220))
    code: Mapped[str] = mapped_column(String(32))
    amount_minor: Mapped[Minor]
    derivation: Mapped[dict[str, Any]] = mapped_column(JSON)


class BalanceRow(Base):
    """What a statement leaves open, with everything that its payment depends on."""

    __tablename__ = "settlement_balance"
    id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    kind: Mapped[Code]
    plan: Mapped[str] = mapped_column(String(64))
    component: Mapped[Code]
    transaction: Mapped[str] = mapped_column(String(220))
    amount_minor: Mapped[Minor]
    whole_minor: Mapped[Minor]
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[str] = mapped_column(String(40))
    due: Mapped[date | None] = mapped_column(Date)


class PaidLineRow(Base):
    """What a sale earned, was paid and gave back in one period, where a cancellation would take it back."""

    __tablename__ = "paid_line"
    id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    plan: Mapped[str] = mapped_column(String(64))
    component: Mapped[Code]
    transaction: Mapped[str] = mapped_column(String(220), index=True)
    day: Mapped[date] = mapped_column(Date)
    earned_minor: Mapped[Minor]
    paid_minor: Mapped[Minor]
    taken_minor: Mapped[Minor]


class DealEventRow(Base):
    """What happened to a sale after it was won. An empty `transaction` means all; of an amount, a share, or all of it.

    What was entered by mistake is withdrawn, never deleted.
    """

    __tablename__ = "deal_event"
    id: Mapped[Key]
    transaction: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    day: Mapped[date] = mapped_column(Date)
    currency: Mapped[str | None] = mapped_column(String(3))
    amount_minor: Mapped[MaybeMinor]
    share: Mapped[MaybeMinor]
    payee_id: Mapped[MaybeRef]
    entered_by: Mapped[Ref]
    entered_at: Mapped[At]
    withdrawn_by: Mapped[MaybeRef]
    withdrawn_at: Mapped[MaybeAt]


class ExchangeRateRow(Base):
    """So many `target` for one `source` from a day on, as an exact fraction in text; the last entered counts."""

    __tablename__ = "exchange_rate"
    id: Mapped[Key]
    day: Mapped[date] = mapped_column(Date, index=True)
    source: Mapped[str] = mapped_column(String(3))
    target: Mapped[str] = mapped_column(String(3))
    rate: Mapped[str] = mapped_column(String(80))
    origin: Mapped[Name]
    entered_by: Mapped[Ref]
    entered_at: Mapped[At]
