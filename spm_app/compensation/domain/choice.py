"""Which plan versions pay a period, and on which of its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise
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
    """Of each plan and day the newest published version that is effective then and pays by such periods.

    A version that holds for a part of the period comes with the days of that part; one that gives way in the middle and
    comes back has two parts. Plans come in the order of their codes, parts by day, so that the same choice
    gives the same bytes.
    """
    known: dict[str, list[tuple[int, InForce]]] = {}
    for version in published:
        plan, _ = read_plan(version.text)
        if plan is not None and plan.period is grain and _holds(plan, period):
            known.setdefault(plan.code, []).append((version.number, InForce(int(version.id), plan)))
    return tuple(part for code in sorted(known) for part in _parts(known[code], period))


def _parts(versions: list[tuple[int, InForce]], period: Period) -> Iterator[InForce]:
    """The period cut where a version begins or ends; neighbouring stretches of the same version are one."""
    ends = {end for _, each in versions for end in (each.plan.start, each.plan.end or period.end)}
    cuts = sorted({period.start, period.end} | {each for each in ends if each in period})
    stretches = ((_on(versions, first), first, past) for first, past in pairwise(cuts))
    for version, group in groupby(stretches, key=lambda each: each[0]):
        if version is not None:
            days = [day for _, first, past in group for day in (first, past)]
            yield replace(version, plan=replace(version.plan, start=days[0], end=days[-1]))


def _on(versions: list[tuple[int, InForce]], day: date) -> InForce | None:
    """The newest of these that is effective on the day."""
    held = [(number, each) for number, each in versions if _covers(each.plan, day)]
    return max(held, key=lambda each: each[0])[1] if held else None


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
    """Whether the plan is effective on at least one day of the period."""
    return max(plan.start, period.start) < min(plan.end or period.end, period.end)


def _covers(plan: Plan, day: date) -> bool:
    return plan.start <= day and (plan.end is None or day < plan.end)
