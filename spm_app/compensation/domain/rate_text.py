"""Reading how a component pays: one rate, or a table of bands."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.terms import WHOLE, Band, Bound, Kind, Over, RateTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.nodes import Spot
    from spm_app.kernel.money import Currency


class _TableKind(StrEnum):
    MARGINAL = "marginal"
    WHOLE_AMOUNT = "whole_amount"
    HYBRID = "hybrid"
    RETROACTIVE_OVERAGE = "retroactive_overage"
    STEP = "step"
    INTERPOLATED = "interpolated"


class _PartKind(StrEnum):
    MARGINAL = "marginal"
    WHOLE_AMOUNT = "whole_amount"


def read_flat(parts: Mapping[str, Spot]) -> RateTable:
    """One rate on everything."""
    rate = parts["rate"].percent() if "rate" in parts else 0
    return RateTable(Kind.FLAT, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (Band(0, None, rate),))


def read_table(spot: Spot, currency: Currency) -> RateTable:
    """Bands, and how they pay."""
    parts = spot.fields(("kind", "over", "bands"), ("bound", "point", "below", "above"))
    over, said = parts["over"].choice(Over), parts["kind"].choice(_TableKind)
    overage = said is _TableKind.RETROACTIVE_OVERAGE
    if overage and over is not Over.ATTAINMENT:
        parts["over"].note("compensation.plan.overage_of_quota")
    kind = Kind.HYBRID if overage else Kind(said.value)
    table = RateTable(
        kind=kind,
        over=over,
        bound=parts["bound"].choice(Bound) if "bound" in parts else Bound.LOWER_INCLUSIVE,
        bands=tuple(_band(each, kind, over, currency) for each in parts["bands"].items()),
        point=WHOLE if overage else None,
    )
    return _hybrid(spot, parts, table, currency) if said is _TableKind.HYBRID else _no_hybrid(parts, table)


def _hybrid(spot: Spot, parts: Mapping[str, Spot], table: RateTable, currency: Currency) -> RateTable:
    """The point, and how what is below and above it pays."""
    for name in ("point", "below", "above"):
        if name not in parts:
            spot.note("compensation.plan.missing", name=name)
    if not {"point", "below", "above"} <= parts.keys():
        return table
    below, above = (Kind(parts[name].choice(_PartKind).value) for name in ("below", "above"))
    return replace(table, point=_place(parts["point"], table.over, currency), below=below, above=above)


def _no_hybrid(parts: Mapping[str, Spot], table: RateTable) -> RateTable:
    for name in ("point", "below", "above"):
        if name in parts:
            parts[name].note("compensation.plan.only_hybrid", name=name)
    return table


def _band(spot: Spot, kind: Kind, over: Over, currency: Currency) -> Band:
    worth = "amount" if kind in {Kind.STEP, Kind.INTERPOLATED} else "rate"
    parts = spot.fields(("from", worth), ("to",))
    start, end = (_place(parts[name], over, currency) if name in parts else None for name in ("from", "to"))
    if worth == "amount":
        return Band(start or 0, end, 0, parts["amount"].money(currency))
    return Band(start or 0, end, parts["rate"].percent())


def _place(spot: Spot, over: Over, currency: Currency) -> int:
    """Where something stands on what the bands are cut over."""
    return spot.percent() if over is Over.ATTAINMENT else spot.money(currency)
