"""A file that is taken away calculates nothing on the desk of whoever opens it."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from spm_app.ui.sheet import csv_file, harmless, xlsx_file
from spm_app.ui.written import plain

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '  =HYPERLINK("http://x")',
    "\uff1d1+1",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_calculated_stands_behind_a_quote(text: str) -> None:
    assert harmless(text) == plain(text, "en") == f"'{text}"


@pytest.mark.parametrize("text", ["-12", "+3.5", "-1,234.50", "-12 %", "Rossi", "", "a=b", "12-3"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_numbers_of_ours_stay_numbers_and_names_become_none() -> None:
    row = [plain(each, "en") for each in ("=1+1", Decimal("-3.50"), -4)]
    assert csv_file(["a", "b", "c"], [row]).decode("utf-8-sig").splitlines()[1] == "'=1+1,-3.50,-4"


def test_a_workbook_holds_text_where_text_was() -> None:
    made = xlsx_file(["name"], [["=1+1"], ["http://elsewhere.example"]])
    assert CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python() == [
        ["name"],
        ["=1+1"],
        ["http://elsewhere.example"],
    ]
    assert b"<f>" not in made
