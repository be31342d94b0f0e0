"""The people of the demo company, through the front door of people: hired, promoted, moved, gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from spm_app.demo.company import CALENDAR, EUR, NAME
from spm_app.demo.guides import GUIDES, PASSWORD
from spm_app.demo.people import PAY, TEAMS, TITLES, address
from spm_app.infra.db import reading
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.people.domain import Company, NewAccount, NewPerson, Pay, SeatChange

if TYPE_CHECKING:
    from datetime import date

    from spm_app.demo.company import DemoCompany
    from spm_app.demo.diary import Diary
    from spm_app.demo.people import Seating, Staff
    from spm_app.kernel.ids import PersonId, TeamId, TitleId
    from spm_app.kernel.rights import Actor


@dataclass(slots=True)
class Office:
    """Who is who, once they are hired: the ids behind the keys of the generated company, and the guides as actors."""

    company: DemoCompany
    ids: dict[str, PersonId] = field(default_factory=dict[str, "PersonId"])
    titles: dict[str, TitleId] = field(default_factory=dict[str, "TitleId"])
    teams: dict[str, TeamId] = field(default_factory=dict[str, "TeamId"])

    def id_of(self, key: str) -> PersonId:
        """The person behind a key of the generated company."""
        return self.ids[key]

    def guide(self, role: Role) -> Actor:
        """Who acts for that role, as the database knows them now."""
        name = next(each.name for each in GUIDES if each.role is role)
        return self.actor(next(each.key for each in self.company.staff if each.name == name))

    def actor(self, key: str) -> Actor:
        """That person as one who acts."""
        with reading() as work:
            return people.actor_for(work, self.ids[key])


def note_people(diary: Diary, company: DemoCompany) -> Office:
    """Note the founding and everything that happens to people; whoever was there before is entered at the founding."""
    office, first = Office(company), company.window.start
    founding = first - timedelta(days=14)
    diary.on(founding, partial(_found, office, founding))
    for person in company.staff:
        if not _is_systems(person):
            diary.on(max(person.hired_on, founding), partial(_hire, office, person), hour=10)
    for person in company.staff:
        _note_changes(diary, office, person)
    return office


def _note_changes(diary: Diary, office: Office, person: Staff) -> None:
    for seating in person.seats:
        day = max(seating.from_day, office.company.window.start - timedelta(days=14))
        if seating.title in PAY:
            diary.on(day, partial(_pay, office, person, seating), hour=12)
        if seating is not person.seats[0]:
            diary.on(day, partial(_seat, office, person, seating), hour=11)
    if person.left_on is not None:
        last_day = person.left_on - timedelta(days=1)
        diary.on(person.left_on, partial(_leave, office, person, last_day))


def _found(office: Office, day: date) -> None:
    """The installation: the administrator, the company, its titles and its tree of teams."""
    systems = next(each for each in office.company.staff if _is_systems(each))
    admin_id = people.create_administrator(systems.name, systems.email, PASSWORD, systems.email)
    office.ids[systems.key] = admin_id
    admin = office.guide(Role.SYSADMIN)
    people.set_company(admin, Company(NAME, EUR, CALENDAR, "it"))
    office.titles |= {code: people.add_title(admin, code, name) for code, name in TITLES.items()}
    earliest = min(each.hired_on for each in office.company.staff)
    for code, name, above in TEAMS:
        office.teams[code] = people.add_team(admin, code, name, from_day=earliest, parent_id=office.teams.get(above))
    people.move(admin, admin_id, _change(office, systems.seats[0], day))


def _hire(office: Office, person: Staff) -> None:
    admin, seat = office.guide(Role.SYSADMIN), person.seats[0]
    new = NewPerson(
        name=person.name,
        hired_on=person.hired_on,
        email=person.email,
        external_id=person.key,
        language=person.language,
        title_id=office.titles[seat.title],
        team_id=office.teams[seat.team],
        manager_id=office.ids.get(seat.manager),
    )
    office.ids[person.key] = people.hire(admin, new)
    if person.roles:
        account = NewAccount(address(person.name), PASSWORD, person.roles)
        people.create_account(admin, office.ids[person.key], account)


def _seat(office: Office, person: Staff, seating: Seating) -> None:
    people.move(office.guide(Role.SYSADMIN), office.ids[person.key], _change(office, seating, seating.from_day))


def _pay(office: Office, person: Staff, seating: Seating) -> None:
    base, incentive = (Money.of(amount, EUR) for amount in PAY[seating.title])
    people.set_pay(office.guide(Role.COMP_ADMIN), office.ids[person.key], Pay(base, incentive), seating.from_day)


def _leave(office: Office, person: Staff, last_day: date) -> None:
    people.leave(office.guide(Role.SYSADMIN), office.ids[person.key], last_day)


def _change(office: Office, seating: Seating, day: date) -> SeatChange:
    return SeatChange(office.titles[seating.title], office.teams[seating.team], office.ids.get(seating.manager), day)


def _is_systems(person: Staff) -> bool:
    return Role.SYSADMIN in person.roles
