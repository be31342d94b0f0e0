"""Reading a plan: a YAML text becomes a `Plan`, or the list of everything in it that cannot be understood.

What is understood and still wrong (bands that leave a gap, pay that falls) is for `checking`.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain import credit_text
from spm_app.compensation.domain.component_text import read_components, words
from spm_app.compensation.domain.credit_text import read_given, read_measure
from spm_app.compensation.domain.example_text import read_examples
from spm_app.compensation.domain.nodes import Notes, Spot, open_text
from spm_app.compensation.domain.settle.read import read_settlement
from spm_app.compensation.domain.terms import Eligible, NamedMeasure, Plan, Who
from spm_app.kernel.errors import SpmError
from spm_app.kernel.money import Currency
from spm_app.kernel.period import Grain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.kernel.problem import Problem

__all__ = ["Plan", "read_plan"]

_NEEDED = ("code", "name", "currency", "effective", "eligibility", "period", "components")
_WHO = {"titles": Who.TITLE, "positions": Who.POSITION, "people": Who.PERSON}


class _Rounding(StrEnum):
    """The one rounding there is, so that the text says it."""

    HALF_UP = "half_up"


def read_plan(text: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan of a text; None and all findings, each with its line (`12:components[0].rate`), when it has any."""
    plan, notes = read_noted(text)
    return (None if notes.problems else plan), tuple(notes.problems)


def read_noted(text: str) -> tuple[Plan | None, Notes]:
    """The same with everything noted on the way; the plan is harmless nonsense where there are problems."""
    notes = Notes()
    root = open_text(text, notes)
    return (None if root is None else _plan(root, notes)), notes


def _plan(root: Spot, notes: Notes) -> Plan:
    parts = root.fields(_NEEDED, ("measures", "rounding", "settlement", "examples"))
    if "rounding" in parts:
        parts["rounding"].choice(_Rounding)
    currency = _currency(parts["currency"])
    days = parts["effective"].fields(("from",), ("to",))
    measures = _measures(parts, currency)
    return Plan(
        code=parts["code"].text(64),
        name=parts["name"].text(),
        currency=currency,
        start=days["from"].day(),
        end=days["to"].day() + timedelta(days=1) if "to" in days else None,
        eligible=_eligible(parts["eligibility"]),
        period=parts["period"].choice(Grain),
        components=read_components(parts["components"], measures, currency),
        examples=read_examples(parts["examples"], currency) if "examples" in parts else (),
        measures=measures,
        settlement=read_settlement(parts, currency),
        places=notes.places,
    )


def _currency(spot: Spot) -> Currency:
    code = spot.text()
    try:
        return Currency(code)
    except SpmError:
        spot.note("compensation.plan.not_a_currency", value=code)
        return Currency("EUR")


def _measures(parts: Mapping[str, Spot], currency: Currency) -> tuple[NamedMeasure, ...]:
    return tuple(_measure(each, currency) for each in parts["measures"].items()) if "measures" in parts else ()


def _measure(spot: Spot, currency: Currency) -> NamedMeasure:
    parts = spot.fields(("code", "name"), ("given", *credit_text.KEYS))
    if ("given" in parts) == ("credit" in parts):
        spot.note("compensation.plan.given_or_credit")
    measure = read_given(parts) if "given" in parts else read_measure(spot, parts, currency)
    return NamedMeasure(parts["code"].text(64), words(parts["name"]), measure)


def _eligible(spot: Spot) -> tuple[Eligible, ...]:
    """Holders of titles and positions, and persons; each alone, or with its first and last day."""
    parts = spot.fields((), tuple(_WHO))
    if not parts and spot.is_map():
        spot.note("compensation.plan.nobody", known=", ".join(_WHO))
    return tuple(_one(each, who) for name, who in _WHO.items() if name in parts for each in parts[name].items())


def _one(spot: Spot, who: Who) -> Eligible:
    if not spot.is_map():
        return Eligible(who, spot.text(64))
    parts = spot.fields(("code",), ("from", "to"))
    return Eligible(
        who=who,
        code=parts["code"].text(64),
        start=parts["from"].day() if "from" in parts else None,
        end=parts["to"].day() + timedelta(days=1) if "to" in parts else None,
    )
