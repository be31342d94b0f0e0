"""Inputs and plan terms as columns. A caller with a million deals gives columns at once instead of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.inputs import check_inputs
from spm_app.compensation.domain.rule import conjuncts
from spm_app.compensation.domain.terms import Accumulate, Bound, Credit, Kind, Measure, Over, Pays, To
from spm_app.compensation.engine.arrow import DAY, FLAG, TEXT, WHOLE, table
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.inputs import InForce, Inputs
    from spm_app.compensation.domain.rule import Rule
    from spm_app.compensation.domain.terms import Component, RateTable
    from spm_app.compensation.engine.arrow import Table
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period

#: A day after every other: an open end, as a column holds it.
NEVER = date(9999, 12, 31)

DEALS = {
    "id": TEXT,
    "day": DAY,
    "amount": WHOLE,
    "outcome": TEXT,
    "stage": TEXT,
    "product": TEXT,
    "account": TEXT,
    "opened_on": DAY,
    "closed_on": DAY,
    "deal_id": WHOLE,
}
SHARES = {"id": TEXT, "person_id": WHOLE, "share": WHOLE}
SEATS = {"person_id": WHOLE, "title": TEXT, "manager_id": WHOLE, "start": DAY, "finish": DAY}
QUOTAS = {"person_id": WHOLE, "amount": WHOLE}
_PLAN = {"plan_no": WHOLE, "start": DAY, "finish": DAY}
_PLAN_TITLE = {"plan_no": WHOLE, "title": TEXT}
_COMPONENT = {
    "component_no": WHOLE,
    "plan_no": WHOLE,
    "filter_no": WHOLE,
    "levels": WHOLE,
    "whole": FLAG,
    "over_quota": FLAG,
    "upper_wins": FLAG,
    "single": FLAG,
    "fixed": FLAG,
    "drawn": FLAG,
    "point": WHOLE,
    "below_whole": FLAG,
    "above_whole": FLAG,
}
_BAND = {"component_no": WHOLE, "band_no": WHOLE, "start": WHOLE, "rate": WHOLE, "amount": WHOLE, "width": WHOLE}


@dataclass(frozen=True, slots=True)
class Frames:
    """Inputs as columns, in the schemas DEALS, SHARES, SEATS and QUOTAS; trusted to be free of contradictions."""

    period: Period
    currency: Currency
    deals: Table
    shares: Table
    seats: Table
    quotas: Table


@dataclass(frozen=True, slots=True)
class PlanFrames:
    """The terms of all plans as rows, the different conditions by number, and the different parts of these.

    `plain` says that no component pays amounts or has a point: then all rates are parts of the same whole.
    """

    tables: dict[str, Table]
    filters: tuple[Rule | None, ...]
    parts: tuple[Rule, ...]
    bands: int
    levels: int
    plain: bool


def frames(inputs: Inputs) -> Frames:
    """Values as columns. Raises InvalidInput with everything that would make a calculation wrong."""
    problems = check_inputs(inputs)
    if problems:
        raise InvalidInput("compensation.inputs.unusable", problems, n=len(problems))
    deals = (
        (t.id, t.day, t.amount, t.outcome, t.stage, t.product, t.account, t.opened_on, t.day, t.deal_id)
        for t in inputs.transactions
    )
    seats = ((s.person_id, s.title, s.manager_id, s.start, s.end or NEVER) for s in inputs.seats)
    return Frames(
        period=inputs.period,
        currency=inputs.currency,
        deals=table(DEALS, deals),
        shares=table(SHARES, ((s.transaction, s.person_id, s.share) for s in inputs.shares)),
        seats=table(SEATS, seats),
        quotas=table(QUOTAS, ((q.person_id, q.amount) for q in inputs.quotas)),
    )


def plan_frames(plans: Sequence[InForce]) -> PlanFrames:
    """Plans, components and bands, numbered in their order."""
    components = [(at, each) for at, plan in enumerate(plans) for each in plan.plan.components]
    _refuse_unknown(plans)
    filters = tuple(dict.fromkeys(each.credit.when for _, each in components))
    rows = [(no, at, filters.index(c.credit.when), *_switches(c)) for no, (at, c) in enumerate(components)]
    bands = [(no, at, *band) for no, (_, c) in enumerate(components) for at, band in enumerate(_bands(c.table))]
    titles = [(at, title) for at, each in enumerate(plans) for title in dict.fromkeys(each.plan.titles)]
    days = [(at, each.plan.start, each.plan.end or NEVER) for at, each in enumerate(plans)]
    return PlanFrames(
        tables={
            "plan": table(_PLAN, days),
            "plan_title": table(_PLAN_TITLE, titles),
            "component": table(_COMPONENT, rows),
            "band": table(_BAND, bands),
        },
        filters=filters,
        parts=tuple(dict.fromkeys(part for rule in filters for part in conjuncts(rule))),
        bands=max((row[1] + 1 for row in bands), default=1),
        levels=max((c.credit.levels for _, c in components), default=0),
        plain=all(c.table.point is None and not c.table.pays_amounts for _, c in components),
    )


def _refuse_unknown(plans: Sequence[InForce]) -> None:
    """What a plan may say and the stages do not calculate yet is refused, never left out in silence."""
    plain = {
        each.code
        for plan in plans
        for each in plan.plan.components
        if (each.pays, each.objectives, each.pool) == (Pays(), (), None)
        and each.table.kind not in {Kind.CURVE, Kind.GRID}
        and each.table.keyed.is_own
        and each.measure
        == Measure((Credit(each.credit.when, each.credit.to, each.credit.levels),), accumulate=each.accumulate)
        and not each.accumulate.is_cumulative
        and each.credit.to in {To.OWNER, To.MANAGER}
    }
    missing = [each.code for plan in plans for each in plan.plan.components if each.code not in plain]
    if missing:
        problems = [Problem(code, "compensation.inputs.not_calculated", {"code": code}) for code in missing]
        raise InvalidInput("compensation.inputs.unusable", problems, n=len(problems))


def _bands(table: RateTable) -> list[tuple[int, int, int, int | None]]:
    """Start, rate, amount and width of each. Where the last ends, nothing more is paid from there on."""
    rows = [(each.start, each.rate, each.amount, each.end and each.end - each.start) for each in table.bands]
    last = table.bands[-1].end
    return rows if last is None else [*rows, (last, 0, 0, None)]


def _switches(component: Component) -> tuple[Any, ...]:
    """The columns of `component` from `levels` on."""
    table = component.table
    return (
        component.credit.levels,
        table.kind in {Kind.WHOLE_AMOUNT, Kind.STEP},
        table.over is Over.ATTAINMENT,
        table.bound is Bound.UPPER_INCLUSIVE,
        component.accumulate is Accumulate.TRANSACTION,
        table.kind is Kind.STEP,
        table.kind is Kind.INTERPOLATED,
        table.point,
        table.below is Kind.WHOLE_AMOUNT,
        table.above is Kind.WHOLE_AMOUNT,
    )
