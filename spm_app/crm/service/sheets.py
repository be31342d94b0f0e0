"""Files as tables: delimited text and workbooks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook

from spm_app.crm.domain.layout import (
    TOP,
    Layout,
    Row,
    Table,
    decode,
    guess_days,
    guess_decimal,
    guess_delimiter,
    guess_encoding,
    guess_heading,
    sample,
    split,
    table_of,
)
from spm_app.crm.service import formulas
from spm_app.infra import workbooks
from spm_app.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How workbooks begin: the packed ones, and the older ones, which are refused.
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
#: More rows than this are refused: a file of that size comes from a program, and programs have `load`.
MOST_ROWS = 500_000


def is_workbook(content: bytes) -> bool:
    """Whether it is a spreadsheet rather than text."""
    return content.startswith(_BOOKS)


def sheets(content: bytes) -> tuple[str, ...]:
    """The names of the sheets of a workbook; none for text."""
    return tuple(_book(content).sheet_names) if is_workbook(content) else ()


def table(content: bytes, layout: Layout) -> Table:
    """The rows as the layout says. Raises InvalidInput for what is no table."""
    if is_workbook(content):
        return table_of(_sheet(content, layout), formulas.flaws(content, layout.sheet), layout.heading)
    return table_of(_text(content, layout), heading_at=layout.heading)


def top(content: bytes, layout: Layout) -> tuple[Row, ...]:
    """The first lines as they stand there, those left out that are empty: one of them is the heading."""
    rows = enumerate(islice(_rows(content, layout), TOP), 1)
    return tuple(Row(number, tuple(row)) for number, row in rows if any(cell.strip() for cell in row))


def with_heading_guessed(content: bytes, layout: Layout) -> Layout:
    """The same, with the heading where it seems to be."""
    return replace(layout, heading=guess_heading(islice(_rows(content, layout), TOP)))


def guess_layout(content: bytes) -> Layout:
    """How the file seems to be laid out."""
    if is_workbook(content):
        found = Layout(sheet=next(iter(sheets(content)), ""))
    else:
        encoding = guess_encoding(content)
        found = Layout(encoding, guess_delimiter(decode(content, encoding)))
    found = with_heading_guessed(content, found)
    cells = tuple(sample(table(content, found)))
    return replace(found, decimal=guess_decimal(cells, found.delimiter), days=guess_days(cells))


def _rows(content: bytes, layout: Layout) -> Iterator[tuple[str, ...]]:
    return _sheet(content, layout) if is_workbook(content) else _text(content, layout)


def _text(content: bytes, layout: Layout) -> Iterator[tuple[str, ...]]:
    if b"\x00" in content[:4096] and layout.encoding != "utf-16":
        raise InvalidInput("crm.file.unreadable")
    return split(decode(content, layout.encoding), layout.delimiter)


def _sheet(content: bytes, layout: Layout) -> Iterator[tuple[str, ...]]:
    book = _book(content)
    if not book.sheet_names:
        raise InvalidInput("crm.file.empty")
    sheet = book.get_sheet_by_name(layout.sheet if layout.sheet in book.sheet_names else book.sheet_names[0])
    if sheet.total_height > MOST_ROWS:
        raise InvalidInput("crm.file.too_long", most=MOST_ROWS)
    return (tuple(_spelled(cell, layout.decimal) for cell in row) for row in sheet.to_python(skip_empty_area=False))


def _book(content: bytes) -> CalamineWorkbook:
    workbooks.check(content)
    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except CalamineError as error:
        raise InvalidInput("crm.file.unreadable") from error


def _spelled(cell: object, decimal: str) -> str:
    """What stands in a cell, as text that reads back exactly: 12.0 is 12, and 0.1 stays 0.1."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        exact = Decimal(repr(cell))
        return f"{exact:f}".replace(".", decimal) if exact != exact.to_integral_value() else str(int(exact))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
