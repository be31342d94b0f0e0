"""What a period begins with: what those before it left open, what happened to sales since, rates, and lines by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import Incentive
from spm_app.compensation.domain.life import AdjustmentState, PeriodState
from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.domain.settle.terms import CANCELLED
from spm_app.compensation.domain.settle.values import Extra, PaidIn
from spm_app.compensation.service.gathering import shares_of, transaction_of
from spm_app.compensation.store import disputes, facts, periods, plans, settlements
from spm_app.crm import service as crm
from spm_app.people import service as people

if TYPE_CHECKING:
    from spm_app.compensation.domain.inputs import Inputs
    from spm_app.compensation.domain.records import PayPeriod
    from spm_app.compensation.domain.terms import Plan
    from spm_app.infra.db import Work
    from spm_app.kernel.period import Period

#: Days before a period whose rates may still hold in it.
_BEFORE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Opened:
    """Inputs with their history, plans that only old sales know, and the period that the balances come from."""

    inputs: Inputs
    earlier: tuple[Plan, ...]
    before: PayPeriod | None

    @property
    def told(self) -> dict[str, object]:
        """For the log of a run: whose balances it began with, and whether these may still change."""
        if self.before is None:
            return {}
        final = self.before.state is PeriodState.FINALISED
        return {"opening": self.before.period.code, "opening_run": self.before.run_id, "opening_final": final}


def opened(work: Work, period: Period, inputs: Inputs) -> Opened:
    """The inputs of a period's calculation with everything that its settlement asks for.

    Balances come from the last period of the same size before it that was calculated; of a period that is not final
    they are those of the run that counts now.
    """
    past = _past(work, period)
    before = past[0] if past else None
    balances = settlements.balances_of(work, before.run_id) if before and before.run_id else ()
    happened = facts.events(work, period.end)
    cancelled = {each.transaction for each in happened if each.kind == CANCELLED}
    asked = cancelled | {each.transaction for each in balances if each.transaction}
    lines = settlements.paid_lines(work, asked, [each.period.code for each in past])
    known = {each.id for each in inputs.transactions}
    told = {each.transaction for each in happened} - known
    deals = [each for each in crm.deals_named(work, told) if each.amount is not None and each.closed_on is not None]
    company = people.company(work)
    found = replace(
        inputs,
        transactions=(*inputs.transactions, *(transaction_of(each, company.currency) for each in deals)),
        shares=(*inputs.shares, *(share for each in deals for share in shares_of(each))),
        calendar=company.calendar,
        happened=happened,
        balances=balances,
        paid_lines=lines,
        extras=_extras(work, period),
        rates=facts.rates(work, period.start - _BEFORE, period.end),
        paid_in=_paid_in(work, period),
        incentives=inputs.incentives or _incentives(work, period),
    )
    return Opened(found, _earlier(work, {each.plan for each in (*balances, *lines)}), before)


def _past(work: Work, period: Period) -> list[PayPeriod]:
    """Every calculated period of the same size before this one, the last first."""
    calendar = people.company(work).calendar
    grain = calendar.grain_of(period)
    found = [each for each in periods.all_periods(work) if each.run_id and each.period.end <= period.start]
    return sorted(
        (each for each in found if calendar.grain_of(each.period) is grain),
        key=lambda one: one.period.end,
        reverse=True,
    )


def _extras(work: Work, period: Period) -> tuple[Extra, ...]:
    """The lines by hand that another person approved."""
    return tuple(
        Extra(str(each.id), int(each.payee_id), each.amount.minor, each.late_of is not None, each.reason)
        for each in disputes.adjustments_in(work, period.code)
        if each.state is AdjustmentState.APPROVED
    )


def _paid_in(work: Work, period: Period) -> tuple[PaidIn, ...]:
    """Who is paid in other money than the company's: that of the base pay on the last day on which there is one."""
    own = people.company(work).currency
    last = {who: max(pay.steps, key=lambda step: step.start) for who, pay in people.pay_of(work, period).items()}
    return tuple(
        PaidIn(int(who), step.value.base.currency)
        for who, step in sorted(last.items())
        if step.value.base.currency != own
    )


def _incentives(work: Work, period: Period) -> tuple[Incentive, ...]:
    """Everybody's target incentive in the company's money, a year's, from day to day."""
    own = people.company(work).currency
    return tuple(
        Incentive(int(who), step.value.target_incentive.minor, step.start, step.end)
        for who, pay in sorted(people.pay_of(work, period).items())
        for step in pay.steps
        if step.value.target_incentive.currency == own
    )


def _earlier(work: Work, codes: set[str]) -> tuple[Plan, ...]:
    """The newest published text of each of these plans."""
    newest = {each.plan_code: each for each in plans.published(work) if each.plan_code in codes}
    read = (read_plan(each.text)[0] for each in newest.values())
    return tuple(each for each in read if each is not None)
