"""One function for each word of a component or measure: what it says, as sentences.

A word of the language that is not here yet is told as it is written: add a function to `CONCEPTS` to put it better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.prose.conditions import condition
from spm_app.compensation.domain.prose.phrase import Phrase, entries_of, is_list, is_map, table_of, term, told, valued
from spm_app.compensation.domain.prose.tables import rate_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from spm_app.kernel.money import Currency

    Concept = Callable[..., Iterator[Phrase]]


def listed(value: object) -> list[dict[str, Any]]:
    """The maps of a list; a map alone is a list of one."""
    entries = entries_of(value) if is_list(value) else [value]
    return [table_of(each) for each in entries if is_map(each)]


def other(name: str, value: object) -> Phrase:
    """A word without sentences of its own. Nobody knows whether its figures are money."""
    return told("other", name=term(name), value=valued(value, None))


def rest(part: Mapping[str, Any], said: set[str]) -> Iterator[Phrase]:
    """What of a part has not been said."""
    for name, value in part.items():
        if name not in said:
            yield other(name, value)


def credit(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """Which transactions count, and for whom."""
    for each in listed(value):
        to = str(each.get("to", ""))
        what = condition(each["when"], currency) if "when" in each else told("credit.all")
        if to not in {"owner", "manager", "overlay", "named"}:
            yield other("credit", each)
            continue
        role, levels = str(each.get("role", "")), int(each["levels"]) if str(each.get("levels")).isdigit() else 1
        yield told(f"credit.{to}", what=what, role=role, n=levels)
        if "value" in each and each["value"] != "amount":
            yield told("credit.value", value=str(each["value"]))
        if "date" in each:
            yield told("credit.date", day=Phrase(f"compensation.value.{each['date']}"))
        if "share" in each:
            yield told("credit.share", share=valued(each["share"], currency))
        yield from rest(each, {"to", "when", "value", "date", "share", "levels", "role"})


def rate(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """One rate on everything."""
    yield told("rate", rate=valued(value, currency))


def each_one(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """One amount for each of what is counted."""
    yield told("each", amount=valued(value, currency))


def accumulate(value: object, _currency: Currency | None) -> Iterator[Phrase]:
    """Since when it counts."""
    yield told("accumulate", since=Phrase(f"compensation.value.accumulate.{value}", {"": str(value)}))


def aggregate(value: object, _currency: Currency | None) -> Iterator[Phrase]:
    """How credits become one figure."""
    yield told("aggregate", how=Phrase(f"compensation.value.{value}", {"": str(value)}))


def basis(value: object, _currency: Currency | None) -> Iterator[Phrase]:
    """What rates are of."""
    yield told("basis.target") if value == "target" else other("basis", value)


def target(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """What it pays at the whole of the quota."""
    name = "target.share" if "%" in str(value) else "target.amount"
    yield told(name, value=valued(value, currency))


def threshold(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """Nothing below it."""
    for each in listed(value):
        first = each.get("pays") == "first_unit"
        yield told(f"threshold.{'first' if first else 'there'}", at=valued(each.get("at", ""), currency))


def gates(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """What else has to hold."""
    for each in listed(value):
        held = told("gate.accelerator" if each.get("holds") == "accelerator" else "gate.all")
        if "certificate" in each:
            yield told("gate.certificate", code=str(each["certificate"]), held=held)
            continue
        name = "attainment" if "attainment" in each else "measure"
        least = valued(each.get("at_least", ""), currency)
        yield told(f"gate.{name}", code=str(each.get(name, "")), least=least, held=held)
        if each.get("as_of") == "start":
            yield told("gate.before")


def modifiers(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """What multiplies it."""
    for each in listed(value):
        yield told("modifier", code=str(each.get("attainment") or each.get("measure") or ""))
        for band in listed(each.get("bands", [])):
            start, end = (valued(band.get(name, ""), currency) for name in ("from", "to"))
            yield told("factor" if "to" in band else "factor_open", start=start, end=end, factor=band.get("factor", ""))


def cap(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """The most that it pays."""
    caps = table_of(value) if is_map(value) else {"component": value}
    for name, most in caps.items():
        if name != "refundable":
            yield told(f"cap.{name}", most=valued(most, currency))
    if caps.get("refundable") in {"yes", "true"}:
        yield told("cap.refundable")


def floor(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """The least that it pays."""
    yield told("floor", least=valued(value, currency))


def objectives(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """What is scored, with its weight and its scale."""
    for each in listed(value):
        yield told(
            "objective", name=valued(each.get("name", ""), None), weight=valued(each.get("weight", ""), currency)
        )
        for mark in listed(each.get("scale", [])):
            start, pays = (valued(mark.get(name, ""), currency) for name in ("from", "pays"))
            yield told("objective.mark", start=start, pays=pays)


def pool(value: object, _currency: Currency | None) -> Iterator[Phrase]:
    """What is earned together and shared."""
    for each in listed(value):
        yield told("pool", by=Phrase(f"compensation.value.share_by.{each.get('share_by', 'credit')}", {"": ""}))


def quota(value: object, currency: Currency | None) -> Iterator[Phrase]:
    """Which quota it is held against."""
    said = table_of(value) if is_map(value) else {"name": value}
    if said.get("name"):
        yield told("quota.named", name=str(said["name"]))
    if said.get("of") == "year":
        yield told("quota.year")
    if "ramp" in said:
        yield told("quota.ramp", parts=valued(said["ramp"], currency))


def measure(value: object, _currency: Currency | None) -> Iterator[Phrase]:
    """Which of the plan's measures it looks at."""
    yield told("measure", code=str(value))


def given(value: object, _currency: Currency | None) -> Iterator[Phrase]:
    """A figure that is put in."""
    yield told("given", kind=Phrase(f"compensation.value.{value}", {"": str(value)}))


CONCEPTS: Mapping[str, Concept] = {
    "measure": measure,
    "given": given,
    "credit": credit,
    "aggregate": aggregate,
    "accumulate": accumulate,
    "quota": quota,
    "objectives": objectives,
    "target": target,
    "basis": basis,
    "rate": rate,
    "each": each_one,
    "rate_table": rate_table,
    "threshold": threshold,
    "gates": gates,
    "modifiers": modifiers,
    "cap": cap,
    "floor": floor,
    "pool": pool,
}
