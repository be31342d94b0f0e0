"""Persons, seats and lines as short as a test needs, and a house of five to hire into a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spm_app.kernel.effective import Dated
from spm_app.kernel.ids import PersonId, PositionId, TeamId, TitleId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import FiscalCalendar, Period
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Company, NewAccount, NewPerson, Person, Seat
from spm_app.people.domain.tree import Line

START = date(2025, 1, 1)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1), "2026")
GOOD = "correct horse battery"


def person(number: int, name: str = "", hired_on: date = START, left_on: date | None = None) -> Person:
    return Person(PersonId(number), f"E{number}", name or f"Person {number}", f"p{number}@x.example", hired_on, left_on)


def seat(of: int, start: date = START, end: date | None = None, *, team: int = 1, manager: int | None = None) -> Seat:
    return Seat(
        person_id=PersonId(of),
        position_id=PositionId(of),
        position_code=f"REP-{of}",
        title_code="REP",
        team_id=TeamId(team),
        team_code=f"T{team}",
        team_name=f"Team {team}",
        manager_id=None if manager is None else PersonId(manager),
        start=start,
        end=end,
    )


def line(of: int, manager: int, start: date = START, end: date | None = None) -> Line:
    return Line(PersonId(of), Dated(PersonId(manager), start, end))


@dataclass(frozen=True, slots=True)
class House:
    """`rep` reports to `lead`, who reports to `boss`; `office` writes people and pay, `root` manages accounts."""

    root: Actor
    office: Actor
    boss: Actor
    lead: Actor
    rep: Actor
    title: TitleId
    senior: TitleId
    sales: TeamId
    north: TeamId


def hire_house() -> House:
    """The five, with accounts."""
    root_id = people.create_administrator("Rita Root", "root", GOOD)
    root = Actor(root_id, "Rita Root", frozenset({Role.SYSADMIN}))
    people.set_company(root, Company("Prova", Currency("EUR"), FiscalCalendar()))
    title, senior = people.add_title(root, "REP", "Seller"), people.add_title(root, "SENIOR", "Senior seller")
    sales = people.add_team(root, "SALES", "Sales", from_day=START)
    north = people.add_team(root, "NORTH", "North", from_day=START, parent_id=sales)
    office = _hire(root, NewPerson("Olga Office", START), Role.COMP_ADMIN)
    boss = _hire(root, NewPerson("Bruno Boss", START, title_id=senior, team_id=sales), Role.MANAGER)
    lead = _hire(
        root,
        NewPerson("Lia Lead", START, title_id=senior, team_id=north, manager_id=boss.person_id),
        Role.MANAGER,
    )
    rep = _hire(
        root,
        NewPerson("Remo Rep", START, "remo@x.example", "E-9", title_id=title, team_id=north, manager_id=lead.person_id),
        Role.REP,
    )
    return House(root, office, boss, lead, rep, title, senior, sales, north)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def _hire(root: Actor, new: NewPerson, role: Role) -> Actor:
    person_id = people.hire(root, new)
    people.create_account(root, person_id, NewAccount(new.name.split()[0], GOOD, frozenset({role})))
    return Actor(person_id, new.name, frozenset({role}))
