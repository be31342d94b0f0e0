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

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spm_app.crm.domain.sales import Sale
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
        quarters = gather.quarters_of(company.calendar, year)
        before = gather.quarters_of(company.calendar, company.calendar.before(year))
        quotas = {each: sum(held.values()) for each, held in gather.quotas_in(work, quarters).items()}
        closed = gather.closed_of(crm.sales_since(work, before[0].start))
        costs = [_cost(work, each, closed) for each in (*before, *quarters) if each.start <= today]

    goal = sum(quotas.values())
    plan = Plan(_won(closed, year), goal, due_by(today, quotas.items())) if goal else None
    return Steering(year, today, company.currency, plan, tuple(each for each in costs if each))


def _cost(work: Work, quarter: Period, closed: Sequence[Sale]) -> Cost | None:
    """None for a quarter that was never calculated."""
    earned = statements.earned(work, quarter)
    return Cost(quarter, sum(each.minor for each in earned.values()), _won(closed, quarter)) if earned else None


def _won(closed: Sequence[Sale], period: Period) -> int:
    """All revenue won, whoever sold it."""
    return sum(each.minor or 0 for each in gather.closed_in(closed, period) if each.outcome == "won")
