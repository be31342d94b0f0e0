"""Terms that contradict each other: caps below the target, weights that make no whole, gates in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.rates import Kind
from spm_app.kernel.money import Money
from spm_app.kernel.problem import Problem, Severity
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.compensation.domain.terms import Component, Plan


def of_terms(plan: Plan) -> tuple[Problem, ...]:
    """All of them, in the order of the text."""
    found = [*_circles(plan)]
    for at, component in enumerate(plan.components):
        path = f"components[{at}]"
        found += [*_of_cap(plan, component, path), *_of_weights(plan, component, path), *_unset(plan, component, path)]
    return tuple(found)


def _of_cap(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    """Whoever reaches the quota must be able to earn the target."""
    cap, target = component.pays.caps.component, component.pays.target
    if cap is None or target is None:
        return
    if cap.of_target is not None and cap.of_target < WHOLE:
        args: Mapping[str, object] = {"cap": Rate.from_ppm(cap.of_target), "target": Rate.from_ppm(WHOLE)}
        yield Problem(plan.place(f"{path}.cap"), "compensation.check.cap_below_target", args)
    elif cap.amount is not None and target.amount is not None and cap.amount < target.amount:
        args = {
            "cap": Money.from_minor(cap.amount, plan.currency),
            "target": Money.from_minor(target.amount, plan.currency),
        }
        yield Problem(plan.place(f"{path}.cap"), "compensation.check.cap_below_target", args)


def _of_weights(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    whole = sum(each.weight for each in component.objectives)
    if component.objectives and whole != WHOLE:
        args = {"sum": Rate.from_ppm(whole)}
        yield Problem(plan.place(f"{path}.objectives"), "compensation.check.weights_no_whole", args)


def _unset(plan: Plan, component: Component, path: str) -> Iterator[Problem]:
    """Where standing on a bound decides about everything, the plan says to which side a bound belongs."""
    decides = component.table.kind in {Kind.WHOLE_AMOUNT, Kind.STEP}
    bare = f"{path}.rate_table" in plan.places and f"{path}.rate_table.bound" not in plan.places
    if decides and bare and len(component.table.bands) > 1:
        yield Problem(plan.place(f"{path}.rate_table"), "compensation.check.bound_unset", severity=Severity.WARNING)


def _circles(plan: Plan) -> Iterator[Problem]:
    """Components whose gates wait for each other: none can be said to hold first."""
    waits = {each.code: {gate.key.of for gate in each.pays.gates if gate.key is not None} for each in plan.components}
    told: set[str] = set()
    for at, component in enumerate(plan.components):
        circle = _circle(waits, component.code)
        if circle and not told & set(circle):
            told |= set(circle)
            args = {"codes": ", ".join(circle)}
            yield Problem(plan.place(f"components[{at}].gates"), "compensation.check.gates_in_circle", args)


def _circle(waits: Mapping[str, set[str]], start: str) -> list[str]:
    """The way from a component back to itself, or nothing; a gate on one's own measure is no circle."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        for code in sorted(waits.get(way[-1], ())):
            if code == start and len(way) > 1:
                return way
            if code not in seen:
                seen.add(code)
                ways.append([*way, code])
    return []
