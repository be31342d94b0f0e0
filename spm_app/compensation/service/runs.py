"""A run: gather everything once, compute, record a new set of results, and move the one pointer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain import life
from spm_app.compensation.domain.choice import in_force
from spm_app.compensation.domain.life import AdjustmentState, PeriodState
from spm_app.compensation.domain.records import PayPeriod, Run
from spm_app.compensation.domain.results import PayeeOutcome
from spm_app.compensation.engine import Whole, calculate_whole
from spm_app.compensation.service.gathering import Gathered, gather
from spm_app.compensation.service.opening import Opened, opened
from spm_app.compensation.store import disputes, periods, plans, results, settlements, statements
from spm_app.infra import audit, bus, clock, jobs
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.ids import JobId, PersonId, PlanVersionId, RunId
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spm_app.compensation.domain.inputs import InForce, Inputs
    from spm_app.compensation.domain.results import ComponentOutcome, LineOutcome
    from spm_app.compensation.engine import Results
    from spm_app.infra.db import Work
    from spm_app.kernel.period import Period
    from spm_app.kernel.problem import Problem

#: The kind of job that a run is.
JOB = "compensation.run"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to. `is_new` is False when the results are the very same as before, and nothing was written."""

    run_id: RunId
    is_new: bool
    total: Money
    payees: int
    lines: int


@dataclass(frozen=True, slots=True)
class _Given:
    period: Period
    plans: tuple[InForce, ...]
    gathered: Gathered
    opened: Opened
    names: dict[int, str]


def start(actor: Actor, code: str) -> JobId:
    """Ask for the calculation of a period. Raises Conflict when the period is final or is being calculated."""
    require(actor, Permission.CALCULATE)
    with unit_of_work() as work:
        asked = people.company(work).calendar.parse(code)
        life.step(periods.opened(work, asked).state, PeriodState.CALCULATED)
        job_id = jobs.submit(work, actor, JOB, exclusive=f"run:{asked.code}", code=asked.code)
        audit.record(work, actor, "run.asked", f"period:{asked.code}", job=int(job_id))
    return job_id


def calculate_period(actor: Actor, code: str, tell: Callable[[int, int, str], None] | None = None) -> Outcome:
    """Calculate here and now. Raises Conflict for a final period, InvalidInput when inputs contradict each other."""
    require(actor, Permission.CALCULATE)
    say = tell or _silent
    say(0, 3, "compensation.run.gathering")
    given = _gather(code)

    say(1, 3, "compensation.run.computing")
    computed = _computed(given)

    say(2, 3, "compensation.run.recording")
    return _record(actor, given, computed)


def calculate_for(person_id: PersonId, code: str, tell: Callable[[int, int, str], None]) -> Outcome:
    """The same on behalf of whoever asked for the job, with the rights that they have now."""
    with reading() as work:
        actor = people.actor_for(work, person_id)
    return calculate_period(actor, code, tell)


def _computed(given: _Given) -> Whole:
    """The calculation; findings about persons name them instead of numbering them."""
    try:
        return calculate_whole(given.plans, given.opened.inputs, earlier=given.opened.earlier)
    except InvalidInput as refusal:
        problems = [_named(each, given.names) for each in refusal.problems]
        raise InvalidInput(refusal.key, problems, **refusal.args_of_text) from None


def _named(problem: Problem, names: dict[int, str]) -> Problem:
    person = problem.args.get("person")
    if not isinstance(person, int) or person not in names:
        return problem
    return replace(problem, at=names[person], args={**problem.args, "person": names[person]})


def earned_today(actor: Actor, code: str) -> dict[PersonId, Money]:
    """What a calculation of the period would give now, by payee; nothing is kept."""
    require(actor, Permission.CALCULATE)
    given = _gather(code)
    computed = _computed(given)
    return {
        PersonId(each.payee_id): Money.from_minor(each.earned, given.gathered.inputs.currency)
        for each in computed.results.payees()
    }


def given_now(code: str) -> tuple[tuple[InForce, ...], Inputs]:
    """The plans and inputs that a calculation of the period would use now. No permission is checked here."""
    given = _gather(code)
    return given.plans, given.gathered.inputs


def _silent(_done: int, _total: int, _step: str) -> None:
    """Nobody watches."""


def _gather(code: str) -> _Given:
    with reading() as work:
        company = people.company(work)
        period = company.calendar.parse(code)
        chosen = in_force(plans.published(work), period, company.calendar.grain_of(period))
        if not chosen:
            raise Conflict("compensation.no_plan", period=period)
        currencies = {each.plan.currency.code for each in chosen}
        if len(currencies) > 1:
            raise Conflict(
                "compensation.plans_differ_in_currency", period=period, currencies=", ".join(sorted(currencies))
            )
        names = {int(each.id): each.name for each in people.persons(work)}
        found = gather(work, [each.plan for each in chosen], period)
        return _Given(period, chosen, found, opened(work, period, found.inputs), names)


