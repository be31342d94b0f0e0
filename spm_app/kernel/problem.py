"""Findings as values: a check returns all of them, each with its place, and raises none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Severity(StrEnum):
    """An error stops what was asked; a warning asks to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where, and the key of the text that says what is wrong and what to do.

    `key` names a text in the catalogue (`crm.problem.unknown_stage`); `args` are the values it names.
    """

    at: str
    key: str
    args: Mapping[str, object] = field(default_factory=dict[str, object])
    severity: Severity = Severity.ERROR


def has_errors(problems: Iterable[Problem]) -> bool:
    """At least one finding stops the act."""
    return any(each.severity is Severity.ERROR for each in problems)
