"""What is wrong with the bands of a component, and what deserves a look: gaps, cliffs, pay that falls."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.terms import WHOLE, Accumulate, Basis, Kind, Over, Worth
from spm_app.kernel.money import Money
from spm_app.kernel.problem import Problem, Severity
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.compensation.domain.terms import Band, Component, Plan, RateTable

#: More than the whole of a sale is never paid as commission; what lies above a point may be paid several times over.
_MOST_RATE, _MOST_OVERAGE = WHOLE, 10 * WHOLE


def of_table(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    """Errors and warnings about one component's way to pay."""
    if component.table.kind in {Kind.CURVE, Kind.GRID} or component.objectives:
        return
    table = _with_unit(component)
    where = f"{path}.rate" if table.kind is Kind.FLAT else f"{path}.rate_table"
    of_target = table.worth is Worth.TARGET or component.pays.basis is Basis.TARGET
    most = _MOST_OVERAGE if of_target or table.point is not None else _MOST_RATE
    for at, band in enumerate(table.bands):
        place = plan.place(where if table.kind is Kind.FLAT else f"{where}.bands[{at}]")
        if not 0 <= band.rate <= most:
            args = {"rate": Rate.from_ppm(band.rate), "most": Rate.from_ppm(most)}
            yield Problem(place, "compensation.check.rate_range", args)
        elif band.rate > WHOLE and not of_target:
            yield Problem(place, "compensation.check.rate_large", {"rate": Rate.from_ppm(band.rate)}, Severity.WARNING)
        if band.amount < 0:
            yield Problem(place, "compensation.check.amount_negative")
        if band.end is not None and band.end <= band.start:
            yield Problem(place, "compensation.check.backward_band", _bounds(plan, table, band))
    yield from _seams(plan, table, where)
    yield from _of_point(plan, table, where)
    yield from _falls(plan, table, where) if table.kind is Kind.STEP else _jumps(plan, table, where)
    if component.accumulate is Accumulate.TRANSACTION:
        yield Problem(plan.place(f"{path}.accumulate"), "compensation.check.cutting_matters", severity=Severity.WARNING)


def _with_unit(component: Component) -> RateTable:
    """The table with what its bounds are in its key, also where that is the component's own measure."""
    key = component.table.keyed
    own = Type.RATIO if key.is_attainment else component.measure.unit
    return replace(component.table, key=replace(key, type=own if key.is_own else key.type))


def _seams(plan: Plan, table: RateTable, where: str) -> Iterator[Problem]:
    """Bands begin at nothing, meet without gap or overlap, and the last has no end."""
    first, last = table.bands[0], table.bands[-1]
    if first.start != 0:
        yield Problem(
            plan.place(f"{where}.bands[0]"),
            "compensation.check.starts_late",
            {"start": _bound(plan, table, first.start)},
        )
    for at, (lower, upper) in enumerate(pairwise(table.bands), 1):
        if lower.end == upper.start:
            continue
        gap = lower.end is not None and lower.end < upper.start
        key = "compensation.check.gap" if gap else "compensation.check.overlap"
        end = "" if lower.end is None else _bound(plan, table, lower.end)
        args = {"end": end, "start": _bound(plan, table, upper.start)}
        yield Problem(plan.place(f"{where}.bands[{at}]"), key, args)
    place = plan.place(f"{where}.bands[{len(table.bands) - 1}]")
    if table.kind is Kind.INTERPOLATED:
        yield from () if last.end is not None else (Problem(place, "compensation.check.never_ends"),)
    elif last.end is not None:
        yield Problem(place, "compensation.check.ends_early", {"end": _bound(plan, table, last.end)})


def _of_point(plan: Plan, table: RateTable, where: str) -> Iterator[Problem]:
    """A hybrid changes its way where a band begins: anywhere else one rate would be paid in two ways."""
    if table.point is not None and table.point not in {each.start for each in table.bands[1:]}:
        args = {"point": _bound(plan, table, table.point)}
        yield Problem(plan.place(f"{where}.point"), "compensation.check.point_is_no_bound", args)


def _falls(plan: Plan, table: RateTable, where: str) -> Iterator[Problem]:
    """The amount of a higher band is not less than that of a lower one."""
    for at, (lower, upper) in enumerate(pairwise(table.bands), 1):
        if (upper.rate, upper.amount) < (lower.rate, lower.amount):
            of_target = table.worth is Worth.TARGET
            sums: list[object] = [
                Rate.from_ppm(each.rate) if of_target else Money.from_minor(each.amount, plan.currency)
                for each in (lower, upper)
            ]
            args = dict(zip(("lower", "upper"), sums, strict=True)) | {"start": _bound(plan, table, upper.start)}
            yield Problem(plan.place(f"{where}.bands[{at}]"), "compensation.check.amount_falls", args)


def _jumps(plan: Plan, table: RateTable, where: str) -> Iterator[Problem]:
    """Where the band reached pays on more than itself, a bound is a cliff: upwards worth a look, downwards an error."""
    for at, (lower, upper) in enumerate(pairwise(table.bands), 1):
        on = _paid_again(table, upper.start)
        if on == 0 or upper.rate == lower.rate or not table.keyed.is_own or table.keyed.type is Type.NUMBER:
            continue
        place = plan.place(f"{where}.bands[{at}]")
        step = {
            "lower": Rate.from_ppm(lower.rate),
            "upper": Rate.from_ppm(upper.rate),
            "start": _bound(plan, table, upper.start),
        }
        if upper.rate < lower.rate:
            yield Problem(place, "compensation.check.pay_falls", step)
        else:
            worth = _worth(plan, table, at, on)
            yield Problem(place, "compensation.check.cliff", {**step, **worth}, Severity.WARNING)


def _paid_again(table: RateTable, start: int) -> int:
    """How much of the measure changes its rate when that bound is reached, in the unit of bounds."""
    if table.kind is Kind.WHOLE_AMOUNT:
        return start
    if table.point is None:
        return 0
    if start < table.point:
        return start if table.below is Kind.WHOLE_AMOUNT else 0
    return start - table.point if table.above is Kind.WHOLE_AMOUNT else 0


def _worth(plan: Plan, table: RateTable, at: int, on: int) -> dict[str, object]:
    """The jump in pay at that bound: of the amount, or of a quota of 100 000 when bounds are shares of a quota."""
    lower, upper = table.bands[at - 1], table.bands[at]
    hundred_thousand = 100_000 * 10**plan.currency.digits

    def amount(place: int) -> int:
        return place if table.over is Over.AMOUNT else place * hundred_thousand // WHOLE

    jump = Money.from_minor(amount(on) * (upper.rate - lower.rate) // WHOLE, plan.currency)
    return {"reached": Money.from_minor(amount(upper.start), plan.currency), "jump": jump}


def _bounds(plan: Plan, table: RateTable, band: Band) -> dict[str, object]:
    return {"start": _bound(plan, table, band.start), "end": _bound(plan, table, band.end or 0)}


def _bound(plan: Plan, table: RateTable, value: int) -> object:
    """A bound as a text shows it."""
    if table.keyed.type is Type.MONEY:
        return Money.from_minor(value, plan.currency)
    return Rate.from_ppm(value) if table.keyed.type is Type.RATIO else Decimal(value) / WHOLE
