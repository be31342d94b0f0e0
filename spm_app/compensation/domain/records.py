"""What compensation keeps, as values: the store gives these, the service and the screens read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from spm_app.compensation.domain.life import AdjustmentState, DisputeState, PeriodState, VersionState
    from spm_app.kernel.ids import DealId, DisputeId, PersonId, PlanId, PlanVersionId, RunId
    from spm_app.kernel.money import Money
    from spm_app.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a plan and where it stands. `number` counts from 1 inside its plan."""

    id: PlanVersionId
    plan_id: PlanId
    plan_code: str
    plan_name: str
    number: int
    text: str
    state: VersionState
    author_id: PersonId
    written_at: datetime
    approver_id: PersonId | None = None
    approved_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PayPeriod:
    """A period and how far its pay has come. `run_id` points at the results that count, None before the first run."""

    period: Period
    state: PeriodState
    run_id: RunId | None = None
    approver_id: PersonId | None = None
    approved_at: datetime | None = None
    finaliser_id: PersonId | None = None
    finalised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One calculation, as it was. `digest` is the same for the same results; `log` explains what is empty."""

    id: RunId
    period_code: str
    starter_id: PersonId
    started_at: datetime
    digest: str
    total: Money
    payees: int
    lines: int
    versions: tuple[PlanVersionId, ...]
    log: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """The head of one payee's statement in one run, before adjustments."""

    id: int
    run_id: RunId
    period_code: str
    payee_id: PersonId
    payee_name: str
    title_code: str
    earned: Money


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """What one component of a statement came to. `quota` None means that none was set."""

    id: int
    plan_version_id: PlanVersionId
    component: str
    measure: Money
    quota: Money | None
    earned: Money
    derivation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One transaction's part of a component."""

    id: int
    statement_id: int
    component_id: int
    component: str
    position: int
    role: str
    transaction: str
    deal_id: DealId | None
    day: date | None
    credit: Money
    amount: Money
    derivation: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Review:
    """A manager's word on a run's figures of the own team."""

    run_id: RunId
    reviewer_id: PersonId
    at: datetime
    agreed: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A line by a person; counts once approved by another. `late_of` is the final period whose late changes it pays."""

    id: int
    payee_id: PersonId
    period_code: str
    amount: Money
    reason: str
    remark: str
    state: AdjustmentState
    proposer_id: PersonId
    proposed_at: datetime
    approver_id: PersonId | None = None
    decided_at: datetime | None = None
    dispute_id: DisputeId | None = None
    late_of: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A payee's question about a statement or one of its lines.

    `due_on` is the day by which the desk it lies on answers; `back_to` that desk, while it waits for the payee's word.
    `counter` is the payee's own calculation, as `domain.counter` writes it down.
    """

    id: DisputeId
    statement_id: int
    line_id: int | None
    payee_id: PersonId
    reason: str
    state: DisputeState
    raised_at: datetime
    closed_at: datetime | None = None
    due_on: date | None = None
    back_to: DisputeState | None = None
    assignee_id: PersonId | None = None
    appealed: bool = False
    counter: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing said in a dispute, and the state it left the dispute in."""

    author_name: str
    at: datetime
    text: str
    state: DisputeState


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody laid beside a dispute; `content` is its name among the kept files."""

    id: int
    dispute_id: DisputeId
    author_id: PersonId
    author_name: str
    at: datetime
    name: str
    media_type: str
    size: int
    content: str
