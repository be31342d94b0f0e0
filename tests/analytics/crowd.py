"""Enough sellers for a leaderboard: each sells less than the one before, against quotas drawn alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from spm_app.crm import service as crm
from spm_app.crm.domain.records import CrmBatch
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import NewPerson
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal
from tests.crm.builders import START, account, deal, owned, product

if TYPE_CHECKING:
    from spm_app.crm.domain.records import DealRecord
    from spm_app.kernel.ids import TeamId
    from tests.compensation.office import Office

#: What each wins, against quotas that are alike.
WON = ("9000", "4000", "2000", "600", "400", "300")


@dataclass(frozen=True, slots=True)
class Crowd:
    """`sellers` from the best to the last; all of them in the manager's team."""

    manager: Actor
    sellers: tuple[Actor, ...]
    north: TeamId


def hire_crowd(office: Office) -> Crowd:
    """Sellers beside those of the office, with new quotas for all."""
    staff = office.staff
    seat = {
        "title_id": people.add_title(office.admin, "AE", "Seller"),
        "team_id": staff.north,
        "manager_id": staff.manager.person_id,
    }
    sellers: list[Actor] = []
    for at in range(len(WON)):
        new = NewPerson(f"Seller {at}", START, **seat)
        sellers.append(Actor(people.hire(office.admin, new), new.name, frozenset({Role.REP})))
    last = {"opened_on": date(2025, 9, 1), "close_on": date(2025, 11, 3)}
    deals: list[DealRecord] = []
    for at, (seller, won) in enumerate(zip(sellers, WON, strict=True)):
        own = owned(seller.person_id)
        deals += [
            deal(f"C{at}", owners=own, amount=Money.of("1000"), **last),
            deal(f"N{at}", owners=own, amount=Money.of(won)),
        ]
    crm.load(office.admin, CrmBatch((product(),), (account(),), tuple(deals)), "crowd")
    goal_id = planning.create_goal(office.admin, NewGoal("2026", Money.of("16000")))
    for actor, step in ((office.admin, "propose"), (office.finance, "approve"), (office.admin, "publish")):
        planning.step(actor, goal_id, step)
    return Crowd(staff.manager, tuple(sellers), staff.north)
