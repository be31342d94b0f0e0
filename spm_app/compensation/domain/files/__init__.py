"""Inputs from plain rows, as anyone can write them by hand: CSV files in a folder, or lists in a YAML case.

One module a sheet: its columns, who is named in it, and what its rows become. A new column is added in its sheet's
module; a new sheet is one more module and its entry in `reading.KINDS`.
"""

from spm_app.compensation.domain.files.reading import KINDS, Read, kind_of, read_sheets
from spm_app.compensation.domain.files.rows import Kind, Row, Sheet, csv_sheet, listed_sheet

__all__ = ["KINDS", "Kind", "Read", "Row", "Sheet", "csv_sheet", "kind_of", "listed_sheet", "read_sheets"]
