"""A payroll file's shape: its columns in order, how numbers and days are written, and the codes of earnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping


class Field(StrEnum):
    """What a column may say."""

    NUMBER = "number"
    NAME = "name"
    CODE = "code"
    AMOUNT = "amount"
    SIGN = "sign"
    CURRENCY = "currency"
    PERIOD = "period"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    EXPORT = "export"


class Sign(StrEnum):
    """Where a minus stands: before, after, or nowhere, because a column of its own says it."""

    BEFORE = "before"
    AFTER = "after"
    NONE = "none"


#: What the choices of a form offer; the names are Python's and the strftime patterns are all of digits.
SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t", "pipe": "|", "fixed": ""}
DECIMALS = {"comma": ",", "point": ".", "none": ""}
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "ascii")
LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d%m%Y", "%Y%m%d", "%d.%m.%Y")
_MOST_COLUMNS, _WIDEST, _LONGEST = 40, 200, 80
#: The code for components that have none of their own.
ANY = "*"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `says` is a field, or a text between quotation marks; `width` counts in files of fixed width."""

    says: str
    heading: str = ""
    width: int = 0
    pad: str = " "

    @property
    def constant(self) -> str | None:
        """The text itself, where the column says the same in every row."""
        return self.says[1:-1] if len(self.says) > 1 and self.says[0] == self.says[-1] == '"' else None


@dataclass(frozen=True, slots=True)
class Template:
    """One shape. `codes` are by component; without `by_code` each payee has one row."""

    name: str
    columns: tuple[Column, ...]
    separator: str = "semicolon"
    decimal: str = "comma"
    days: str = DAYS[0]
    encoding: str = "utf-8"
    line_end: str = "crlf"
    sign: Sign = Sign.BEFORE
    has_heading: bool = True
    by_code: bool = True
    codes: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def is_fixed(self) -> bool:
        """Whether columns are told by their width."""
        return self.separator == "fixed"

    def code_of(self, component: str) -> str | None:
        """The earning code of a component; None when the template has none for it."""
        return self.codes.get(component, self.codes.get(ANY))


def read_columns(text: str) -> tuple[Column, ...]:
    """One column a line: `field | heading | width | padding`, all but the first may be left out."""
    found: list[Column] = []
    for line in text.splitlines():
        says, heading, width, pad = ([each.strip() for each in line.split("|")] + ["", "", ""])[:4]
        if says:
            found.append(Column(says, heading, int(width) if width.isdecimal() else 0, pad or " "))
    return tuple(found)


def columns_text(columns: tuple[Column, ...]) -> str:
    """The columns as `read_columns` reads them."""
    lines = ([each.says, each.heading, str(each.width or ""), each.pad.strip()] for each in columns)
    return "\n".join(" | ".join(parts).rstrip(" |") for parts in lines)


def read_codes(text: str) -> dict[str, str]:
    """One code a line: `component = code`; `*` is every other component."""
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {component.strip(): code.strip() for component, _, code in pairs if component.strip()}


def codes_text(codes: Mapping[str, str]) -> str:
    """The codes as `read_codes` reads them."""
    return "\n".join(f"{component} = {code}" for component, code in codes.items())


def check(template: Template) -> tuple[Problem, ...]:
    """What keeps the template from being used; nothing when it can be."""
    return tuple(
        Problem(at, f"compensation.payroll.{key}", args) for at, key, args, is_wrong in _questions(template) if is_wrong
    )


def _questions(made: Template) -> list[tuple[str, str, dict[str, Any], bool]]:
    fields = {each.value for each in Field}
    strange = [each.says for each in made.columns if each.constant is None and each.says not in fields]
    says = {each.says for each in made.columns}
    unwide = [each.says for each in made.columns if not 0 < each.width <= _WIDEST]
    padded = [each.says for each in made.columns if len(each.pad) != 1]
    return [
        ("name", "no_name", {}, not 0 < len(made.name.strip()) <= _LONGEST),
        ("columns", "no_columns", {}, not 0 < len(made.columns) <= _MOST_COLUMNS),
        ("columns", "no_such_field", {"fields": ", ".join(strange)}, bool(strange)),
        ("columns", "no_amount", {}, Field.AMOUNT not in says),
        ("columns", "no_sign", {}, made.sign is Sign.NONE and Field.SIGN not in says),
        ("columns", "no_code", {}, made.by_code and Field.CODE not in says),
        ("columns", "no_width", {"fields": ", ".join(unwide)}, made.is_fixed and bool(unwide)),
        ("columns", "bad_padding", {"fields": ", ".join(padded)}, bool(padded)),
        ("separator", "commas_twice", {}, SEPARATORS.get(made.separator) == DECIMALS.get(made.decimal) == ","),
        *(
            (at, "no_such_choice", {"choice": chosen}, chosen not in choices)
            for at, chosen, choices in (
                ("separator", made.separator, SEPARATORS),
                ("decimal", made.decimal, DECIMALS),
                ("days", made.days, DAYS),
                ("encoding", made.encoding, ENCODINGS),
                ("line_end", made.line_end, LINE_ENDS),
            )
        ),
    ]


def written(template: Template) -> dict[str, Any]:
    """As it is kept: plain JSON values."""
    return {
        "name": template.name,
        "columns": [[each.says, each.heading, each.width, each.pad] for each in template.columns],
        "separator": template.separator,
        "decimal": template.decimal,
        "days": template.days,
        "encoding": template.encoding,
        "line_end": template.line_end,
        "sign": template.sign.value,
        "has_heading": template.has_heading,
        "by_code": template.by_code,
        "codes": dict(template.codes),
    }


def read(kept: Mapping[str, Any]) -> Template:
    """What `written` wrote."""
    said = dict(kept)
    said["columns"] = tuple(Column(*each) for each in kept["columns"])
    said["sign"] = Sign(kept["sign"])
    return Template(**said)
