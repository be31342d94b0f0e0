"""Adjustments: lines by a person, counted once somebody else has approved them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain import life
from spm_app.compensation.domain.life import AdjustmentState, PeriodState
from spm_app.compensation.domain.records import Adjustment
from spm_app.compensation.store import disputes as store
from spm_app.compensation.store import periods
from spm_app.infra import audit, bus, clock
from spm_app.infra.db import unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import DisputeId, PersonId
    from spm_app.kernel.money import Money

REASONS = ("dispute", "correction", "goodwill", "other")
#: What changed after a period was final: only the program gives this reason, with the period as the line's origin.
LATE = "late"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A manual line as somebody asks for it; negative amounts take away."""

    payee_id: PersonId
    period_code: str
    amount: Money
    reason: str
    remark: str
    dispute_id: DisputeId | None = None


def propose(actor: Actor, proposal: Proposal) -> int:
    """Ask for a manual line in a period that is not final. Raises Conflict for oneself or a final period.

    An approval holds for the figures that it saw: one that was given is taken back.
    """
    require(actor, Permission.ANSWER_DISPUTE)
    _check(proposal)
    with unit_of_work() as work:
        return enter(work, actor, proposal)


def enter(work: Work, actor: Actor, proposal: Proposal, *, late_of: str | None = None) -> int:
    """The same inside a transaction that is under way (an accepted dispute, late changes of the period `late_of`)."""
    if late_of is None:
        _check(proposal)
    life.another_person(actor.person_id, [proposal.payee_id])
    period = periods.opened(work, people.company(work).calendar.parse(proposal.period_code))
    if period.state is PeriodState.FINALISED:
        raise Conflict("compensation.period_final", period=proposal.period_code)

    entered = Adjustment(
        id=0,
        payee_id=proposal.payee_id,
        period_code=period.period.code,
        amount=proposal.amount.rounded(),
        reason=proposal.reason,
        remark=proposal.remark,
        state=AdjustmentState.PROPOSED,
        proposer_id=actor.person_id,
        proposed_at=clock.now(),
        dispute_id=proposal.dispute_id,
        late_of=late_of,
    )
    adjustment_id = store.add_adjustment(work, entered)
    if period.state is PeriodState.APPROVED:
        periods.take_approval_back(work, proposal.period_code)
    audit.record(work, actor, "adjustment.proposed", f"adjustment:{adjustment_id}", payee=int(proposal.payee_id))
    bus.publish(work, "runs", period.period.code)
    return adjustment_id


def decide(actor: Actor, adjustment_id: int, *, approved: bool) -> None:
    """Another person's word. Raises Conflict for one's own proposal, one's own pay or a final period."""
    require(actor, Permission.APPROVE_RUN)
    with unit_of_work() as work:
        found = store.adjustment(work, adjustment_id)
        state = AdjustmentState.APPROVED if approved else AdjustmentState.REFUSED
        life.step(found.state, state)
        life.another_person(actor.person_id, [found.proposer_id, found.payee_id])
        period = periods.find(work, found.period_code, hold=True)
        if period is not None and period.state is PeriodState.FINALISED:
            raise Conflict("compensation.period_final", period=found.period_code)

        store.decide_adjustment(work, adjustment_id, state, actor.person_id, clock.now())
        audit.record(work, actor, f"adjustment.{state.value}", f"adjustment:{adjustment_id}")
        bus.publish(work, "runs", found.period_code)


def _check(proposal: Proposal) -> None:
    problems: list[Problem] = []
    if proposal.reason not in REASONS:
        problems.append(Problem("reason", "compensation.problem.reason_unknown"))
    if not proposal.remark.strip():
        problems.append(Problem("remark", "compensation.problem.text_missing"))
    if not proposal.amount:
        problems.append(Problem("amount", "compensation.problem.amount_zero"))
    if problems:
        raise InvalidInput("compensation.form_has_errors", problems)
