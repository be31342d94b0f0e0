"""Adjustments and disputes: the lines and the questions that people write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from spm_app.compensation.domain.life import AdjustmentState, DisputeState
from spm_app.compensation.domain.records import Adjustment, Dispute, Remark
from spm_app.compensation.tables import AdjustmentRow, DisputeRemarkRow, DisputeRow
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import DisputeId, PersonId
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.infra.db import Work


def add_adjustment(work: Work, adjustment: Adjustment) -> int:
    """Keep a proposed line; the id of the value given is ignored."""
    row = AdjustmentRow(
        payee_id=adjustment.payee_id,
        period_code=adjustment.period_code,
        currency=adjustment.amount.currency.code,
        amount_minor=adjustment.amount.minor,
        reason=adjustment.reason,
        remark=adjustment.remark,
        state=adjustment.state.value,
        proposer_id=adjustment.proposer_id,
        proposed_at=adjustment.proposed_at,
        dispute_id=adjustment.dispute_id,
        late_of=adjustment.late_of,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def adjustment(work: Work, adjustment_id: int) -> Adjustment:
    """One manual line. Raises NotFound."""
    row = work.session.get(AdjustmentRow, adjustment_id)
    if row is None:
        raise NotFound("compensation.adjustment_unknown")
    return _adjustment(row)


def decide_adjustment(work: Work, adjustment_id: int, state: AdjustmentState, approver: PersonId, at: datetime) -> None:
    """Another person's word on it."""
    row = work.session.get_one(AdjustmentRow, adjustment_id)
    row.state, row.approver_id, row.decided_at = state.value, approver, at


def adjustments_in(work: Work, period_code: str, payee: PersonId | None = None) -> tuple[Adjustment, ...]:
    """Manual lines of a period, of one payee or of all, in order of writing."""
    query = select(AdjustmentRow).where(AdjustmentRow.period_code == period_code).order_by(AdjustmentRow.id)
    if payee is not None:
        query = query.where(AdjustmentRow.payee_id == payee)
    return tuple(_adjustment(row) for row in work.session.scalars(query))


def adjustments_of(work: Work, dispute_id: DisputeId) -> tuple[Adjustment, ...]:
    """The lines that a dispute led to."""
    query = select(AdjustmentRow).where(AdjustmentRow.dispute_id == dispute_id).order_by(AdjustmentRow.id)
    return tuple(_adjustment(row) for row in work.session.scalars(query))


def late_lines(work: Work, code: str) -> tuple[Adjustment, ...]:
    """Lines of any period that stand for late changes of that final one."""
    query = select(AdjustmentRow).where(AdjustmentRow.late_of == code)
    return tuple(_adjustment(row) for row in work.session.scalars(query.order_by(AdjustmentRow.id)))


def add_dispute(work: Work, dispute: Dispute) -> DisputeId:
    """Keep a question; the id of the value given is ignored."""
    row = DisputeRow(
        statement_id=dispute.statement_id,
        line_id=dispute.line_id,
        payee_id=dispute.payee_id,
        reason=dispute.reason,
        state=dispute.state.value,
        raised_at=dispute.raised_at,
        due_on=dispute.due_on,
        back_to="",
        appealed=False,
        counter=None if dispute.counter is None else dict(dispute.counter),
    )
    work.session.add(row)
    work.session.flush()
    return DisputeId(row.id)


def dispute(work: Work, dispute_id: DisputeId) -> Dispute:
    """One question. Raises NotFound."""
    row = work.session.get(DisputeRow, dispute_id)
    if row is None:
        raise NotFound("compensation.dispute_unknown")
    return _dispute(row)


def disputes(work: Work, payees: frozenset[PersonId] | None) -> tuple[Dispute, ...]:
    """Questions of these payees, or of everybody for None, newest first."""
    query = select(DisputeRow).order_by(DisputeRow.id.desc())
    if payees is not None:
        query = query.where(DisputeRow.payee_id.in_(payees))
    return tuple(_dispute(row) for row in work.session.scalars(query))


def move_dispute(work: Work, moved: Dispute) -> None:
    """Where the question stands now, and by when whose turn is over."""
    row = work.session.get_one(DisputeRow, moved.id)
    row.state, row.closed_at, row.due_on = moved.state.value, moved.closed_at, moved.due_on
    row.back_to = "" if moved.back_to is None else moved.back_to.value
    row.assignee_id, row.appealed = moved.assignee_id, moved.appealed


def add_remark(work: Work, dispute_id: DisputeId, author: PersonId, remark: Remark) -> None:
    """One more thing said."""
    work.session.add(
        DisputeRemarkRow(
            dispute_id=dispute_id,
            author_id=author,
            author_name=remark.author_name,
            at=remark.at,
            text=remark.text,
            state=remark.state.value,
        )
    )


def remarks(work: Work, dispute_id: DisputeId) -> tuple[Remark, ...]:
    """What was said, in order."""
    query = select(DisputeRemarkRow).where(DisputeRemarkRow.dispute_id == dispute_id).order_by(DisputeRemarkRow.id)
    return tuple(
        Remark(row.author_name, row.at, row.text, DisputeState(row.state)) for row in work.session.scalars(query)
    )


def _adjustment(row: AdjustmentRow) -> Adjustment:
    return Adjustment(
        id=row.id,
        payee_id=PersonId(row.payee_id),
        period_code=row.period_code,
        amount=Money.from_minor(row.amount_minor, Currency(row.currency)),
        reason=row.reason,
        remark=row.remark,
        state=AdjustmentState(row.state),
        proposer_id=PersonId(row.proposer_id),
        proposed_at=row.proposed_at,
        approver_id=None if row.approver_id is None else PersonId(row.approver_id),
        decided_at=row.decided_at,
        dispute_id=None if row.dispute_id is None else DisputeId(row.dispute_id),
        late_of=row.late_of,
    )


def _dispute(row: DisputeRow) -> Dispute:
    return Dispute(
        id=DisputeId(row.id),
        statement_id=row.statement_id,
        line_id=row.line_id,
        payee_id=PersonId(row.payee_id),
        reason=row.reason,
        state=DisputeState(row.state),
        raised_at=row.raised_at,
        closed_at=row.closed_at,
        due_on=row.due_on,
        back_to=DisputeState(row.back_to) if row.back_to else None,
        assignee_id=None if row.assignee_id is None else PersonId(row.assignee_id),
        appealed=row.appealed,
        counter=row.counter,
    )
