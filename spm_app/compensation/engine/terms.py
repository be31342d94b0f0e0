"""How components pay, as columns: terms are data, so that another rate is another row and never another statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.shapes import is_spread, is_tuned, shaped
from spm_app.compensation.domain.terms import Accumulate, Aggregate, Bound, Kind, Over, RateTable, Worth
from spm_app.compensation.engine import arrow
from spm_app.compensation.engine.arrow import FLAG, WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.terms import Component
    from spm_app.compensation.engine.meters import Meter

_COMPONENT = {
    "component_no": WHOLE,
    "plan_no": WHOLE,
    "silent": FLAG,
    "own": FLAG,
    "spread": FLAG,
    "counting": FLAG,
    "per_unit": FLAG,
    "by_key": FLAG,
    "whole": FLAG,
    "over_quota": FLAG,
    "upper_wins": FLAG,
    "single": FLAG,
    "fixed": FLAG,
    "drawn": FLAG,
    "point": WHOLE,
    "below_whole": FLAG,
    "above_whole": FLAG,
}
_BAND = {"component_no": WHOLE, "band_no": WHOLE, "start": WHOLE, "rate": WHOLE, "amount": WHOLE, "width": WHOLE}


@dataclass(frozen=True, slots=True)
class Terms:
    """The columns of `component` and `band`, how many bands the longest table has, and what the run has to reckon with.

    `plain` says that no component pays amounts or has a point: then all rates are parts of the same whole.
    """

    tables: dict[str, arrow.Table]
    bands: int
    levels: int
    plain: bool
    cumulative: bool
    counting: bool


def terms_of(found: Sequence[Meter]) -> Terms:
    """Everything that pays, and silently what is only counted."""
    rows = [(each.no, each.plan_no, *_switches(each)) for each in found]
    paying = [(each.no, each.component) for each in found if each.component is not None]
    plain = [(no, part) for no, part in paying if not is_silent(part) and not is_own(part)]
    bands = [(no, at, *band) for no, part in plain for at, band in enumerate(bands_of(shaped(part)))]
    own = [len(_longest(part)) for _, part in paying if is_own(part)]
    return Terms(
        tables={"component": arrow.table(_COMPONENT, rows), "band": arrow.table(_BAND, bands)},
        bands=max((*(row[1] + 1 for row in bands), *own), default=1),
        levels=max((c.levels for each in found for c in each.measure.credits), default=0),
        plain=all(_is_plain(part) for _, part in paying),
        cumulative=any(each.measure.accumulate.is_cumulative for each in found),
        counting=any(each.measure.aggregate is Aggregate.COUNT for each in found),
    )


def is_silent(component: Component) -> bool:
    """Whether it has no deals: it is scored."""
    return bool(component.objectives)


def is_own(component: Component) -> bool:
    """Whether every payee has terms of their own."""
    return not is_silent(component) and (is_spread(component) or is_tuned(component))


def bands_of(table: RateTable) -> list[tuple[int, int, int, int | None]]:
    """Start, rate, amount and width of each. Where the last ends, nothing more is paid from there on."""
    rows = [(each.start, each.rate, each.amount, each.end and each.end - each.start) for each in table.bands]
    last = table.bands[-1].end
    return rows if last is None else [*rows, (last, 0, 0, None)]


def _longest(component: Component) -> Sequence[object]:
    grid = component.table.grid
    return bands_of(shaped(component)) if grid is None else max((grid.row_starts, grid.column_starts), key=len)


def _is_plain(component: Component) -> bool:
    table = component.table
    rates = table.worth is Worth.RATE and table.kind is not Kind.GRID and table.point is None
    return rates and not table.pays_amounts and not is_own(component) and not is_silent(component)


def _switches(each: Meter) -> tuple[Any, ...]:
    """The columns of `component` from `silent` on."""
    counting = each.measure.aggregate is Aggregate.COUNT
    if each.component is None or is_silent(each.component):
        return (True, False, False, counting, *(False,) * 8, None, False, False)
    if is_spread(each.component):
        return (False, True, True, counting, False, False, True, *(False,) * 5, None, False, False)
    return (False, is_own(each.component), False, counting, *_ways(each.component))


def _ways(component: Component) -> tuple[Any, ...]:
    table = shaped(component)
    keyed = any(each.over is Over.FIELD for each in table.keys)
    return (
        table.worth is Worth.EACH,
        keyed,
        table.kind in {Kind.WHOLE_AMOUNT, Kind.STEP, Kind.FLAT, Kind.GRID},
        table.over is Over.ATTAINMENT and not keyed,
        table.bound is Bound.UPPER_INCLUSIVE,
        component.accumulate is Accumulate.TRANSACTION or keyed,
        table.kind is Kind.STEP,
        table.kind is Kind.INTERPOLATED,
        table.point,
        table.below is Kind.WHOLE_AMOUNT,
        table.above is Kind.WHOLE_AMOUNT,
    )
