"""The steps of an explanation that only some plans have: rules of crediting, targets, gates, factors, caps, shares."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.exactly import exact_money, figure, money
from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.step import Step
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.kernel.money import Currency

Derivation = "Mapping[str, Any]"


def rules(derivation: Mapping[str, Any]) -> list[Step]:
    """Each rule of crediting of a component that has several, or one that says more than whom."""
    return [_rule(each) for each in derivation.get("credits", ())]


def _rule(credit: Mapping[str, Any]) -> Step:
    share = {"share": Rate.from_ppm(credit["share"])}
    said = {"value": credit["value"], "date": credit["date"], "role": credit["role"], "n": credit["levels"], **share}
    when = {"when": credit["when"]} if credit["when"] else {}
    return Step(f"compensation.explain.credit_{credit['to']}{'_when' if when else ''}", {**said, **when})


def before_table(derivation: Mapping[str, Any], currency: Currency) -> Iterator[Step]:
    """What was measured before the period, the target, and what a rate is of."""
    own = derivation.get("own", {})
    if derivation.get("prior"):
        unit = derivation.get("measured", {}).get("unit", "money")
        yield Step("compensation.explain.prior", {"measure": figure(derivation["prior"], unit, currency)})
    if "target" in own:
        target = exact_money(own["target"], currency)
        yield Step("compensation.explain.target", {"target": target}, target)
    if "icr" in own:
        rate = Rate(Fraction(own["icr"]))
        yield Step("compensation.explain.icr", {"rate": rate}, rate)
    if "below" in own:
        key = (
            "attainment" if derivation["over"] == "attainment" else derivation.get("measured", {}).get("unit", "money")
        )
        yield Step("compensation.explain.below", {"at": figure(own["below"], key, currency)})
    yield from _looked_up(derivation, own, currency)


def _looked_up(derivation: Mapping[str, Any], own: Mapping[str, Any], currency: Currency) -> Iterator[Step]:
    """Where a curve, a grid or a band was read, and the sum that it gave."""
    keys = derivation.get("keys") or [{"over": derivation["over"], "of": "", "type": _own_type(derivation)}]
    if "cell" in own:
        row, column = (
            _place(own[name], key["type"], currency) for name, key in zip(("row", "column"), keys, strict=True)
        )
        cell = Rate(Fraction(own["cell"]) / WHOLE) if "rate" in own else exact_money(own["cell"], currency)
        yield Step("compensation.explain.cell", {"row": row, "column": column, "cell": cell})
    elif "at" in own:
        yield Step("compensation.explain.looked_up", {"at": _place(own["at"], keys[0]["type"], currency)})
    if "sum" in own:
        total = exact_money(own["sum"], currency)
        yield Step("compensation.explain.sum", {"sum": total}, total)


def _own_type(derivation: Mapping[str, Any]) -> str:
    if derivation["over"] == "attainment":
        return "ratio"
    return str(derivation.get("measured", {}).get("unit", "money"))


def _place(value: str, unit: str, currency: Currency) -> object:
    if unit == "money":
        return exact_money(value, currency)
    share = Fraction(value) / WHOLE
    return Rate(share) if unit == "ratio" else Decimal(share.numerator) / Decimal(share.denominator)


def after_table(derivation: Mapping[str, Any], currency: Currency) -> Iterator[Step]:
    """Gates, modifiers, what caps kept back, and what belongs to no deal."""
    own = derivation.get("own", {})
    yield from (_gate(each, currency) for each in own.get("gates", ()))
    yield from (_modifier(each, currency) for each in own.get("modifiers", ()))
    if "cap" in own:
        yield Step("compensation.explain.cap", {"cap": exact_money(own["cap"], currency)})
    if "line_cap" in own:
        yield Step("compensation.explain.line_cap", {"cap": exact_money(own["line_cap"], currency)})
    if derivation.get("withheld"):
        yield Step("compensation.explain.withheld", {"amount": money(derivation["withheld"], currency)})
    if derivation.get("pool") is not None:
        said = {"n": derivation["members"], "amount": money(derivation["pool"], currency)}
        yield Step("compensation.explain.pool", said, said["amount"])
    elif derivation.get("apart"):
        amount = money(derivation["apart"], currency)
        yield Step("compensation.explain.apart", {"amount": amount}, amount)


def _gate(gate: Mapping[str, Any], currency: Currency) -> Step:
    state = "open" if gate["open"] else f"shut_{gate['holds']}"
    if "certificate" in gate:
        return Step(f"compensation.explain.certificate_{state}", {"name": gate["certificate"]})
    value = "—" if gate["value"] is None else _place(gate["value"], gate["type"], currency)
    said = {"name": gate["of"], "value": value, "least": _place(str(gate["least"]), gate["type"], currency)}
    return Step(f"compensation.explain.gate_{state}", said)


def _modifier(modifier: Mapping[str, Any], currency: Currency) -> Step:
    value = "—" if modifier["value"] is None else _place(modifier["value"], modifier["type"], currency)
    factor = Rate(Fraction(modifier["factor"]))
    return Step("compensation.explain.modifier", {"name": modifier["of"], "value": value, "factor": factor})


def of_part(derivation: Mapping[str, Any], currency: Currency, language: str) -> tuple[Step, ...] | None:
    """What belongs to no deal explains itself; None for the line of a deal."""
    if "weight" in derivation and "score" in derivation:
        return (_objective(derivation, currency, language),)
    if "by" in derivation:
        pool, amount = money(derivation["pool"], currency), exact_money(derivation["exact"], currency)
        share = Rate(Fraction(derivation["weight"]) / (Fraction(derivation["of"]) or 1))
        said = {"amount": pool, "share": share, "earned": amount}
        return (Step(f"compensation.explain.pool_{derivation['by']}", said, amount),)
    if "floor" in derivation:
        said = {name: money(derivation[name], currency) for name in ("floor", "earned")}
        return (Step("compensation.explain.floor", said, said["floor"]),)
    if derivation.get("true_up"):
        amount = exact_money(derivation["exact"], currency)
        return (Step("compensation.explain.true_up", {"amount": amount}, amount),)
    if "deal" not in derivation:
        amount = exact_money(derivation["exact"], currency)
        return (Step("compensation.explain.component_line", {"amount": amount}, amount),)
    return None


def _objective(derivation: Mapping[str, Any], currency: Currency, language: str) -> Step:
    names, score = derivation["name"], derivation["score"]
    amount = exact_money(derivation["exact"], currency)
    said = {
        "name": names.get(language, names["en"]),
        "target": exact_money(derivation["target"], currency),
        "weight": Rate.from_ppm(derivation["weight"]),
        "pays": Rate.from_ppm(derivation["pays"]),
        "earned": amount,
    }
    if score is None:
        return Step("compensation.explain.no_score", said, amount)
    return Step("compensation.explain.objective", {**said, "score": Rate.from_ppm(score)}, amount)


def limits_of_line(derivation: Mapping[str, Any], currency: Currency) -> Iterator[Step]:
    """The factor of gates and modifiers on a line, and what the cap left of it."""
    if "factor" in derivation:
        yield Step("compensation.explain.factor", {"factor": Rate(Fraction(derivation["factor"]))})
    if "uncapped" in derivation:
        said = {name: exact_money(derivation[name], currency) for name in ("uncapped", "exact")}
        yield Step("compensation.explain.capped", said, said["exact"])
