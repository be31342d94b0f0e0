"""A period's life after the calculation: team review, approval, final for ever. Each step by another person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain import choice, life
from spm_app.compensation.domain.life import AdjustmentState, PeriodState
from spm_app.compensation.domain.plan import Plan, read_plan
from spm_app.compensation.domain.records import Adjustment, PayPeriod, Review, Run
from spm_app.compensation.store import dispute_desk, disputes, periods, plans, settlements, statements
from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, NotFound
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, RunId

#: Executives read totals; lines that name a payee are for those who may read everybody's statement.
_PEOPLE_S_PAY = Permission.READ_ALL_STATEMENTS


@dataclass(frozen=True, slots=True)
class PeriodView:
    """Everything that decides whether a period may go on, and who did what so far; `plans` are those of the run."""

    pay: PayPeriod
    run: Run | None
    earlier: Run | None
    reviews: tuple[Review, ...]
    adjustments: tuple[Adjustment, ...]
    open_disputes: int
    names: dict[int, str]
    plans: tuple[Plan, ...] = ()
    disputes_block: bool = False


def all_periods(actor: Actor) -> tuple[tuple[PayPeriod, Run | None], ...]:
    """Every period with the run that counts, newest first."""
    _require_runs(actor)
    with reading() as work:
        return tuple(
            (each, None if each.run_id is None else periods.run(work, each.run_id))
            for each in periods.all_periods(work)
        )


def payable(actor: Actor) -> tuple[Period, ...]:
    """The periods that may be calculated: those that a published plan pays, begun by today, newest first."""
    _require_runs(actor)
    with reading() as work:
        calendar = people.company(work).calendar
        return choice.payable(plans.published(work), calendar, calendar.day_of(clock.now()))


def recent(actor: Actor, size: int = 8) -> tuple[Period, ...]:
    """This quarter and those before it, newest first: where a correction may be paid."""
    _require_runs(actor)
    with reading() as work:
        calendar = people.company(work).calendar
        found = [calendar.containing(calendar.day_of(clock.now()), Grain.QUARTER)]
        while len(found) < size:
            found.append(calendar.before(found[-1]))
        return tuple(found)


def to_review(actor: Actor) -> tuple[tuple[str, RunId], ...]:
    """The periods whose current figures wait for this manager's word, newest first, each with the run of these figures.

    A word holds for the run that it was given on: after the next one it is asked for again.
    """
    require(actor, Permission.APPROVE_TEAM)
    with reading() as work:
        waiting = [each for each in periods.all_periods(work) if each.state is PeriodState.CALCULATED and each.run_id]
        return tuple(
            (each.period.code, each.run_id)
            for each in waiting
            if each.run_id
            and actor.person_id not in {review.reviewer_id for review in periods.reviews_of(work, each.run_id)}
        )


def period(actor: Actor, code: str) -> PeriodView:
    """One period's life. A period that was never calculated is shown as open. Raises InvalidInput for no period."""
    _require_runs(actor)
    with reading() as work:
        asked = people.company(work).calendar.parse(code)
        pay = periods.find(work, asked.code) or PayPeriod(asked, PeriodState.OPEN)
        runs = periods.runs_of(work, asked.code)
        current = next((each for each in runs if each.id == pay.run_id), None)
        return PeriodView(
            pay=pay,
            run=current,
            earlier=next((each for each in runs if current and each.id < current.id), None),
            reviews=() if current is None else periods.reviews_of(work, current.id),
            adjustments=disputes.adjustments_in(work, asked.code) if actor.may(_PEOPLE_S_PAY) else (),
            open_disputes=0 if current is None else _open_disputes(work, current.id),
            names={int(each.id): each.name for each in people.persons(work)},
            plans=() if current is None else _plans_of(work, current),
            disputes_block=dispute_desk.policy(work).blocks,
        )


def review_team(actor: Actor, code: str, *, agreed: bool, remark: str = "", seen: RunId | None = None) -> None:
    """A manager's word on the team's figures, before finance approves.

    `seen` is the run that was looked at. Raises Conflict when it has been replaced meanwhile.
    """
    require(actor, Permission.APPROVE_TEAM)
    with unit_of_work() as work:
        pay = _known(work, code)
        if pay.run_id is None or pay.state is not PeriodState.CALCULATED:
            raise Conflict("compensation.nothing_to_review", period=code)
        _check_seen(pay, seen)
        periods.add_review(work, Review(pay.run_id, actor.person_id, clock.now(), agreed, remark.strip()))
        audit.record(work, actor, "run.reviewed", f"run:{pay.run_id}", agreed=agreed)
        bus.publish(work, "runs", code)


