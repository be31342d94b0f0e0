"""A statement among others of the same payee: the year so far, the period before, and how it stood on any day.

Results are only ever added, and a new run counts from the moment at which it is recorded: the run that counted at an
instant is the last one begun by then, so that no past statement has to be kept twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spm_app.compensation.domain.curve import explained
from spm_app.compensation.domain.life import AdjustmentState
from spm_app.compensation.service import statements
from spm_app.compensation.store import disputes, periods
from spm_app.compensation.store import statements as store
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Money, total
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spm_app.compensation.domain.records import ComponentResult, Run, Statement
    from spm_app.compensation.service.statements import Head
    from spm_app.infra.db import Work
    from spm_app.kernel.period import Period
    from spm_app.kernel.rights import Actor


@dataclass(frozen=True, slots=True)
class Change:
    """A component now and in the period before, None where it was not paid; never both."""

    code: str
    names: Mapping[str, str]
    now: ComponentResult | None
    before: ComponentResult | None

    @property
    def difference(self) -> int:
        """In minor units."""
        return (self.now.earned.minor if self.now else 0) - (self.before.earned.minor if self.before else 0)

    @property
    def causes(self) -> tuple[tuple[str, int], ...]:
        """What is not as it was, each with how much of the difference it explains; together they are all of it."""
        if self.now is None or self.before is None:
            return (("new" if self.before is None else "gone", self.difference),)
        found = explained(self.before.derivation, self.now.derivation)
        return found if found is not None else (("other", self.difference),)


@dataclass(frozen=True, slots=True)
class Beside:
    """The period before with each component's change; `earlier` None when nothing was paid then."""

    earlier: Statement | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """What counts in the periods of the fiscal year up to this one, oldest first, and their sum."""

    heads: tuple[Head, ...]
    due: Money


@dataclass(frozen=True, slots=True)
class Past:
    """The statement that counted on a day, None before the first; `adjusted` is what had been approved by then."""

    day: date
    statement: Statement | None
    run: Run | None
    components: tuple[ComponentResult, ...]
    adjusted: Money


def year_so_far(actor: Actor, statement_id: int) -> YearSoFar:
    """The payee's year up to this period. Raises NotFound when the statement is none of the actor's business."""
    view = statements.statement(actor, statement_id)
    payee, pay = view.head.statement.payee_id, view.pay.period
    with reading() as work:
        calendar = people.company(work).calendar
        known = {each.period.code: each.period for each in periods.all_periods(work)}
    year, grain = calendar.year_of(pay.start), calendar.grain_of(pay)
    found = [
        each
        for each in statements.statements(actor)
        if each.statement.payee_id == payee
        and _is_earlier(known[each.statement.period_code], pay)
        and calendar.year_of(known[each.statement.period_code].start) == year
        and calendar.grain_of(known[each.statement.period_code]) is grain
        and each.statement.earned.currency == view.head.due.currency
    ]
    ordered = tuple(sorted(found, key=lambda each: known[each.statement.period_code].start))
    return YearSoFar(ordered, total([each.due for each in ordered], view.head.due.currency))


def beside_previous(actor: Actor, statement_id: int) -> Beside:
    """Each component beside that of the period before. Raises NotFound as above.

    The statement before is only read when the actor may read that one too: a manager may not always have been one.
    """
    view = statements.statement(actor, statement_id)
    with reading() as work:
        calendar = people.company(work).calendar
        code = calendar.before(view.pay.period).code
    found = [each.statement for each in statements.statements(actor, code)]
    earlier = next((each for each in found if each.payee_id == view.head.statement.payee_id), None)
    with reading() as work:
        before = {} if earlier is None else {each.component: each for each in store.components(work, earlier.id)}
    now = {each.component: each for each in view.components}
    return Beside(
        earlier, tuple(_change(code, now.get(code), before.get(code)) for code in dict.fromkeys((*now, *before)))
    )


def as_it_was(actor: Actor, statement_id: int, day: date) -> Past:
    """The statement of the same payee and period that counted when that day ended. Raises NotFound as above."""
    view = statements.statement(actor, statement_id)
    head = view.head.statement
    with reading() as work:
        zone = ZoneInfo(people.company(work).calendar.zone)
        end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
        run = next((each for each in periods.runs_of(work, head.period_code) if each.started_at < end), None)
        currency = head.earned.currency
        if run is None:
            return Past(day, None, None, (), Money.zero(currency))
        mine = frozenset({head.payee_id})
        found = next(iter(store.of_run(work, run.id, mine)), None)
        components = () if found is None else store.components(work, found.id)
        return Past(day, found, run, components, _adjusted_by(work, head, end))


def runs_of(actor: Actor, statement_id: int) -> tuple[Run, ...]:
    """Every calculation of the statement's period, newest first: the days between which it may have stood otherwise."""
    view = statements.statement(actor, statement_id)
    with reading() as work:
        return periods.runs_of(work, view.head.statement.period_code)


def _adjusted_by(work: Work, head: Statement, end: datetime) -> Money:
    lines = [
        each.amount
        for each in disputes.adjustments_in(work, head.period_code)
        if each.payee_id == head.payee_id
        and each.state is AdjustmentState.APPROVED
        and each.decided_at is not None
        and each.decided_at < end
    ]
    return total(lines, head.earned.currency)


def _is_earlier(period: Period, than: Period) -> bool:
    return period.start <= than.start


def _change(code: str, now: ComponentResult | None, before: ComponentResult | None) -> Change:
    told = now or before
    if told is None:
        raise NotFound("compensation.line_unknown")
    return Change(code, told.derivation.get("name", {}), now, before)
