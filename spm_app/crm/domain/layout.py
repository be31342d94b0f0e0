"""How a file is laid out, guessed from its content and open to correction: encoding, delimiter, decimal mark, dates."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: What can be chosen, the usual first.
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
DECIMALS = (".", ",")
ORDERS = ("ymd", "dmy", "mdy")
#: How many rows are looked at to guess.
SAMPLE = 500
#: Among how many first lines the heading is looked for.
TOP = 20

#: The first line of some files that Excel wrote.
_NAMED = re.compile(r"sep=[,;\t|]", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\d{3})*)(?:[.,]\d+)?")
_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text of a file is to be read. `sheet` names the sheet of a workbook; the rest then hardly matters.

    `days` is the order of year, month and day where they are written with numbers; ISO dates are always understood.
    `heading` is the line of the heading, as a spreadsheet numbers it: what stands above it is a title, and no row.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    days: str = "ymd"
    sheet: str = ""
    heading: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number as a spreadsheet shows it, the first line being 1. With a `flaw` it is refused whole."""

    number: int
    cells: tuple[str, ...]
    flaw: Problem | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the rows under it that are not empty; a row is as long as it, or longer and refused."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]


def guess_encoding(content: bytes) -> str:
    """What the byte order mark says, else UTF-8 when it can be, else Windows Western."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode(content: bytes, encoding: str) -> str:
    """The text; what the encoding cannot say becomes a replacement character, so that it is seen."""
    if encoding not in ENCODINGS:
        raise InvalidInput("crm.file.encoding_unknown", encoding=encoding)
    return content.decode(encoding, errors="replace")


def guess_delimiter(text: str) -> str:
    """The one that cuts the first rows into the most columns, the same number in each; titles above them are passed."""
    lines = text.splitlines()[:50]
    if lines and _NAMED.fullmatch(lines[0]):
        return lines[0][-1]
    starts = (lines[at:] for at in range(min(len(lines), TOP)))
    found = (max((_columns(rest, each), each) for each in reversed(DELIMITERS)) for rest in starts)
    return next((delimiter for columns, delimiter in found if columns), DELIMITERS[0])


def guess_heading(rows: Iterable[Sequence[str]]) -> int:
    """The line of the heading: the first that is nearly as wide as the widest, and has neither figures nor days in it.

    Where every wide line has some, it is the first of these.
    """
    filled = [
        (number, cells) for number, row in enumerate(rows, 1) if (cells := [each for each in row if each.strip()])
    ]
    widest = max((len(cells) for _, cells in filled), default=0)
    wide = [(number, cells) for number, cells in filled if len(cells) * 2 > widest]
    named = (number for number, cells in wide if not any(_is_figure(each.strip()) for each in cells))
    return next(named, wide[0][0] if wide else 1)


def split(text: str, delimiter: str) -> Iterator[tuple[str, ...]]:
    """The rows of a delimited text; the line in which Excel names the delimiter (`sep=;`) is an empty one.

    Raises InvalidInput where it is no such text, and where a quotation mark would swallow the rows behind it.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for at, row in enumerate(rows):
            yield () if at == 0 and _NAMED.fullmatch(delimiter.join(row)) else tuple(row)
    except csv.Error as error:
        if "limit" in str(error):
            raise InvalidInput("crm.file.unreadable") from error
        raise InvalidInput("crm.file.quotes_open", line=rows.line_num) from error


def table_of(rows: Iterable[Sequence[str]], flaws: Mapping[int, Problem] | None = None, heading_at: int = 1) -> Table:
    """The first row from line `heading_at` that is not empty is the heading; `flaws` are known of rows by number.

    Raises InvalidInput when there is no heading, or a name comes twice.
    """
    numbered = ((number, tuple(cell.strip() for cell in row)) for number, row in enumerate(rows, 1))
    filled = ((number, row) for number, row in numbered if number >= heading_at and any(row))
    _, heading = next(filled, (0, ()))
    if not heading:
        raise InvalidInput("crm.file.empty")
    twice = [name for name, count in Counter(name for name in heading if name).items() if count > 1]
    if twice:
        raise InvalidInput("crm.file.column_twice", column=twice[0])
    known = flaws or {}
    return Table(heading, tuple(_row(number, row, len(heading), known.get(number)) for number, row in filled))


def guess_decimal(cells: Iterable[str], delimiter: str = ",") -> str:
    """The mark that numbers are seen to use; where none tells, a comma beside semicolons, else a point."""
    votes = Counter(vote for cell in cells if _NUMBER.fullmatch(cell) for vote in _decimal_votes(cell))
    if votes["."] != votes[","]:
        return "." if votes["."] > votes[","] else ","
    return "," if delimiter == ";" else "."


def guess_days(cells: Iterable[str]) -> str:
    """Year first when years stand there; else the order that no date contradicts, day first when both are possible."""
    found = [(match[1], match[2], match[3]) for cell in cells if (match := _DAY.fullmatch(cell))]
    if not found or sum(len(first) == 4 for first, _, _ in found) * 2 > len(found):
        return "ymd"
    short = [(int(first), int(second)) for first, second, _ in found if len(first) < 4]
    return "mdy" if any(second > 12 for _, second in short) and all(first <= 12 for first, _ in short) else "dmy"


def sample(table: Table) -> Iterator[str]:
    """The cells to guess from."""
    return (cell for row in islice(table.rows, SAMPLE) for cell in row.cells if cell)


def _row(number: int, cells: tuple[str, ...], width: int, flaw: Problem | None) -> Row:
    """As long as the heading. What does not fit under it is refused, whole: a cell too many means that others moved."""
    is_longer = any(cells[width:])
    if is_longer:
        flaw = flaw or Problem("row", "crm.problem.too_many_cells", {"cells": len(cells), "columns": width})
    if any("\ufffd" in cell for cell in cells):
        flaw = flaw or Problem("row", "crm.problem.unreadable_letters")
    return Row(number, cells if is_longer else (*cells, *("",) * width)[:width], flaw)


def _columns(lines: Sequence[str], delimiter: str) -> float:
    """How many columns the heading has, less the part of rows that have another number; 0 where it is no heading."""
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    if not widths or widths[0] == 1 or widths[0] != widths[:2][-1]:
        return 0
    return widths[0] * sum(width == widths[0] for width in widths) / len(widths)


def _is_figure(cell: str) -> bool:
    """An amount or a day; a bare year may well be the name of a column."""
    is_year = len(cell) == 4 and cell.isdecimal()
    return not is_year and (_NUMBER.fullmatch(cell) or _DAY.fullmatch(cell)) is not None


def _decimal_votes(cell: str) -> Iterator[str]:
    """What a number says: its last mark, when that cannot be a mark of thousands."""
    marks = [char for char in cell if char in ".,"]
    if not marks:
        return
    tail = len(cell) - 1 - cell.rindex(marks[-1])
    if len(set(marks)) > 1 or tail != 3 or not _could_group(cell, marks[-1]):
        yield marks[-1] if marks.count(marks[-1]) == 1 else _other(marks[-1])
    elif len(marks) > 1:
        yield _other(marks[-1])


def _could_group(cell: str, mark: str) -> bool:
    """Whether what stands before the mark may be thousands: one to three digits, not a lone zero."""
    head = cell.lstrip("+-").split(mark)[0]
    return 1 <= len(head) <= 3 and head != "0"


def _other(mark: str) -> str:
    return "." if mark == "," else ","
