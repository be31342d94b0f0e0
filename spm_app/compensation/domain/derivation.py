"""How an amount came about, as a small map of whole numbers and texts: kept with the amount, read by `explain`.

Money is in minor units, rates, shares, counts and units in parts per million. `exact` is what came out before rounding,
as a fraction in text: `6250` or `12345/2`. What a plan does not use is not said.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.measures import WHOLE, Accumulate, Aggregate, Measure
from spm_app.compensation.domain.personal import Spread, Tuned, half_up
from spm_app.compensation.domain.rates import Over, RateTable
from spm_app.compensation.domain.rule import Type, written
from spm_app.compensation.domain.shapes import shaped
from spm_app.compensation.domain.slices import Base, Slice, slices, total_of
from spm_app.compensation.domain.value import AMOUNT, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.terms import Component, Credit, Plan

Exact = tuple[int, int, int]
#: What holds for a payee beside the component's own words; None when nothing does.
Own = Tuned | Spread | None


def of_component(plan: Plan, component: Component, row: Mapping[str, Any], exact: Exact, *, own: Own) -> dict[str, Any]:
    """Which rule, how much was measured against what, the slices it was cut into, and what each earned."""
    table, measure, quota = _table(component, own), int(row["measure"]), row["quota"]
    credits_ = component.measure.credits
    told = {
        "plan": plan.code,
        "name": {"en": component.name.en, "it": component.name.it},
        "when": "" if not credits_ or credits_[0].when is None else written(credits_[0].when, plan.currency),
        "to": credits_[0].to.value if credits_ else "",
        "levels": credits_[0].levels if credits_ else 0,
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
        "slices": _slices(component, row, own),
        "exact": _written(exact, int(row["apart"])),
        "earned": int(row["earned"]),
        "reason": _reason(component, row, own),
    }
    return {**told, **_more(plan, component, row), **_personal(own)}


def of_line(
    component: Component, whole: Mapping[str, Any], row: Mapping[str, Any], exact: Exact, *, own: Own
) -> dict[str, Any]:
    """The part of the deal, where it stood in the measure, the slices it touched, and the rounding."""
    found = _of_spread(row, own) if isinstance(own, Spread) else _of_table(component, whole, row, own)
    told = {
        "deal": int(row["deal_amount"]),
        "share": int(row["share"]),
        "split": row.get("split", []),
        "owner": int(row["owner_id"]),
        "owners": int(row["owners"]),
        "depth": int(row["depth"]),
        "credit": int(row["credit"]),
        "before": int(row["before"]),
        "after": int(row["after"]),
        "slices": found,
        "exact": _written(exact),
        "amount": int(row["amount"]),
    }
    told |= {} if row["key"] is None else {"key": int(row["key"])}
    return {**told, **_limited(found, exact, own)}


def of_true_up(row: Mapping[str, Any], exact: Exact) -> dict[str, Any]:
    """What the table makes of all that earlier periods have measured, less what they were given for it."""
    return {
        "true_up": True,
        "before": 0,
        "after": int(row["after"]),
        "exact": _written(exact),
        "amount": int(row["amount"]),
    }


def _table(component: Component, own: Own) -> RateTable:
    if isinstance(own, Tuned):
        return own.table
    return component.table if isinstance(own, Spread) else shaped(component)


def _base(row: Mapping[str, Any], own: Own) -> Base:
    if not isinstance(own, Tuned):
        return Base(row["quota"])
    return Base(row["quota"], Fraction(own.notes.get("target", 0)), own.icr)


def _slices(component: Component, row: Mapping[str, Any], own: Own) -> list[Slice]:
    """Those of all that was measured in the period; nothing where each deal stands alone or one sum is spread."""
    alone = component.accumulate is Accumulate.TRANSACTION or any(
        each.over is Over.FIELD for each in component.table.keys
    )
    if alone or isinstance(own, Spread) or component.pool or component.objectives:
        return []
    start, end = int(row["prior"]), int(row["measure"])
    table, counted = _table(component, own), component.measure.aggregate is Aggregate.COUNT
    if counted and table.worth.value == "rate":
        start, end = 0, int(row["base"])
    return slices(table, start, end, reached=int(row["measure"]), base=_base(row, own))


def _of_table(component: Component, whole: Mapping[str, Any], row: Mapping[str, Any], own: Own) -> list[Slice]:
    table = _table(component, own)
    if component.pool is not None:
        return []
    if table.grid is not None or any(each.over is Over.FIELD for each in component.table.keys):
        return _by_key(table, {**row, "quota": whole["quota"]}, own)
    alone = component.accumulate is Accumulate.TRANSACTION
    moved = int(row["after"]) - int(row["before"])
    start, end = (int(row["before"]), int(row["after"])) if table.runs else (0, moved)
    if component.measure.aggregate is Aggregate.COUNT and table.worth.value == "rate":
        start, end = 0, int(row["credit"])
    reached = moved if alone else int(whole["measure"])
    return slices(table, start, end, reached=reached, base=_base(whole, own))


def _by_key(table: RateTable, row: Mapping[str, Any], own: Own) -> list[Slice]:
    """Looked up by a field of the deal: a rate of what is credited, or an amount for each deal that is credited."""
    if row["key"] is None:
        return []
    credit, base = int(row["credit"]), _base(row, own)
    if not table.pays_amounts:
        return slices(table, 0, credit, reached=int(row["key"]), base=base)
    return slices(table, 0, int(row["key"]), reached=int(row["key"]), base=base) if credit > 0 else []


def _of_spread(row: Mapping[str, Any], own: Spread) -> list[Slice]:
    """The deal's part of the one sum, by what was credited."""
    credit, base = int(row["credit"]), Fraction(own.notes["base"])
    if own.rate is not None:
        return [{"part": "rate", "amount": str(credit), "rate": str(own.rate), "earned": str(credit * own.rate)}]
    if base <= 0:
        return []
    earned = Fraction(credit) / base * own.earned
    return [{"part": "spread", "amount": str(credit), "width": str(base), "pays": own.earned, "earned": str(earned)}]