def _record(actor: Actor, given: _Given, computed: Whole) -> Outcome:
    with unit_of_work() as work:
        pay = periods.opened(work, given.period)
        life.step(pay.state, PeriodState.CALCULATED)
        adjusted = _adjusted(work, given.period.code, computed)
        before = None if pay.run_id is None else periods.run(work, pay.run_id)
        if before is not None and before.digest == computed.digest and adjusted <= _paid(work, before.id):
            return Outcome(before.id, False, before.total, before.payees, before.lines)

        run = _run_of(actor, given, computed, len(adjusted))
        run_id = periods.add_run(work, run)
        written = _write(work, run_id, given, computed.results)
        written |= _write_batch(work, run_id, given, [_nothing(each) for each in sorted(adjusted)])
        settled = ((written[each.payee_id], each) for each in computed.settled if each.payee_id in written)
        settlements.add(work, settled, given.opened.inputs.currency)
        _point_at(work, actor, pay, run_id)
    return Outcome(run_id, True, run.total, run.payees, run.lines)


def _adjusted(work: Work, code: str, computed: Whole) -> set[PersonId]:
    """Who is in no plan and is paid by manual lines or old sales, or has something open: a statement says so."""
    lines = disputes.adjustments_in(work, code)
    asked = {each.payee_id for each in lines if each.state is not AdjustmentState.REFUSED}
    asked |= {PersonId(each.payee_id) for each in computed.settled}
    return asked - {PersonId(payee.payee_id) for payee in computed.results.payees()}


def _paid(work: Work, run_id: RunId) -> set[PersonId]:
    return set(statements.earned_in(work, run_id))


def _nothing(payee: PersonId) -> PayeeOutcome:
    return PayeeOutcome(int(payee), "", 0, ())


def _run_of(actor: Actor, given: _Given, computed: Whole, adjusted: int) -> Run:
    left_out = {"without_amount": given.gathered.without_amount, "without_owner": given.gathered.without_owner}
    earned = computed.results
    return Run(
        id=RunId(0),
        period_code=given.period.code,
        starter_id=actor.person_id,
        started_at=clock.now(),
        digest=computed.digest,
        total=Money.from_minor(earned.total_minor, earned.currency),
        payees=sum(1 for _ in earned.payees()) + adjusted,
        lines=earned.lines.num_rows,
        versions=tuple(PlanVersionId(each.version_id) for each in given.plans),
        log=(left_out | given.opened.told, *earned.log),
    )


def _point_at(work: Work, actor: Actor, pay: PayPeriod, run_id: RunId) -> None:
    code = pay.period.code
    periods.point_at(work, code, run_id)
    audit.record(work, actor, "run.calculated", f"run:{run_id}", period=code)
    bus.publish(work, "runs", code)
    bus.publish(work, "statements", code)


def _write(work: Work, run_id: RunId, given: _Given, computed: Results) -> dict[int, int]:
    """Statements, components and lines, some hundred payees at a time; gives each payee's statement."""
    written: dict[int, int] = {}
    batch: list[PayeeOutcome] = []
    for payee in computed.payees():
        batch.append(payee)
        if len(batch) == _AT_ONCE:
            written |= _write_batch(work, run_id, given, batch)
            batch = []
    return written | _write_batch(work, run_id, given, batch)


def _write_batch(work: Work, run_id: RunId, given: _Given, batch: Sequence[PayeeOutcome]) -> dict[int, int]:
    statement_ids = results.add_statements(work, [_head(run_id, payee, given) for payee in batch])

    parts = [(at, part) for at, payee in zip(statement_ids, batch, strict=True) for part in payee.components]
    component_ids = results.add_components(work, [_component(at, part) for at, part in parts])

    results.add_lines(
        work,
        [
            _line(at, component_id, line)
            for (at, part), component_id in zip(parts, component_ids, strict=True)
            for line in part.lines
        ],
    )
    return dict(zip((payee.payee_id for payee in batch), statement_ids, strict=True))


def _head(run_id: RunId, payee: PayeeOutcome, given: _Given) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "payee_id": payee.payee_id,
        "payee_name": given.names.get(payee.payee_id, ""),
        "title_code": payee.title_code,
        "currency": given.gathered.inputs.currency.code,
        "earned_minor": payee.earned,
    }


def _component(statement_id: int, part: ComponentOutcome) -> dict[str, Any]:
    return {
        "statement_id": statement_id,
        "plan_version_id": part.version_id,
        "component": part.component,
        "measure_minor": part.measure,
        "quota_minor": part.quota,
        "earned_minor": part.earned,
        "derivation": dict(part.derivation),
    }


def _line(statement_id: int, component_id: int, line: LineOutcome) -> dict[str, Any]:
    return {
        "statement_id": statement_id,
        "component_id": component_id,
        "position": line.position,
        "role": line.role,
        "transaction": line.transaction,
        "deal_id": line.deal_id,
        "day": line.day,
        "credit_minor": line.credit,
        "amount_minor": line.amount,
        "derivation": dict(line.derivation),
    }
