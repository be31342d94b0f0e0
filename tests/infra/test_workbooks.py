"""Archives that would unpack into more than we are ready for are refused before anything reads them."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from spm_app.crm.service import sheets
from spm_app.infra import workbooks
from spm_app.kernel.errors import InvalidInput
from spm_app.people.service import files

HEAD = "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"


def book(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def with_parts(parts: dict[str, str | bytes], *, without: str = "") -> bytes:
    """A good workbook with some of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([["name"], ["Ada"]]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        kept = {each: good.read(each) for each in good.namelist() if each != without} | parts
        for name, content in kept.items():
            made.writestr(name, content)
    return out.getvalue()


def sheet(inside: str) -> dict[str, str | bytes]:
    return {"xl/worksheets/sheet1.xml": f"{HEAD}{inside}</worksheet>"}


def test_a_good_one_passes_and_is_read() -> None:
    good = book([["name", "hired on"], ["Ada", "2026-01-01"], ["Ugo", 3.5]])
    workbooks.check(good)
    assert files.read(good).rows == (("Ada", "2026-01-01"), ("Ugo", "3.5"))
    assert len(sheets.sheets(good)) == 1


@pytest.mark.slow
def test_a_sheet_as_large_as_a_year_of_deals_passes() -> None:
    workbooks.check(book([[f"deal {row}", row, "won", 1.5] for row in range(20_000)]))


TOO_LARGE = {
    "a cell at the far end": sheet("<sheetData><row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>"),
    "a span of its own saying": sheet("<dimension ref='A1:XFD1048576'/><sheetData/>"),
    "rows without numbers": sheet("<sheetData>" + "<row/>" * 700 + "<row><c r='XFD1'/></row></sheetData>"),
    "zeros": {"xl/media/zeros.bin": bytes(30_000_000)},
    "many parts": {f"xl/media/{number}": b"" for number in range(600)},
    "one text for all": {
        "xl/sharedStrings.xml": f"<sst><si><t>{'ab' * 500_000}</t></si></sst>",
        **sheet("<sheetData><row r='1'>" + "<c t='s'><v>0</v></c>" * 300 + "</row></sheetData>"),
    },
}


@pytest.mark.parametrize("parts", TOO_LARGE.values(), ids=TOO_LARGE)
@pytest.mark.parametrize("reader", [files.read, sheets.guess_layout])
def test_what_unpacks_into_too_much_is_refused(parts: dict[str, str | bytes], reader: object) -> None:
    assert callable(reader)
    with pytest.raises(InvalidInput, match=r"workbook\.too_large"):
        reader(with_parts(parts))


UNREADABLE = {
    "not packed at all": b"PK\x03\x04 and then nothing",
    "the old kind": b"\xd0\xcf\x11\xe0" + bytes(600),
    "half of it": book([["name"], ["Ada"]])[:-200],
    "another kind inside": with_parts({"content.xml": "<x/>"}),
    "no workbook": with_parts({}, without="xl/workbook.xml"),
    "entities": with_parts(
        {"xl/worksheets/sheet1.xml": f"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>{HEAD}<sheetData/></worksheet>"}
    ),
    "no such place": with_parts(sheet("<sheetData><row r='1'><c r='AAAAA1'/></row></sheetData>")),
    "broken XML": with_parts({"xl/worksheets/sheet1.xml": f"{HEAD}<sheetData><row"}),
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"workbook\.(unreadable|too_large)"):
        workbooks.check(content)


def test_an_archive_that_promises_less_than_it_holds_is_refused() -> None:
    honest = with_parts({"xl/media/zeros.bin": bytes(3_000_000)})
    lying = honest.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 1_000))
    assert lying != honest
    with pytest.raises(InvalidInput):
        workbooks.check(lying)


def test_nothing_is_written_wherever_an_entry_would_like_to_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workbooks.check(with_parts({"../../escaped.txt": "x"}))
    assert list(tmp_path.iterdir()) == []
