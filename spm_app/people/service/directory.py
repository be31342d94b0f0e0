"""What the screens of people read: the directory, the chart, one person's card, and pay behind a door of its own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import NotFound
from spm_app.kernel.period import Period
from spm_app.kernel.rights import Permission, require
from spm_app.people.domain import directory
from spm_app.people.service import facts
from spm_app.people.store import accounts
from spm_app.people.store import pay as pays

if TYPE_CHECKING:
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.effective import Dated
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Actor
    from spm_app.people.domain import Account, Pay, Person, Seat, Team, Title
    from spm_app.people.domain.directory import Listed, OrgTeam, Wanted


@dataclass(frozen=True, slots=True)
class People:
    """One page of the directory, and how many there are in all."""

    lines: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Card:
    """All that one page says of a person, without pay. `account` only for whoever may see it."""

    person: Person
    status: str
    seats: tuple[Seat, ...]
    names: dict[PersonId, str]
    titles: dict[str, str]
    account: Account | None
    may_change: bool
    may_see_pay: bool
    may_set_pay: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What the dialogs offer: titles, teams and whoever works here, as of today."""

    titles: tuple[Title, ...]
    teams: tuple[Team, ...]
    persons: tuple[Person, ...]
    today: date


def today(work: Work) -> date:
    """The day it is where the company is; by UTC before it is set up."""
    with suppress(NotFound):
        return facts.company(work).calendar.day_of(clock.now())
    return clock.now().date()


def people_page(actor: Actor, wanted: Wanted) -> People:
    """The directory as of today. Everybody may read it: names, seats and managers are no secret in a company."""
    require(actor, Permission.READ_PEOPLE)
    with reading() as work:
        lines = _lines(work, today(work))

    found = directory.chosen(lines, wanted)
    return People(tuple(found[wanted.skip : wanted.skip + wanted.size]), len(found))


def org_chart(actor: Actor, day: date | None = None) -> tuple[date, tuple[OrgTeam, ...]]:
    """Who sat where on that day, as a tree of teams; today when no day is given."""
    require(actor, Permission.READ_PEOPLE)
    with reading() as work:
        on = day or today(work)
        teams, lines = facts.teams(work, on), _lines(work, on)

    return on, directory.chart(teams, [each for each in lines if each.status == directory.HERE])


def card(actor: Actor, person_id: PersonId) -> Card:
    """One person with every seat they ever had, oldest first. Raises NotFound."""
    require(actor, Permission.READ_PEOPLE)
    with reading() as work:
        person = facts.person(work, person_id)
        everybody = {each.id: each.name for each in facts.persons(work)}
        titles = {each.code: each.name for each in facts.titles(work)}
        seats = facts.seats(work, facts.EVER, [person_id])
        on = today(work)
        shown = person_id == actor.person_id or actor.may(Permission.MANAGE_ACCOUNTS)
        account = accounts.account(work, person_id) if shown and accounts.has_account(work, person_id) else None

    return Card(
        person=person,
        status=directory.status_on(person, on),
        seats=seats,
        names={each: everybody[each] for each in {seat.manager_id for seat in seats} if each is not None},
        titles=titles,
        account=account,
        may_change=actor.may(Permission.WRITE_PEOPLE),
        may_see_pay=_may_see_pay(actor, person_id),
        may_set_pay=actor.may(Permission.WRITE_BASE_PAY) and person_id != actor.person_id,
    )


def pay_history(actor: Actor, person_id: PersonId) -> tuple[Dated[Pay], ...]:
    """Base pay and target incentive over time, one's own or with the permission; looking at another's is recorded."""
    if not _may_see_pay(actor, person_id):
        require(actor, Permission.READ_BASE_PAY)
    with unit_of_work() as work:
        person = facts.person(work, person_id)
        timeline = pays.timelines(work, [person_id]).get(person_id)

        if person.id != actor.person_id:
            audit.record(work, actor, "person.pay_read", f"person:{person_id}")
    return timeline.steps if timeline else ()


def choices(actor: Actor) -> Choices:
    """For whoever hires and moves."""
    require(actor, Permission.WRITE_PEOPLE)
    with reading() as work:
        on = today(work)
        here = tuple(each for each in facts.persons(work) if directory.status_on(each, on) != directory.GONE)
        return Choices(facts.titles(work), facts.teams(work, on), here, on)


def team_names(actor: Actor) -> tuple[str, ...]:
    """The teams there are today, for the filter of the directory."""
    require(actor, Permission.READ_PEOPLE)
    with reading() as work:
        return tuple(each.name for each in facts.teams(work, today(work)))


def _lines(work: Work, day: date) -> list[Listed]:
    titles = {each.code: each.name for each in facts.titles(work)}
    seats = facts.seats(work, Period(day, day + timedelta(days=1)))
    return directory.listed(facts.persons(work), seats, titles, day)


def _may_see_pay(actor: Actor, person_id: PersonId) -> bool:
    return actor.person_id == person_id or actor.may(Permission.READ_BASE_PAY)
