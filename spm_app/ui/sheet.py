"""Rows as a file to take away: CSV that every spreadsheet reads, or XLSX with real numbers and days."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: How a cell begins that a spreadsheet calculates, in the letters of the West and in the wide ones of the East.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\s?%?")
#: What a sheet may not be called.
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
Cell = str | int | float | Decimal | date | datetime | None


def harmless(text: str) -> str:
    """Text that would be calculated by whoever opens the file stands behind a quote; a number stays one."""
    begins = text.lstrip(" ").startswith(_FORMULA)
    return f"'{text}" if begins and not _NUMBER.fullmatch(text) else text


def csv_file(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, commas, and a header row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(titles)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook; its name is cut to what a spreadsheet takes."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def xlsx_file(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with a frozen, filterable header."""
    return workbook([Page("", titles, rows)])


def workbook(pages: Iterable[Page]) -> bytes:
    """Several sheets, each with a frozen, filterable header."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for page in pages:
            _write(book, page)
    return out.getvalue()


def _write(book: xlsxwriter.Workbook, page: Page) -> None:
    sheet = book.add_worksheet(_NOT_IN_A_NAME.sub(" ", page.name)[:31] or None)
    titles = page.titles
    looks: dict[type, Format] = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    sheet.write_row(0, 0, titles, book.add_format({"bold": True}))
    last = 0
    for last, row in enumerate(page.rows, start=1):
        for column, cell in enumerate(row):
            _put(sheet, (last, column), cell, looks)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(len(titles) - 1, 0))
    sheet.autofit()


def _put(sheet: Worksheet, place: tuple[int, int], cell: Cell, looks: Mapping[type, Format]) -> None:
    """A spreadsheet has no other number than a float: what is written here is never read back into pay."""
    match cell:
        case datetime():
            sheet.write_datetime(*place, cell.replace(tzinfo=None), looks[datetime])
        case date():
            sheet.write_datetime(*place, datetime(cell.year, cell.month, cell.day), looks[date])  # noqa: DTZ001 - a day
        case int() | float() | Decimal():
            sheet.write_number(*place, float(cell))
        case None:
            sheet.write_blank(*place, None)
        case _:
            sheet.write_string(*place, cell)
