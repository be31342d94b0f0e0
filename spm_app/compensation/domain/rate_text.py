"""Reading how a component pays: one rate, a table of bands, a curve of points, or a grid of two keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.rates import Band, Bound, Grid, Key, Kind, Over, RateTable, Worth
from spm_app.compensation.domain.rule import FIELDS, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.nodes import Spot
    from spm_app.kernel.money import Currency

#: The keys of a component of which one says how it pays.
KEYS = ("rate", "each", "rate_table")
_TABLE_KEYS = (
    "over",
    "bands",
    "bound",
    "point",
    "below",
    "above",
    "points",
    "rows",
    "columns",
    "cells",
    "interpolated",
)


class _TableKind(StrEnum):
    MARGINAL = "marginal"
    WHOLE_AMOUNT = "whole_amount"
    HYBRID = "hybrid"
    RETROACTIVE_OVERAGE = "retroactive_overage"
    STEP = "step"
    INTERPOLATED = "interpolated"
    CURVE = "curve"
    GRID = "grid"


class _PartKind(StrEnum):
    MARGINAL = "marginal"
    WHOLE_AMOUNT = "whole_amount"


class _Own(StrEnum):
    ATTAINMENT = "attainment"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Units:
    """What figures are: the plan's currency, the unit of the component's own measure, and those of all by name."""

    currency: Currency
    own: Type
    named: Mapping[str, Type]


def read_pay(spot: Spot, parts: Mapping[str, Spot], units: Units) -> RateTable:
    """One of a rate, an amount for each unit, or a table."""
    if sum(name in parts for name in KEYS) != 1:
        spot.note("compensation.plan.rate_or_table")
    if "rate_table" in parts:
        return _table(parts["rate_table"], units)
    if "each" in parts:
        band = Band(0, None, 0, parts["each"].money(units.currency))
        return RateTable(Kind.FLAT, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (band,), worth=Worth.EACH)
    rate = parts["rate"].percent() if "rate" in parts else 0
    return RateTable(Kind.FLAT, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (Band(0, None, rate),))


def read_key(spot: Spot, units: Units) -> Key:
    """What bands are cut over: the own measure or its attainment, another's, or a field of each transaction."""
    if not spot.is_map():
        own = spot.choice(_Own)
        return Key(Over(own.value), "", Type.RATIO if own is _Own.ATTAINMENT else units.own)
    parts = spot.fields((), ("measure", "attainment", "field"))
    if len(parts) != 1:
        spot.note("compensation.plan.one_key")
        return Key(Over.AMOUNT)
    ((name, where),) = parts.items()
    return _field(where) if name == "field" else other_measure(name, where, units)


def other_measure(name: str, spot: Spot, units: Units) -> Key:
    """Another measure of the plan (`measure`), or the share of its quota (`attainment`)."""
    code = spot.text(64)
    kind = units.named.get(code)
    if kind is None:
        spot.note("compensation.plan.no_measure", name=code, known=", ".join(sorted(units.named)))
    if name == "attainment":
        return Key(Over.ATTAINMENT_OF, code, Type.RATIO)
    return Key(Over.MEASURE, code, kind or Type.MONEY)


def _field(spot: Spot) -> Key:
    name = spot.text(64)
    kind = FIELDS.get(name, Type.TEXT)
    if kind not in {Type.MONEY, Type.NUMBER, Type.RATIO}:
        spot.note("compensation.rule.no_figure", name=name, known="amount, discount, margin, margin_rate, units")
    return Key(Over.FIELD, name, kind)


def _table(spot: Spot, units: Units) -> RateTable:
    parts = spot.fields(("kind",), _TABLE_KEYS)
    said = parts["kind"].choice(_TableKind)
    _refuse_others(spot, parts, said)
    match said:
        case _TableKind.GRID:
            return _grid(parts, units)
        case _TableKind.CURVE:
            return _curve(parts, units)
        case _:
            return _banded(spot, parts, said, units)


_NEEDED = {_TableKind.GRID: {"rows", "columns", "cells"}, _TableKind.CURVE: {"over", "points"}}
_MORE = {
    _TableKind.GRID: {"interpolated", "bound"},
    _TableKind.CURVE: set[str](),
    _TableKind.HYBRID: {"point", "below", "above", "bound"},
}


def _refuse_others(spot: Spot, parts: dict[str, Spot] | Mapping[str, Spot], said: _TableKind) -> None:
    """Every kind of table has keys of its own."""
    needed = _NEEDED.get(said, {"over", "bands"})
    for name in sorted(needed - parts.keys()):
        spot.note("compensation.plan.missing", name=name)
    for name, each in parts.items():
        if name not in {"kind", *needed, *_MORE.get(said, {"bound"})}:
            each.note("compensation.plan.not_of_this_kind", name=name, kind=said.value)


