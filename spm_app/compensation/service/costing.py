"""What a plan would have cost: last year's deals, as they were, and scaled until the quotas are met by so much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import quantiles
from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import InForce, Inputs, Quota
from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.engine import calculate
from spm_app.compensation.service.gathering import gathered
from spm_app.compensation.service.members import members
from spm_app.crm import service as crm
from spm_app.infra.db import reading
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Money
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people
from spm_app.planning import service as planning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spm_app.compensation.domain.terms import Plan

#: Attainments that are asked for, in per cent.
ASKED = (50, 80, 100, 120, 150, 200)


@dataclass(frozen=True, slots=True)
class Costs:
    """What last year would have cost by its real deals, and at each attainment; how pay is spread over payees.

    `spread` is the least, the quarter points and the most of what a payee earns in the year. `without_quota` says of
    how many payees and periods the own sales stood in for a quota that nobody had published.
    """

    year: Period
    payees: int
    deals: int
    without_quota: int
    total: Money
    spread: tuple[Money, ...]
    at: tuple[tuple[int, Money], ...]


def costs(actor: Actor, text: str, tell: Callable[[int, int], None]) -> Costs | None:
    """The cost of a draft on last year; None for a text with nothing to calculate. Nothing is kept.

    To reach an attainment, all deals of a period are multiplied by one figure: so much of the quotas of those who are
    in the plan, divided by what they sold.
    """
    if not actor.may(Permission.APPROVE_PLANS):
        require(actor, Permission.WRITE_PLANS)
    plan, _ = read_plan(text)
    if plan is None:
        return None
    year, given, assumed = _last_year(plan)
    steps = len(given) * (1 + len(ASKED))
    pay: dict[int, int] = {}
    at = dict.fromkeys(ASKED, 0)
    done = 0
    for inputs in given:
        for each in _paid(plan, inputs):
            pay[each[0]] = pay.get(each[0], 0) + each[1]
        for percent in ASKED:
            done += 1
            tell(done, steps)
            at[percent] += sum(minor for _, minor in _paid(plan, _scaled(inputs, percent)))
    return Costs(
        year=year,
        payees=len(pay),
        deals=sum(len(each.transactions) for each in given),
        without_quota=assumed,
        total=Money.from_minor(sum(pay.values()), plan.currency),
        spread=tuple(Money.from_minor(round(each), plan.currency) for each in _spread(sorted(pay.values()))),
        at=tuple((percent, Money.from_minor(minor, plan.currency)) for percent, minor in at.items()),
    )


def _paid(plan: Plan, inputs: Inputs) -> list[tuple[int, int]]:
    whole = replace(plan, start=inputs.period.start, end=None)
    try:
        found = calculate([InForce(0, whole)], inputs)
    except InvalidInput:
        return []
    return [(each.payee_id, each.earned) for each in found.payees()]


def _last_year(plan: Plan) -> tuple[Period, list[Inputs], int]:
    """The inputs of each period of last year, with a quota for everybody who sold and is in the plan."""
    found: list[Inputs] = []
    assumed = 0
    with reading() as work:
        company = people.company(work)
        calendar = company.calendar
        year = calendar.before(calendar.containing(people.today(work), Grain.YEAR))
        for period in (each for each in calendar.periods(calendar.year_of(year.start), plan.period)):
            quotas = {int(each.person_id): each.whole_period for each in planning.quotas(work, period)}
            deals, seats = crm.closed_in(work, period), people.seats(work, period)
            inputs = gathered(period, company.currency, deals, seats, quotas=quotas).inputs
            timeless = replace(plan, start=period.start, end=None)
            inside = {int(each.person_id) for each in members(work, timeless, period)}
            sold = _sold(inputs)
            missing = [Quota(who, sold[who]) for who in sorted(inside) if who not in quotas and sold.get(who, 0) > 0]
            assumed += len(missing)
            kept = [each for each in inputs.quotas if each.person_id in inside]
            found.append(replace(inputs, quotas=(*kept, *missing)))
    return year, found, assumed


def _sold(inputs: Inputs) -> dict[int, int]:
    """What each owner won in the period, in minor units."""
    amounts = {each.id: each.amount for each in inputs.transactions if each.outcome == "won"}
    sold: dict[int, int] = {}
    for share in inputs.shares:
        part = amounts.get(share.transaction, 0) * share.share // WHOLE
        sold[share.person_id] = sold.get(share.person_id, 0) + part
    return sold


def _scaled(inputs: Inputs, percent: int) -> Inputs:
    sold = _sold(inputs)
    quota, reached = (
        sum(each.amount for each in inputs.quotas),
        sum(sold.get(each.person_id, 0) for each in inputs.quotas),
    )
    if reached <= 0:
        return inputs
    scaled = (replace(each, amount=each.amount * quota * percent // (reached * 100)) for each in inputs.transactions)
    return replace(inputs, transactions=tuple(scaled))


def _spread(values: list[int]) -> Iterable[float]:
    if len(values) < 2:
        return values
    return [values[0], *quantiles(values, n=4, method="inclusive"), values[-1]]
