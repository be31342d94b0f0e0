"""Rows of compensation. Results are append-only; triggers in the migration refuse anything else."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.compensation.tables.settlement import (
    BalanceRow,
    DealEventRow,
    ExchangeRateRow,
    PaidLineRow,
    SettlementEntryRow,
    SettlementRow,
)
from spm_app.infra.columns import At, Base, Code, Key, LongText, MaybeAt, MaybeMinor, MaybeRef, Minor, Name, Ref

__all__ = [
    "AdjustmentRow",
    "BalanceRow",
    "ComponentResultRow",
    "DealEventRow",
    "DisputeFileRow",
    "DisputePolicyRow",
    "DisputeRemarkRow",
    "DisputeRow",
    "ExchangeRateRow",
    "LineRow",
    "PaidLineRow",
    "PayPeriodRow",
    "PlanRow",
    "PlanVersionRow",
    "ReviewRow",
    "RunRow",
    "SettlementEntryRow",
    "SettlementRow",
    "StatementRow",
]


class PlanRow(Base):
    """An incentive plan; what it says is in its versions."""

    __tablename__ = "plan"
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Name]


class PlanVersionRow(Base):
    """One text of a plan. `text` never changes once `state` is published."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[LongText]
    state: Mapped[Code]
    author_id: Mapped[Ref]
    written_at: Mapped[At]
    approver_id: Mapped[MaybeRef]
    approved_at: Mapped[MaybeAt]
    published_at: Mapped[MaybeAt]


class PlanAcceptanceRow(Base):
    """A payee has read a published version and agreed to it. `text_hash` says to which words."""

    __tablename__ = "plan_acceptance"
    __table_args__ = (UniqueConstraint("version_id", "person_id"),)
    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    person_id: Mapped[Ref]
    text_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[At]


class PayPeriodRow(Base):
    """A period's life. `run_id` is the one pointer at the results that count."""

    __tablename__ = "pay_period"
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    start: Mapped[date] = mapped_column(Date)
    end: Mapped[date] = mapped_column(Date)
    state: Mapped[Code]
    run_id: Mapped[MaybeRef]
    approver_id: Mapped[MaybeRef]
    approved_at: Mapped[MaybeAt]
    finaliser_id: Mapped[MaybeRef]
    finalised_at: Mapped[MaybeAt]


class RunRow(Base):
    """One calculation of a period: who, when, on which inputs, and what the engine had to say."""

    __tablename__ = "run"
    id: Mapped[Key]
    period_code: Mapped[str] = mapped_column(ForeignKey("pay_period.code"), index=True)
    starter_id: Mapped[Ref]
    started_at: Mapped[At]
    digest: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    total_minor: Mapped[Minor]
    payees: Mapped[int] = mapped_column(Integer)
    lines: Mapped[int] = mapped_column(Integer)
    versions: Mapped[list[int]] = mapped_column(JSON)
    log: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class StatementRow(Base):
    """What one payee gets out of one run."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("run_id", "payee_id"),)
    id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    payee_id: Mapped[Ref]
    payee_name: Mapped[Name]
    title_code: Mapped[Code]
    currency: Mapped[str] = mapped_column(String(3))
    earned_minor: Mapped[Minor]


class ComponentResultRow(Base):
    """One component of a statement: how much was done, against what, and what it earned."""

    __tablename__ = "component_result"
    id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    component: Mapped[Code]
    measure_minor: Mapped[Minor]
    quota_minor: Mapped[MaybeMinor]
    earned_minor: Mapped[Minor]
    derivation: Mapped[dict[str, Any]] = mapped_column(JSON)


class LineRow(Base):
    """One transaction's part of a component; lines add up to the component's earning to the cent."""

    __tablename__ = "statement_line"
    id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    component_id: Mapped[int] = mapped_column(ForeignKey("component_result.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    role: Mapped[Code]
    transaction: Mapped[str] = mapped_column(String(200), index=True)
    deal_id: Mapped[MaybeRef]
    day: Mapped[date | None] = mapped_column(Date)
    credit_minor: Mapped[Minor]
    amount_minor: Mapped[Minor]
    derivation: Mapped[dict[str, Any]] = mapped_column(JSON)


class ReviewRow(Base):
    """A manager's word on the team's part of a run, given before finance approves."""

    __tablename__ = "team_review"
    __table_args__ = (UniqueConstraint("run_id", "reviewer_id"),)
    id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    reviewer_id: Mapped[Ref]
    at: Mapped[At]
    agreed: Mapped[bool] = mapped_column(Boolean)
    remark: Mapped[LongText]


class AdjustmentRow(Base):
    """A line by a person, kept apart from what was computed. It counts once somebody else has approved it.

    `late_of` is the final period whose late changes it pays, None for what a person thought of.
    """

    __tablename__ = "adjustment"
    id: Mapped[Key]
    payee_id: Mapped[Ref]
    period_code: Mapped[str] = mapped_column(ForeignKey("pay_period.code"), index=True)
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[Minor]
    reason: Mapped[Code]
    remark: Mapped[LongText]
    state: Mapped[Code]
    proposer_id: Mapped[Ref]
    proposed_at: Mapped[At]
    approver_id: Mapped[MaybeRef]
    decided_at: Mapped[MaybeAt]
    dispute_id: Mapped[MaybeRef]
    late_of: Mapped[str | None] = mapped_column(String(16), index=True)


class DisputeRow(Base):
    """A payee's question about one line or a whole statement."""

    __tablename__ = "dispute"
    id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("statement_line.id"))
    payee_id: Mapped[Ref]
    reason: Mapped[Code]
    state: Mapped[Code]
    raised_at: Mapped[At]
    closed_at: Mapped[MaybeAt]
    due_on: Mapped[date | None] = mapped_column(Date)
    back_to: Mapped[str] = mapped_column(String(64), default="")
    assignee_id: Mapped[MaybeRef]
    appealed: Mapped[bool] = mapped_column(Boolean, default=False)
    counter: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reminded_on: Mapped[date | None] = mapped_column(Date)


