"""The company and its persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar, Layout
from spm_app.people.domain import Company, Engagement, Person
from spm_app.people.tables import CompanyRow, PersonRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from spm_app.infra.db import Work


def company(work: Work) -> Company | None:
    """The company, or None before it is set up."""
    row = work.session.get(CompanyRow, 1)
    if row is None:
        return None
    calendar = FiscalCalendar(row.first_month, Layout(row.layout), row.zone)
    return Company(row.name, Currency(row.currency), calendar, row.language)


def set_company(work: Work, company: Company) -> None:
    """Keep it, in place of what was known."""
    row = work.session.get(CompanyRow, 1) or CompanyRow(id=1)
    row.name, row.currency, row.language = company.name, company.currency.code, company.language
    row.first_month, row.layout, row.zone = (
        company.calendar.first_month,
        company.calendar.layout.value,
        company.calendar.zone,
    )
    work.session.add(row)
    work.session.flush()


def persons(work: Work, ids: Iterable[PersonId] | None = None) -> tuple[Person, ...]:
    """In order of their names; all of them, or those with these ids."""
    query = _in_order(select(PersonRow))
    if ids is not None:
        query = query.where(PersonRow.id.in_([int(each) for each in ids]))
    return tuple(_person(row) for row in work.session.scalars(query))


def person(work: Work, person_id: PersonId) -> Person:
    """One person. Raises NotFound."""
    return _person(_row(work, person_id))


def sharing(work: Work, person: Person) -> tuple[Person, ...]:
    """Other persons with the same e-mail address or external id."""
    same = or_(PersonRow.email == (person.email or None), PersonRow.external_id == (person.external_id or None))
    query = _in_order(select(PersonRow).where(PersonRow.id != person.id, same))
    return tuple(_person(row) for row in work.session.scalars(query))


def add(work: Work, person: Person) -> PersonId:
    """Keep a new person; the id of the value is not looked at."""
    row = PersonRow(hired_on=person.hired_on)
    _fill(row, person)
    work.session.add(row)
    work.session.flush()
    return PersonId(row.id)


def change(work: Work, person: Person) -> None:
    """Keep what is known of the person now."""
    _fill(_row(work, person.id), person)
    work.session.flush()


def set_language(work: Work, person_id: PersonId, language: str) -> None:
    """Keep the language that the person reads."""
    _row(work, person_id).language = language
    work.session.flush()


def _row(work: Work, person_id: PersonId) -> PersonRow:
    row = work.session.get(PersonRow, person_id)
    if row is None:
        raise NotFound("people.person_unknown")
    return row


def _fill(row: PersonRow, person: Person) -> None:
    row.external_id, row.email = person.external_id or None, person.email or None
    row.name, row.hired_on, row.left_on, row.language = person.name, person.hired_on, person.left_on, person.language
    row.engagement = person.engagement.value


def _in_order(query: Select[PersonRow]) -> Select[PersonRow]:
    return query.order_by(PersonRow.name, PersonRow.id)


def _person(row: PersonRow) -> Person:
    return Person(
        id=PersonId(row.id),
        external_id=row.external_id or "",
        name=row.name,
        email=row.email or "",
        hired_on=row.hired_on,
        left_on=row.left_on,
        language=row.language,
        engagement=Engagement(row.engagement),
    )
