"""Conditions as the engine's own SQL: names from a fixed list, every value as a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.rule import FIELDS, Among, Compare, Empty, Every, Not, Rule

if TYPE_CHECKING:
    from datetime import date


class Emitted:
    """SQL text with its parameters by name."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.values: dict[str, str | int | date] = {}

    def sql(self, rule: Rule) -> str:
        """The condition as SQL that is true or false, never unknown."""
        match rule:
            case Compare(field, op, value):
                return f"coalesce({_column(field)} {op} {self._value(value)}, false)"
            case Among(field, values):
                return f"coalesce({_column(field)} IN ({', '.join(map(self._value, values))}), false)"
            case Empty(field):
                return f"{_column(field)} IS NULL"
            case Not(inner):
                return f"NOT ({self.sql(inner)})"
            case Every(rules):
                return "(" + " AND ".join(map(self.sql, rules)) + ")"
            case _:
                return "(" + " OR ".join(map(self.sql, rule.rules)) + ")"

    def _value(self, value: str | int | date) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"${name}"


def _column(field: str) -> str:
    """A field's column; a field that is not in the list is a bug and not a name to be trusted."""
    return f'"{list(FIELDS)[list(FIELDS).index(field)]}"'
