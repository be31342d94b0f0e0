"""A plan's form as text for a screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spm_app.compensation.domain.edit.form import Block, Cell, Form, Line
from spm_app.kernel.problem import Problem, Severity
from spm_app.ui.catalogue import say, say_problem, texts

#: How wide the box of a value is at least, in characters, and at most.
_NARROW, _WIDE, _DAY = 8, 40, 17


@dataclass
class CellView:
    """One value with its label; `error` is what the checker says of it, with `tone`."""

    path: str
    name: str
    label: str
    kind: str
    value: str
    choices: list[dict[str, str]]
    optional: bool
    width: str
    error: str
    tone: str


@dataclass
class LineView:
    """Values in a row. `begins` is a list that another entry can be added to."""

    path: str
    label: str
    indent: str
    cells: list[CellView]
    missing: list[dict[str, str]]
    optional: bool
    item: bool
    begins: str
    error: str
    tone: str


@dataclass
class BlockView:
    """A titled part of the form, and the line of the text where it begins."""

    path: str
    kind: str
    title: str
    line: int
    lines: list[LineView]
    error: str
    tone: str


def blocks_of(form: Form, findings: Sequence[Problem], lang: str) -> list[BlockView]:
    """The form with every finding at its place: at the value, or at the nearest part around it."""
    return [_block(each, _by_path(form, findings, lang), lang) for each in form.blocks]


def findings_of(findings: Sequence[Problem], lang: str) -> list[dict[str, str]]:
    """The findings as a list, errors first; each with the line and the path that it points at."""
    ordered = sorted(findings, key=lambda each: each.severity is not Severity.ERROR)
    return [
        {
            "line": each.at.partition(":")[0] or "1",
            "path": each.at.partition(":")[2],
            "text": say_problem(lang, each),
            "tone": _tone(each),
            "kind": say(lang, f"compensation.finding.{each.severity.value}"),
        }
        for each in ordered
    ]


def term(name: str, lang: str, path: str = "") -> str:
    """What a word of the language is called, `to` of a credit another than `to` of days; itself where nobody named it.

    `path` is where the word stands.
    """
    above = re.sub(r"\[\d+]", "", path).split(".")[-2:-1]
    for key in (f"compensation.term.{'.'.join([*above, name])}", f"compensation.term.{name}"):
        if key in texts():
            return say(lang, key)
    return name


def chosen(name: str, value: str, lang: str) -> str:
    """What a value of that name is called: `self` of `by` is not what it is of another."""
    for key in (f"compensation.value.{name}.{value}", f"compensation.value.{value}"):
        if key in texts():
            return say(lang, key)
    return value


def _tone(problem: Problem) -> str:
    return "bad" if problem.severity is Severity.ERROR else "warn"


def _by_path(form: Form, findings: Sequence[Problem], lang: str) -> dict[str, tuple[str, str]]:
    shown = {path for block in form.blocks for path in _paths(block)}
    found: dict[str, tuple[str, str]] = {}
    for each in sorted(findings, key=lambda each: each.severity is not Severity.ERROR):
        path = each.at.partition(":")[2]
        while path and path not in shown:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        found.setdefault(path, (say_problem(lang, each), _tone(each)))
    return found


def _paths(block: Block) -> list[str]:
    return [block.path, *(path for line in block.lines for path in (line.path, *(each.path for each in line.cells)))]


def _block(block: Block, said: Mapping[str, tuple[str, str]], lang: str) -> BlockView:
    error, tone = said.get(block.path, ("", ""))
    lines = [_line(each, said, lang) for each in block.lines]
    for line in lines[:1]:
        line.error, line.item = "", False
    return BlockView(block.path, term(f"one.{block.kind}", lang), block.title, block.line, lines, error, tone)


def _line(line: Line, said: Mapping[str, tuple[str, str]], lang: str) -> LineView:
    error, tone = said.get(line.path, ("", ""))
    return LineView(
        path=line.path,
        label="" if line.item or not line.name else term(line.name, lang, line.path),
        indent=f"{max(0, line.depth - 1) * 12}px",
        cells=[_cell(each, said, lang) for each in line.cells],
        missing=[{"value": each, "label": term(each, lang, f"{line.path}.{each}")} for each in line.missing],
        optional=line.optional and line.depth > 0,
        item=line.item,
        begins=line.begins,
        error=error,
        tone=tone,
    )


def _cell(cell: Cell, said: Mapping[str, tuple[str, str]], lang: str) -> CellView:
    error, tone = said.get(cell.path, ("", ""))
    kind = "rule" if cell.long else cell.kind
    choices = [{"value": each, "label": chosen(cell.name, each, lang)} for each in cell.choices]
    if cell.choices and cell.value not in cell.choices:
        choices.insert(0, {"value": cell.value, "label": cell.value})
    width = _DAY if cell.kind == "day" else min(_WIDE, max(_NARROW, len(cell.value) + 3))
    return CellView(
        cell.path,
        cell.name,
        term(cell.name, lang, cell.path),
        kind,
        cell.value,
        choices,
        cell.optional,
        f"{width}ch",
        error,
        tone,
    )
