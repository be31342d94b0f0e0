"""Cases beside a plan: rows as they stand in the sheets of a calculation, and what the statements must say.

A case file has `cases`, each with `name`, `period`, sheets by their names (lists of rows) or `data` (a folder of CSV
files beside it), and `expected`: rows that say whose figures are meant (`payee`; and where wanted `component`,
`transaction`, `period`) and each figure by its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.files import KINDS, Sheet, listed_sheet
from spm_app.compensation.domain.nodes import Notes, Spot, open_text
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What says whose figures are meant; everything else in an expected row is a figure.
WHOSE = ("payee", "component", "transaction", "period")


@dataclass(frozen=True, slots=True)
class Expected:
    """Figures that must come out, as they are written; `whose` says where to look."""

    at: str
    whose: Mapping[str, str]
    figures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `data` names a folder whose sheets come before those that are written here."""

    name: str
    period: str
    data: str
    sheets: tuple[Sheet, ...]
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of a file, and the plans they are about; none means all plans beside it."""

    plans: tuple[str, ...]
    cases: tuple[Case, ...]


def holds_cases(text: str) -> bool:
    """Whether a YAML text is a file of cases rather than a plan."""
    root = open_text(text, Notes())
    return root is not None and root.is_map() and any(name == "cases" for name, _ in root.names())


def read_cases(text: str, name: str) -> tuple[CaseFile | None, tuple[Problem, ...]]:
    """The cases of a text; None and every finding with `name` and line when it cannot be used."""
    notes = Notes()
    root = open_text(text, notes)
    found = None if root is None else _file(root, name)
    problems = tuple(Problem(f"{name}:{each.at}", each.key, each.args) for each in notes.problems)
    return (None if problems else found), problems


def _file(root: Spot, name: str) -> CaseFile:
    parts = root.fields(("cases",), ("plan", "plans"))
    plans = [parts["plan"].text()] if "plan" in parts else []
    plans += [each.text() for each in parts["plans"].items()] if "plans" in parts else []
    return CaseFile(tuple(plans), tuple(_case(each, name) for each in parts["cases"].items()))


def _case(spot: Spot, name: str) -> Case:
    parts = spot.fields(("name", "period", "expected"), ("data", *KINDS))
    return Case(
        name=parts["name"].text(),
        period=parts["period"].text(),
        data=parts["data"].text() if "data" in parts else "",
        sheets=tuple(
            listed_sheet(kind, name, [(_place(each, name), _cells(each)) for each in parts[kind].items()])
            for kind in KINDS
            if kind in parts
        ),
        expected=tuple(_expected(each, name) for each in parts["expected"].items()),
    )


def _expected(spot: Spot, name: str) -> Expected:
    cells = _cells(spot)
    if "payee" not in cells:
        spot.note("compensation.plan.missing", name="payee")
    return Expected(
        _place(spot, name),
        {key: value for key, value in cells.items() if key in WHOSE},
        {key: value for key, value in cells.items() if key not in WHOSE},
    )


def _cells(spot: Spot) -> dict[str, str]:
    return {key.lower(): each.text() for key, each in spot.names()}


def _place(spot: Spot, name: str) -> str:
    return f"{name}:{spot.line}"
