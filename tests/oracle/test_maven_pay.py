"""A real CRM, imported, planned and calculated as people would, beside plain arithmetic over its files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import pytest

from spm_app.compensation.service import plans, runs, statements
from spm_app.compensation.service.statements import LineQuery
from spm_app.crm import service as crm
from spm_app.infra.db import reading
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Company
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal
from tests.crm.maven import BESIDE, maven_files
from tests.oracle import maven_pay

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from spm_app.compensation.domain.records import StatementLine
    from spm_app.compensation.service.statements import Head

pytestmark = pytest.mark.slow
ADMIN = Actor(PersonId(9001), "Ada Admin", frozenset({Role.COMP_ADMIN}))
FINANCE = Actor(PersonId(9002), "Fina Finance", frozenset({Role.FINANCE}))
QUARTER = FiscalCalendar().parse("2017-Q4")


@dataclass(frozen=True)
class Paid:
    """The files, the quotas by name in cents, the outcome of the run and its statements."""

    files: dict[str, Path]
    quotas: dict[str, int]
    outcome: runs.Outcome
    heads: tuple[Head, ...]

    def components(self) -> dict[tuple[str, str], int]:
        """Earned in cents by payee and component, as the statements say."""
        views = [statements.statement(ADMIN, head.statement.id) for head in self.heads]
        return {
            (view.head.statement.payee_name, each.component): each.earned.minor
            for view in views
            for each in view.components
        }


@pytest.fixture
def paid(database: str, fixed_clock: datetime, tmp_path: Path) -> Paid:
    """Imported, given quotas, planned by one and approved by another, calculated."""
    del database, fixed_clock
    paths = maven_files(tmp_path)
    people.set_company(ADMIN, Company("MavenTech", Currency("USD"), FiscalCalendar()))
    uploads = [(path.name, path.read_bytes()) for path in paths]
    crm.import_now(ADMIN, crm.draft(ADMIN, uploads, crm.mapping_named(ADMIN, "crm_maven")))
    files = {path.stem: path for path in paths}
    _agree_on_goal(maven_pay.won_in_quarter(files))
    for text in (maven_pay.SELLERS, maven_pay.LEADERS):
        _publish(text)
    outcome = runs.calculate_period(ADMIN, QUARTER.code)
    return Paid(files, _quotas(), outcome, statements.statements(ADMIN, QUARTER.code))


def _agree_on_goal(won: list[maven_pay.Won]) -> None:
    """A goal that is split by the program, then set by hand for whoever sold: below, near and above what they sold."""
    sold = Counter[str]()
    for deal in won:
        sold[deal.seller] += deal.cents
    goal = Money.from_minor(8 * sold.total() + 17, Currency("USD"))
    goal_id = planning.create_goal(ADMIN, NewGoal("2017", goal, title_codes=frozenset({"REP"})))
    with reading() as work:
        ids = people.person_ids_by_name(work)
    for at, (seller, cents) in enumerate(sorted(sold.items())):
        revision = planning.goal(ADMIN, goal_id).goal.revision
        quota = cents * (60 + 3 * at) // 100 + at
        planning.edit(ADMIN, goal_id, f"p{ids[seller.casefold()]}q4", quota, revision=revision)
    for actor, step in ((ADMIN, "propose"), (FINANCE, "approve"), (ADMIN, "publish")):
        planning.step(actor, goal_id, step)


def _publish(text: str) -> None:
    version = plans.save_draft(ADMIN, text)
    plans.propose(ADMIN, version)
    plans.approve(FINANCE, version)
    plans.publish(ADMIN, version)


def _quotas() -> dict[str, int]:
    with reading() as work:
        names = {each.id: each.name for each in people.persons(work)}
        return {names[each.person_id]: each.amount.minor for each in planning.quotas(work, QUARTER)}


def test_every_payee_earns_to_the_cent_what_the_files_say(paid: Paid) -> None:
    expected = maven_pay.pay(paid.files, paid.quotas)

    assert paid.components() == expected
    due = Counter[str]()
    for (payee, _), cents in expected.items():
        due[payee] += cents
    assert {head.statement.payee_name: head.due.minor for head in paid.heads} == dict(due)
    assert (paid.outcome.total.minor, paid.outcome.payees) == (due.total(), len(due))
    _is_worth_comparing(paid, expected)
    _credits_each_deal_once(paid)


def _is_worth_comparing(paid: Paid, expected: dict[tuple[str, str], int]) -> None:
    """Somebody stands below, inside and above the bands; somebody sold nothing; every component pays."""
    sold = Counter[str]()
    for deal in maven_pay.won_in_quarter(paid.files):
        sold[deal.seller] += deal.cents
    reached = [sold[name] / quota for name, quota in paid.quotas.items()]
    for low, high in ((-1, 0), (0, 0.75), (0.75, 1), (1, 99)):
        assert any(low < share <= high for share in reached), (low, high)
    for code in ("sales", "gtx-pro", "large", "override"):
        assert any(cents for (_, own), cents in expected.items() if own == code), code


def _credits_each_deal_once(paid: Paid) -> None:
    """To its owner, and to the owner's lead."""
    won = maven_pay.won_in_quarter(paid.files)
    for code in ("sales", "override"):
        credits_ = [line.credit.minor for head in paid.heads for line in _lines(head.statement.id, code)]
        assert (len(credits_), sum(credits_)) == (len(won), sum(deal.cents for deal in won))


def _lines(statement_id: int, component: str) -> tuple[StatementLine, ...]:
    found, count = statements.lines(ADMIN, statement_id, LineQuery(component=component, limit=10_000))
    assert len(found) == count
    return found


def test_the_files_hold_what_is_known_of_them(tmp_path: Path) -> None:
    """Made-up files, where Maven's own are not at hand, have totals of their own."""
    files = {path.stem: path for path in maven_files(tmp_path)}
    pipeline = files["sales_pipeline"]
    if BESIDE in pipeline.parents:
        assert _asked(pipeline, "") == (4_238, 10_005_534)
    won = maven_pay.won_in_quarter(files)
    in_quarter = f"AND close_date BETWEEN '{maven_pay.FIRST}' AND '{maven_pay.LAST}'"
    assert _asked(pipeline, in_quarter) == (len(won), sum(deal.cents for deal in won) // 100)


def _asked(pipeline: Path, more: str) -> tuple[int, int]:
    """How many deals are won, and what they are worth, by SQL."""
    with duckdb.connect() as connection:
        connection.read_csv(str(pipeline), header=True).create_view("pipeline")
        sql = f"SELECT count(*), sum(close_value)::BIGINT FROM pipeline WHERE deal_stage = 'Won' {more}"
        return connection.sql(sql).fetchall()[0]
