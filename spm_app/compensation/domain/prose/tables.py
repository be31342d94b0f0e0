"""Rate tables in words: how they pay, then a sentence for each band, point or row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.prose.phrase import Phrase, entries_of, is_list, is_map, table_of, told, valued

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.kernel.money import Currency

_KINDS = frozenset(
    {"marginal", "whole_amount", "retroactive_overage", "hybrid", "step", "interpolated", "curve", "grid"}
)
_SAID = frozenset({"kind", "over", "bands", "bound", "point", "below", "above", "points", "rows", "columns", "cells"})


def rate_table(value: object, currency: Currency | None, *, counted: bool = False) -> Iterator[Phrase]:
    """How it pays, over what, and band by band. Bounds are bare numbers over what is `counted`, or another measure."""
    table = table_of(value)
    kind = str(table.get("kind", ""))
    bounds = None if counted or is_map(table.get("over")) else currency
    if kind in _KINDS:
        yield told(f"table.{kind}", over=_over(table.get("over", "amount")))
    if "point" in table:
        ways = (Phrase(f"compensation.value.{table.get(name)}", {"": ""}) for name in ("below", "above"))
        below, above = ways
        yield told("table.point", point=valued(table["point"], bounds), below=below, above=above)
    for band in _maps(table.get("bands")):
        yield _band(band, currency, bounds)
    for point in _maps(table.get("points")):
        pays = valued(point.get("pays", ""), currency)
        yield told("table.at", at=valued(point.get("at", ""), bounds), pays=pays)
    yield from _grid(table, currency)
    if table.get("bound") == "upper_inclusive":
        yield told("table.upper")
    for name, each in table.items():
        if name not in _SAID:
            yield told("other", name=Phrase(f"compensation.term.{name}", {"": name}), value=valued(each, None))


def _band(band: Mapping[str, Any], currency: Currency | None, bounds: Currency | None) -> Phrase:
    worth = next((name for name in ("rate", "each", "amount") if name in band), "rate")
    start, end = (valued(band.get(name, ""), bounds) for name in ("from", "to"))
    pays = valued(band.get(worth, ""), currency)
    return told(f"table.band.{worth}{'' if 'to' in band else '_open'}", start=start, end=end, pays=pays)


def _grid(table: Mapping[str, Any], currency: Currency | None) -> Iterator[Phrase]:
    """A sentence a row: from where on, and what each column is worth."""
    rows, columns = (table.get(name) for name in ("rows", "columns"))
    cells = table.get("cells")
    if not (is_map(rows) and is_map(columns) and is_list(cells)):
        return
    row_axis, column_axis = table_of(rows), table_of(columns)
    yield told("table.axes", rows=_over(row_axis.get("over", "")), columns=_over(column_axis.get("over", "")))
    for start, row in zip(row_axis.get("from", []), entries_of(cells), strict=False):
        parts = tuple(
            told("table.cell", start=valued(column, currency), pays=valued(cell, currency))
            for column, cell in zip(column_axis.get("from", []), row, strict=False)
        )
        yield told("table.row", start=valued(start, currency), cells=parts)


def _over(value: object) -> Phrase:
    """What bands are cut over."""
    if is_map(value):
        ((name, of),) = [*table_of(value).items()][:1] or [("amount", "")]
        return told(f"over.{name}", of=Phrase(f"compensation.term.{of}", {"": str(of)}))
    return Phrase(f"compensation.value.{value}", {"": str(value)})


def _maps(value: object) -> list[dict[str, Any]]:
    return [table_of(each) for each in entries_of(value) if is_map(each)]
