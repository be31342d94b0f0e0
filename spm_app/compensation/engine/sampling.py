"""A plan's pay as a function of sales, asked point by point: one made-up payee a point, all in one calculation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.inputs import Incentive, InForce, Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.measures import To
from spm_app.compensation.domain.terms import Eligible, Who
from spm_app.compensation.engine.calculation import calculate
from spm_app.kernel.period import FiscalCalendar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.terms import Component, Plan

_PAYEE, _SELLER, _TITLE = 1_000_000, 2_000_000, "trial"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a payee sells in the period, in minor units a deal, against which quota."""

    sales: tuple[int, ...]
    quota: int


def paid(plan: Plan, component: Component, asks: Sequence[Ask], like: Mapping[str, Any]) -> tuple[int, ...]:
    """What the component pays for each ask, in minor units; `like` are the fields that its deals have.

    Each ask is a payee of their own who is in the plan on all days, for whom every gate is open and every modifier is
    one. Target incentives are a quota's worth a year. Raises InvalidInput for a plan that cannot be calculated.
    """
    period = FiscalCalendar().containing(plan.start, plan.period)
    alone = replace(component, pays=replace(component.pays, gates=(), modifiers=()))
    trial = replace(
        plan,
        components=(alone,),
        examples=(),
        eligible=(Eligible(Who.TITLE, _TITLE),),
        start=period.start,
        end=None,
    )
    results = calculate([InForce(0, trial)], _inputs(trial, asks, like))
    earned = {each.payee_id: each.earned for each in results.payees()}
    return tuple(earned.get(_PAYEE + at, 0) for at in range(len(asks)))


def _inputs(plan: Plan, asks: Sequence[Ask], like: Mapping[str, Any]) -> Inputs:
    """A manager's deals are sold by somebody below who is outside the plan; everything else is the payee's own."""
    period = FiscalCalendar().containing(plan.start, plan.period)
    owner = _SELLER if plan.components[0].credit.to is To.MANAGER else _PAYEE
    deals = [(at, f"{at:06}-{n:06}", amount) for at, ask in enumerate(asks) for n, amount in enumerate(ask.sales)]
    before = period.start - timedelta(days=1)
    payees = [Seat(_PAYEE + at, _TITLE, None, before) for at in range(len(asks))]
    sellers = [Seat(_SELLER + at, "", _PAYEE + at, period.start) for at in range(len(asks)) if owner == _SELLER]
    return Inputs(
        period=period,
        currency=plan.currency,
        transactions=tuple(replace(Transaction(name, period.start, amount), **like) for _, name, amount in deals),
        shares=tuple(Share(name, owner + at) for at, name, _ in deals),
        seats=(*payees, *sellers),
        quotas=tuple(Quota(_PAYEE + at, ask.quota) for at, ask in enumerate(asks)),
        incentives=tuple(Incentive(_PAYEE + at, ask.quota, before) for at, ask in enumerate(asks)),
    )
