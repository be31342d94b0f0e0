"""Where the pay of a component may bend or jump: the places at which it is worth asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.rates import Kind, Over

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Component

#: Attainments at which everybody wants to know what a plan pays.
USUAL = tuple(each * 10_000 for each in (0, 50, 80, 100, 120, 150, 200))
#: A quota to try with, in whole units of the currency.
TRIAL = 100_000


def bounds(component: Component) -> tuple[int, ...]:
    """Every bound, threshold and point above nothing, in the unit of the table, rising."""
    table = component.table
    found = {each.start for each in table.bands} | {each.end for each in table.bands if each.end is not None}
    if table.grid is not None:
        found |= {*table.grid.row_starts}
    if component.pays.threshold is not None:
        found.add(component.pays.threshold.at)
    if table.point is not None:
        found.add(table.point)
    return tuple(sorted(each for each in found if each > 0))


def is_drawn(component: Component) -> bool:
    """Whether what it pays depends on its own sales in money alone, so that it can be drawn over them."""
    measure = component.measure
    own = component.table.kind is Kind.FLAT or component.table.keyed.over in {Over.ATTAINMENT, Over.AMOUNT}
    return bool(measure.credits) and own and not component.objectives and component.table.grid is None


def places(component: Component, quota: int) -> tuple[int, ...]:
    """Sales in minor units just below, on and just above every bound, and at the usual attainments of the quota."""
    over = component.table.keyed.over
    at = [each * quota // WHOLE if over is Over.ATTAINMENT else each for each in bounds(component)]
    near = {max(0, each + step) for each in at for step in (-100, 0, 100)}
    return tuple(sorted(near | {each * quota // WHOLE for each in USUAL}))
