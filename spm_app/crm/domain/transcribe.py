"""From the rows of a file to records: every cell read as its field, every slip kept with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from spm_app.crm.domain import cells
from spm_app.crm.domain.compare import Line
from spm_app.crm.domain.deals import Outcome, Owner
from spm_app.crm.domain.records import AccountRecord, DealRecord, ProductRecord
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from spm_app.crm.domain.layout import Layout, Row, Table
    from spm_app.crm.domain.mapping import FileRequest
    from spm_app.kernel.ids import PersonId

R = TypeVar("R", ProductRecord, AccountRecord, DealRecord)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody who works here, as a file says it; `manager` and `team` are names."""

    name: str
    external_id: str = ""
    email: str = ""
    manager: str = ""
    team: str = ""
    hired_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A row about a person."""

    row: int
    record: PersonRecord
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """What the words of a source stand for. An owner that stands for None is left out; who is not here is refused.

    `accounts` and `products` give external ids for the names that deals use; a name that is not here is taken as one.
    """

    outcomes: Mapping[str, Outcome]
    owners: Mapping[str, PersonId | None]
    products: Mapping[str, str]
    accounts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cells:
    """One row, asked by field; what cannot be read is noted in `problems`."""

    row: Row
    places: Mapping[str, int]
    layout: Layout
    problems: list[Problem] = field(default_factory=list[Problem])

    def text(self, name: str) -> str:
        """The cell of that field; empty when the file has no such column."""
        return self.row.cells[self.places[name]] if name in self.places else ""

    def day(self, name: str) -> date | None:
        """A day; None for an empty cell, and with a problem for an unreadable one."""
        text = self.text(name)
        found = cells.day(text, self.layout.days) if text else None
        if text and found is None:
            self.problems.append(Problem(name, "crm.problem.unreadable_day", {"value": text}))
        return found

    def money(self, name: str, currency: Currency) -> Money | None:
        """An amount; None for an empty cell, and with a problem for an unreadable one."""
        text = self.text(name)
        found = cells.number(text, self.layout.decimal) if text else None
        if text and found is None:
            self.problems.append(Problem(name, "crm.problem.unreadable_amount", {"value": text}))
        return None if found is None else Money(found, currency)


def products_of(table: Table, file: FileRequest, currency: Currency) -> list[Line[ProductRecord]]:
    """Products; without a column for the id, the name is the id."""

    def read(row: Cells, extra: dict[str, str]) -> ProductRecord:
        return ProductRecord(
            external_id=row.text("external_id") or row.text("name"),
            name=row.text("name"),
            code=row.text("code"),
            family=row.text("family"),
            list_price=row.money("list_price", currency),
            extra=extra,
        )

    return _lines(table, file, read)


def accounts_of(table: Table, file: FileRequest) -> list[Line[AccountRecord]]:
    """Customers; without a column for the id, the name is the id."""

    def read(row: Cells, extra: dict[str, str]) -> AccountRecord:
        return AccountRecord(
            external_id=row.text("external_id") or row.text("name"),
            name=row.text("name"),
            sector=row.text("sector"),
            country=row.text("country"),
            parent=row.text("parent"),
            extra=extra,
        )

    return _lines(table, file, read)


def deals_of(table: Table, file: FileRequest, currency: Currency, meant: Meant) -> list[Line[DealRecord]]:
    """Deals, with their words understood as `meant`; a deal without name is called by its id."""

    def read(row: Cells, extra: dict[str, str]) -> DealRecord:
        stage, product, account = row.text("stage"), row.text("product"), row.text("account")
        return DealRecord(
            external_id=row.text("external_id"),
            name=row.text("name") or row.text("external_id"),
            stage=stage,
            outcome=_outcome(row, stage, meant),
            account=meant.accounts.get(account, account),
            product=meant.products.get(product, product),
            amount=row.money("amount", currency),
            opened_on=row.day("opened_on"),
            close_on=row.day("close_on"),
            expected_close_on=row.day("expected_close_on"),
            owners=_owners(row, meant),
            extra=extra,
        )

    return _lines(table, file, read)


def persons_of(table: Table, file: FileRequest) -> list[PersonLine]:
    """People; only a name is needed."""
    places = places_of(table, file.columns)
    return [_person(_cells(row, places, file.layout)) for row in table.rows]


def places_of(table: Table, columns: Mapping[str, str]) -> dict[str, int]:
    """At which place of a row each field stands; a column that the file does not have is left out."""
    at = {name: place for place, name in enumerate(table.heading)}
    return {name: at[column] for name, column in columns.items() if column in at}


def values_of(table: Table, file: FileRequest, name: str) -> dict[str, int]:
    """The different words of one field, each with how often it comes, in order of their first row."""
    place = places_of(table, file.columns).get(name)
    found: dict[str, int] = {}
    for row in table.rows if place is not None else ():
        word = row.cells[place or 0]
        found[word] = found.get(word, 0) + 1
    found.pop("", None)
    return found


def _cells(row: Row, places: Mapping[str, int], layout: Layout) -> Cells:
    return Cells(row, places, layout, [row.flaw] if row.flaw else [])


def _lines(table: Table, file: FileRequest, read: Callable[[Cells, dict[str, str]], R]) -> list[Line[R]]:
    places = places_of(table, file.columns)
    taken = set(places.values())
    rest = [(place, name) for place, name in enumerate(table.heading) if place not in taken and name]
    lines: list[Line[R]] = []
    for row in table.rows:
        asked = _cells(row, places, file.layout)
        record = read(asked, {name: row.cells[place] for place, name in rest if row.cells[place]})
        lines.append(Line(row.number, record, tuple(asked.problems)))
    return lines


def _outcome(row: Cells, stage: str, meant: Meant) -> Outcome:
    found = meant.outcomes.get(stage)
    if found is None and stage:
        row.problems.append(Problem("stage", "crm.problem.unknown_stage", {"value": stage}))
    return found or Outcome.OPEN


def _owners(row: Cells, meant: Meant) -> tuple[Owner, ...]:
    name = row.text("owner")
    if name and name not in meant.owners:
        row.problems.append(Problem("owner", "crm.problem.unknown_owner", {"value": name}))
    person_id = meant.owners.get(name)
    return () if person_id is None else (Owner(person_id),)


def _person(row: Cells) -> PersonLine:
    record = PersonRecord(
        name=" ".join(row.text("name").split()),
        external_id=row.text("external_id"),
        email=row.text("email"),
        manager=" ".join(row.text("manager").split()),
        team=row.text("team"),
        hired_on=row.day("hired_on"),
    )
    if not record.name:
        row.problems.append(Problem("name", "crm.problem.missing"))
    return PersonLine(row.row.number, record, tuple(row.problems))
