"""How an amount came about, as a small map of whole numbers and texts: kept with the amount, read by `explain`.

Money is in minor units, rates and shares in parts per million. `exact` is what came out before rounding, as a fraction
in text: `6250` or `12345/2`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.rule import written
from spm_app.compensation.domain.slices import slices
from spm_app.compensation.domain.terms import Accumulate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.terms import Component, Plan

Exact = tuple[int, int, int]


def of_component(plan: Plan, component: Component, row: Mapping[str, Any], exact: Exact) -> dict[str, Any]:
    """Which rule, how much was measured against what, the slices it was cut into, and what each earned."""
    table, measure, quota = component.table, int(row["measure"]), row["quota"]
    alone = component.accumulate is Accumulate.TRANSACTION
    return {
        "plan": plan.code,
        "name": {"en": component.name.en, "it": component.name.it},
        "when": "" if component.credit.when is None else written(component.credit.when, plan.currency),
        "to": component.credit.to.value,
        "levels": component.credit.levels,
        "kind": table.kind.value,
        "over": table.over.value,
        "bound": table.bound.value,
        "accumulate": component.accumulate.value,
        "bands": [[band.start, band.end, band.rate, band.amount] for band in table.bands],
        "point": table.point,
        "ways": [table.below.value, table.above.value],
        "measure": measure,
        "quota": quota,
        "part": _part(row),
        "lines": int(row["lines"]),
        "slices": [] if alone else slices(component, 0, measure, quota=quota, reached=measure),
        "exact": _written(exact),
        "earned": int(row["earned"]),
        "reason": _reason(component, row),
    }


def of_line(component: Component, whole: Mapping[str, Any], row: Mapping[str, Any], exact: Exact) -> dict[str, Any]:
    """The part of the deal, where it stood in the measure, the slices it touched, and the rounding."""
    alone = component.accumulate is Accumulate.TRANSACTION
    start, end = (int(row["before"]), int(row["after"])) if component.table.runs else (0, int(row["credit"]))
    reached = int(row["credit"]) if alone else int(whole["measure"])
    return {
        "deal": int(row["deal_amount"]),
        "share": int(row["share"]),
        "split": row.get("split", []),
        "owner": int(row["owner_id"]),
        "owners": int(row["owners"]),
        "depth": int(row["depth"]),
        "credit": int(row["credit"]),
        "before": int(row["before"]),
        "after": int(row["after"]),
        "slices": slices(component, start, end, quota=whole["quota"], reached=reached),
        "exact": _written(exact),
        "amount": int(row["amount"]),
    }


def _part(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """On how many days the payee was in the plan, and the quota of the whole period; None for the whole period."""
    if row["days"] == row["of"]:
        return None
    return {"days": int(row["days"]), "of": int(row["of"]), "quota": row["quota_whole"]}


def _reason(component: Component, row: Mapping[str, Any]) -> str:
    """Why nothing was earned, when nothing was: `no_credit`, `no_quota`, `rate_zero`, `netted`, or nothing at all."""
    if not row["lines"]:
        return "no_credit"
    if component.needs_quota and not (row["quota"] or 0) > 0:
        return "no_quota"
    if row["earned"]:
        return ""
    return "rate_zero" if row["measure"] else "netted"


def _written(exact: Exact) -> str:
    whole, rest, unit = exact
    return str(whole + Fraction(rest, unit))
