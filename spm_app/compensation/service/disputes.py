"""Disputes: a payee asks, the manager and compensation answer, an accepted one leaves an adjustment to approve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain import life
from spm_app.compensation.domain.life import DisputeState
from spm_app.compensation.domain.records import Dispute, Remark, Statement, StatementLine
from spm_app.compensation.service import adjustments, sight
from spm_app.compensation.store import disputes as store
from spm_app.compensation.store import statements
from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import DisputeId
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission, require

if TYPE_CHECKING:
    from collections.abc import Collection

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.money import Money

REASONS = ("credit", "rate", "quota", "split", "missing_deal", "other")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute with what it is about and what was said."""

    dispute: Dispute
    statement: Statement
    line: StatementLine | None
    remarks: tuple[Remark, ...]


def raise_dispute(actor: Actor, statement_id: int, reason: str, text: str, line_id: int | None = None) -> DisputeId:
    """Ask about one's own statement or one of its lines; it goes to the manager first."""
    require(actor, Permission.RAISE_DISPUTE)
    _check_words(text, reason)
    with unit_of_work() as work:
        statement = statements.head(work, statement_id, frozenset({actor.person_id}))
        if line_id is not None and statements.line(work, line_id).statement_id != statement.id:
            raise NotFound("compensation.line_unknown")

        now = clock.now()
        state = DisputeState.WITH_MANAGER
        asked = Dispute(DisputeId(0), statement.id, line_id, actor.person_id, reason, state, now)
        dispute_id = store.add_dispute(work, asked)
        store.add_remark(work, dispute_id, actor.person_id, Remark(actor.name, now, text.strip(), state))
        audit.record(work, actor, "dispute.raised", f"dispute:{dispute_id}", statement=statement.id, reason=reason)
        bus.publish(work, "disputes", str(dispute_id))
    return dispute_id


def forward(actor: Actor, dispute_id: DisputeId, text: str) -> None:
    """The manager's step: pass it to compensation with a word."""
    _answer(actor, dispute_id, DisputeState.WITH_COMPENSATION, text)


def reject(actor: Actor, dispute_id: DisputeId, text: str) -> None:
    """The figure stands; the text says why."""
    _answer(actor, dispute_id, DisputeState.REJECTED, text)


def accept(actor: Actor, dispute_id: DisputeId, text: str, period_code: str, amount: Money) -> int:
    """The payee is right: an adjustment of `amount` is proposed in a period that is still open."""
    _check_words(text)
    with unit_of_work() as work:
        dispute = _take_step(work, actor, dispute_id, DisputeState.ACCEPTED, text)
        proposed = adjustments.Proposal(dispute.payee_id, period_code, amount, "dispute", text.strip(), dispute_id)
        return adjustments.enter(work, actor, proposed)


def withdraw(actor: Actor, dispute_id: DisputeId, text: str) -> None:
    """The payee takes the question back."""
    _answer(actor, dispute_id, DisputeState.WITHDRAWN, text)


def disputes(actor: Actor) -> tuple[DisputeView, ...]:
    """Disputes that the actor has a part in, newest first: a manager's are of those below in the disputed period."""
    with reading() as work:
        sights = sight.payees_by_period(work, actor)
        views = (_view(work, each) for each in store.disputes(work, _ever(sights.values())))
        return tuple(
            each for each in views if sight.may_read(sights[each.statement.period_code], each.dispute.payee_id)
        )


def dispute(actor: Actor, dispute_id: DisputeId) -> DisputeView:
    """One dispute. Raises NotFound when it is none of the actor's business."""
    with reading() as work:
        return _view(work, _seen(work, actor, dispute_id))


def steps(actor: Actor, found: Dispute) -> tuple[DisputeState, ...]:
    """What this person may do with it now."""
    return tuple(then for then in DisputeState if life.may_become(found.state, then) and _may(actor, found, then))


def _answer(actor: Actor, dispute_id: DisputeId, state: DisputeState, text: str) -> None:
    _check_words(text)
    with unit_of_work() as work:
        _take_step(work, actor, dispute_id, state, text)


def _take_step(work: Work, actor: Actor, dispute_id: DisputeId, state: DisputeState, text: str) -> Dispute:
    found = _seen(work, actor, dispute_id)
    life.step(found.state, state)
    if not _may(actor, found, state):
        raise NotAllowed("kernel.not_allowed", permission=Permission.ANSWER_DISPUTE.value)
    now = clock.now()
    store.move_dispute(work, dispute_id, state, None if state in life.OPEN_DISPUTE else now)
    store.add_remark(work, dispute_id, actor.person_id, Remark(actor.name, now, text.strip(), state))
    audit.record(work, actor, f"dispute.{state.value}", f"dispute:{dispute_id}")
    bus.publish(work, "disputes", str(dispute_id))
    return found


def _may(actor: Actor, found: Dispute, then: DisputeState) -> bool:
    """Only the payee withdraws; nobody answers their own; a manager answers first, compensation at any time."""
    own = found.payee_id == actor.person_id
    if then is DisputeState.WITHDRAWN or own:
        return own and then is DisputeState.WITHDRAWN
    manager = found.state is DisputeState.WITH_MANAGER and actor.may(Permission.READ_TEAM_STATEMENTS)
    return manager or actor.may(Permission.ANSWER_DISPUTE)


def _seen(work: Work, actor: Actor, dispute_id: DisputeId) -> Dispute:
    found = store.dispute(work, dispute_id)
    code = statements.head(work, found.statement_id, None).period_code
    if not sight.may_read(sight.payees_by_period(work, actor)[code], found.payee_id):
        raise NotFound("compensation.dispute_unknown")
    return found


def _ever(sights: Collection[frozenset[PersonId] | None]) -> frozenset[PersonId] | None:
    """Everybody whom the actor may read in some period."""
    if None in sights:
        return None
    return frozenset(each for seen in sights if seen is not None for each in seen)


def _view(work: Work, found: Dispute) -> DisputeView:
    line = None if found.line_id is None else statements.line(work, found.line_id)
    return DisputeView(found, statements.head(work, found.statement_id, None), line, store.remarks(work, found.id))


def _check_words(text: str, reason: str = "other") -> None:
    problems: list[Problem] = []
    if reason not in REASONS:
        problems.append(Problem("reason", "compensation.problem.reason_unknown"))
    if not text.strip():
        problems.append(Problem("text", "compensation.problem.text_missing"))
    if len(text) > _LONGEST:
        problems.append(Problem("text", "compensation.problem.text_long", {"most": _LONGEST}))
    if problems:
        raise InvalidInput("compensation.form_has_errors", problems)
