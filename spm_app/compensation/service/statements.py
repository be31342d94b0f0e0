"""Statements as people read them: their own, their team's, or all; any number with its derivation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.explain import Step, explain_component, explain_line
from spm_app.compensation.domain.life import AdjustmentState, PeriodState
from spm_app.compensation.domain.settle.explain import explain_entry
from spm_app.compensation.service import sight
from spm_app.compensation.store import disputes, periods, plans, settlements
from spm_app.compensation.store import statements as store
from spm_app.compensation.store.statements import LineQuery
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Currency, Money, total
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from spm_app.compensation.domain.records import (
        Adjustment,
        ComponentResult,
        PayPeriod,
        Statement,
        StatementLine,
        Version,
    )
    from spm_app.compensation.domain.settle.values import Entry
    from spm_app.compensation.store.settlements import Settlement
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.period import Period

__all__ = ["Head", "LineQuery", "StatementView", "Why", "earned", "lines", "statement", "statements", "steps_of", "why"]


@dataclass(frozen=True, slots=True)
class Head:
    """A statement in a list: what it comes to with its adjustments, how far its period is, and its title's name."""

    statement: Statement
    state: PeriodState
    adjusted: Money
    due: Money
    title: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with everything on it but its lines. `is_current` is False for results that a later run replaced."""

    head: Head
    pay: PayPeriod
    is_current: bool
    components: tuple[ComponentResult, ...]
    versions: dict[int, Version]
    adjustments: tuple[Adjustment, ...]
    owns: bool
    settlement: Settlement | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """A figure and the steps that lead to it. `line` None when it is a whole component's."""

    statement: Statement
    component: ComponentResult
    line: StatementLine | None
    steps: tuple[Step, ...]


def statements(actor: Actor, period_code: str = "", *, own: bool = False) -> tuple[Head, ...]:
    """The statements that count and that the actor may read, newest period first, then by name.

    `own` leaves only the actor's. A manager sees whom the tree gave them in each statement's period.
    """
    require(actor, Permission.READ_OWN_STATEMENT)
    with reading() as work:
        seen = frozenset({actor.person_id}) if own else None
        known = {each.period.code: each for each in periods.all_periods(work)}
        found = store.current_of(work, seen, period_code)
        if not own:
            sights = sight.payees_by_period(work, actor)
            found = tuple(each for each in found if sight.may_read(sights[each.period_code], each.payee_id))
        extra = _approved(work, {each.period_code for each in found})
        said = _Said(extra, _titles(work), settled(work, found))
        return tuple(_head(each, known[each.period_code], said) for each in found)


def statement(actor: Actor, statement_id: int) -> StatementView:
    """One statement. Raises NotFound when it does not exist or is none of the actor's business."""
    with reading() as work:
        found, pay = _seen(work, actor, statement_id)
        components = store.components(work, statement_id)
        named = plans.versions_named(work, {each.plan_version_id for each in components})
        extra = _approved(work, {found.period_code})
        return StatementView(
            head=_head(found, pay, _Said(extra, _titles(work), settled(work, [found]))),
            pay=pay,
            is_current=pay.run_id == found.run_id,
            components=components,
            versions={int(each): version for each, version in named.items()},
            adjustments=tuple(each for each in extra if each.payee_id == found.payee_id),
            owns=found.payee_id == actor.person_id,
            settlement=settlements.of_statement(work, statement_id),
        )


def lines(actor: Actor, statement_id: int, query: LineQuery) -> tuple[tuple[StatementLine, ...], int]:
    """One page of a statement's lines and how many match in all."""
    with reading() as work:
        _seen(work, actor, statement_id)
        return store.lines(work, statement_id, query)


def why(actor: Actor, statement_id: int, *, component_id: int = 0, line_id: int | None = None, language: str) -> Why:
    """How a component's or a line's amount came about. Raises NotFound for what is not on the statement."""
    with reading() as work:
        found, _ = _seen(work, actor, statement_id)
        parts = store.components(work, statement_id)
        line = None if line_id is None else store.line(work, line_id)
        part = next((each for each in parts if _is_meant(each, component_id, line)), None)
    if part is None:
        raise NotFound("compensation.line_unknown")
    currency = found.earned.currency
    if line is None:
        return Why(found, part, None, explain_component(part.derivation, currency, language))
    return Why(found, part, line, explain_line(line.derivation, part.derivation, currency, language))


def steps_of(entry: Entry, currency: Currency) -> tuple[Step, ...]:
    """How a step from earned to paid came about."""
    return explain_entry(entry.kind.value, entry.derivation, entry.amount, currency)


def earned(work: Work, period: Period) -> dict[PersonId, Money]:
    """What each payee is paid in the results that count, approved adjustments included; empty before the first run."""
    pay = periods.find(work, period.code)
    if pay is None or pay.run_id is None:
        return {}
    extra = _approved(work, {period.code})
    found = store.of_run(work, pay.run_id, None)
    said = _Said(extra, {}, settled(work, found))
    return {each.payee_id: _head(each, pay, said).due for each in found}


def _seen(work: Work, actor: Actor, statement_id: int) -> tuple[Statement, PayPeriod]:
    """The one door to a statement: what may not be seen does not exist."""
    found = store.head(work, statement_id, None)
    pay = periods.find(work, found.period_code)
    if pay is None or not sight.may_read(sight.payees(work, actor, pay.period), found.payee_id):
        raise NotFound("compensation.statement_unknown")
    return found, pay


def _is_meant(part: ComponentResult, component_id: int, line: StatementLine | None) -> bool:
    return part.id == (component_id if line is None else line.component_id)


def _approved(work: Work, codes: set[str]) -> tuple[Adjustment, ...]:
    found = (each for code in sorted(codes) for each in disputes.adjustments_in(work, code))
    return tuple(each for each in found if each.state is AdjustmentState.APPROVED)


@dataclass(frozen=True, slots=True)
class _Said:
    """What heads of statements are made of, besides the statements."""

    extra: tuple[Adjustment, ...]
    titles: Mapping[str, str]
    settled: Mapping[int, Paid]


@dataclass(frozen=True, slots=True)
class Paid:
    """What of a statement is paid, and which lines by hand are part of it already."""

    amount: Money
    adjustments: frozenset[int]


def settled(work: Work, found: Collection[Statement]) -> dict[int, Paid]:
    """What of each of these statements is paid; of one that is older than settlements, what was earned."""
    paid = settlements.paid_of(work, [each.id for each in found])
    inside = settlements.settled_adjustments(work, paid)
    return {each.id: Paid(paid.get(each.id, each.earned), inside.get(each.id, frozenset())) for each in found}


def _head(found: Statement, pay: PayPeriod, said: _Said) -> Head:
    """A line by hand approved since the calculation is paid on top, until the next one puts it in its place."""
    own = [each for each in said.extra if (each.payee_id, each.period_code) == (found.payee_id, found.period_code)]
    adjusted = total((each.amount for each in own), found.earned.currency)
    paid = said.settled[found.id]
    since = total((each.amount for each in own if each.id not in paid.adjustments), found.earned.currency)
    return Head(found, pay.state, adjusted, paid.amount + since, said.titles.get(found.title_code, found.title_code))


def _titles(work: Work) -> dict[str, str]:
    return {each.code: each.name for each in people.titles(work)}
