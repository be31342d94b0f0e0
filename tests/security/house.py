"""A small company with one account a role, and words in it that nobody may hear who should not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from spm_app.infra import db
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Company, NewAccount, NewPerson, Pay
from tests.security import books

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.kernel.ids import TeamId, TitleId

PASSWORD = "plenty-of-words-77"
#: What no stranger may ever be sent, beside the canaries: each is part of what the house holds.
SECRETS = ("Zygmunt", "zygmunt@", "Quillfeather")
EUR = Currency("EUR")
START = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class House:
    """Who holds which role; who else sells; what each person's own figures and words are; who comes and goes."""

    held: Mapping[Role, PersonId]
    others: Mapping[str, PersonId]
    canaries: tuple[books.Canary, ...]
    late: PersonId

    def secrets_in(self, said: str) -> list[str]:
        """Those that a stranger was sent."""
        plain = books.plainly(said)
        words = [*SECRETS, *(each.word for each in self.canaries)]
        return [word for word in words if word in plain]


def build() -> House:
    """Fill the empty database: the north under who holds the role of manager, the south under Otto, and their books."""
    root = Actor(people.create_administrator("Root", "root", PASSWORD), "Root", frozenset(Role))
    people.set_company(root, Company("Quillfeather", EUR, FiscalCalendar()))
    seller, staff = people.add_title(root, "REP", "Seller"), people.add_title(root, "STAFF", "Staff")
    north = people.add_team(root, "QF", "Quillfeather North", from_day=START)
    south = people.add_team(root, "QS", "Quillfeather South", from_day=START)

    held = {role: _hold(root, role, staff, north) for role in Role if role is not Role.REP}
    above = held[Role.MANAGER]
    held[Role.REP] = _hold(root, Role.REP, seller, north, above)
    otto = people.hire(root, NewPerson("Otto Berg", START, title_id=staff, team_id=south))
    people.create_account(root, otto, NewAccount("otto", PASSWORD, frozenset({Role.MANAGER})))
    sellers = [
        held[Role.REP],
        people.hire(root, NewPerson("Nora Lind", START, title_id=seller, team_id=north, manager_id=above)),
        people.hire(root, NewPerson("Pia Quist", START, title_id=seller, team_id=south, manager_id=otto)),
        people.hire(
            root,
            NewPerson("Zygmunt Kowal", START, "zygmunt@quill.example", title_id=seller, team_id=south, manager_id=otto),
        ),
    ]
    people.create_account(root, sellers[2], NewAccount("pia", PASSWORD, frozenset({Role.REP})))
    for at, each in enumerate({*held.values(), otto, *sellers}, 1):
        people.set_pay(root, each, Pay(Money.of(f"{918273 + at}.40"), Money.of(f"{645500 + at}.70")), START)
    late = people.hire(root, NewPerson("Lena Late", START, title_id=staff, team_id=south))
    people.create_account(root, late, NewAccount("late", PASSWORD, frozenset({Role.REP})))
    others: dict[str, PersonId] = {
        "late": late,
        "otto": otto,
        "nora": sellers[1],
        "pia": sellers[2],
        "zygmunt": sellers[3],
    }
    return House(held, others, books.fill(held, sellers), late)


def _hold(root: Actor, role: Role, title: TitleId, team: TeamId, manager: PersonId | None = None) -> PersonId:
    new = NewPerson(f"Holder {role.value}", START, title_id=title, team_id=team, manager_id=manager)
    person_id = people.hire(root, new)
    people.create_account(root, person_id, NewAccount(role.value, PASSWORD, frozenset({role})))
    return person_id


def fingerprint() -> str:
    """Changes with any row of any table; being seen, and attempts at the door, are no change."""
    seen = hashlib.sha256()
    with db.engine().connect() as connection:
        for table in sorted(inspect(connection).get_table_names()):
            if table not in {"sign_in_attempt", "user_session"}:
                rows = sorted(repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"')))
                seen.update(f"{table}{rows}".encode())
    return seen.hexdigest()
