"""Which plan versions pay a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import InForce
from spm_app.compensation.domain.plan import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.compensation.domain.records import Version
    from spm_app.kernel.period import Grain, Period


def in_force(published: Iterable[Version], period: Period, grain: Grain) -> tuple[InForce, ...]:
    """Of each plan the newest published version that is effective when the period begins and pays by such periods.

    Plans come in the order of their codes, so that the same choice gives the same bytes.
    """
    newest: dict[str, tuple[int, InForce]] = {}
    for version in published:
        plan, _ = read_plan(version.text)
        if plan is None or plan.period is not grain:
            continue
        holds = plan.start <= period.start and (plan.end is None or plan.end > period.start)
        if holds and version.number > newest.get(plan.code, (0, None))[0]:
            newest[plan.code] = version.number, InForce(int(version.id), plan)
    return tuple(newest[code][1] for code in sorted(newest))
