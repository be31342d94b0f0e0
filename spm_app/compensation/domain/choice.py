"""Which plan versions pay a period."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import InForce
from spm_app.compensation.domain.plan import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from spm_app.compensation.domain.records import Version
    from spm_app.compensation.domain.terms import Plan
    from spm_app.kernel.period import FiscalCalendar, Grain, Period

#: More than anybody calculates anew: a plan may say that it has held since long ago.
_MOST = 40


def in_force(published: Iterable[Version], period: Period, grain: Grain) -> tuple[InForce, ...]:
    """Of each plan the newest published version that is effective when the period begins and pays by such periods.

    Plans come in the order of their codes, so that the same choice gives the same bytes.
    """
    newest: dict[str, tuple[int, InForce]] = {}
    for version in published:
        plan, _ = read_plan(version.text)
        if plan is None or plan.period is not grain:
            continue
        if _holds(plan, period) and version.number > newest.get(plan.code, (0, None))[0]:
            newest[plan.code] = version.number, InForce(int(version.id), plan)
    return tuple(newest[code][1] for code in sorted(newest))


def payable(published: Iterable[Version], calendar: FiscalCalendar, until: date) -> tuple[Period, ...]:
    """The periods that at least one plan pays and that have begun by the day `until`, newest first, 40 at most."""
    plans = (read_plan(each.text)[0] for each in published)
    found = {period for plan in plans if plan is not None for period in _paid_by(plan, calendar, until)}
    return tuple(sorted(found, key=lambda each: (each.start, each.end), reverse=True)[:_MOST])


def _paid_by(plan: Plan, calendar: FiscalCalendar, until: date) -> Iterator[Period]:
    last = until if plan.end is None else min(until, plan.end - timedelta(days=1))
    period = calendar.containing(last, plan.period)
    for _ in range(_MOST):
        if not _holds(plan, period):
            return
        yield period
        period = calendar.before(period)


def _holds(plan: Plan, period: Period) -> bool:
    """Whether the plan is effective when the period begins."""
    return plan.start <= period.start and (plan.end is None or plan.end > period.start)
