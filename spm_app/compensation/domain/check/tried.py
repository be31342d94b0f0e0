"""What a component's pay looks like when it is tried out: falls, cliffs, cutting of deals, nothing at all.

Every finding carries its case: what was sold, and what that pays, beside what was sold otherwise, and what that pays.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from spm_app.kernel.money import Money
from spm_app.kernel.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spm_app.compensation.domain.terms import Component, Plan

#: One more unit of money is a cliff when it is worth this many.
_CLIFF = 10
#: What rounding alone may do, in minor units.
_ROUNDING = 2


@dataclass(frozen=True, slots=True)
class Tried:
    """Sales in minor units in one deal, what they pay, and what they pay when they come as two equal deals."""

    sales: int
    paid: int
    halves: int


def of_tried(plan: Plan, component: Component, path: str, tried: Sequence[Tried]) -> Iterator[Problem]:
    """The findings of one component, each of a kind once, at the worst place. `tried` rises by sales."""
    where = plan.place(f"{path}.rate_table" if f"{path}.rate_table" in plan.places else path)
    if tried and not any(each.paid for each in tried):
        yield Problem(where, "compensation.check.never_pays", {"code": component.code})
        return
    fall = max(pairwise(tried), key=lambda pair: pair[0].paid - pair[1].paid, default=None)
    if fall is not None and fall[0].paid - fall[1].paid > _ROUNDING:
        yield Problem(where, "compensation.check.falls", _case(plan, *fall))
    rise = max((pair for pair in pairwise(tried) if _is_one_more(plan, *pair)), key=_gain, default=None)
    if rise is not None and _gain(rise) > _CLIFF * (rise[1].sales - rise[0].sales):
        yield Problem(where, "compensation.check.one_more", _case(plan, *rise), Severity.WARNING)
    cut = max(tried, key=lambda each: abs(each.paid - each.halves), default=None)
    if cut is not None and abs(cut.paid - cut.halves) > _ROUNDING:
        sums = {"sales": cut.sales, "pay": cut.paid, "halves": cut.halves}
        yield Problem(where, "compensation.check.halves", _money(plan, sums), Severity.WARNING)


def _is_one_more(plan: Plan, low: Tried, high: Tried) -> bool:
    return high.sales - low.sales <= 10**plan.currency.digits


def _gain(pair: tuple[Tried, Tried]) -> int:
    return pair[1].paid - pair[0].paid


def _case(plan: Plan, low: Tried, high: Tried) -> dict[str, object]:
    sums = {
        "low": low.sales,
        "low_pay": low.paid,
        "high": high.sales,
        "high_pay": high.paid,
        "more": high.sales - low.sales,
        "jump": abs(high.paid - low.paid),
    }
    return _money(plan, sums)


def _money(plan: Plan, sums: dict[str, int]) -> dict[str, object]:
    return {name: Money.from_minor(minor, plan.currency) for name, minor in sums.items()}
