"""What is wrong with a plan that can be read, and what deserves a look before it is published."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spm_app.compensation.domain.pay_check import of_measures, of_pays
from spm_app.compensation.domain.rule import Among, Compare, conjuncts
from spm_app.compensation.domain.settle.check import of_settlement
from spm_app.compensation.domain.table_check import of_table
from spm_app.compensation.domain.terms import Over
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.compensation.domain.terms import Component, Plan


def check_plan(plan: Plan, calendar: FiscalCalendar = FiscalCalendar()) -> tuple[Problem, ...]:  # noqa: B008 - frozen
    """All findings, errors and warnings, in the order of the text; `at` is line and path."""
    found = [*_of_plan(plan), *_of_days(plan, calendar)]
    for at, component in enumerate(plan.components):
        path = f"components[{at}]"
        found += [*_of_credit(plan, component, path), *of_table(plan, component, path), *of_pays(plan, component, path)]
    return (*found, *of_measures(plan), *of_settlement(plan))


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
    """Every rule says which outcome counts."""
    for credit in component.measure.credits:
        parts = conjuncts(credit.when)
        if not any(isinstance(each, (Compare, Among)) and each.field == "outcome" for each in parts):
            args = {"code": component.code}
            yield Problem(plan.place(f"{path}.credit"), "compensation.check.any_outcome", args, Severity.WARNING)
