"""The four of these tests, hired through the front door of people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.infra.db import unit_of_work
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Company, NewAccount, NewPerson
from tests.conftest import NOW

if TYPE_CHECKING:
    from spm_app.kernel.ids import TeamId

HIRED_ON = NOW.date() - timedelta(days=400)
PASSWORD = "correct horse battery"


def hire_four() -> tuple[Actor, Actor, Actor, Actor]:
    """A trainer, a manager, a rep who reports to the manager, and a rep of another team."""
    admin = Actor(PersonId(9_999), "Ada", frozenset({Role.SYSADMIN}))
    people.set_company(admin, Company("Test", Currency("EUR"), FiscalCalendar()))
    title = people.add_title(admin, "SELL", "Seller")
    ours = people.add_team(admin, "OURS", "Ours", from_day=HIRED_ON)
    theirs = people.add_team(admin, "THEIRS", "Theirs", from_day=HIRED_ON)

    def hired(name: str, role: Role, team: TeamId, manager: PersonId | None = None) -> PersonId:
        new = NewPerson(name, HIRED_ON, title_id=title, team_id=team, manager_id=manager)
        person_id = people.hire(admin, new)
        people.create_account(admin, person_id, NewAccount(name.lower(), PASSWORD, frozenset({role})))
        return person_id

    trainer = hired("Tina", Role.TRAINER, theirs)
    manager = hired("Max", Role.MANAGER, ours)
    rep = hired("Rita", Role.REP, ours, manager)
    other = hired("Otto", Role.REP, theirs)
    return actor(trainer), actor(manager), actor(rep), actor(other)


def actor(person_id: PersonId) -> Actor:
    """The person as one who acts."""
    with unit_of_work() as work:
        return people.actor_for(work, person_id)