def _limited(found: list[Slice], exact: Exact, own: Own) -> dict[str, Any]:
    """The factor of gates and modifiers, and what a cap kept back."""
    if not isinstance(own, Tuned):
        return {}
    after = total_of(found) * own.factor
    told = {} if own.factor == 1 else {"factor": str(own.factor)}
    return told if after == _fraction(exact) else {**told, "uncapped": str(after)}


def _more(plan: Plan, component: Component, row: Mapping[str, Any]) -> dict[str, Any]:
    """What only some components have: other units, several rules, what was measured before, what belongs to no deal."""
    measure, table = component.measure, component.table
    told: dict[str, Any] = {}
    if measure.unit is not Type.MONEY or measure != Measure(measure.credits[:1], accumulate=measure.accumulate):
        told["measured"] = _measured(measure)
    if len(measure.credits) > 1 or any(map(_is_special, measure.credits)):
        told["credits"] = [_credit(plan, each) for each in measure.credits]
    if table.worth.value != "rate":
        told["worth"] = table.worth.value
    if not table.keyed.is_own or table.grid is not None:
        told["keys"] = [{"over": each.over.value, "of": each.of, "type": each.type.value} for each in table.keys]
    if measure.accumulate.is_cumulative:
        told["prior"] = int(row["prior"])
    if row["apart"]:
        told["apart"] = int(row["apart"])
    if row["withheld"]:
        told["withheld"] = int(row["withheld"])
    return told


def _measured(measure: Measure) -> dict[str, Any]:
    told: dict[str, Any] = {"aggregate": measure.aggregate.value, "unit": measure.unit.value}
    if measure.quota.name:
        told["quota"] = measure.quota.name
    if measure.quota.ramp:
        told["ramp"] = list(measure.quota.ramp)
    return told


def _is_special(credit: Credit) -> bool:
    return credit.value != AMOUNT or credit.share != WHOLE or credit.dated_by.value != "closed_on" or bool(credit.role)


def _credit(plan: Plan, credit: Credit) -> dict[str, Any]:
    return {
        "to": credit.to.value,
        "levels": credit.levels,
        "when": "" if credit.when is None else written(credit.when, plan.currency),
        "value": said(credit.value, plan.currency),
        "date": credit.dated_by.value,
        "role": credit.role,
        "share": credit.share,
    }


def _personal(own: Own) -> dict[str, Any]:
    if own is None:
        return {}
    if isinstance(own, Tuned):
        return {"own": own.notes}
    told = {"own": own.notes, "exact": str(own.exact), "measure": half_up(Fraction(own.notes["value"]))}
    return {**told, "withheld": half_up(own.withheld)} if own.withheld else told


def _part(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """On how many days the payee was in the plan, and the quota of the whole period; None for the whole period."""
    if row["days"] == row["of"]:
        return None
    return {"days": int(row["days"]), "of": int(row["of"]), "quota": row["quota_whole"]}


def _reason(component: Component, row: Mapping[str, Any], own: Own) -> str:
    """Why nothing was earned, when nothing was, in one word; nothing at all when something was."""
    if component.objectives or component.pool or row["earned"]:
        return ""
    notes = {} if own is None else own.notes
    if notes.get("missing"):
        return str(notes["missing"])
    if not row["lines"] and component.measure.credits:
        return "no_credit"
    if component.needs_quota and not (row["quota"] or 0) > 0:
        return "no_quota"
    if "below" in notes:
        return "below_threshold"
    if notes.get("factor") == "0":
        return "gate_shut"
    return "rate_zero" if row["measure"] else "netted"


def _fraction(exact: Exact) -> Fraction:
    whole, rest, unit = exact
    return whole + Fraction(rest, unit)


def _written(exact: Exact, apart: int = 0) -> str:
    return str(_fraction(exact) + apart)
