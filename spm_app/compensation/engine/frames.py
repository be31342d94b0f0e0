"""Inputs and plan terms as columns. A caller with a million deals gives columns at once instead of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.inputs import check_inputs
from spm_app.compensation.domain.rule import conjuncts
from spm_app.compensation.domain.terms import Accumulate, Bound, Kind, Over
from spm_app.compensation.engine.arrow import DAY, FLAG, TEXT, WHOLE, table
from spm_app.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.inputs import InForce, Inputs
    from spm_app.compensation.domain.rule import Rule
    from spm_app.compensation.domain.terms import Component
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
}
_BAND = {"component_no": WHOLE, "band_no": WHOLE, "start": WHOLE, "step": WHOLE}


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
    """The terms of all plans as rows, the different conditions by number, and the different parts of these."""

    tables: dict[str, Table]
    filters: tuple[Rule | None, ...]
    parts: tuple[Rule, ...]
    bands: int
    levels: int


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
    """Bands become steps: where the rate changes, and by how much."""
    components = [(at, each) for at, plan in enumerate(plans) for each in plan.plan.components]
    filters = tuple(dict.fromkeys(each.credit.when for _, each in components))
    rows = [(no, at, filters.index(c.credit.when), *_switches(c)) for no, (at, c) in enumerate(components)]
    steps = [
        (no, at, band.start, band.rate - (c.table.bands[at - 1].rate if at else 0))
        for no, (_, c) in enumerate(components)
        for at, band in enumerate(c.table.bands)
    ]
    titles = [(at, title) for at, each in enumerate(plans) for title in dict.fromkeys(each.plan.titles)]
    days = [(at, each.plan.start, each.plan.end or NEVER) for at, each in enumerate(plans)]
    return PlanFrames(
        tables={
            "plan": table(_PLAN, days),
            "plan_title": table(_PLAN_TITLE, titles),
            "component": table(_COMPONENT, rows),
            "band": table(_BAND, steps),
        },
        filters=filters,
        parts=tuple(dict.fromkeys(part for rule in filters for part in conjuncts(rule))),
        bands=max((len(c.table.bands) for _, c in components), default=1),
        levels=max((c.credit.levels for _, c in components), default=0),
    )


def _switches(component: Component) -> tuple[Any, ...]:
    """The columns of `component` from `levels` on."""
    table = component.table
    return (
        component.credit.levels,
        table.kind is Kind.WHOLE_AMOUNT,
        table.over is Over.ATTAINMENT,
        table.bound is Bound.UPPER_INCLUSIVE,
        component.accumulate is Accumulate.TRANSACTION,
    )
