"""Disputes: a payee asks, the manager and compensation answer, an accepted one leaves an adjustment to approve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spm_app.compensation.domain import counter, deadlines, life
from spm_app.compensation.domain.life import DisputeState
from spm_app.compensation.domain.records import Adjustment, Attachment, Dispute, Remark, Statement, StatementLine
from spm_app.compensation.service import adjustments, counters, sight, telling
from spm_app.compensation.store import dispute_desk, statements
from spm_app.compensation.store import disputes as store
from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import DisputeId
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from spm_app.compensation.domain.counter import Change, Counter
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.money import Money

REASONS = ("credit", "rate", "quota", "split", "missing_deal", "other")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute with what it is about and, where it was asked for alone, with all that was said and laid beside it."""

    dispute: Dispute
    statement: Statement
    line: StatementLine | None
    remarks: tuple[Remark, ...] = ()
    files: tuple[Attachment, ...] = ()
    lines: tuple[Adjustment, ...] = ()
    assignee: str = ""
    is_overdue: bool = False

    @property
    def counter(self) -> Counter | None:
        """The payee's own calculation, if there is one."""
        return None if self.dispute.counter is None else counter.read(self.dispute.counter)


def raise_dispute(
    actor: Actor,
    statement_id: int,
    reason: str,
    text: str,
    line_id: int | None = None,
    *,
    change: Change | None = None,
) -> DisputeId:
    """Ask about one's own statement or one of its lines; it goes to the manager first.

    With a `change` the payee's own calculation is made anew here and travels with the question.
    """
    require(actor, Permission.RAISE_DISPUTE)
    _check_words(text, reason)
    counted = None if change is None else counter.written(counters.counted(actor, statement_id, change))
    with unit_of_work() as work:
        statement = statements.head(work, statement_id, frozenset({actor.person_id}))
        if line_id is not None and statements.line(work, line_id).statement_id != statement.id:
            raise NotFound("compensation.line_unknown")

        now, state = clock.now(), DisputeState.WITH_MANAGER
        asked = Dispute(DisputeId(0), statement.id, line_id, actor.person_id, reason, state, now)
        dispute_id = store.add_dispute(work, replace(asked, due_on=_due(work, state), counter=counted))
        store.add_remark(work, dispute_id, actor.person_id, Remark(actor.name, now, text.strip(), state))
        audit.record(work, actor, "dispute.raised", f"dispute:{dispute_id}", statement=statement.id, reason=reason)
        bus.publish(work, "disputes", str(dispute_id))
        telling.tell(work, actor, replace(asked, id=dispute_id), "raised")
    return dispute_id


def forward(actor: Actor, dispute_id: DisputeId, text: str) -> None:
    """The manager's step: pass it to compensation with a word. The payee's, once, after a rejection: an appeal."""
    _answer(actor, dispute_id, DisputeState.WITH_COMPENSATION, text)


def ask_back(actor: Actor, dispute_id: DisputeId, text: str) -> None:
    """More is to be known from the payee; until then no desk is late."""
    _answer(actor, dispute_id, DisputeState.NEEDS_INFORMATION, text)


def give_back(actor: Actor, dispute_id: DisputeId, text: str) -> None:
    """It lies with the manager again, who had asked the payee."""
    _answer(actor, dispute_id, DisputeState.WITH_MANAGER, text)


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


def comment(actor: Actor, dispute_id: DisputeId, text: str) -> None:
    """One more word, by the payee or whoever may answer; the payee's, where it was asked for, sends it back."""
    _check_words(text)
    with unit_of_work() as work:
        found = _seen(work, actor, dispute_id)
        if not may_write(actor, found):
            raise NotAllowed("kernel.not_allowed", permission=Permission.ANSWER_DISPUTE.value)
        if found.state is DisputeState.NEEDS_INFORMATION and found.payee_id == actor.person_id:
            _take_step(work, actor, dispute_id, found.back_to or DisputeState.WITH_MANAGER, text)
            return
        store.add_remark(work, dispute_id, actor.person_id, Remark(actor.name, clock.now(), text.strip(), found.state))
        audit.record(work, actor, "dispute.commented", f"dispute:{dispute_id}")
        bus.publish(work, "disputes", str(dispute_id))
        telling.tell(work, actor, found, "commented")


