"""A small company that sells, and records as short as a test needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from spm_app.crm.domain.deals import Outcome, Owner
from spm_app.crm.domain.records import AccountRecord, CrmBatch, DealRecord, ProductRecord
from spm_app.kernel.ids import PersonId, TeamId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Company, NewPerson

START = date(2025, 1, 1)
SOMEBODY = PersonId(7)


@dataclass(frozen=True, slots=True)
class Staff:
    """`rep` and `left` report to `manager`; `other` sits in another team; `admin` imports, `trainer` sells nothing."""

    admin: Actor
    manager: Actor
    rep: Actor
    other: Actor
    trainer: Actor
    north: TeamId
    south: TeamId


def hire_staff() -> Staff:
    """A company with two teams of sellers."""
    admin = Actor(PersonId(1), "Ada Admin", frozenset({Role.COMP_ADMIN}))
    people.set_company(admin, Company("Prova", Currency("EUR"), FiscalCalendar()))
    title = people.add_title(admin, "REP", "Account executive")
    sales = people.add_team(admin, "SALES", "Sales", from_day=START)
    north = people.add_team(admin, "NORTH", "North", from_day=START, parent_id=sales)
    south = people.add_team(admin, "SOUTH", "South", from_day=START, parent_id=sales)

    def hire(name: str, role: Role, **seat: Any) -> Actor:
        person_id = people.hire(admin, NewPerson(name, START, **seat))
        return Actor(person_id, name, frozenset({role}))

    hired = hire("Ada Admin", Role.COMP_ADMIN)
    manager = hire("Mara Manager", Role.MANAGER, title_id=title, team_id=north)
    rep = hire("Rino Rep", Role.REP, title_id=title, team_id=north, manager_id=manager.person_id)
    other = hire("Olga Other", Role.REP, title_id=title, team_id=south)
    return Staff(hired, manager, rep, other, hire("Tina Trainer", Role.TRAINER), north, south)


def product(external_id: str = "GTX Pro", price: str | None = "4821") -> ProductRecord:
    """Something to sell."""
    return ProductRecord(external_id, external_id, family="GTX", list_price=Money.of(price) if price else None)


def account(external_id: str = "Acme", **more: Any) -> AccountRecord:
    """Somebody to sell to."""
    return AccountRecord(external_id, **({"name": f"{external_id} Ltd", "sector": "retail"} | more))


def deal(external_id: str = "D1", **more: Any) -> DealRecord:
    """A deal won in November unless said otherwise."""
    facts: dict[str, Any] = {
        "name": f"Deal {external_id}",
        "stage": "Won",
        "outcome": Outcome.WON,
        "account": "Acme",
        "product": "GTX Pro",
        "amount": Money.of("1000"),
        "opened_on": date(2026, 9, 1),
        "close_on": date(2026, 11, 3),
    }
    return DealRecord(external_id, **(facts | more))


def open_deal(external_id: str = "O1", **more: Any) -> DealRecord:
    """A deal that is still open, with nothing known but its stage."""
    facts: dict[str, Any] = {"stage": "Proposal", "outcome": Outcome.OPEN, "close_on": None, "amount": None}
    return deal(external_id, **(facts | more))


def batch(*deals: DealRecord) -> CrmBatch:
    """Those deals, with the one product and the one account that they name."""
    return CrmBatch((product(),), (account(),), deals)


def owned(*people_ids: PersonId) -> tuple[Owner, ...]:
    """In equal parts, for one or two."""
    return tuple(Owner(each, 1_000_000 // len(people_ids)) for each in people_ids)
