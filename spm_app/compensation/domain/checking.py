"""What is wrong with a plan that can be read, and what deserves a look before it is published."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from spm_app.compensation.domain.rule import Among, Compare, conjuncts
from spm_app.compensation.domain.terms import WHOLE, Accumulate, Kind, Over
from spm_app.kernel.money import Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import Problem, Severity
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.compensation.domain.terms import Band, Component, Plan, RateTable

#: More than the whole of a sale is never paid as commission.
_MOST_RATE = WHOLE


def check_plan(plan: Plan, calendar: FiscalCalendar = FiscalCalendar()) -> tuple[Problem, ...]:  # noqa: B008 - frozen
    """All findings, errors and warnings, in the order of the text; `at` is line and path."""
    found = [*_of_plan(plan), *_of_days(plan, calendar)]
    for at, component in enumerate(plan.components):
        path = f"components[{at}]"
        found += [*_of_credit(plan, component, path), *_of_table(plan, component, path)]
    return tuple(found)


def _of_plan(plan: Plan) -> Iterator[Problem]:
    if plan.end is not None and plan.end <= plan.start:
        yield Problem(plan.place("effective"), "compensation.check.backward_days")
    codes = Counter(each.code for each in plan.components)
    for at, component in enumerate(plan.components):
        if codes[component.code] > 1:
            yield Problem(
                plan.place(f"components[{at}].code"), "compensation.check.code_twice", {"code": component.code}
            )
    for at, example in enumerate(plan.examples):
        for code in example.expected:
            if code not in codes:
                yield Problem(
                    plan.place(f"examples[{at}].expected.{code}"), "compensation.check.no_component", {"code": code}
                )


def _of_days(plan: Plan, calendar: FiscalCalendar) -> Iterator[Problem]:
    """A plan that begins or ends inside a period pays a part of it: worth a look, for the quota is cut by days.

    Bounds that are amounts are not cut: they say what they say.
    """
    ends = [("begins", plan.start), *([("ends", plan.end)] if plan.end is not None else [])]
    for how, day in ends:
        period = calendar.containing(day, plan.period)
        if day == period.start:
            continue
        days = (period.end - day if how == "begins" else day - period.start).days
        args = {"n": days, "of": period.days, "period": period}
        yield Problem(plan.place("effective"), f"compensation.check.{how}_inside", args, Severity.WARNING)
        if any(len(each.table.bands) > 1 and each.table.over is Over.AMOUNT for each in plan.components):
            yield Problem(
                plan.place("effective"), "compensation.check.amounts_stay", {"period": period}, Severity.WARNING
            )


def _of_credit(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    parts = conjuncts(component.credit.when)
    if not any(isinstance(each, (Compare, Among)) and each.field == "outcome" for each in parts):
        yield Problem(
            plan.place(f"{path}.credit"), "compensation.check.any_outcome", {"code": component.code}, Severity.WARNING
        )


def _of_table(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    table = component.table
    where = f"{path}.rate" if table.kind is Kind.FLAT else f"{path}.rate_table"
    for at, band in enumerate(table.bands):
        place = plan.place(where if table.kind is Kind.FLAT else f"{where}.bands[{at}]")
        if not 0 <= band.rate <= _MOST_RATE:
            yield Problem(place, "compensation.check.rate_range", {"rate": Rate.from_ppm(band.rate)})
        if band.end is not None and band.end <= band.start:
            yield Problem(place, "compensation.check.backward_band", _bounds(plan, table, band))
    yield from _seams(plan, table, where)
    if table.kind is Kind.WHOLE_AMOUNT:
        yield from _jumps(plan, table, where)
    if component.accumulate is Accumulate.TRANSACTION:
        yield Problem(plan.place(f"{path}.accumulate"), "compensation.check.cutting_matters", severity=Severity.WARNING)


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
    if last.end is not None:
        place = plan.place(f"{where}.bands[{len(table.bands) - 1}]")
        yield Problem(place, "compensation.check.ends_early", {"end": _bound(plan, table, last.end)})


def _jumps(plan: Plan, table: RateTable, where: str) -> Iterator[Problem]:
    """Where the band reached pays on everything, a bound is a cliff: upwards worth a look, downwards an error."""
    for at, (lower, upper) in enumerate(pairwise(table.bands), 1):
        place = plan.place(f"{where}.bands[{at}]")
        step = {
            "lower": Rate.from_ppm(lower.rate),
            "upper": Rate.from_ppm(upper.rate),
            "start": _bound(plan, table, upper.start),
        }
        if upper.rate < lower.rate:
            yield Problem(place, "compensation.check.pay_falls", step)
        elif upper.rate > lower.rate:
            yield Problem(place, "compensation.check.cliff", {**step, **_worth(plan, table, at)}, Severity.WARNING)


def _worth(plan: Plan, table: RateTable, at: int) -> dict[str, object]:
    """The jump in pay at that bound: of the amount, or of a quota of 100 000 when bounds are shares of a quota."""
    lower, upper = table.bands[at - 1], table.bands[at]
    digits = 10**plan.currency.digits
    reached = upper.start if table.over is Over.AMOUNT else upper.start * 100_000 * digits // WHOLE
    jump = Money.from_minor(reached * (upper.rate - lower.rate) // WHOLE, plan.currency)
    return {"reached": Money.from_minor(reached, plan.currency), "jump": jump}


def _bounds(plan: Plan, table: RateTable, band: Band) -> dict[str, object]:
    return {"start": _bound(plan, table, band.start), "end": _bound(plan, table, band.end or 0)}


def _bound(plan: Plan, table: RateTable, value: int) -> object:
    """A bound as a text shows it."""
    return Money.from_minor(value, plan.currency) if table.over is Over.AMOUNT else Rate.from_ppm(value)
