"""Payroll: a final period leaves as numbered, frozen files, each approved by somebody other than who made it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spm_app.compensation.domain import life
from spm_app.compensation.domain.life import ExportState, PeriodState
from spm_app.compensation.domain.payroll import entries, writing
from spm_app.compensation.domain.payroll.template import Template, check, written
from spm_app.compensation.service.payable import payable
from spm_app.compensation.store import payroll as store
from spm_app.compensation.store import periods
from spm_app.compensation.store.payroll import Export
from spm_app.infra import audit, bus, clock, files, handout
from spm_app.infra.db import reading, unit_of_work
from spm_app.infra.handout import Handout
from spm_app.kernel.errors import Conflict, InvalidInput, NotFound
from spm_app.kernel.money import Money, total
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from spm_app.compensation.domain.payroll.entries import Told
    from spm_app.compensation.domain.records import PayPeriod
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.period import Period

#: Rows that a preview shows.
_FIRST = 8


@dataclass(frozen=True, slots=True)
class ExportView:
    """An export with its lines, and how it ties to its period: `period_total` = `told` in all exports + `left`."""

    export: Export
    lines: tuple[Told, ...]
    employees: Money
    agents: Money
    period_total: Money
    told: Money
    names: dict[PersonId, str]

    @property
    def left(self) -> Money:
        """What no export has said yet."""
        return self.period_total - self.told


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as the file would say them, and how many there are in all."""

    text: str
    rows: int
    total: Money | None


def templates(actor: Actor) -> dict[int, Template]:
    """The shapes by number."""
    require(actor, Permission.READ_PAY_EXPORTS)
    with reading() as work:
        return store.templates(work)


def save_template(actor: Actor, template: Template, template_id: int | None = None) -> int:
    """Keep a shape. Raises InvalidInput with everything that is wrong with it, or for a name that is taken."""
    require(actor, Permission.EXPORT_PAY)
    problems = list(check(template))
    with unit_of_work() as work:
        known = store.templates(work)
        if any(each.name == template.name for at, each in known.items() if at != template_id):
            problems.append(Problem("name", "compensation.payroll.name_taken"))
        if problems:
            raise InvalidInput("compensation.form_has_errors", problems)
        saved = store.save_template(work, template, template_id)
        before = written(known[saved]) if saved in known else None
        audit.record(work, actor, "payroll.template_saved", "company", before=before, after=written(template))
    return saved


def payable_periods(actor: Actor) -> tuple[Period, ...]:
    """The final periods, newest first."""
    require(actor, Permission.READ_PAY_EXPORTS)
    with reading() as work:
        return tuple(each.period for each in periods.all_periods(work) if each.state is PeriodState.FINALISED)


def preview(actor: Actor, template: Template, period_code: str) -> Preview:
    """How a first file of the period would begin. Raises InvalidInput for the shape, Conflict before it is final."""
    require(actor, Permission.READ_PAY_EXPORTS)
    template = replace(template, name=template.name or "-")  # rows are looked at before anybody thinks of a name
    with reading() as work:
        pay = _final(work, period_code)
        lines, number = entries.left(payable(work, pay), []), store.next_number(work)
    made = writing.rows([each for each in lines if not each.entry.is_agent], template)
    text = writing.content(made[:_FIRST], template, pay.period, number).decode(template.encoding)
    sums = [each.amount for each in made]
    return Preview(text, len(made), total(sums, sums[0].currency) if sums else None)


