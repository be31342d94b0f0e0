"""Reading what stands around a rate table: target, threshold, gates, modifiers, caps, floor, objectives, pool."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.pays import (
    AsOf,
    Basis,
    Caps,
    Gate,
    Holds,
    Limit,
    Modifier,
    Objective,
    Pays,
    Pool,
    ShareBy,
    Threshold,
)
from spm_app.compensation.domain.rate_text import Units, other_measure, place_of
from spm_app.compensation.domain.rates import Band, Bound, Key, Over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.nodes import Spot

#: The keys of a component that this file reads.
KEYS = ("basis", "target", "threshold", "gates", "modifiers", "cap", "floor")


class _From(StrEnum):
    FIRST = "first_unit"
    THERE = "from_there"


def read_pays(parts: Mapping[str, Spot], key: Key, units: Units) -> Pays:
    """Everything around the table, whose own key says what a threshold is measured in."""
    return Pays(
        basis=parts["basis"].choice(Basis) if "basis" in parts else Basis.CREDIT,
        target=_limit(parts["target"], units) if "target" in parts else None,
        threshold=_threshold(parts["threshold"], key, units) if "threshold" in parts else None,
        gates=tuple(_gate(each, units) for each in parts["gates"].items()) if "gates" in parts else (),
        modifiers=tuple(_modifier(each, units) for each in parts["modifiers"].items()) if "modifiers" in parts else (),
        caps=_caps(parts["cap"], units) if "cap" in parts else Caps(),
        floor=_limit(parts["floor"], units) if "floor" in parts else None,
    )


def _limit(spot: Spot, units: Units) -> Limit:
    """A percentage is of the target, anything else an amount."""
    return Limit(of_target=spot.percent()) if spot.is_percent() else Limit(amount=spot.money(units.currency))


def _threshold(spot: Spot, key: Key, units: Units) -> Threshold:
    parts = spot.fields(("at", "pays"))
    return Threshold(place_of(parts["at"], key, units), parts["pays"].choice(_From) is _From.FIRST)


def _gate(spot: Spot, units: Units) -> Gate:
    parts = spot.fields((), ("measure", "attainment", "certificate", "at_least", "holds", "point", "as_of"))
    if sum(name in parts for name in ("measure", "attainment", "certificate")) != 1:
        spot.note("compensation.plan.one_gate")
        return Gate(None)
    holds = parts["holds"].choice(Holds) if "holds" in parts else Holds.ALL
    point = parts["point"].percent() if "point" in parts else WHOLE
    if "certificate" in parts:
        for name in ("at_least", "as_of"):
            if name in parts:
                parts[name].note("compensation.plan.certificate_alone", name=name)
        return Gate(None, certificate=parts["certificate"].text(64), holds=holds, point=point)
    name = "measure" if "measure" in parts else "attainment"
    key = other_measure(name, parts[name], units)
    if "at_least" not in parts:
        spot.note("compensation.plan.missing", name="at_least")
        return Gate(key)
    return Gate(
        key=key,
        least=place_of(parts["at_least"], key, units),
        holds=holds,
        point=point,
        as_of=parts["as_of"].choice(AsOf) if "as_of" in parts else AsOf.END,
    )


def _modifier(spot: Spot, units: Units) -> Modifier:
    parts = spot.fields(("bands",), ("measure", "attainment", "bound", "interpolated"))
    named = [name for name in ("measure", "attainment") if name in parts]
    if len(named) != 1:
        spot.note("compensation.plan.one_key")
        return Modifier(Key(Over.MEASURE), ())
    key = other_measure(named[0], parts[named[0]], units)
    return Modifier(
        key=key,
        bands=tuple(_factor(each, key, units) for each in parts["bands"].items()),
        bound=parts["bound"].choice(Bound) if "bound" in parts else Bound.LOWER_INCLUSIVE,
        interpolated="interpolated" in parts and parts["interpolated"].flag(),
    )


def _factor(spot: Spot, key: Key, units: Units) -> Band:
    parts = spot.fields(("from", "factor"), ("to",))
    end = place_of(parts["to"], key, units) if "to" in parts else None
    return Band(place_of(parts["from"], key, units), end, parts["factor"].factor())


def _caps(spot: Spot, units: Units) -> Caps:
    """An amount or a percentage alone caps the component; a map says more."""
    if not spot.is_map():
        return Caps(_limit(spot, units))
    parts = spot.fields((), ("component", "line", "attainment", "refundable"))
    return Caps(
        component=_limit(parts["component"], units) if "component" in parts else None,
        line=_limit(parts["line"], units) if "line" in parts else None,
        attainment=parts["attainment"].percent() if "attainment" in parts else None,
        refundable="refundable" in parts and parts["refundable"].flag(),
    )


def read_objectives(spot: Spot) -> tuple[Objective, ...]:
    """Weighted objectives, each with what its score is worth."""
    return tuple(_objective(each) for each in spot.items())


def _objective(spot: Spot) -> Objective:
    parts = spot.fields(("code", "name", "weight"), ("scale",))
    name = parts["name"]
    both = name.fields(("en", "it")) if name.is_map() else {"en": name, "it": name}
    return Objective(
        code=parts["code"].text(64),
        name_en=both["en"].text(),
        name_it=both["it"].text(),
        weight=parts["weight"].percent(),
        scale=tuple(_mark(each) for each in parts["scale"].items()) if "scale" in parts else (),
    )


def _mark(spot: Spot) -> Band:
    parts = spot.fields(("from", "pays"))
    return Band(parts["from"].percent(), None, parts["pays"].percent())


def read_pool(spot: Spot) -> Pool:
    """By what a team shares what it earned together."""
    parts = spot.fields(("share_by",), ("by_team",))
    return Pool(parts["share_by"].choice(ShareBy), "by_team" in parts and parts["by_team"].flag())
