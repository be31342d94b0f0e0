"""Why a figure is what it is: the derivation kept with it, said in steps that a person can follow with a pencil.

A step is a text key with its values; the last value of a formula is its result. The screen says it in the reader's
language. Texts: `compensation.explain.*`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.exactly import exact_money, figure, money
from spm_app.compensation.domain.explain_own import after_table, before_table, limits_of_line, of_part, rules
from spm_app.compensation.domain.step import Step
from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.kernel.money import Currency

__all__ = ["Step", "explain_component", "explain_line"]

#: Kinds of table where it matters what was measured before a line.
_RUNNING = frozenset({"marginal", "hybrid", "interpolated"})


def explain_component(derivation: Mapping[str, Any], currency: Currency, language: str) -> tuple[Step, ...]:
    """Rule, measure, quota and attainment, each slice, the sum and its rounding."""
    steps = [
        *_rule(derivation, language),
        *_measured(derivation, currency),
        *before_table(derivation, currency),
        *_pieces(derivation, derivation, currency),
        *after_table(derivation, currency),
    ]
    if derivation["accumulate"] == "transaction" and derivation["lines"]:
        steps.append(Step("compensation.explain.each_alone", {"n": derivation["lines"]}))
    return (*steps, *_ending(derivation, "earned", currency))


def explain_line(
    derivation: Mapping[str, Any], component: Mapping[str, Any], currency: Currency, language: str = "en"
) -> tuple[Step, ...]:
    """The deal and the payee's part, where it stood in the measure, each slice, factor, cap, and the rounding.

    A line that belongs to no deal (an objective, a pool, a floor) says how it came about.
    """
    apart = of_part(derivation, currency, language)
    if apart is not None:
        return apart
    deal, credit = money(derivation["deal"], currency), money(derivation["credit"], currency)
    share = Rate.from_ppm(derivation["share"])
    steps = [Step("compensation.explain.deal", {"amount": deal}, deal)]
    if derivation["depth"]:
        args: dict[str, object] = {"levels": derivation["depth"], "n": derivation["owners"]}
        steps.append(Step("compensation.explain.through_team", args))
    if derivation["share"] != WHOLE:
        steps.append(Step("compensation.explain.share", {"amount": deal, "share": share, "credit": credit}, credit))
    if component["kind"] in _RUNNING:
        before, after = (figure(derivation[name], _unit(component), currency) for name in ("before", "after"))
        steps.append(Step("compensation.explain.stood", {"before": before, "after": after}))
    pieces, limits = _pieces(derivation, component, currency), limits_of_line(derivation, currency)
    return (*steps, *pieces, *limits, *_ending(derivation, "amount", currency))


def _rule(derivation: Mapping[str, Any], language: str) -> list[Step]:
    name = derivation["name"].get(language, derivation["name"]["en"])
    when = derivation["when"]
    steps = [Step("compensation.explain.rule", {"name": name, "plan": derivation["plan"]})]
    told = rules(derivation)
    if told or not derivation["to"]:
        return [*steps, *told]
    steps.append(Step("compensation.explain.when", {"when": when}) if when else Step("compensation.explain.all_deals"))
    if derivation["to"] == "manager":
        steps.append(Step("compensation.explain.of_team", {"n": derivation["levels"]}))
    return steps


def _measured(derivation: Mapping[str, Any], currency: Currency) -> list[Step]:
    unit, quota = _unit(derivation), derivation["quota"]
    measure = figure(derivation["measure"], unit, currency)
    way = derivation.get("measured", {}).get("aggregate", "sum")
    key = "measure" if way == "sum" else f"measure_{way}"
    steps = [Step(f"compensation.explain.{key}", {"n": derivation["lines"], "measure": measure}, measure)]
    if not derivation["to"]:
        steps = []
    part = derivation.get("part")
    if part:
        steps.insert(0, Step("compensation.explain.part", {"n": part["days"], "of": part["of"]}))
    if derivation["over"] != "attainment":
        return steps
    if not quota or quota < 0:
        return [*steps, Step("compensation.explain.no_quota")]
    if part:
        whole, own = (figure(each, unit, currency) for each in (part["quota"], quota))
        values = {"whole": whole, "n": part["days"], "of": part["of"], "quota": own}
        steps.append(Step("compensation.explain.part_quota", values, own))
    attained = Rate(Fraction(derivation["measure"], quota))
    args = {"measure": measure, "quota": figure(quota, unit, currency), "attainment": attained}
    return [*steps, Step("compensation.explain.attainment", args, attained)]


def _pieces(derivation: Mapping[str, Any], component: Mapping[str, Any], currency: Currency) -> list[Step]:
    """One step for each slice: so much, in this band, at this rate, makes so much."""
    return [_piece(each, component, currency) for each in derivation["slices"]]


def _piece(piece: Mapping[str, Any], component: Mapping[str, Any], currency: Currency) -> Step:
    if piece.get("part") in {"spread", "rate"}:
        return _of_sum(piece, currency)
    start, end = component["bands"][piece["band"]][:2]
    earned = exact_money(piece["earned"], currency)
    values: dict[str, object] = {"amount": _amount(piece["amount"], component, currency), "earned": earned}
    if "pays" in piece:
        pays, width = exact_money(str(piece["pays"]), currency), _amount(piece["width"], component, currency)
        values |= {"pays": pays, "width": width}
    elif "each" in piece:
        values |= {"rate": money(piece["each"], currency)}
    elif "icr" in piece:
        values |= {"rate": Rate(Fraction(piece["icr"]) * piece["rate"] / WHOLE)}
    else:
        values |= {"rate": Rate.from_ppm(piece["rate"])}
    values |= {"start": _bound(start, component, currency)}
    if end is not None:
        values |= {"end": _bound(end, component, currency)}
    if "part" in piece:
        values |= {"point": _bound(component["point"], component, currency)}
    return Step(f"compensation.explain.{_way(piece, component, end)}", values, earned)


def _of_sum(piece: Mapping[str, Any], currency: Currency) -> Step:
    """A line's part of one sum, by what was credited; or the one rate of it."""
    earned, amount = (exact_money(piece[name], currency) for name in ("earned", "amount"))
    if piece["part"] == "rate":
        return Step(
            "compensation.explain.flat",
            {"amount": amount, "rate": Rate(Fraction(piece["rate"])), "earned": earned},
            earned,
        )
    said = {"amount": amount, "width": exact_money(piece["width"], currency), "pays": money(piece["pays"], currency)}
    return Step("compensation.explain.spread", {**said, "earned": earned}, earned)