def approve(actor: Actor, code: str, *, seen: RunId | None = None) -> None:
    """Approve the current run. Raises Conflict for its starter, for who is paid by it, or while lines wait.

    `seen` is the run whose figures the approver looked at: one that has been replaced meanwhile is not approved.
    """
    require(actor, Permission.APPROVE_RUN)
    with unit_of_work() as work:
        pay, run_id = _calculated(work, code, seen)
        life.step(pay.state, PeriodState.APPROVED)
        life.another_person(actor.person_id, _involved(work, run_id))
        _check_adjustments(work, code, run_id)

        periods.set_approved(work, code, actor.person_id, clock.now())
        audit.record(work, actor, "run.approved", f"run:{run_id}", period=code)
        bus.publish(work, "runs", code)


def finalise(actor: Actor, code: str, *, seen: RunId | None = None) -> None:
    """Close the period for ever. Raises Conflict unless approved, or for its starter, its approver or its payees."""
    require(actor, Permission.FINALISE)
    with unit_of_work() as work:
        pay, run_id = _calculated(work, code, seen)
        life.step(pay.state, PeriodState.FINALISED)
        if actor.person_id == pay.approver_id:
            raise Conflict("compensation.approver_does_not_finalise")
        life.another_person(actor.person_id, _involved(work, run_id))
        _check_adjustments(work, code, run_id)
        waiting = _open_disputes(work, run_id)
        if waiting and dispute_desk.policy(work).blocks:
            raise Conflict("compensation.disputes_wait", n=waiting)
        _check_opening(work, run_id)

        periods.set_finalised(work, code, actor.person_id, clock.now())
        audit.record(work, actor, "period.finalised", f"period:{code}", run=int(run_id))
        bus.publish(work, "runs", code)


def _require_runs(actor: Actor) -> None:
    """Runs show pay totals: compensation, finance, audit and executives."""
    require(actor, Permission.READ_PAY_TOTALS)


def _known(work: Work, code: str) -> PayPeriod:
    found = periods.find(work, code, hold=True)
    if found is None:
        raise NotFound("compensation.period_unknown", period=code)
    return found


def _calculated(work: Work, code: str, seen: RunId | None) -> tuple[PayPeriod, RunId]:
    pay = _known(work, code)
    if pay.run_id is None:
        raise Conflict("compensation.not_calculated", period=code)
    _check_seen(pay, seen)
    return pay, pay.run_id


def _check_seen(pay: PayPeriod, seen: RunId | None) -> None:
    """What somebody looked at is what counts."""
    if seen is not None and seen != pay.run_id:
        raise Conflict("compensation.run_replaced", period=pay.period)


def _check_adjustments(work: Work, code: str, run_id: RunId) -> None:
    """Every manual line has been decided on, and those that count stand on a statement."""
    found = disputes.adjustments_in(work, code)
    waiting = [each for each in found if each.state is AdjustmentState.PROPOSED]
    if waiting:
        raise Conflict("compensation.adjustments_wait", n=len(waiting))
    paid = statements.earned_in(work, run_id)
    homeless = [each for each in found if each.state is AdjustmentState.APPROVED and each.payee_id not in paid]
    homeless += [each for each in _unsettled(work, run_id, found) if each not in homeless]
    if homeless:
        raise Conflict("compensation.adjustments_need_run", n=len(homeless))


def _unsettled(work: Work, run_id: RunId, found: Sequence[Adjustment]) -> list[Adjustment]:
    """Lines approved since the calculation whose place matters: of payees with more than plain earnings."""
    heads = {each.payee_id: each.id for each in statements.of_run(work, run_id, None)}
    approved = [each for each in found if each.state is AdjustmentState.APPROVED and each.payee_id in heads]
    asked = {heads[each.payee_id] for each in approved}
    inside, plain = settlements.settled_adjustments(work, asked), settlements.plain(work, asked)
    since = [each for each in approved if each.id not in inside[heads[each.payee_id]]]
    return [each for each in since if heads[each.payee_id] not in plain]


def _check_opening(work: Work, run_id: RunId) -> None:
    """The balances that the run began with are still those of the period before, and final if there are any."""
    log = periods.run(work, run_id).log
    told: Mapping[str, Any] = log[0] if log else {}
    before = periods.find(work, str(told.get("opening", "")))
    if before is None or before.run_id is None:
        return
    if before.run_id != told.get("opening_run"):
        raise Conflict("compensation.opening_changed", period=before.period)
    if before.state is not PeriodState.FINALISED and settlements.balances_of(work, before.run_id):
        raise Conflict("compensation.opening_not_final", period=before.period)


def _involved(work: Work, run_id: RunId) -> set[PersonId]:
    """Who started the run and who is paid by it."""
    return {periods.run(work, run_id).starter_id, *statements.earned_in(work, run_id)}


def _open_disputes(work: Work, run_id: RunId) -> int:
    paid = {each.id for each in statements.of_run(work, run_id, None)}
    return sum(each.state in life.OPEN_DISPUTE and each.statement_id in paid for each in disputes.disputes(work, None))


def _plans_of(work: Work, run: Run) -> tuple[Plan, ...]:
    """The plans that a run paid by, as they were then."""
    texts = (each.text for each in plans.versions_named(work, set(run.versions)).values())
    return tuple(read for read, _ in map(read_plan, texts) if read is not None)
