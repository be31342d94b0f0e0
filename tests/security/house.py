"""A small company with one account a role, and words in it that nobody may hear who should not."""

from __future__ import annotations

import hashlib
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

if TYPE_CHECKING:
    from collections.abc import Mapping

PASSWORD = "plenty-of-words-77"
#: What no stranger may ever be sent: each is part of what the house holds.
SECRETS = ("Zygmunt", "zygmunt@", "Quillfeather", "918273", "918,273", "918.273")
EUR = Currency("EUR")


def build() -> Mapping[Role, PersonId]:
    """Fill the empty database; who holds which role."""
    root = Actor(people.create_administrator("Root", "root", PASSWORD), "Root", frozenset(Role))
    people.set_company(root, Company("Quillfeather", EUR, FiscalCalendar()))
    title = people.add_title(root, "REP", "Seller")
    team = people.add_team(root, "QF", "Quillfeather North", from_day=date(2024, 1, 1))
    people.hire(
        root, NewPerson("Zygmunt Kowal", date(2024, 1, 1), "zygmunt@quill.example", title_id=title, team_id=team)
    )
    held: dict[Role, PersonId] = {}
    for role in Role:
        hired = NewPerson(f"Holder {role.value}", date(2024, 1, 1), title_id=title, team_id=team)
        held[role] = people.hire(root, hired)
        people.create_account(root, held[role], NewAccount(role.value, PASSWORD, frozenset({role})))
        pay = Pay(Money.of("91827.30"), Money.of("1000.00"))
        people.set_pay(root, held[role], pay, date(2024, 1, 1))
    return held


def fingerprint() -> str:
    """Changes with any row of any table; being seen, and attempts at the door, are no change."""
    seen = hashlib.sha256()
    with db.engine().connect() as connection:
        for table in sorted(inspect(connection).get_table_names()):
            if table not in {"sign_in_attempt", "user_session"}:
                rows = sorted(repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"')))
                seen.update(f"{table}{rows}".encode())
    return seen.hexdigest()
