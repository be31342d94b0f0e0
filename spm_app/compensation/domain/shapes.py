"""What a threshold, a cap on attainment and a gate make of a table: another table, with the same ways to pay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.pays import Pays
from spm_app.compensation.domain.rates import Band, Kind, Over, RateTable

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Component


def shaped(component: Component) -> RateTable:
    """The component's table with its threshold, when that pays from there on, and its cap on attainment."""
    table, pays = component.table, component.pays
    if pays.threshold is not None and not pays.threshold.from_first and pays.threshold.at > 0:
        table = _from_there(table, pays.threshold.at)
    return table if pays.caps.attainment is None else _up_to(table, pays.caps.attainment)


def _from_there(table: RateTable, at: int) -> RateTable:
    """Nothing below the place: slices there bear no rate, and a rate on everything is on what lies above it alone."""
    bands = (Band(0, at, 0), *_above(table.bands, at))
    if table.kind is Kind.MARGINAL:
        return replace(table, bands=bands)
    return replace(table, kind=Kind.HYBRID, bands=bands, point=at, below=Kind.MARGINAL, above=Kind.WHOLE_AMOUNT)


def _above(bands: tuple[Band, ...], at: int) -> tuple[Band, ...]:
    kept = [each for each in bands if each.end is None or each.end > at]
    return (replace(kept[0], start=max(at, kept[0].start)), *kept[1:])


def _up_to(table: RateTable, most: int) -> RateTable:
    """Nothing more above the place."""
    kept = [each for each in table.bands if each.start < most]
    bands = (*kept[:-1], replace(kept[-1], end=most), Band(most, None, 0))
    if table.kind in {Kind.MARGINAL, Kind.INTERPOLATED}:
        return replace(table, bands=bands)
    return replace(table, kind=Kind.HYBRID, bands=bands, point=most, below=Kind.WHOLE_AMOUNT, above=Kind.MARGINAL)


def without_accelerator(table: RateTable, point: int, quota: int | None) -> RateTable:
    """Bands from the point on pay what the band just below it pays; a curve goes on level.

    The point is a share of the quota.
    """
    if not table.keyed.is_attainment:
        if not (quota or 0) > 0:
            return table
        point = point * (quota or 0) // WHOLE
    if table.kind is Kind.CURVE:
        return replace(table, point=point)
    base = [each for each in table.bands if each.start < point]
    last = base[-1] if base else table.bands[0]
    bands = (replace(each, rate=last.rate, amount=last.amount) if each.start >= point else each for each in table.bands)
    return replace(table, bands=tuple(bands))


def is_spread(component: Component) -> bool:
    """Whether the component earns one sum that is spread over its deals, rather than something for each of them."""
    table = component.table
    if component.objectives or any(each.over is Over.FIELD for each in table.keys):
        return False
    if component.pool or table.kind in {Kind.CURVE, Kind.GRID} or not table.keyed.is_own or not component.measure.runs:
        return True
    return table.kind is Kind.STEP and is_tuned(component) and component.accumulate.value != "transaction"


def is_tuned(component: Component) -> bool:
    """Whether what a payee earns depends on more than the component's own measure and quota."""
    table = component.table
    amounts = table.worth.value == "target" or table.grid is not None
    return amounts or component.pays != Pays() or (component.accumulate.is_cumulative and table.kind is Kind.STEP)
