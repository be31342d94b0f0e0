"""What a request means, now: its rows as records, its words as our people, products and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.crm.domain import cells
from spm_app.crm.domain.compare import Line
from spm_app.crm.domain.deals import Outcome
from spm_app.crm.domain.imports import Counts, Finding, Kind, Lines
from spm_app.crm.domain.mapping import Act, Asked
from spm_app.crm.domain.records import AccountRecord, ProductRecord
from spm_app.crm.domain.staffing import Staffing, spoken, staffing
from spm_app.crm.domain.transcribe import (
    Meant,
    PersonRecord,
    accounts_of,
    deals_of,
    persons_of,
    places_of,
    products_of,
)
from spm_app.crm.service import hiring
from spm_app.crm.service.drafting import ask
from spm_app.infra import clock
from spm_app.kernel.money import Currency
from spm_app.kernel.period import Grain
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from spm_app.crm.domain.layout import Table
    from spm_app.crm.domain.mapping import Request
    from spm_app.crm.domain.records import DealRecord
    from spm_app.crm.service.drafting import Question
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Actor

    Tables = Mapping[Kind, Table]


@dataclass(frozen=True, slots=True)
class Understood:
    """The rows as records, and what was done about people on the way."""

    lines: Lines
    counts: dict[Kind, Counts]
    findings: tuple[Finding, ...]
    hired: tuple[str, ...]


def understand(work: Work, actor: Actor, request: Request, tables: Tables) -> Understood:
    """Hire whom the request brings, then read every row."""
    asked = ask(work, request, tables)
    plan, counts, findings = _staff(work, request, tables, asked)
    ids = hiring.create(work, actor, plan, _first_day(work, request, tables))

    currency = Currency(request.currency)
    product_file, account_file, deal_file = (request.of(kind) for kind in (Kind.PRODUCT, Kind.ACCOUNT, Kind.DEAL))
    products = products_of(tables[Kind.PRODUCT], product_file, currency) if product_file else []
    accounts = accounts_of(tables[Kind.ACCOUNT], account_file) if account_file else []
    meant = _meant(asked, ids, accounts)
    deals = deals_of(tables[Kind.DEAL], deal_file, currency, meant) if deal_file else []
    return Understood(Lines(products, accounts, deals), counts, findings, tuple(e.record.name for e in plan.created))


def with_missing(lines: Lines, request: Request, named: Mapping[Kind, frozenset[str]]) -> Lines:
    """The same with the accounts and products that only deals name, where the request says that they are created.

    `named` are those that we have.
    """
    products, accounts = list(lines.products), list(lines.accounts)
    if request.makes_products:
        taken = named[Kind.PRODUCT] | _ids(products)
        products += [Line(row, ProductRecord(name, name)) for name, row in _new(lines.deals, "product", taken)]
    if request.makes_accounts:
        taken = named[Kind.ACCOUNT] | _ids(accounts)
        accounts += [Line(row, AccountRecord(name, name)) for name, row in _new(lines.deals, "account", taken)]
    return Lines(products, accounts, lines.deals)


def _staff(
    work: Work, request: Request, tables: Tables, asked: Sequence[Question]
) -> tuple[Staffing, dict[Kind, Counts], tuple[Finding, ...]]:
    file = request.of(Kind.PERSON)
    lines = persons_of(tables[Kind.PERSON], file) if file else []
    owners = [PersonRecord(" ".join(each.value.split())) for each in asked if _is_new_person(each, request)]
    plan = staffing(lines, owners, set(people.person_ids_by_name(work)))
    refused = len(plan.refused)
    counts = {Kind.PERSON: Counts(len(lines), len(lines) - refused - plan.known, 0, plan.known, refused)}
    findings = (Finding(Kind.PERSON, line.row, problem) for line in plan.refused for problem in line.problems)
    return plan, counts if file else {}, tuple(findings)


def _is_new_person(question: Question, request: Request) -> bool:
    if question.asked is not Asked.OWNER:
        return False
    return question.meaning.act is Act.CREATE if question.meaning else request.makes_people


def _first_day(work: Work, request: Request, tables: Tables) -> date:
    """From when people are here: as asked for, else from the quarter in which the earliest deal began."""
    if request.staff_since:
        return request.staff_since
    calendar = people.company(work).calendar
    file = request.of(Kind.DEAL)
    days = list(_days(tables[Kind.DEAL], file.columns, file.layout.days)) if file else []
    return calendar.containing(min(days, default=calendar.day_of(clock.now())), Grain.QUARTER).start


def _days(table: Table, columns: Mapping[str, str], order: str) -> Iterable[date]:
    places = places_of(table, columns)
    for name in ("opened_on", "close_on"):
        if name in places:
            yield from (found for row in table.rows if (found := cells.day(row.cells[places[name]], order)))


def _meant(asked: Sequence[Question], ids: Mapping[str, PersonId], accounts: Sequence[Line[AccountRecord]]) -> Meant:
    meanings = [(each.asked, each.value, each.meaning) for each in asked if each.meaning is not None]
    return Meant(
        outcomes={value: Outcome(meaning.target) for at, value, meaning in meanings if at is Asked.STAGE},
        owners=dict(_owners(asked, ids)),
        products={value: meaning.target for at, value, meaning in meanings if at is Asked.PRODUCT},
        accounts={line.record.name: line.record.external_id for line in accounts if line.record},
    )


def _owners(asked: Sequence[Question], ids: Mapping[str, PersonId]) -> Iterable[tuple[str, PersonId | None]]:
    """Whom each name stands for; a name that is left out stands for None, and one that nobody has is not here."""
    for each in asked:
        if each.asked is not Asked.OWNER:
            continue
        if each.meaning and each.meaning.act is Act.LEAVE:
            yield each.value, None
        else:
            name = each.meaning.target if each.meaning and each.meaning.act is Act.IS else each.value
            if spoken(name) in ids:
                yield each.value, ids[spoken(name)]


def _ids(lines: Sequence[Line[ProductRecord]] | Sequence[Line[AccountRecord]]) -> set[str]:
    return {line.record.external_id for line in lines if line.record}


def _new(deals: Sequence[Line[DealRecord]], name: str, taken: frozenset[str]) -> Iterable[tuple[str, int]]:
    """The names that deals use and nobody knows, each with the first row that has it."""
    found: dict[str, int] = {}
    for line in deals:
        word: str = getattr(line.record, name) if line.record else ""
        if word and word not in taken:
            found.setdefault(word, line.row)
    return found.items()
