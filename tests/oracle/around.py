"""What stands around a table: gates, modifiers, caps, the floor, and the rounding at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.exact import MILLION, half_up, spread
from tests.oracle.measures import seen, seen_before
from tests.oracle.people import Case, holds_on
from tests.oracle.quotas import days, target_of, times
from tests.oracle.tables import between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.terms import Component, Gate, Limit, Modifier
    from tests.oracle.tables import Terms


@dataclass
class Row:
    """One line of a statement: whose deal by which rule, how much was credited, and what it came to."""

    role: str
    transaction: str
    credit: int
    amount: int = 0


@dataclass
class Paid:
    """What one component came to for one payee; `rows` are in order and add up to `earned`."""

    measure: int
    quota: int | None
    earned: int
    rows: list[Row] = field(default_factory=list)


def is_open(case: Case, gate: Gate) -> bool:
    """Whether what the gate asks for holds."""
    if gate.certificate:
        last = case.inputs.period.last_day
        return any(
            (each.person_id, each.code) == (case.payee, gate.certificate) and holds_on(each.start, each.end, last)
            for each in case.inputs.certificates
        )
    assert gate.key is not None
    if gate.as_of.value == "start":
        stood = seen_before(case, gate.key)
        return stood >= gate.least if stood is not None else asks_nothing(case, gate)
    stood = seen(case, gate.key)
    return stood is not None and stood >= gate.least


def asks_nothing(case: Case, gate: Gate) -> bool:
    """Whether no time has passed yet in which anything could have been attained."""
    assert gate.key is not None
    measure = case.plan.measure_of(gate.key.of)
    assert measure is not None
    if measure.quota.whole_year:
        return False
    return not any(days(case, measure, each) for each in times(case, measure, before=True))


def is_shut(case: Case, component: Component) -> bool:
    """Whether a gate keeps back everything."""
    return any(gate.holds.value == "all" and not is_open(case, gate) for gate in component.pays.gates)


def held(case: Case, component: Component) -> int | None:
    """The lowest point from which a gate keeps the accelerator back."""
    shut = (
        gate.point for gate in component.pays.gates if gate.holds.value == "accelerator" and not is_open(case, gate)
    )
    return min(shut, default=None)


def factor(case: Case, component: Component) -> Fraction:
    """What everything earned is multiplied by."""
    product = Fraction(1)
    for modifier in component.pays.modifiers:
        product *= factor_at(modifier, seen(case, modifier.key) or Fraction(0))
    return product


def factor_at(modifier: Modifier, place: Fraction) -> Fraction:
    points = [(Fraction(band.start), Fraction(band.rate, MILLION)) for band in modifier.bands]
    if modifier.interpolated:
        return between(points, place)
    inclusive = modifier.bound.value == "lower_inclusive"
    return [points[0], *(each for each in points[1:] if place > each[0] or (inclusive and place == each[0]))][-1][1]


def limit(of: Limit | None, target: int) -> Fraction | None:
    """An amount, or a share of the target; None where nothing was said."""
    if of is None:
        return None
    return Fraction(of.amount) if of.amount is not None else Fraction((of.of_target or 0) * target, MILLION)


def line_capped(terms: Terms, exact: Sequence[Fraction]) -> list[Fraction]:
    """No line above the cap of a line, nor below its opposite."""
    most = limit(terms.component.pays.caps.line, terms.target)
    return list(exact) if most is None else [max(-most, min(each, most)) for each in exact]


def capped(terms: Terms, earlier: Fraction, exact: Sequence[Fraction]) -> list[Fraction]:
    """What each adds to the running sum, which begins with what was earned before and stays under the cap."""
    most = limit(terms.component.pays.caps.component, terms.target)
    if most is None:
        return list(exact)
    found, running = list[Fraction](), earlier
    for each in exact:
        found.append(min(running + each, most) - min(running, most))
        running += each
    return found


def settle(case: Case, component: Component, rows: Sequence[tuple[Row, Fraction]]) -> list[Row]:
    """The rows with whole amounts, and one that makes up for what the floor asks for."""
    target = target_of(case, component.pays.target, component.measure, of_period=True)
    least, exact = limit(component.pays.floor, target), [each for _, each in rows]
    kept, earned = [row for row, _ in rows], half_up(sum(exact, Fraction(0)))
    for row, amount in zip(kept, spread(exact, earned), strict=True):
        row.amount = amount
    if least is not None and earned < half_up(least):
        kept.append(Row("floor", "", 0, half_up(least) - earned))
    return kept
