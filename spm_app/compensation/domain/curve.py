"""What a component would pay for any measure, from the derivation that was kept with it: its pay curve.

Amounts are in minor units. Only what a derivation says in full has a curve: see `is_plain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.proof.verify_proof import TABLES, UNITS, half_up, pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What every derivation says; one that says more is earned in more ways than a table's.
_RULE = ("plan", "name", "when", "to", "levels", "kind", "over", "bound", "accumulate", "bands", "point", "ways")
_FOUND = ("measure", "quota", "part", "lines", "slices", "exact", "earned", "reason")
_PLAIN = frozenset((*_RULE, "worth", *_FOUND))
_ALONE = "transaction"
#: Into how many equal parts a curve is cut, beside the places where it bends.
_CUTS = 24


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much more has to be credited to reach the next bound, and how much more is earned then."""

    at: int
    missing: int
    worth: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Measure and pay at the points between which pay is a straight line; `here` is where the payee stands."""

    points: tuple[tuple[Fraction, Fraction], ...]
    here: tuple[int, int]
    quota: int | None
    threshold: Threshold | None
    next_unit: Fraction


def is_plain(derivation: Mapping[str, Any]) -> bool:
    """Whether the table alone says what is earned, so that another measure can be tried on it."""
    known = derivation["kind"] in TABLES and derivation["over"] in UNITS and "ways" in derivation
    known = known and derivation.get("worth", "rate") in {"rate", "amount"}
    return known and set(derivation) <= _PLAIN and derivation["accumulate"] in {"period", _ALONE}


def pay_at(derivation: Mapping[str, Any], measure: Fraction | int) -> Fraction:
    """What so much would earn, before rounding."""
    return _sum(pieces(dict(derivation), (Fraction(0), Fraction(measure)), Fraction(measure)))


def earned_with(derivation: Mapping[str, Any], credits_: Sequence[int]) -> int:
    """What the component would come to with these credits on top, rounded as it is."""
    if derivation["accumulate"] == _ALONE:
        return half_up(
            Fraction(derivation["exact"]) + sum((pay_at(derivation, each) for each in credits_), Fraction(0))
        )
    return half_up(pay_at(derivation, derivation["measure"] + sum(credits_)))


def explained(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[tuple[str, int], ...] | None:
    """Why a component came to something else: first the rule changes, then the quota, then what was credited.

    Each step says how much it makes in minor units; together they are the whole difference. None where the table alone
    does not say what is earned.
    """
    if not (is_plain(before) and is_plain(now)) or _ALONE in {before["accumulate"], now["accumulate"]}:
        return None
    stages = (
        ("rule", {**now, "quota": before["quota"], "measure": before["measure"]}, _rule(before) != _rule(now)),
        ("quota", {**now, "measure": before["measure"]}, _quota(before) != _quota(now)),
        ("measure", now, before["measure"] != now["measure"]),
    )
    stood, found = int(before["earned"]), list[tuple[str, int]]()
    for name, terms, is_changed in stages:
        comes_to = half_up(pay_at(terms, terms["measure"]))
        if is_changed:
            found.append((name, comes_to - stood))
        stood = comes_to
    return tuple(found)


def _quota(derivation: Mapping[str, Any]) -> int | None:
    """The quota where it matters."""
    return derivation["quota"] if derivation["over"] == "attainment" else None


def _rule(derivation: Mapping[str, Any]) -> list[Any]:
    return [derivation[key] for key in _RULE if key not in {"plan", "name"}]


def curve_of(derivation: Mapping[str, Any], unit: int) -> Curve | None:
    """The curve around where the payee stands; None where each deal stands alone, or a quota is missing.

    `unit` is how many minor units make one of the currency.
    """
    step = UNITS[derivation["over"]](dict(derivation)) if is_plain(derivation) else None
    if step is None or derivation["accumulate"] == _ALONE:
        return None
    measure: int = derivation["measure"]
    bounds = sorted({each[0] * step for each in derivation["bands"] if each[0]})
    here = pay_at(derivation, measure)
    quota = _quota(derivation)
    top = max(Fraction(13, 10) * max(measure, quota or 0, unit), *bounds[-1:], Fraction(0))
    return Curve(
        points=_points(derivation, bounds, top),
        here=(measure, half_up(here)),
        quota=quota,
        threshold=_threshold(derivation, bounds, here),
        next_unit=(pay_at(derivation, measure + unit) - here) / unit,
    )


def _points(
    derivation: Mapping[str, Any], bounds: Sequence[Fraction], top: Fraction
) -> tuple[tuple[Fraction, Fraction], ...]:
    """Equal steps, and on both sides of each bound: there pay may bend or jump."""
    near = [place for bound in bounds for place in (bound - 1, bound, bound + 1)]
    places = sorted({*(top * at / _CUTS for at in range(_CUTS + 1)), *(each for each in near if 0 < each <= top)})
    return tuple((place, pay_at(derivation, place)) for place in places)


def _threshold(derivation: Mapping[str, Any], bounds: Sequence[Fraction], here: Fraction) -> Threshold | None:
    """The next place where what is earned by one more unit changes; on a bound the upper band may begin just above."""
    measure: int = derivation["measure"]
    above = 1 if derivation["bound"] == "upper_inclusive" else 0
    for bound in bounds:
        at = -(-bound.numerator // bound.denominator) + above
        if at > measure:
            return Threshold(at, at - measure, half_up(pay_at(derivation, at) - here))
    return None


def _sum(found: Sequence[tuple[int, Fraction, Fraction]]) -> Fraction:
    return sum((earned for _, _, earned in found), Fraction(0))
