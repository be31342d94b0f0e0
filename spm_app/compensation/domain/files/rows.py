"""Rows under a header, whoever wrote them: each knows its place, and notes what in its cells cannot be used.

Days are written 2026-01-31, instants 2026-01-31T09:30:00+01:00 (without an offset they are UTC), amounts with a point
and without grouping, shares and rates with their sign: 60 %.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.condition import payable
from spm_app.kernel.errors import SpmError
from spm_app.kernel.money import Currency
from spm_app.kernel.problem import Problem
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spm_app.kernel.period import Period

#: Before every deal: who has no first day has always been there.
ALWAYS = date(1900, 1, 1)
#: The column that every sheet may have: since when what its row says has been known.
RECORDED = "recorded_at"
#: What was never recorded at an instant has always been known.
_EVER = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one kind (`transactions`), from the file `name`; every row with its place."""

    kind: str
    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, Mapping[str, str]], ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Desk:
    """What all sheets are read for, who is known by which number, and what was found on the way."""

    period: Period
    currency: Currency
    problems: list[Problem] = field(default_factory=list[Problem])
    numbers: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Row:
    """One row; every reading gives a value, harmless when it cannot be used and noted."""

    at: str
    cells: Mapping[str, str]
    desk: Desk

    def text(self, name: str) -> str:
        """What stands in the column; nothing when there is no such column."""
        return self.cells.get(name, "").strip()

    def needed(self, name: str) -> str:
        """The same, noted when it is empty."""
        value = self.text(name)
        if not value:
            self.note("compensation.files.missing", name=name)
        return value

    def person(self, name: str) -> int | None:
        """The number of the person named there, None for nobody."""
        return self.desk.numbers.get(self.text(name))

    def day(self, name: str) -> date | None:
        """The day written there, None for none."""
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.note("compensation.plan.not_a_day", value=value)
            return None

    def instant(self, name: str) -> datetime | None:
        """The instant written there, None for none; a day alone is its first instant."""
        value = self.text(name)
        try:
            found = datetime.fromisoformat(value) if value else None
        except ValueError:
            self.note("compensation.files.not_an_instant", value=value)
            return None
        return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found

    def money(self, name: str) -> int:
        """The amount that must stand there, in minor units of the calculation's currency."""
        return self.optional_money(name) or 0 if self.needed(name) else 0

    def optional_money(self, name: str, currency: Currency | None = None) -> int | None:
        """The amount there in minor units of the currency, the calculation's when none is said; None for none."""
        value, asked = self.text(name), currency or self.desk.currency
        amount = payable(value, asked)
        if amount is None and value:
            self.note("compensation.plan.not_an_amount", value=value, currency=asked.code)
        return amount

    def currency(self, name: str) -> Currency | None:
        """The currency there, None for none."""
        value = self.text(name)
        try:
            return Currency(value) if value else None
        except SpmError:
            self.note("compensation.plan.not_a_currency", value=value)
            return None

    def percent(self, name: str) -> int | None:
        """The percentage there in parts per million, None for none."""
        value = self.text(name)
        try:
            return Rate.percent(value.removesuffix("%").strip()).ppm if value else None
        except SpmError:
            self.note("compensation.plan.not_a_percentage", value=value)
            return None

    def number(self, name: str) -> Decimal | None:
        """The number there, with its decimals, None for none."""
        value = self.text(name)
        try:
            found = Decimal(value) if value else None
        except InvalidOperation:
            found = Decimal("NaN")
        if found is not None and not found.is_finite():
            self.note("compensation.files.not_a_number", value=value)
            return None
        return found

    def months(self, name: str) -> int:
        """The whole number of months there, 0 for none."""
        value = self.text(name)
        if value and not (value.isascii() and value.isdigit() and len(value) < 4):
            self.note("compensation.plan.not_a_number", value=value, least=1, most=999)
            return 0
        return int(value or 0)

    def note(self, key: str, **args: object) -> None:
        """Something is wrong here."""
        self.desk.problems.append(Problem(self.at, key, args))


@dataclass(frozen=True, slots=True)
class Kind:
    """A sheet: its columns, and what its rows become.

    `read` answers with fields of `Inputs`. `persons` names everybody a row speaks of. Of rows that agree in `key`, the
    one recorded last counts, when the sheet says when its rows were recorded.
    """

    name: str
    needed: tuple[str, ...]
    known: tuple[str, ...]
    key: tuple[str, ...]
    read: Callable[[Sequence[Row]], Mapping[str, tuple[Any, ...]]]
    persons: Callable[[Row], Iterable[str]]

    @property
    def columns(self) -> frozenset[str]:
        """Every column that means something here."""
        return frozenset((*self.needed, *self.known, RECORDED))


def person_column(row: Row) -> tuple[str, ...]:
    """Whoever stands in the column `person`: what most sheets name."""
    return (row.text("person"),)


def csv_sheet(kind: str, name: str, text: str) -> Sheet:
    """A CSV text with its header row; places are `name:line`. A row with more cells than the header is noted."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    rows: list[tuple[str, Mapping[str, str]]] = []
    problems: list[Problem] = []
    header: tuple[str, ...] = ()
    read = 0
    try:
        header = tuple(column.strip().lower() for column in reader.fieldnames or ())
        reader.fieldnames = header
        for row in reader:
            read = reader.line_num
            at = f"{name}:{read}"
            if None in row:
                problems.append(Problem(at, "compensation.files.too_many_cells", {"n": len(header)}))
            rows.append((at, {column: row[column] or "" for column in header}))
    except csv.Error:
        at = f"{name}:{max(read, min(1, len(header))) + 1}"
        problems.append(Problem(at, "compensation.files.not_csv"))
    return Sheet(kind, name, header, tuple(rows), tuple(problems))


def listed_sheet(kind: str, name: str, rows: Iterable[tuple[str, Mapping[str, str]]]) -> Sheet:
    """Rows that came as maps; every column of any of them is in the header."""
    given = tuple(rows)
    return Sheet(kind, name, tuple(dict.fromkeys(column for _, cells in given for column in cells)), given)


def rows_of(sheet: Sheet, kind: Kind, desk: Desk, as_of: datetime | None) -> tuple[Row, ...]:
    """The rows known at that instant (None: now), each as it was recorded last by then."""
    desk.problems.extend(sheet.problems)
    missing = [name for name in kind.needed if name not in sheet.header]
    if missing:
        args = {"names": ", ".join(missing)}
        desk.problems.append(Problem(f"{sheet.name}:1", "compensation.files.no_column", args))
        return ()
    rows = tuple(Row(at, cells, desk) for at, cells in sheet.rows)
    if RECORDED not in sheet.header:
        return rows
    dated = [(row.instant(RECORDED) or _EVER, row) for row in rows]
    known = [(since, row) for since, row in dated if as_of is None or since <= as_of]
    last: dict[tuple[str, ...], datetime] = {}
    for since, row in known:
        last[_key(kind, row)] = max(since, last.get(_key(kind, row), since))
    return tuple(row for since, row in known if since == last[_key(kind, row)])


def _key(kind: Kind, row: Row) -> tuple[str, ...]:
    return tuple(row.text(name) for name in kind.key)
