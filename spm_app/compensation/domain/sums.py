"""What a component earns as one sum: curves, grids, amounts that are reached, rates looked up by another measure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.lookups import in_grid, on_curve, reached
from spm_app.compensation.domain.measures import WHOLE, Aggregate
from spm_app.compensation.domain.pays import Basis
from spm_app.compensation.domain.rates import Kind, Worth

if TYPE_CHECKING:
    from spm_app.compensation.domain.rates import RateTable
    from spm_app.compensation.domain.standing import Figure, Standing
    from spm_app.compensation.domain.terms import Component

Sum = tuple[Fraction, Fraction, dict[str, Any], Fraction | None]
_NOTHING = Fraction(0)


def sum_of(component: Component, table: RateTable, standing: Standing) -> Sum:
    """What the period earns, what earlier ones have earned by the same terms, how it was looked up, and the one rate.

    A table keyed on the own measure is cumulative with it; one that is looked up by another measure pays what was
    credited in the period.
    """
    figure = standing.figures[component.code]
    if table.kind is Kind.GRID:
        return _by_grid(component, table, standing)
    if table.worth is not Worth.RATE and not figure.value > 0:
        return _NOTHING, _NOTHING, {}, None
    runs = component.measure.runs and table.keyed.is_own
    now = standing.at(table.keyed, component.code)
    if now is None:
        return _NOTHING, _NOTHING, {"missing": "no_quota"}, None
    worth, notes = _worth(component, table, figure, now)
    if table.worth is Worth.RATE:
        return _by_rate(component, figure, worth, notes)
    if table.worth is Worth.EACH:
        return _by_unit(component, figure, worth, notes)
    start = _start(table, figure) if runs and component.accumulate.is_cumulative and figure.before > 0 else None
    before = _NOTHING if start is None else _worth(component, table, figure, start)[0]
    return worth - before, before, notes, None


def _start(table: RateTable, figure: Figure) -> Fraction | None:
    """Where the own measure stood before the period, in the unit of bounds."""
    if not table.keyed.is_attainment:
        return figure.before
    return figure.before * WHOLE / (figure.quota or 1)


def _worth(component: Component, table: RateTable, figure: Figure, at: Fraction) -> tuple[Fraction, dict[str, Any]]:
    """What the table says at a place: an amount in minor units, or a rate of what is credited."""
    threshold = component.pays.threshold
    if threshold is not None and threshold.from_first and at < threshold.at:
        return _NOTHING, {"at": str(at)}
    if table.kind is Kind.CURVE:
        at = at if table.point is None else min(at, Fraction(table.point))
        found = on_curve([(band.start, _says(band.rate, band.amount, table)) for band in table.bands], at)
        return _money(found, table, figure), {"at": str(at)}
    band = reached([each.start for each in table.bands], at, table.bound)
    own = table.bands[band]
    if table.worth is Worth.RATE:
        return Fraction(own.rate, WHOLE) * _of(component, figure), {"at": str(at), "band": band}
    return _money(Fraction(_says(own.rate, own.amount, table)), table, figure), {"at": str(at), "band": band}


def _says(rate: int, amount: int, table: RateTable) -> int:
    return rate if table.worth is Worth.TARGET else amount


def _money(worth: Fraction, table: RateTable, figure: Figure) -> Fraction:
    return figure.target * worth / WHOLE if table.worth is Worth.TARGET else worth


def _of(component: Component, figure: Figure) -> Fraction:
    """What a rate is of: what is credited, or the individual commission rate."""
    if component.pays.basis is Basis.CREDIT:
        return Fraction(1)
    return figure.target / (figure.quota or 1) if figure.has_quota else _NOTHING


def _by_rate(component: Component, figure: Figure, rate: Fraction, notes: dict[str, Any]) -> Sum:
    """A rate of everything credited, which is that of every deal; of an average or a maximum, of that figure."""
    if component.measure.aggregate in {Aggregate.AVERAGE, Aggregate.MAX}:
        return rate * figure.value, _NOTHING, notes, None
    return rate * figure.base, _NOTHING, {**notes, "rate": str(rate)}, rate


def _by_unit(component: Component, figure: Figure, each: Fraction, notes: dict[str, Any]) -> Sum:
    """So much for each unit of the period, or for each deal where these are counted."""
    if component.measure.aggregate is Aggregate.COUNT:
        return each * (figure.value - figure.before) / WHOLE, _NOTHING, notes, None
    return _by_rate(component, figure, each / WHOLE, notes)


def _by_grid(component: Component, table: RateTable, standing: Standing) -> Sum:
    grid, figure = table.grid, standing.figures[component.code]
    assert grid is not None  # noqa: S101 - a table of this kind has one
    row, column = (standing.at(each, component.code) for each in (grid.rows, grid.columns))
    if row is None or column is None:
        return _NOTHING, _NOTHING, {"missing": "no_quota"}, None
    cell = in_grid(grid, row, column, table.bound)
    notes = {"row": str(row), "column": str(column), "cell": str(cell)}
    if table.worth is not Worth.RATE and not figure.value > 0:
        return _NOTHING, _NOTHING, notes, None
    if table.worth is Worth.RATE:
        return _by_rate(component, figure, cell / WHOLE * _of(component, figure), notes)
    return _money(cell, table, figure), _NOTHING, notes, None
