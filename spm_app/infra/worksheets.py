"""The XML of a workbook, counted as it streams by: how far a sheet reaches, and how much text its cells come to."""

from __future__ import annotations

import re
from xml.parsers import expat

#: Cells of the rectangle that a sheet spans, empty ones too: each takes memory when it is read.
MOST_CELLS = 10_000_000
#: Characters of all cells together, a shared text counted wherever it stands.
MOST_TEXT = 200_000_000
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
#: Digits of the number of a shared text; more are no number of any.
_DIGITS = 12


class TooLarge(Exception):
    """More than we are ready to read."""


class Xml:
    """A parser that stops at a declaration of a document type, which no workbook needs. Raises ValueError there."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator="|")
        self._parser.StartElementHandler = lambda name, attributes: self.begins(name.rpartition("|")[2], attributes)
        self._parser.EndElementHandler = lambda name: self.ends(name.rpartition("|")[2])
        self._parser.CharacterDataHandler = self.says
        self._parser.StartDoctypeDeclHandler = _refuse

    def feed(self, chunk: bytes) -> None:
        """The next bytes of the part."""
        self._parser.Parse(chunk)

    def close(self) -> None:
        """That was all of it."""
        self._parser.Parse(b"", True)

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def ends(self, name: str) -> None:
        """An element ends."""

    def says(self, text: str) -> None:
        """Text stands here."""


class SharedTexts(Xml):
    """How long each of the texts is that cells share, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """Each `si` is one text."""
        del attributes
        if name == "si":
            self.lengths.append(0)

    def says(self, text: str) -> None:
        """Counted for the text that is under way."""
        if self.lengths:
            self.lengths[-1] += len(text)


class Sheet(Xml):
    """One sheet. Raises TooLarge as soon as it is."""

    def __init__(self, shared: SharedTexts) -> None:
        super().__init__()
        self._shared, self._text = shared, 0
        self._rows = self._columns = self._row = self._column = 0
        self._is_shared, self._value = False, ""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """A row or a cell says where it is, or follows the one before; so does the sheet of itself."""
        if name == "row":
            self._go(int(attributes.get("r", self._row + 1)), 0)
        elif name == "c":
            here = attributes.get("r")
            self._go(*(_place(here) if here else (self._row, self._column + 1)))
            self._is_shared, self._value = attributes.get("t") == "s", ""
        elif name == "dimension":
            for corner in attributes.get("ref", "A1").split(":"):
                self._reach(*_place(corner))

    def ends(self, name: str) -> None:
        """A cell of shared text comes to the length of that text."""
        if name == "c" and self._is_shared and self._value.strip().isdecimal():
            number, lengths = int(self._value), self._shared.lengths
            self._count(lengths[number] if number < len(lengths) else 0)

    def says(self, text: str) -> None:
        """Text of a cell's own, or the number of a shared one."""
        self._count(len(text))
        if self._is_shared and len(self._value) < _DIGITS:
            self._value += text

    def _go(self, row: int, column: int) -> None:
        self._row, self._column = row, column
        self._reach(row, column)

    def _reach(self, row: int, column: int) -> None:
        self._rows, self._columns = max(self._rows, row), max(self._columns, column)
        if self._rows * max(self._columns, 1) > MOST_CELLS:
            raise TooLarge

    def _count(self, characters: int) -> None:
        self._text += characters
        if self._text > MOST_TEXT:
            raise TooLarge


def _place(ref: str) -> tuple[int, int]:
    """Row and column of `B7`. Raises ValueError for a place that no sheet has."""
    found = _PLACE.fullmatch(ref)
    if found is None:
        raise ValueError(ref)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _refuse(*_: object) -> None:
    raise ValueError("document type")
