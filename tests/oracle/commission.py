"""Commission worked out slowly and plainly, from the definitions: fractions, loops, one payee and one deal at a time.

It shares with the program only the values that go in. Nothing here is fast, and nothing here is clever. Each idea
has a file: `people` (who is in a plan when), `conditions`, `credits`, `measures`, `quotas`, `tables`, `grids`, `around`
(gates, modifiers, limits), `pools`, `objectives`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle import pools
from tests.oracle.around import Paid, Row, capped, factor, held, is_shut, line_capped, settle
from tests.oracle.credits import credited
from tests.oracle.measures import seen, together
from tests.oracle.objectives import of_objectives
from tests.oracle.people import Case, every_day, is_in_plan
from tests.oracle.quotas import quota_of, target_of
from tests.oracle.tables import Terms, earn, of_no_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.inputs import Inputs
    from spm_app.compensation.domain.terms import Component, Plan
    from tests.oracle.credits import Line

__all__ = ["Paid", "Row", "pay"]


def pay(plans: Sequence[Plan], inputs: Inputs) -> dict[tuple[int, str, str], Paid]:
    """By payee, plan and component; payees of a plan who sold nothing included."""
    found: dict[tuple[int, str, str], Paid] = {}
    for plan in plans:
        anybody = Case(plan, 0, inputs)
        for payee in sorted({seat.person_id for seat in inputs.seats}):
            case = anybody.of(payee)
            if any(is_in_plan(case, day) for day in every_day(inputs.period)):
                for component in plan.components:
                    found[payee, plan.code, component.code] = of_component(case, component)
    return found


def of_component(case: Case, component: Component) -> Paid:
    """What the component pays the payee in this period."""
    if component.objectives:
        return of_objectives(case, component)
    before, now = credited(case, component.measure)
    figure, quota = together(component.measure, [*before, *now]), quota_of(case, component.measure)
    target = target_of(case, component.pays.target, component.measure)
    others = {key: seen(case, key) for key in component.table.keys if key.over.value in {"measure", "attainment_of"}}
    terms = Terms(component, quota, target, others, held(case, component))
    if component.pool is not None:
        earned = pools.part_of(case, terms)
        rows = [(row_of(line), Fraction(0)) for line in now]
        after = finished(case, terms, (Fraction(0), [earned]))
        rows += [(Row("pool", "", 0), each) for each in after]
    else:
        rows = in_turn(case, terms, before, now)
    kept = settle(case, component, rows)
    return Paid(figure, quota, sum(each.amount for each in kept), kept)


def row_of(line: Line) -> Row:
    return Row(line.role, line.deal.id, line.credit)


def in_turn(case: Case, terms: Terms, before: list[Line], now: list[Line]) -> list[tuple[Row, Fraction]]:
    """Each line's part, behind the difference that this period makes to what was measured before."""
    changed = adjusted(case, terms, earn(terms, [*before, *now]))
    *_, whole = adjusted(case, terms, [of_no_line(terms, [*before, *now])])
    *_, whole_before = adjusted(case, terms, [of_no_line(terms, before)])
    earlier = sum(adjusted(case, terms, earn(terms, before)), whole_before)
    catch_up = sum(changed[: len(before)], Fraction(0)) - earlier
    after = capped(terms, earlier, [catch_up, *changed[len(before) :], whole])
    rows = [(Row("true_up", "", 0), after[0]), *zip(map(row_of, now), after[1:-1], strict=True)]
    return [each for each in (*rows, (Row("component", "", 0), after[-1])) if each[0].transaction or each[1]]


def adjusted(case: Case, terms: Terms, exact: list[Fraction]) -> list[Fraction]:
    """Behind the gates, the modifiers and the cap of a line."""
    if is_shut(case, terms.component):
        return [Fraction(0)] * len(exact)
    times = factor(case, terms.component)
    return line_capped(terms, [each * times for each in exact])


def finished(case: Case, terms: Terms, given: tuple[Fraction, list[Fraction]]) -> list[Fraction]:
    """Behind everything but the floor."""
    earlier, exact = given
    return capped(terms, earlier, adjusted(case, terms, exact))
