"""Conditions and values as the engine's own SQL: names from a fixed list, every value as a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.rule import Among, Compare, Empty, Every, Not, Rule, type_of
from spm_app.compensation.domain.value import Choose, Fixed, Pick, Plus, Take, Times, Value

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
                return f"coalesce({self.key(field)} {op} {self._named(value)}, false)"
            case Among(field, values):
                return f"coalesce({self.key(field)} IN ({', '.join(map(self._named, values))}), false)"
            case Empty(field):
                return f"({self.key(field)}) IS NULL"
            case Not(inner):
                return f"NOT ({self.sql(inner)})"
            case Every(rules):
                return "(" + " AND ".join(map(self.sql, rules)) + ")"
            case _:
                return "(" + " OR ".join(map(self.sql, rule.rules)) + ")"

    def value(self, value: Value) -> str:
        """The value as SQL: a whole number, nothing where a field is empty."""
        match value:
            case Take(field):
                return f"coalesce({self.key(field)}, 0)"
            case Fixed(figure):
                return f"CAST({self._named(figure)} AS BIGINT)"
            case Times(left, right):
                product = f"CAST({self.value(left)} AS HUGEINT) * {self.value(right)}"
                return f"CAST(sign({product}) * ((2 * abs({product}) + 1000000) // 2000000) AS BIGINT)"
            case Plus(values, less):
                return (
                    "(" + " + ".join(map(self.value, values)) + "".join(f" - {self.value(each)}" for each in less) + ")"
                )
            case Pick(which, values):
                return f"{which}({', '.join(map(self.value, values))})"
            case Choose(cases, other):
                whens = (f"WHEN {self.sql(rule)} THEN {self.value(each)}" for rule, each in cases)
                return f"CASE {' '.join(whens)} ELSE {self.value(other)} END"

    def key(self, field: str) -> str:
        """A field as a whole number; the margin's rate is the only one that no column holds: rounded half up."""
        if field != "margin_rate":
            return column(field)
        ratio = "CAST(margin AS HUGEINT) * 1000000 * sign(amount)"
        half_up = f"CAST(sign({ratio}) * ((2 * abs({ratio}) + abs(amount)) // (2 * abs(amount))) AS BIGINT)"
        return f"CASE WHEN amount <> 0 THEN {half_up} END"

    def _named(self, value: str | int | date) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"${name}"


def column(field: str) -> str:
    """A field's column; a field that is not known is a bug and not a name to be trusted."""
    if type_of(field) is None:
        raise KeyError(field)
    return f'"{field}"'
