"""Cells of a workbook that hold no value: a formula with an error, or one that nobody has calculated yet.

Whoever reads the values only would take them for empty, and an empty amount is a lost one.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_CELL = re.compile(rb"<c\b([^>]*[^/])>(.*?)</c>", re.DOTALL)
_EMPTY = re.compile(rb"<v>\s*</v>|<v\s*/>")


def flaws(content: bytes, sheet: str) -> Mapping[int, Problem]:
    """What is wrong in which row of that sheet, or of the first; nothing for the older kind of workbook."""
    if not content.startswith(b"PK"):
        return {}
    with ZipFile(BytesIO(content)) as archive:
        part = _part_of(archive, sheet)
        text = archive.read(part) if part in archive.namelist() else b""
    found: dict[int, Problem] = {}
    for cell in _CELL.finditer(text):
        place = _PLACE.search(cell[1])
        if place and (_is_error(cell[1]) or _is_waiting(cell[1], cell[2])):
            name = (place[1] + place[2]).decode()
            found.setdefault(int(place[2]), Problem("row", "crm.problem.formula", {"cell": name}))
    return found


def _is_error(attributes: bytes) -> bool:
    return b't="e"' in attributes


def _is_waiting(attributes: bytes, inside: bytes) -> bool:
    """A formula without its result; an empty text (`t="str"`) is a result."""
    is_formula = b"<f" in inside and b't="str"' not in attributes
    return is_formula and (b"<v" not in inside or _EMPTY.search(inside) is not None)


def _part_of(archive: ZipFile, sheet: str) -> str:
    """The part of the archive in which the sheet stands."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(archive.namelist()):
        return ""
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - counted by `workbooks.check` before
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    ids = {each.get("name", ""): _link_of(each) for each in book.iter() if each.tag.endswith("}sheet")}
    wanted = ids.get(sheet) or next(iter(ids.values()), "")
    targets = {each.get("Id", ""): each.get("Target", "") for each in links}
    target = targets.get(wanted, "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _link_of(sheet: ET.Element) -> str:
    """The attribute `id` of the namespace for links, whichever that is: there is an older and a newer one."""
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")