class DisputeRemarkRow(Base):
    """What was said in a dispute, in order."""

    __tablename__ = "dispute_remark"
    id: Mapped[Key]
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    author_id: Mapped[Ref]
    author_name: Mapped[Name]
    at: Mapped[At]
    text: Mapped[LongText]
    state: Mapped[Code]


class DisputeFileRow(Base):
    """A file beside a dispute; what is in it lies among the kept files under `content`."""

    __tablename__ = "dispute_file"
    id: Mapped[Key]
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    author_id: Mapped[Ref]
    author_name: Mapped[Name]
    at: Mapped[At]
    name: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(String(64))


class DisputePolicyRow(Base):
    """How long each desk may take, in working days, and whether open questions keep a period from being final."""

    __tablename__ = "dispute_policy"
    id: Mapped[Key]
    manager_days: Mapped[int] = mapped_column(Integer)
    compensation_days: Mapped[int] = mapped_column(Integer)
    blocks: Mapped[bool] = mapped_column(Boolean)


class PayrollTemplateRow(Base):
    """A shape of payroll files; `told` is what `domain.payroll.template` writes. One that is no longer used stays."""

    __tablename__ = "payroll_template"
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200), unique=True)
    told: Mapped[dict[str, Any]] = mapped_column(JSON)


class PayrollExportRow(Base):
    """One file for payroll, frozen: its shape, its lines and its bytes (`content` names them among the kept files)."""

    __tablename__ = "payroll_export"
    id: Mapped[Key]
    period_code: Mapped[str] = mapped_column(ForeignKey("pay_period.code"), index=True)
    template: Mapped[dict[str, Any]] = mapped_column(JSON)
    content: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[Code]
    maker_id: Mapped[Ref]
    made_at: Mapped[At]
    decider_id: Mapped[MaybeRef]
    decided_at: Mapped[MaybeAt]


class PayrollLineRow(Base):
    """What one export says of one payee and component; `before_minor` is what earlier ones had said."""

    __tablename__ = "payroll_line"
    id: Mapped[Key]
    export_id: Mapped[int] = mapped_column(ForeignKey("payroll_export.id"), index=True)
    payee_id: Mapped[Ref]
    number: Mapped[str] = mapped_column(String(64))
    name: Mapped[Name]
    is_agent: Mapped[bool] = mapped_column(Boolean)
    component: Mapped[Code]
    now_minor: Mapped[Minor]
    before_minor: Mapped[Minor]
