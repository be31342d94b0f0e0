"""What does not go together around a table: terms that no calculation could follow, each named at its place."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE, Aggregate
from spm_app.compensation.domain.pays import Basis, Holds
from spm_app.compensation.domain.rates import Kind, Over, Worth
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.shapes import is_spread
from spm_app.compensation.domain.value import kind_of
from spm_app.kernel.problem import Problem
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.compensation.domain.terms import Component, Plan

#: A finding: where below the component, and its text.
Found = tuple[str, str]
_RUNNING = frozenset({Kind.MARGINAL, Kind.HYBRID, Kind.INTERPOLATED})
_FROM_THERE = frozenset({Kind.FLAT, Kind.MARGINAL, Kind.WHOLE_AMOUNT})
_CAPPED = frozenset({Kind.MARGINAL, Kind.WHOLE_AMOUNT, Kind.INTERPOLATED})


def of_pays(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    """Errors about one component."""
    parts = (_of_measure, _of_keys, _of_threshold, _of_cap, _of_gates, _of_target, _of_pool)
    for part in parts:
        for below, key in part(component):
            yield Problem(plan.place(f"{path}.{below}"), f"compensation.check.{key}", {"code": component.code})
    yield from _of_objectives(plan, component, path)
    yield from _of_points(plan, component, path)
    yield from _of_modifiers(plan, component, path)


def of_measures(plan: Plan) -> Iterator[Problem]:
    """Measures and components have different names."""
    codes = Counter(each.code for each in (*plan.measures, *plan.components))
    for at, each in enumerate(plan.measures):
        if codes[each.code] > 1:
            yield Problem(plan.place(f"measures[{at}].code"), "compensation.check.code_twice", {"code": each.code})


def _of_measure(component: Component) -> Iterator[Found]:
    """Whether what is measured and what is credited can be paid as the table says."""
    measure, table = component.measure, component.table
    if not measure.credits:
        return
    counted = measure.aggregate is Aggregate.COUNT
    if not measure.runs and (table.kind in _RUNNING or measure.accumulate.is_cumulative):
        yield "aggregate", "does_not_run"
    if table.worth is Worth.EACH and measure.unit is not Type.NUMBER:
        yield "aggregate", "each_of_money"
    if table.worth is Worth.RATE and kind_of(measure.credits[0].value) is not Type.MONEY:
        yield "credit", "rate_of_no_money"
    elif table.worth is Worth.RATE and counted and table.kind in _RUNNING:
        yield "rate_table.kind", "rate_of_a_count"


def _of_keys(component: Component) -> Iterator[Found]:
    table = component.table
    fields = [each for each in table.keys if each.over is Over.FIELD]
    if fields and table.kind is Kind.CURVE:
        yield "rate_table.over", "field_curve"
    if table.grid is None or not fields:
        return
    if len(fields) > 1:
        yield "rate_table.columns", "two_fields"
    if table.grid.interpolated or table.worth is not Worth.RATE:
        yield "rate_table.cells", "field_grid"


def _of_threshold(component: Component) -> Iterator[Found]:
    threshold, table = component.pays.threshold, component.table
    if threshold is None:
        return
    if not table.keyed.is_own or table.kind is Kind.GRID:
        yield "threshold", "threshold_of_another"
    elif not threshold.from_first and (table.kind not in _FROM_THERE or not component.measure.runs):
        yield "threshold.pays", "from_there_slices"


def _of_cap(component: Component) -> Iterator[Found]:
    caps, table = component.pays.caps, component.table
    if caps.line is not None and (is_spread(component) or component.objectives):
        yield "cap.line", "line_cap_of_sum"
    if caps.line is not None and component.accumulate.is_cumulative:
        yield "cap.line", "line_cap_cumulative"
    if caps.attainment is None:
        return
    if table.over is not Over.ATTAINMENT or table.kind not in _CAPPED or component.pool is not None:
        yield "cap.attainment", "cap_of_attainment"
    elif any(each.start >= caps.attainment for each in table.bands):
        yield "cap.attainment", "bands_above_cap"
    elif component.pays.threshold is not None and table.kind is Kind.WHOLE_AMOUNT:
        yield "cap.attainment", "cap_and_threshold"


def _of_gates(component: Component) -> Iterator[Found]:
    kept = component.table.kind in {Kind.INTERPOLATED, Kind.GRID, Kind.FLAT} or component.pool or component.objectives
    for at, gate in enumerate(component.pays.gates):
        if gate.holds is Holds.ACCELERATOR and kept:
            yield f"gates[{at}].holds", "no_accelerator"


def _of_target(component: Component) -> Iterator[Found]:
    """What is a part of the target needs one."""
    pays, table = component.pays, component.table
    limits = {"cap": pays.caps.component, "cap.line": pays.caps.line, "floor": pays.floor}
    asked = [name for name, limit in limits.items() if limit is not None and limit.of_target is not None]
    if pays.basis is Basis.TARGET:
        asked.append("basis")
    if table.worth is Worth.TARGET and not component.objectives:
        asked.append("rate_table")
    if pays.target is None:
        yield from ((name, "no_target") for name in asked)


def _of_pool(component: Component) -> Iterator[Found]:
    if component.pool is None:
        return
    if component.pays.basis is Basis.TARGET:
        yield "basis", "pool_of_target"
    if any(each.over in {Over.FIELD, Over.MEASURE, Over.ATTAINMENT_OF} for each in component.table.keys):
        yield "rate_table", "pool_by_own"
    if component.pays.threshold is not None or component.accumulate.value == "transaction":
        yield "pool", "pool_together"


def _of_objectives(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    """Weights make a whole, names differ, scales rise."""
    if not component.objectives:
        return
    whole = sum(each.weight for each in component.objectives)
    if whole != WHOLE:
        yield Problem(
            plan.place(f"{path}.objectives"), "compensation.check.weights_not_whole", {"sum": Rate.from_ppm(whole)}
        )
    codes = Counter(each.code for each in component.objectives)
    for at, each in enumerate(component.objectives):
        where = f"{path}.objectives[{at}]"
        if codes[each.code] > 1:
            yield Problem(plan.place(f"{where}.code"), "compensation.check.code_twice", {"code": each.code})
        if any(later.start <= earlier.start for earlier, later in pairwise(each.scale)):
            yield Problem(plan.place(f"{where}.scale"), "compensation.check.not_rising")


def _of_points(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    """Points of a curve rise, and so does what they pay; so do the starts of a grid's rows and columns."""
    table = component.table
    if table.kind is Kind.CURVE:
        for at, (low, high) in enumerate(pairwise(table.bands), 1):
            place = plan.place(f"{path}.rate_table.points[{at}]")
            if high.start <= low.start:
                yield Problem(place, "compensation.check.not_rising")
            if (high.rate, high.amount) < (low.rate, low.amount):
                yield Problem(place, "compensation.check.curve_falls")
    if table.grid is not None:
        for name, starts in (("rows", table.grid.row_starts), ("columns", table.grid.column_starts)):
            if any(later <= earlier for earlier, later in pairwise(starts)):
                yield Problem(plan.place(f"{path}.rate_table.{name}.from"), "compensation.check.not_rising")


def _of_modifiers(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    """Bands of a modifier follow each other, and no factor takes away."""
    for no, modifier in enumerate(component.pays.modifiers):
        for at, band in enumerate(modifier.bands):
            place = plan.place(f"{path}.modifiers[{no}].bands[{at}]")
            following = modifier.bands[at + 1] if at + 1 < len(modifier.bands) else None
            if following is not None and following.start <= band.start:
                yield Problem(place, "compensation.check.not_rising")
            if band.end is not None and (following is None or band.end != following.start):
                yield Problem(place, "compensation.check.modifier_gap")
            if band.rate < 0:
                yield Problem(place, "compensation.check.factor_negative")
