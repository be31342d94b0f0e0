"""Why a figure is what it is: the derivation kept with it, said in steps that a person can follow with a pencil.

A step is a text key with its values; the last value of a formula is its result. The screen says it in the reader's
language. Texts: `compensation.explain.*`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Kinds of table where it matters what was measured before a line.
_RUNNING = frozenset({"marginal", "hybrid", "interpolated"})
#: Decimals beyond the currency's that an unrounded amount shows.
_MORE = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `key` names the text, `args` its values. `result` is what the step comes to, when it is an amount."""

    key: str
    args: Mapping[str, object] = field(default_factory=dict[str, object])
    result: Money | Rate | Decimal | None = None


def explain_component(derivation: Mapping[str, Any], currency: Currency, language: str) -> tuple[Step, ...]:
    """Rule, measure, quota and attainment, each slice, the sum and its rounding."""
    steps = [
        *_rule(derivation, language),
        *_measured(derivation, currency),
        *_pieces(derivation, derivation, currency),
    ]
    if derivation["accumulate"] == "transaction" and derivation["lines"]:
        steps.append(Step("compensation.explain.each_alone", {"n": derivation["lines"]}))
    return (*steps, *_ending(derivation, "earned", currency))


def explain_line(derivation: Mapping[str, Any], component: Mapping[str, Any], currency: Currency) -> tuple[Step, ...]:
    """The deal and the payee's part, where it stood in the measure, each slice, and the rounding."""
    deal, credit = _money(derivation["deal"], currency), _money(derivation["credit"], currency)
    share = Rate.from_ppm(derivation["share"])
    steps = [Step("compensation.explain.deal", {"amount": deal}, deal)]
    if derivation["depth"]:
        args: dict[str, object] = {"levels": derivation["depth"], "n": derivation["owners"]}
        steps.append(Step("compensation.explain.through_team", args))
    if derivation["share"] != WHOLE:
        steps.append(Step("compensation.explain.share", {"amount": deal, "share": share, "credit": credit}, credit))
    if component["kind"] in _RUNNING:
        before, after = (_money(derivation[name], currency) for name in ("before", "after"))
        steps.append(Step("compensation.explain.stood", {"before": before, "after": after}))
    return (*steps, *_pieces(derivation, component, currency), *_ending(derivation, "amount", currency))


def _rule(derivation: Mapping[str, Any], language: str) -> list[Step]:
    name = derivation["name"].get(language, derivation["name"]["en"])
    when = derivation["when"]
    steps = [Step("compensation.explain.rule", {"name": name, "plan": derivation["plan"]})]
    steps.append(Step("compensation.explain.when", {"when": when}) if when else Step("compensation.explain.all_deals"))
    if derivation["to"] == "manager":
        steps.append(Step("compensation.explain.of_team", {"n": derivation["levels"]}))
    return steps


def _measured(derivation: Mapping[str, Any], currency: Currency) -> list[Step]:
    measure, quota = _money(derivation["measure"], currency), derivation["quota"]
    steps = [Step("compensation.explain.measure", {"n": derivation["lines"], "measure": measure}, measure)]
    part = derivation.get("part")
    if part:
        steps.insert(0, Step("compensation.explain.part", {"n": part["days"], "of": part["of"]}))
    if derivation["over"] != "attainment":
        return steps
    if not quota or quota < 0:
        return [*steps, Step("compensation.explain.no_quota")]
    if part:
        whole = _money(part["quota"], currency)
        values = {"whole": whole, "n": part["days"], "of": part["of"], "quota": _money(quota, currency)}
        steps.append(Step("compensation.explain.part_quota", values, values["quota"]))
    attained = Rate(Fraction(derivation["measure"], quota))
    args = {"measure": measure, "quota": _money(quota, currency), "attainment": attained}
    return [*steps, Step("compensation.explain.attainment", args, attained)]


def _pieces(derivation: Mapping[str, Any], component: Mapping[str, Any], currency: Currency) -> list[Step]:
    """One step for each slice: so much, in this band, at this rate, makes so much."""
    return [_piece(each, component, currency) for each in derivation["slices"]]


def _piece(piece: Mapping[str, Any], component: Mapping[str, Any], currency: Currency) -> Step:
    start, end = component["bands"][piece["band"]][:2]
    earned = _exact(piece["earned"], currency)
    values: dict[str, object] = {"amount": _exact(piece["amount"], currency), "earned": earned}
    if "pays" in piece:
        values |= {"pays": _money(piece["pays"], currency), "width": _exact(piece["width"], currency)}
    else:
        values |= {"rate": Rate.from_ppm(piece["rate"])}
    values |= {"start": _bound(start, component, currency)}
    if end is not None:
        values |= {"end": _bound(end, component, currency)}
    if "part" in piece:
        values |= {"point": _bound(component["point"], component, currency)}
    return Step(f"compensation.explain.{_way(piece, component, end)}", values, earned)


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
    exact, paid = _exact(derivation["exact"], currency), _money(derivation[name], currency)
    reason = derivation.get("reason", "")
    if reason:
        return [Step(f"compensation.explain.{reason}", {}, paid)]
    if Fraction(derivation["exact"]) == derivation[name]:
        return [Step("compensation.explain.result", {"earned": paid}, paid)]
    key = "compensation.explain.rounded" if name == "earned" else "compensation.explain.rounded_line"
    return [Step(key, {"exact": exact, "earned": paid}, paid)]


def _money(minor: int, currency: Currency) -> Money:
    return Money.from_minor(minor, currency)


def _exact(minor: str, currency: Currency) -> Money | Decimal:
    """Whole minor units as money; what is finer as a bare number with a few more decimals, so that none is hidden."""
    value = Fraction(minor)
    if value.denominator == 1:
        return _money(value.numerator, currency)
    with localcontext(Context(prec=60)):
        amount = Decimal(value.numerator) / Decimal(value.denominator) / 10**currency.digits
        return amount.quantize(Decimal(1).scaleb(-currency.digits - _MORE))


def _bound(value: int, component: Mapping[str, Any], currency: Currency) -> Money | Rate:
    return Rate.from_ppm(value) if component["over"] == "attainment" else _money(value, currency)
