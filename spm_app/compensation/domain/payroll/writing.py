"""From lines to the bytes of a payroll file. The same lines and template give the same bytes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.domain.payroll.template import DECIMALS, LINE_ENDS, SEPARATORS, Field, Sign, check
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import total
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spm_app.compensation.domain.payroll.entries import Told
    from spm_app.compensation.domain.payroll.template import Column, Template
    from spm_app.kernel.money import Money
    from spm_app.kernel.period import Period

#: How a cell begins that a spreadsheet would calculate.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, before it is written."""

    number: str
    name: str
    code: str
    amount: Money


def rows(lines: Sequence[Told], template: Template) -> tuple[Row, ...]:
    """One a payee, or one a payee and code, by name; what comes to nothing is left out.

    Raises InvalidInput that names every component without a code, where codes are asked for.
    """
    missing = {each.entry.component for each in lines if template.code_of(each.entry.component) is None}
    if missing and template.by_code:
        raise _refused("codes", "component_without_code", components=", ".join(sorted(missing)))
    groups: dict[tuple[int, str], list[Told]] = {}
    for each in lines:
        code = template.code_of(each.entry.component) or "" if template.by_code else ""
        groups.setdefault((int(each.entry.payee_id), code), []).append(each)
    found = (_row(code, group) for (_, code), group in groups.items())
    return tuple(each for each in found if each.amount)


def content(made: Sequence[Row], template: Template, period: Period, number: int) -> bytes:
    """The file. Raises InvalidInput for what does not fit its column or cannot be said in its encoding."""
    if problems := check(template):
        raise InvalidInput("compensation.form_has_errors", problems)
    lines = [_cells(row, template, period, number) for row in made]
    if template.has_heading:
        lines.insert(0, [each.heading for each in template.columns])
    text = _fixed(lines, template) if template.is_fixed else _separated(lines, template)
    try:
        return text.encode(template.encoding)
    except UnicodeEncodeError as wrong:
        raise _refused("encoding", "not_in_encoding", text=text[wrong.start : wrong.end]) from None


def _row(code: str, group: list[Told]) -> Row:
    entry = group[0].entry
    return Row(entry.number, entry.name, code, total((each.amount for each in group), entry.amount.currency))


def _cells(row: Row, template: Template, period: Period, number: int) -> list[str]:
    values = {
        Field.NUMBER: _harmless(row.number, template),
        Field.NAME: _harmless(row.name, template),
        Field.CODE: row.code,
        Field.AMOUNT: _amount(row.amount, template),
        Field.SIGN: "-" if row.amount.minor < 0 else "+",
        Field.CURRENCY: row.amount.currency.code,
        Field.PERIOD: period.code,
        Field.FIRST_DAY: period.start.strftime(template.days),
        Field.LAST_DAY: (period.end - timedelta(days=1)).strftime(template.days),
        Field.EXPORT: str(number),
    }
    constants = [each.constant for each in template.columns]
    return [
        values[Field(column.says)] if constant is None else constant
        for column, constant in zip(template.columns, constants, strict=True)
    ]


def _amount(amount: Money, template: Template) -> str:
    """Whole minor units, cut by the currency's digits: no float comes near."""
    digits = amount.currency.digits
    bare = str(abs(amount.minor)).rjust(digits + 1, "0")
    text = f"{bare[:-digits]}{DECIMALS[template.decimal]}{bare[-digits:]}" if digits else bare
    if amount.minor >= 0 or template.sign is Sign.NONE:
        return text
    return f"-{text}" if template.sign is Sign.BEFORE else f"{text}-"


def _harmless(text: str, template: Template) -> str:
    """Names that a spreadsheet would calculate stand behind a quote, where it would open the file."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(_FORMULA) and not template.is_fixed else flat


def _separated(lines: list[list[str]], template: Template) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=SEPARATORS[template.separator], lineterminator=LINE_ENDS[template.line_end]).writerows(
        lines
    )
    return out.getvalue()


def _fixed(lines: list[list[str]], template: Template) -> str:
    end = LINE_ENDS[template.line_end]
    return "".join("".join(_filled(line, template)) + end for line in lines)


def _filled(line: list[str], template: Template) -> Iterator[str]:
    """Amounts at the right, words at the left; a name is cut where its column ends, nothing else ever is."""
    for column, text in zip(template.columns, line, strict=True):
        if column.says == Field.AMOUNT and text[:1] == "-" and column.pad == "0":
            yield f"-{text[1:].rjust(column.width - 1, '0')}" if len(text) <= column.width else _too_wide(column, text)
        elif len(text) > column.width:
            yield text[: column.width] if column.says == Field.NAME else _too_wide(column, text)
        else:
            yield text.rjust(column.width, column.pad) if _at_right(column) else text.ljust(column.width, column.pad)


def _at_right(column: Column) -> bool:
    return column.says in {Field.AMOUNT, Field.EXPORT} or column.pad == "0"


def _too_wide(column: Column, text: str) -> str:
    raise _refused("columns", "too_wide", field=column.says, text=text, width=column.width)


def _refused(at: str, key: str, **args: object) -> InvalidInput:
    problem = Problem(at, f"compensation.payroll.{key}", args)
    return InvalidInput("compensation.form_has_errors", [problem])