def export(actor: Actor, period_code: str, template_id: int) -> int:
    """Freeze what payroll has not been told of a final period yet; its number.

    Raises Conflict before the period is final, while an export of it waits for approval, or when nothing is left.
    """
    require(actor, Permission.EXPORT_PAY)
    with unit_of_work() as work:
        pay = _final(work, period_code, hold=True)
        if any(each.state is ExportState.MADE for each in store.exports(work, period_code)):
            raise Conflict("compensation.payroll.one_waits")
        template = store.templates(work).get(template_id)
        if template is None:
            raise NotFound("compensation.payroll.template_unknown")
        lines = _left(work, pay)
        if not lines:
            raise Conflict("compensation.payroll.nothing_left", period=pay.period)

        made = writing.rows([each for each in lines if not each.entry.is_agent], template)
        number = store.next_number(work)
        kept = files.keep(writing.content(made, template, pay.period, number))

        currency = lines[0].amount.currency
        state = ExportState.MADE
        found = Export(number, period_code, template, kept, currency, state, actor.person_id, clock.now())
        export_id = store.add(work, found)
        store.add_lines(work, export_id, lines)
        audit.record(work, actor, "payroll.exported", f"payroll:{export_id}", period=period_code, code=kept)
        bus.publish(work, "payments", str(export_id))
    return export_id


def decide(actor: Actor, export_id: int, *, approved: bool) -> None:
    """Another person's word; a refused export was never told. Raises Conflict for who made it or is paid by it."""
    require(actor, Permission.EXPORT_PAY)
    with unit_of_work() as work:
        found = store.export(work, export_id, hold=True)
        state = ExportState.APPROVED if approved else ExportState.REFUSED
        life.step(found.state, state)
        life.another_person(
            actor.person_id, [found.maker_id, *(each.entry.payee_id for each in store.lines(work, found))]
        )

        store.decide(work, export_id, state, actor.person_id, clock.now())
        audit.record(work, actor, f"payroll.{state.value}", f"payroll:{export_id}")
        bus.publish(work, "payments", str(export_id))


def download(actor: Actor, export_id: int) -> str:
    """A link to the very bytes that were frozen, for this person and a while; Conflict before they are approved."""
    require(actor, Permission.READ_PAY_EXPORTS)
    with unit_of_work() as work:
        found = store.export(work, export_id)
        if found.state is not ExportState.APPROVED:
            raise Conflict("compensation.payroll.not_approved")
        audit.record(work, actor, "payroll.taken", f"payroll:{export_id}")
    name = f"payroll-{found.period_code}-{found.id}.{'txt' if found.template.is_fixed else 'csv'}"
    return handout.link(Handout(found.content, name, "text/plain"), actor.person_id)


def exports(actor: Actor) -> tuple[ExportView, ...]:
    """Every export, newest first."""
    require(actor, Permission.READ_PAY_EXPORTS)
    with reading() as work:
        return tuple(_view(work, each) for each in store.exports(work))


def one(actor: Actor, export_id: int) -> ExportView:
    """One export. Raises NotFound."""
    require(actor, Permission.READ_PAY_EXPORTS)
    with reading() as work:
        return _view(work, store.export(work, export_id))


def _final(work: Work, code: str, *, hold: bool = False) -> PayPeriod:
    pay = periods.find(work, code, hold=hold)
    if pay is None or pay.state is not PeriodState.FINALISED:
        raise Conflict("compensation.payroll.not_final")
    return pay


def _told(work: Work, code: str) -> list[Told]:
    """What exports that were not refused have said, oldest first."""
    counted = [each for each in reversed(store.exports(work, code)) if each.state is not ExportState.REFUSED]
    return [line for each in counted for line in store.lines(work, each)]


def _left(work: Work, pay: PayPeriod) -> tuple[Told, ...]:
    return entries.left(payable(work, pay), _told(work, pay.period.code))


def _view(work: Work, found: Export) -> ExportView:
    lines, pay = store.lines(work, found), _final(work, found.period_code)
    names = {each.id: each.name for each in people.persons(work)}

    def sum_of(*, agents: bool) -> Money:
        return entries.due([each for each in lines if each.entry.is_agent is agents], found.currency)

    return ExportView(
        export=found,
        lines=lines,
        employees=sum_of(agents=False),
        agents=sum_of(agents=True),
        period_total=total((each.amount for each in payable(work, pay)), found.currency),
        told=entries.due(_told(work, found.period_code), found.currency),
        names=names,
    )
