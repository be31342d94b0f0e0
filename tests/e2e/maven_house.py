"""An installation of MavenTech before its first payday: deals, people, quotas and the leads' plan are in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.service import plans
from spm_app.crm import service as crm
from spm_app.infra import db
from spm_app.infra.db import reading
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Company, NewAccount, NewPerson
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal
from tests.conftest import forget_settings
from tests.crm.maven import maven_files
from tests.databases import fresh_database
from tests.oracle import maven_pay

if TYPE_CHECKING:
    from pathlib import Path

    from spm_app.kernel.ids import PersonId

PASSWORD = "a word for the harbour"
USD = Currency("USD")
CALENDAR = FiscalCalendar()
#: Who works in the office: sign-in name, name and role.
STAFF = {
    "ada": ("Ada Admin", Role.COMP_ADMIN),
    "fina": ("Fina Finance", Role.FINANCE),
    "carlo": ("Carlo Controller", Role.FINANCE),
}


@dataclass(frozen=True)
class Cast:
    """Who plays: a seller who sold, the lead, a seller of the same team, and one of another; what each is to earn."""

    seller: str
    lead: str
    colleague: str
    stranger: str
    team: frozenset[str]
    due: dict[str, int]


def furnish(home: Path, language: str, spare: Path) -> Cast:
    """Fill the folder as people would, and give everybody of the story a sign-in in that language.

    Sellers and leads sign in by their names: `seller` and `lead`.
    """
    home.mkdir(parents=True)
    files = {path.stem: path for path in maven_files(spare)}
    with pytest.MonkeyPatch.context() as patch, fresh_database("sqlite", home):
        patch.setenv("SPM_HOME", str(home))
        for name in ("SPM_DATABASE_URL", "SPM_DEMO", "SPM_REDIS_URL"):
            patch.delenv(name, raising=False)
        forget_settings()
        quotas = _found(files, language)
        cast = _cast(files, quotas)
        _let_in(cast, language)
        db.engine().dispose()
    forget_settings()
    return cast


def _found(files: dict[str, Path], language: str) -> dict[str, int]:
    """The company, its staff, its CRM, its quotas and the leads' plan."""
    root = Actor(people.create_administrator("Sara System", "sara", PASSWORD), "Sara System", frozenset(Role))
    people.set_company(root, Company("MavenTech", USD, CALENDAR, language))
    actors = {name: _hire(root, *who, name) for name, who in STAFF.items()}
    uploads = [(path.name, path.read_bytes()) for path in files.values()]
    crm.import_now(actors["ada"], crm.draft(actors["ada"], uploads, crm.mapping_named(actors["ada"], "crm_maven")))

    worth = 5 * sum(deal.cents for deal in maven_pay.won_in_quarter(files))
    new = NewGoal("2017", Money.from_minor(worth, USD), title_codes=frozenset({"REP"}))
    goal_id = planning.create_goal(actors["ada"], new)
    for who, step in (("ada", "propose"), ("fina", "approve"), ("ada", "publish")):
        planning.step(actors[who], goal_id, step)
    version = plans.save_draft(actors["ada"], maven_pay.LEADERS)
    plans.propose(actors["ada"], version)
    plans.approve(actors["fina"], version)
    plans.publish(actors["ada"], version)
    with reading() as work:
        names = {each.id: each.name for each in people.persons(work)}
        return {names[q.person_id]: q.amount.minor for q in planning.quotas(work, CALENDAR.parse("2017-Q4"))}


def _hire(root: Actor, name: str, role: Role, sign_in_name: str) -> Actor:
    person_id = people.hire(root, NewPerson(name=name, hired_on=date(2016, 10, 1)))
    people.create_account(root, person_id, NewAccount(sign_in_name, PASSWORD, frozenset({role})))
    return Actor(person_id, name, frozenset({role}))


def _cast(files: dict[str, Path], quotas: dict[str, int]) -> Cast:
    sold, above = Counter[str](), maven_pay.managers(files)
    for deal in maven_pay.won_in_quarter(files):
        sold[deal.seller] += deal.cents
    seller = sold.most_common(1)[0][0]
    team = frozenset(name for name in above if above[name] == above[seller])
    due = Counter[str]()
    for (payee, _), cents in maven_pay.pay(files, quotas).items():
        due[payee] += cents
    return Cast(
        seller=seller,
        lead=above[seller],
        colleague=next(name for name, _ in sold.most_common() if name in team and name != seller),
        stranger=next(name for name, _ in sold.most_common() if name not in team),
        team=team,
        due=dict(due),
    )


def _let_in(cast: Cast, language: str) -> None:
    with reading() as work:
        ids = people.person_ids_by_name(work)
    root = Actor(ids["sara system"], "Sara System", frozenset(Role))
    for sign_in_name, name, role in (("seller", cast.seller, Role.REP), ("lead", cast.lead, Role.MANAGER)):
        people.create_account(root, ids[name.casefold()], NewAccount(sign_in_name, PASSWORD, frozenset({role})))
    for name in (cast.seller, cast.lead, *(name for name, _ in STAFF.values())):
        people.set_language(_as(ids[name.casefold()], name), language)


def _as(person_id: PersonId, name: str) -> Actor:
    return Actor(person_id, name, frozenset())