def _banded(spot: Spot, parts: Mapping[str, Spot], said: _TableKind, units: Units) -> RateTable:
    key = read_key(parts["over"], units) if "over" in parts else Key(Over.AMOUNT)
    overage = said is _TableKind.RETROACTIVE_OVERAGE
    if overage and key.over is not Over.ATTAINMENT and "over" in parts:
        parts["over"].note("compensation.plan.overage_of_quota")
    kind = Kind.HYBRID if overage else Kind(said.value)
    if not key.is_own and kind not in {Kind.WHOLE_AMOUNT, Kind.STEP}:
        parts["over"].note("compensation.plan.other_key_whole")
    spots = parts["bands"].items() if "bands" in parts else ()
    worth = _worth(spots, kind)
    table = RateTable(
        kind=kind,
        over=key.over,
        bound=parts["bound"].choice(Bound) if "bound" in parts else Bound.LOWER_INCLUSIVE,
        bands=tuple(_band(each, (worth, key), units) for each in spots) or (Band(0, None, 0),),
        point=WHOLE if overage else None,
        worth=worth,
        key=None if key == Key(key.over) else key,
    )
    return _hybrid(spot, parts, table, units) if said is _TableKind.HYBRID else table


def _worth(spots: tuple[Spot, ...], kind: Kind) -> Worth:
    """What the bands are worth: as the first one says it."""
    if kind not in {Kind.STEP, Kind.INTERPOLATED}:
        return Worth.EACH if spots and "each" in dict(spots[0].names()) else Worth.RATE
    amounts = [dict(each.names()).get("amount") for each in spots]
    return Worth.TARGET if any(each is not None and each.is_percent() for each in amounts) else Worth.AMOUNT


def _hybrid(spot: Spot, parts: Mapping[str, Spot], table: RateTable, units: Units) -> RateTable:
    """The point, and how what is below and above it pays."""
    for name in ("point", "below", "above"):
        if name not in parts:
            spot.note("compensation.plan.missing", name=name)
    if not {"point", "below", "above"} <= parts.keys():
        return table
    below, above = (Kind(parts[name].choice(_PartKind).value) for name in ("below", "above"))
    return replace(table, point=place_of(parts["point"], table.keyed, units), below=below, above=above)


def _band(spot: Spot, how: tuple[Worth, Key], units: Units) -> Band:
    worth, key = how
    name = {Worth.RATE: "rate", Worth.EACH: "each"}.get(worth, "amount")
    parts = spot.fields(("from", name), ("to",))
    start = place_of(parts["from"], key, units)
    end = place_of(parts["to"], key, units) if "to" in parts else None
    return Band(start, end, *_worth_of(parts[name], worth, units))


def _worth_of(spot: Spot, worth: Worth, units: Units) -> tuple[int, int]:
    """As a rate and an amount, of which one is nothing."""
    if worth in {Worth.RATE, Worth.TARGET}:
        return spot.percent(), 0
    return 0, spot.money(units.currency)


def place_of(spot: Spot, key: Key, units: Units) -> int:
    """Where something stands on what the bands are cut over."""
    return spot.figure(key.type if not key.is_own or key.is_attainment else units.own, units.currency)


def _curve(parts: Mapping[str, Spot], units: Units) -> RateTable:
    """Points joined by straight lines: nothing before the first, level after the last."""
    key = read_key(parts["over"], units) if "over" in parts else Key(Over.AMOUNT)
    spots = parts["points"].items() if "points" in parts else ()
    read = [each.fields(("at", "pays")) for each in spots]
    worth = Worth.TARGET if any(each["pays"].is_percent() for each in read) else Worth.AMOUNT
    bands = (Band(place_of(each["at"], key, units), None, *_worth_of(each["pays"], worth, units)) for each in read)
    return RateTable(
        kind=Kind.CURVE,
        over=key.over,
        bound=Bound.LOWER_INCLUSIVE,
        bands=tuple(bands) or (Band(0, None, 0),),
        worth=worth,
        key=None if key == Key(key.over) else key,
    )


def _grid(parts: Mapping[str, Spot], units: Units) -> RateTable:
    """Rows and columns each with what they are cut over, and a list of cells for each row."""
    (rows, row_starts), (columns, column_starts) = (_axis(parts.get(name), units) for name in ("rows", "columns"))
    spots = [each.items() for each in parts["cells"].items()] if "cells" in parts else []
    flat = [cell for row in spots for cell in row]
    worth = _cell_worth(flat)
    cells = tuple(tuple(sum(_worth_of(each, worth, units)) for each in row) for row in spots)
    fits = len(cells) == len(row_starts) and all(len(row) == len(column_starts) for row in cells)
    if not fits and "cells" in parts:
        parts["cells"].note("compensation.plan.cells_differ", rows=len(row_starts), columns=len(column_starts))
    interpolated = "interpolated" in parts and parts["interpolated"].flag()
    bound = parts["bound"].choice(Bound) if "bound" in parts else Bound.LOWER_INCLUSIVE
    grid = Grid(rows, columns, row_starts, column_starts, cells, interpolated)
    return RateTable(Kind.GRID, rows.over, bound, (Band(0, None, 0),), worth=worth, key=rows, grid=grid)


def _cell_worth(cells: list[Spot]) -> Worth:
    """Percentages are rates of what is credited; amounts are amounts."""
    return Worth.RATE if all(each.is_percent() for each in cells) else Worth.AMOUNT


def _axis(spot: Spot | None, units: Units) -> tuple[Key, tuple[int, ...]]:
    if spot is None:
        return Key(Over.AMOUNT), ()
    parts = spot.fields(("over", "from"))
    key = read_key(parts["over"], units)
    return key, tuple(place_of(each, key, units) for each in parts["from"].items())
