"""A plan tried out on made-up payees: the curve of each component, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from spm_app.compensation.domain.check.bounds import TRIAL, USUAL, is_drawn, places
from spm_app.compensation.domain.check.likeness import like
from spm_app.compensation.domain.check.terms import of_terms
from spm_app.compensation.domain.check.tried import Tried, of_tried
from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.engine.sampling import Ask, paid
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Money
from spm_app.kernel.problem import Problem, has_errors

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Component, Plan

_STEP = 20_000


@dataclass(frozen=True, slots=True)
class Curve:
    """What a component pays by attainment (parts per million) of a quota of 100,000, in whole minor units."""

    code: str
    name_en: str
    name_it: str
    points: tuple[tuple[int, Money], ...]
    usual: tuple[tuple[int, Money], ...]


@lru_cache(maxsize=32)
def findings(text: str) -> tuple[Problem, ...]:
    """What contradicts itself, and what goes wrong when the plan is tried; nothing for a text that cannot be read.

    The same text gives the same answer: a draft that is looked at again is not tried again.
    """
    plan, _ = read_plan(text)
    if plan is None:
        return ()
    found = [*of_terms(plan)]
    for at, component in enumerate(plan.components):
        if is_drawn(component):
            found += of_tried(plan, component, f"components[{at}]", _tried(plan, component))
    return tuple(found)


@lru_cache(maxsize=32)
def curves(text: str) -> tuple[Curve, ...]:
    """One for each component whose pay depends on its own sales alone; none for a text with errors."""
    plan, _ = read_plan(text)
    if plan is None or has_errors(of_terms(plan)):
        return ()
    drawn = (_curve(plan, each) for each in plan.components if is_drawn(each))
    return tuple(each for each in drawn if each is not None)


def _tried(plan: Plan, component: Component) -> tuple[Tried, ...]:
    quota = TRIAL * 10**plan.currency.digits
    sales = [each for each in places(component, quota) if each > 0]
    whole = [Ask((each,), quota) for each in sales]
    halves = [Ask((each // 2, each - each // 2), quota) for each in sales]
    found = _paid(plan, component, [*whole, *halves])
    if found is None:
        return ()
    return tuple(Tried(*each) for each in zip(sales, found[: len(sales)], found[len(sales) :], strict=True))


def _curve(plan: Plan, component: Component) -> Curve | None:
    quota = TRIAL * 10**plan.currency.digits
    near = {each * WHOLE // quota for each in places(component, quota)}
    at = sorted(each for each in {*range(0, 2 * WHOLE + 1, _STEP), *near, *USUAL} if each <= 2 * WHOLE)
    found = _paid(plan, component, [Ask((each * quota // WHOLE,), quota) for each in at])
    if found is None:
        return None
    points = tuple((each, Money.from_minor(minor, plan.currency)) for each, minor in zip(at, found, strict=True))
    usual = tuple(each for each in points if each[0] in USUAL)
    return Curve(component.code, component.name.en, component.name.it, points, usual)


def _paid(plan: Plan, component: Component, asks: list[Ask]) -> tuple[int, ...] | None:
    """None for terms that are not calculated: those are refused where they are used, and are no finding of the plan."""
    try:
        return paid(plan, component, asks, like(component.credit.when))
    except InvalidInput:
        return None
