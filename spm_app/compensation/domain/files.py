"""Inputs from plain CSV files: deals, people and quotas, as anyone can write them by hand.

deals: id, closed_on, amount, owner; and where known outcome, stage, product, account, opened_on. Several owners are
written with their shares: `Anna 60 %; Bruno 40 %`. people: person, title; and where known manager, from, to (the last
day). quotas: person, quota; and where there are several periods, period. Days are written 2026-01-31, amounts with a
point and without grouping. Other columns are let be.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.domain.condition import payable
from spm_app.compensation.domain.inputs import Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.errors import SpmError
from spm_app.kernel.problem import Problem
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period

_OWNER = re.compile(r"(?P<name>.+?)\s+(?P<share>[0-9.]+) ?%")
#: Before every deal: who has no first day has always been there.
_ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file by its name, for findings, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """What the files say, and the name behind each person's number."""

    inputs: Inputs
    names: Mapping[int, str]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Desk:
    """What is gathered while reading."""

    period: Period
    currency: Currency
    problems: list[Problem] = field(default_factory=list[Problem])


@dataclass(frozen=True, slots=True)
class _Row:
    """One row under its header; readings of its cells note what they cannot use."""

    at: str
    cells: Mapping[str, str]
    desk: _Desk

    def text(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            self.note("compensation.files.missing", name=name)
        return value

    def day(self, name: str) -> date | None:
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.note("compensation.plan.not_a_day", value=value)
            return None

    def money(self, name: str) -> int:
        value = self.needed(name)
        amount = payable(value, self.desk.currency)
        if amount is None and value:
            self.note("compensation.plan.not_an_amount", value=value, currency=self.desk.currency.code)
        return amount or 0

    def note(self, key: str, **args: object) -> None:
        self.desk.problems.append(Problem(self.at, key, args))


def read_files(deals: Sheet, people: Sheet, quotas: Sheet | None, *, period: Period, currency: Currency) -> Read:
    """Inputs of a calculation, with everything in the files that could not be used. Persons are numbered by name."""
    desk = _Desk(period, currency)
    sold = list(_rows(deals, ("id", "closed_on", "amount", "owner"), desk))
    held = list(_rows(people, ("person", "title"), desk))
    asked = [] if quotas is None else [each for each in _rows(quotas, ("person", "quota"), desk) if _is_due(each)]
    owners = {row.at: _owners(row) for row in sold}
    named = {name for parts in owners.values() for name, _ in parts}
    named |= {name for row in held for name in (row.needed("person"), row.text("manager")) if name}
    named |= {row.needed("person") for row in asked}
    number = {name: at for at, name in enumerate(sorted(named), 1)}
    inputs = Inputs(
        period=period,
        currency=currency,
        transactions=tuple(_deal(row) for row in sold),
        shares=tuple(Share(row.text("id"), number[name], part) for row in sold for name, part in owners[row.at]),
        seats=tuple(_seat(row, number) for row in held if row.text("person")),
        quotas=tuple(Quota(number[row.text("person")], row.money("quota")) for row in asked),
    )
    return Read(inputs, {at: name for name, at in number.items()}, tuple(desk.problems))


def _rows(sheet: Sheet, needed: tuple[str, ...], desk: _Desk) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(sheet.text.removeprefix("\ufeff")))
    header = [name.strip().lower() for name in reader.fieldnames or []]
    missing = [name for name in needed if name not in header]
    if missing:
        args = {"names": ", ".join(missing)}
        desk.problems.append(Problem(f"{sheet.name}:1", "compensation.files.no_column", args))
        return
    reader.fieldnames = header
    for row in reader:
        yield _Row(f"{sheet.name}:{reader.line_num}", {name: row[name] or "" for name in header}, desk)


def _is_due(row: _Row) -> bool:
    return row.text("period") in {"", row.desk.period.code}


def _owners(row: _Row) -> tuple[tuple[str, int], ...]:
    """One name alone owns the whole."""
    parts = [part.strip() for part in row.needed("owner").split(";") if part.strip()]
    if len(parts) == 1 and not _OWNER.fullmatch(parts[0]):
        return ((parts[0], WHOLE),)
    return tuple(_owner(part, row) for part in parts)


def _owner(part: str, row: _Row) -> tuple[str, int]:
    found = _OWNER.fullmatch(part)
    try:
        return (found["name"], Rate.percent(found["share"]).ppm) if found else _no_owner(part, row)
    except SpmError:
        return _no_owner(part, row)


def _no_owner(part: str, row: _Row) -> tuple[str, int]:
    row.note("compensation.files.owner_unreadable", value=part)
    return part, WHOLE


def _deal(row: _Row) -> Transaction:
    day = row.day("closed_on") if row.needed("closed_on") else None
    return Transaction(
        id=row.needed("id"),
        day=day or _ALWAYS,
        amount=row.money("amount"),
        outcome=row.text("outcome").lower() or "won",
        stage=row.text("stage") or None,
        product=row.text("product") or None,
        account=row.text("account") or None,
        opened_on=row.day("opened_on"),
    )


def _seat(row: _Row, number: Mapping[str, int]) -> Seat:
    last = row.day("to")
    return Seat(
        person_id=number[row.text("person")],
        title=row.needed("title"),
        manager_id=number.get(row.text("manager")),
        start=row.day("from") or _ALWAYS,
        end=None if last is None else last + timedelta(days=1),
    )