def _amount(value: str, component: Mapping[str, Any], currency: Currency) -> object:
    """So much of the measure; a part of a unit as a number."""
    if _unit(component) == "money" or component.get("worth", "rate") == "rate":
        return exact_money(value, currency)
    share = Fraction(value) / WHOLE
    return Decimal(share.numerator) / Decimal(share.denominator)


def _way(piece: Mapping[str, Any], component: Mapping[str, Any], end: int | None) -> str:
    """How the slice pays, as the name of a text; a band without end has words of its own."""
    kind: str = component["kind"]
    if kind == "flat":
        return kind
    if "pays" in piece:
        alone = kind == "step" and piece["amount"] == piece["width"]
        return (
            kind if kind == "interpolated" else f"{'step' if alone else 'step_share'}{'_above' if end is None else ''}"
        )
    if "part" in piece:
        return f"whole_{piece['part']}_point"
    return f"{'whole' if kind == 'whole_amount' else 'slice'}{'_above' if end is None else ''}"


def _ending(derivation: Mapping[str, Any], name: str, currency: Currency) -> list[Step]:
    """The rounding when there was any, or why there is nothing."""
    exact, paid = exact_money(derivation["exact"], currency), money(derivation[name], currency)
    reason = derivation.get("reason", "")
    if reason:
        return [Step(f"compensation.explain.{reason}", {}, paid)]
    if Fraction(derivation["exact"]) == derivation[name]:
        return [Step("compensation.explain.result", {"earned": paid}, paid)]
    key = "compensation.explain.rounded" if name == "earned" else "compensation.explain.rounded_line"
    return [Step(key, {"exact": exact, "earned": paid}, paid)]


def _bound(value: int, component: Mapping[str, Any], currency: Currency) -> object:
    """A bound in the unit of what the table is keyed on."""
    if component["over"] == "attainment":
        return Rate.from_ppm(value)
    keys = component.get("keys")
    return figure(value, keys[0]["type"] if keys else _unit(component), currency)


def _unit(component: Mapping[str, Any]) -> str:
    return str(component.get("measured", {}).get("unit", "money"))
