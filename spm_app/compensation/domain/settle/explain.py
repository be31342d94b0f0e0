"""Why an entry is what it is, in steps that a person can follow with a pencil. Texts: `compensation.settle.*`."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.explain import Step
from spm_app.compensation.domain.settle.terms import RELEASE
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Money in a derivation, shares in parts per million, exact shares as fractions in text, days as ISO texts.
_MONEY = frozenset(
    {"cap", "earned", "withheld", "room", "floor", "reached", "target", "waiting", "held", "now", "paid", "taken"}
    | {"each", "left", "whole", "before", "of", "draw", "owed", "keep", "below", "most"}
)
_SHARES = frozenset({"share", "gone", "of_target"})
_DAYS = frozenset({"since", "sold", "due", "cancelled"})


def explain_entry(kind: str, derivation: Mapping[str, Any], amount: int, currency: Currency) -> tuple[Step, ...]:
    """The steps that lead to the entry's amount, the last of which has it as its result."""
    values = _values(derivation, currency)
    said = _SAID[kind](derivation) if kind in _SAID else [kind]
    result = Money.from_minor(amount, currency)
    steps = [Step(f"compensation.settle.{name}", values | {"amount": abs_of(result)}) for name in said]
    return (*steps[:-1], Step(steps[-1].key, steps[-1].args, result))


def abs_of(money: Money) -> Money:
    """The amount without its sign: sentences say in words which way it goes."""
    return -money if money < Money.zero(money.currency) else money


def _values(derivation: Mapping[str, Any], currency: Currency) -> dict[str, object]:
    """The derivation as a text shows it."""
    found: dict[str, object] = {}
    for name, value in derivation.items():
        if name in _SHARES:
            found[name] = Rate(Fraction(value)) if isinstance(value, str) else Rate.from_ppm(value)
        elif name in _DAYS:
            found[name] = date.fromisoformat(value) if value else ""
        elif name in _MONEY and isinstance(value, int):
            found[name] = Money.from_minor(value, currency)
        else:
            found[name] = value
    return found


def _capped(derivation: Mapping[str, Any]) -> list[str]:
    said = ["of_target"] if "of_target" in derivation else []
    return [*said, "capped_kept" if derivation["refundable"] else "capped"]


def _raised(derivation: Mapping[str, Any]) -> list[str]:
    return [*(["floor_of_target"] if "of_target" in derivation else []), "raised"]


def _refunded(derivation: Mapping[str, Any]) -> list[str]:
    return ["refunded_all" if derivation["room"] is None else "refunded"]


def _taken_back(derivation: Mapping[str, Any]) -> list[str]:
    said = [f"taken_{derivation['kind']}"]
    said += [f"taken_from_{name}" for name in ("waiting", "held") if derivation[name]]
    said += ["taken_before"] if derivation["taken"] else []
    return [*said, "taken_back"]


def _residual(derivation: Mapping[str, Any]) -> list[str]:
    return ["residual_cancelled" if Fraction(derivation["gone"]) else "residual"]


def _until(name: str) -> Callable[[Mapping[str, Any]], list[str]]:
    def said(derivation: Mapping[str, Any]) -> list[str]:
        return [f"{name}_{derivation['until']}"]

    return said


def _held(derivation: Mapping[str, Any]) -> list[str]:
    if derivation["due"]:
        return ["held_due"]
    return ["held_person" if derivation["until"] == RELEASE else "held_event"]


def _released(derivation: Mapping[str, Any]) -> list[str]:
    return ["released_due" if derivation["due"] else "released_event"]


def _recovered(derivation: Mapping[str, Any]) -> list[str]:
    return ["recovered_keep" if derivation["keep"] else "recovered"]


def _written_off(derivation: Mapping[str, Any]) -> list[str]:
    return ["written_off" if derivation["most"] is None else "written_off_beyond"]


#: Kinds of entry that have more than one way to be said.
_SAID: Mapping[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "capped": _capped,
    "raised": _raised,
    "refunded": _refunded,
    "taken_back": _taken_back,
    "residual": _residual,
    "waits": _until("waits"),
    "due": _until("due"),
    "held": _held,
    "released": _released,
    "recovered": _recovered,
    "written_off": _written_off,
}
