"""What one payee earns by one component, where that depends on more than the deals: gates, modifiers, targets, caps.

Two answers: terms by which each deal earns its part (`Tuned`), or one sum to be spread over the deals (`Spread`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.lookups import in_bands, reached
from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.pays import AsOf, Basis, Holds
from spm_app.compensation.domain.quotas import half_up
from spm_app.compensation.domain.rates import Band, Kind, Over, RateTable, Worth
from spm_app.compensation.domain.shapes import shaped, without_accelerator
from spm_app.compensation.domain.standing import place
from spm_app.compensation.domain.sums import sum_of
from spm_app.compensation.domain.targets import limit_in

if TYPE_CHECKING:
    from spm_app.compensation.domain.pays import Gate, Modifier
    from spm_app.compensation.domain.standing import Figure, Standing
    from spm_app.compensation.domain.terms import Component

Notes = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tuned:
    """A table as it holds for the payee, what a rate is of (`icr`: of what is credited when None), and what follows it.

    `begun` says whether earlier periods have passed the threshold; caps are in minor units.
    """

    table: RateTable
    icr: Fraction | None
    factor: Fraction
    line_cap: Fraction | None
    cap: Fraction | None
    begun: bool
    notes: Notes


@dataclass(frozen=True, slots=True)
class Spread:
    """A sum in minor units, rounded, with what came out before (`exact`) and what the cap kept back.

    `rate` is that of every deal, when the sum is a rate of what was credited and nothing was kept back.
    """

    earned: int
    exact: Fraction
    withheld: Fraction
    notes: Notes
    rate: Fraction | None = None


@dataclass(slots=True)
class _Found:
    """What gates and modifiers come to."""

    factor: Fraction = Fraction(1)
    point: int | None = None
    gates: list[Notes] = field(default_factory=list[Notes])
    modifiers: list[Notes] = field(default_factory=list[Notes])


def tuned(component: Component, standing: Standing) -> Tuned:
    """The terms by which each of the payee's deals earns its part."""
    figure, pays, found = standing.figures[component.code], component.pays, _around(component, standing)
    table = shaped(component) if component.table.grid is None else _along_field(component, standing)
    if found.point is not None:
        table = without_accelerator(table, found.point, figure.quota)
    passed = passes(component, figure, figure.value)
    return Tuned(
        table=table,
        icr=rate_of_target(component, figure),
        factor=found.factor if passed else Fraction(0),
        line_cap=limit_in(pays.caps.line, figure.target),
        cap=limit_in(pays.caps.component, figure.target),
        begun=passes(component, figure, figure.before),
        notes=_notes(component, figure, found, passed=passed),
    )


def spread(component: Component, standing: Standing) -> Spread:
    """The one sum that the payee earns, with gates, modifiers and the cap applied."""
    figure, found = standing.figures[component.code], _around(component, standing)
    table = component.table if found.point is None else without_accelerator(component.table, found.point, figure.quota)
    total, before, notes, rate = sum_of(component, table, standing)
    cap = limit_in(component.pays.caps.component, figure.target)
    after, earlier = total * found.factor, before * found.factor
    capped = after if cap is None else min(earlier + after, cap) - min(earlier, cap)
    passed = passes(component, figure, figure.value)
    said = _notes(component, figure, found, passed=passed)
    told = {**said, **notes, "value": str(figure.value), "sum": str(total), "base": str(figure.base)}
    own_rate = None if rate is None or capped != after else rate * found.factor
    return Spread(half_up(capped), capped, after - capped, told, own_rate)


