"""What who steers the company asks first: where the year stands against its goal, and what pay costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.analytics.domain.steering import Cost, Plan, due_by
from spm_app.analytics.service import gather
from spm_app.compensation.service import statements
from spm_app.crm import service as crm
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people
from spm_app.planning import service as planning

if TYPE_CHECKING:
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.money import Currency


@dataclass(frozen=True, slots=True)
class Steering:
    """The running year. `plan` is None without a published goal; `costs` has the calculated quarters of two years."""

    year: Period
    as_of: date
    currency: Currency
    plan: Plan | None
    costs: tuple[Cost, ...]


def steering(actor: Actor) -> Steering:
    """For who may read pay totals."""
    require(actor, Permission.READ_PAY_TOTALS)
    with reading() as work:
        company = people.company(work)
        today = company.calendar.day_of(clock.now())
        year = company.calendar.containing(today, Grain.YEAR)
        quarters = gather.quarters_in(company.calendar, year)
        quotas = [(each, sum(quota.amount.minor for quota in planning.quotas(work, each))) for each in quarters]
        goal = sum(minor for _, minor in quotas)
        before = gather.quarters_in(company.calendar, company.calendar.before(year))
        costs = [_cost(work, each) for each in (*before, *quarters) if each.start <= today]

        plan = Plan(_won(work, year), goal, due_by(today, quotas)) if goal else None
    return Steering(year, today, company.currency, plan, tuple(each for each in costs if each))


def _cost(work: Work, quarter: Period) -> Cost | None:
    """None for a quarter that was never calculated."""
    earned = statements.earned(work, quarter)
    return Cost(quarter, sum(each.minor for each in earned.values()), _won(work, quarter)) if earned else None


def _won(work: Work, period: Period) -> int:
    """All revenue won, whoever sold it."""
    closed = crm.closed_in(work, period)
    return sum(each.amount.minor for each in closed if each.outcome == "won" and each.amount)
