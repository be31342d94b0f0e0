"""Personnel files as rows of text: delimited text and workbooks."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from spm_app.infra import workbooks
from spm_app.kernel.errors import InvalidInput

_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = (";", ",", "\t", "|")
#: More people than this do not come in one file.
MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heading and the rows below it; `encoding` and `delimiter` are what was assumed, empty for a workbook."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str = ""
    delimiter: str = ""


def read(content: bytes) -> Sheet:
    """The first sheet of a workbook, or delimited text. Raises InvalidInput for what is neither, or has no rows."""
    found = _book(content) if content.startswith(_BOOKS) else _text(content)
    if not found.rows:
        raise InvalidInput("people.file.empty")
    if len(found.rows) > MOST_ROWS:
        raise InvalidInput("people.file.too_long", most=MOST_ROWS)
    return found


def _text(content: bytes) -> Sheet:
    if b"\x00" in content:
        raise InvalidInput("people.file.unreadable")
    encoding = next((each for each in _ENCODINGS if _decodes(content, each)), "latin-1")
    text = content.decode(encoding)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    rows = [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    return Sheet(rows[0] if rows else (), tuple(rows[1:]), encoding, delimiter)


def _book(content: bytes) -> Sheet:
    workbooks.check(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise InvalidInput("people.file.unreadable") from error
    rows = [tuple(_spelled(each) for each in row) for row in cells]
    return Sheet(rows[0] if rows else (), tuple(rows[1:]))


def _spelled(cell: object) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