def _along_field(component: Component, standing: Standing) -> RateTable:
    """Of a grid by a field of deals: the row or column that the payee has reached; no rate when there is none."""
    table, grid = component.table, component.table.grid
    assert grid is not None  # noqa: S101 - the caller has looked
    by_row = grid.rows.over is Over.FIELD
    own, other = (grid.rows, grid.columns) if by_row else (grid.columns, grid.rows)
    starts, others = (grid.row_starts, grid.column_starts) if by_row else (grid.column_starts, grid.row_starts)
    at = standing.at(other, component.code)
    if at is None:
        rates = [0] * len(starts)
    else:
        chosen = reached(others, at, table.bound)
        rates = [row[chosen] for row in grid.cells] if by_row else list(grid.cells[chosen])
    ends = [*starts[1:], None]
    bands = tuple(Band(*each) for each in zip(starts, ends, rates, strict=True))
    return RateTable(Kind.WHOLE_AMOUNT, Over.FIELD, table.bound, bands, key=own)


def rate_of_target(component: Component, figure: Figure) -> Fraction | None:
    """The individual commission rate, when rates are of the target; nothing without a quota."""
    if component.pays.basis is not Basis.TARGET or component.table.worth is not Worth.RATE:
        return None
    return figure.target / (figure.quota or 1) if figure.has_quota else Fraction(0)


def passes(component: Component, figure: Figure, value: Fraction) -> bool:
    """Whether a value has reached the threshold from which everything counts."""
    threshold = component.pays.threshold
    if threshold is None or not threshold.from_first:
        return True
    at = place(component.table.keyed, figure, value)
    return at is not None and at >= threshold.at


def _around(component: Component, standing: Standing) -> _Found:
    found = _Found()
    for gate in component.pays.gates:
        _look(gate, component, standing, found)
    for modifier in component.pays.modifiers:
        _multiply(modifier, component, standing, found)
    return found


def _look(gate: Gate, component: Component, standing: Standing, found: _Found) -> None:
    if gate.key is None:
        is_open, value = gate.certificate in standing.certificates, None
    else:
        value = standing.at(gate.key, component.code, gate.as_of)
        is_open = _not_begun(gate, standing) or (value is not None and value >= gate.least)
    if not is_open and gate.holds is Holds.ALL:
        found.factor = Fraction(0)
    elif not is_open:
        found.point = gate.point if found.point is None else min(found.point, gate.point)
    said = {"open": is_open, "holds": gate.holds.value, "value": _text(value), "least": gate.least}
    named = {"certificate": gate.certificate} if gate.key is None else {"of": gate.key.of, "over": gate.key.over.value}
    found.gates.append({**said, **named, "type": "" if gate.key is None else gate.key.type.value})


def _not_begun(gate: Gate, standing: Standing) -> bool:
    """Whether nothing could be attained yet: no time had passed, or nobody was there."""
    assert gate.key is not None  # noqa: S101 - the caller has looked
    early = gate.as_of is AsOf.START and gate.key.is_attainment
    return early and not standing.figures[gate.key.of].quota_before


def _multiply(modifier: Modifier, component: Component, standing: Standing, found: _Found) -> None:
    """An attainment that is not to be had is none."""
    value = standing.at(modifier.key, component.code)
    at = value or Fraction(0)
    factor = in_bands(modifier.bands, at, modifier.bound, interpolated=modifier.interpolated) / WHOLE
    found.factor *= factor
    named = {"of": modifier.key.of, "over": modifier.key.over.value, "type": modifier.key.type.value}
    found.modifiers.append({**named, "value": _text(value), "factor": str(factor)})


def _notes(component: Component, figure: Figure, found: _Found, *, passed: bool) -> Notes:
    """What an explanation says; only what there is."""
    pays = component.pays
    said: Notes = {}
    if pays.target is not None:
        said["target"] = str(figure.target)
    if pays.basis is Basis.TARGET and component.table.worth is Worth.RATE and component.table.kind is not Kind.GRID:
        said["icr"] = str(rate_of_target(component, figure))
    if not passed:
        said["below"] = pays.threshold.at if pays.threshold else 0
    if found.gates:
        said["gates"] = found.gates
    if found.modifiers:
        said["modifiers"] = found.modifiers
    if found.factor != 1:
        said["factor"] = str(found.factor)
    for name, limit in (("cap", pays.caps.component), ("line_cap", pays.caps.line)):
        if limit is not None:
            said[name] = str(limit_in(limit, figure.target))
    return said


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