def may_write(actor: Actor, found: Dispute) -> bool:
    """Whether this person, who may read it, has a say in it while it is open."""
    is_party = found.payee_id == actor.person_id or any(
        actor.may(each) for each in (Permission.READ_TEAM_STATEMENTS, Permission.ANSWER_DISPUTE)
    )
    return is_party and found.state in life.OPEN_DISPUTE


def disputes(actor: Actor) -> tuple[DisputeView, ...]:
    """Disputes that the actor has a part in, newest first: a manager's are of those below in the disputed period."""
    with reading() as work:
        sights, today = sight.payees_by_period(work, actor), people.today(work)
        names = {each.id: each.name for each in people.persons(work)}
        views = (_head(work, each, names, today) for each in store.disputes(work, _ever(sights.values())))
        return tuple(
            each for each in views if sight.may_read(sights[each.statement.period_code], each.dispute.payee_id)
        )


def dispute(actor: Actor, dispute_id: DisputeId) -> DisputeView:
    """One dispute with everything beside it. Raises NotFound when it is none of the actor's business."""
    with reading() as work:
        found = _seen(work, actor, dispute_id)
        names = {each.id: each.name for each in people.persons(work)}
        return replace(
            _head(work, found, names, people.today(work)),
            remarks=store.remarks(work, found.id),
            files=dispute_desk.files(work, found.id),
            lines=store.adjustments_of(work, found.id),
        )


def seen(work: Work, actor: Actor, dispute_id: DisputeId) -> Dispute:
    """The one door to a dispute, for what lies beside it. Raises NotFound."""
    return _seen(work, actor, dispute_id)


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
    if found.state is DisputeState.REJECTED and found.appealed:
        raise Conflict("compensation.dispute_appealed")
    if not _may(actor, found, state):
        raise NotAllowed("kernel.not_allowed", permission=Permission.ANSWER_DISPUTE.value)

    now = clock.now()
    moved = replace(
        found,
        state=state,
        closed_at=None if state in life.OPEN_DISPUTE else now,
        due_on=_due(work, state),
        back_to=found.state if state is DisputeState.NEEDS_INFORMATION else None,
        assignee_id=found.assignee_id if state is DisputeState.NEEDS_INFORMATION or found.back_to is state else None,
        appealed=found.appealed or found.state is DisputeState.REJECTED,
    )
    store.move_dispute(work, moved)
    store.add_remark(work, dispute_id, actor.person_id, Remark(actor.name, now, text.strip(), state))
    audit.record(work, actor, f"dispute.{state.value}", f"dispute:{dispute_id}")
    bus.publish(work, "disputes", str(dispute_id))
    telling.tell(work, actor, moved, state.value)
    return moved


def _may(actor: Actor, found: Dispute, then: DisputeState) -> bool:
    """Only the payee withdraws or appeals; nobody answers their own; a manager first, compensation at any time."""
    if found.payee_id == actor.person_id:
        appeals = found.state is DisputeState.REJECTED and not found.appealed
        return then is DisputeState.WITHDRAWN or appeals or then is found.back_to
    if then is DisputeState.WITHDRAWN or found.state is DisputeState.REJECTED:
        return False
    if found.state is DisputeState.NEEDS_INFORMATION and then is not found.back_to:
        return False
    desk = found.back_to or found.state
    return actor.may(Permission.ANSWER_DISPUTE) or (
        desk is DisputeState.WITH_MANAGER and actor.may(Permission.READ_TEAM_STATEMENTS)
    )


def _due(work: Work, state: DisputeState) -> date | None:
    """By when the desk of that state answers; no day where no desk has it."""
    if state not in {DisputeState.WITH_MANAGER, DisputeState.WITH_COMPENSATION}:
        return None
    return deadlines.due_day(people.today(work), dispute_desk.policy(work).days_for(state))


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


def _head(work: Work, found: Dispute, names: dict[PersonId, str], today: date) -> DisputeView:
    line = None if found.line_id is None else statements.line(work, found.line_id)
    return DisputeView(
        dispute=found,
        statement=statements.head(work, found.statement_id, None),
        line=line,
        assignee="" if found.assignee_id is None else names.get(found.assignee_id, ""),
        is_overdue=deadlines.is_overdue(found, today),
    )


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
