"""A whole foreign CRM goes in as it is, and comes out as plain SQL over its files says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome
from spm_app.crm.domain.imports import Counts, Kind
from spm_app.crm.domain.queries import DealQuery
from spm_app.infra.db import reading
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency, Money, total
from spm_app.kernel.period import FiscalCalendar, Period
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Company
from tests.crm.maven import maven_files

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from spm_app.crm.domain.imports import ImportResult
    from spm_app.crm.domain.mapping import Request

pytestmark = pytest.mark.slow
ADMIN = Actor(PersonId(1), "Ada Admin", frozenset({Role.COMP_ADMIN}))
USD = Currency("USD")
EVER = Period(date(2016, 1, 1), date(2019, 1, 1))


@pytest.fixture
def request_(database: str, fixed_clock: datetime, tmp_path: Path) -> Request:
    people.set_company(ADMIN, Company("MavenTech", USD, FiscalCalendar()))
    uploads = [(path.name, path.read_bytes()) for path in maven_files(tmp_path)]
    return crm.draft(ADMIN, uploads, crm.mapping_named(ADMIN, "crm_maven"))


def asked(tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    files = {path.stem: path for path in maven_files(tmp_path)}
    with duckdb.connect() as connection:
        for name, path in files.items():
            connection.read_csv(str(path), header=True).create_view(name)
        return connection.sql(sql).fetchall()


def imported(request: Request) -> ImportResult:
    return crm.import_now(ADMIN, request)


def test_nothing_is_lost(request_: Request, tmp_path: Path) -> None:
    before = crm.preview(ADMIN, request_)
    result = imported(request_)
    assert before.counts == result.counts
    assert result.findings == ()
    for kind, name in ((Kind.DEAL, "sales_pipeline"), (Kind.ACCOUNT, "accounts"), (Kind.PRODUCT, "products")):
        ((rows,),) = asked(tmp_path, f"SELECT count(*) FROM {name}")
        assert result.counts[kind] == Counts(read=rows, created=rows)

    ((won, worth),) = asked(
        tmp_path, "SELECT count(*), sum(close_value)::BIGINT FROM sales_pipeline WHERE deal_stage = 'Won'"
    )
    ((homeless,),) = asked(
        tmp_path,
        "SELECT count(*) FROM sales_pipeline WHERE account IS NULL AND deal_stage IN ('Prospecting', 'Engaging')",
    )
    with reading() as work:
        closed, pending = crm.closed_in(work, EVER), crm.open_deals(work)
    amounts = [each.amount for each in closed if each.outcome is Outcome.WON and each.amount]
    assert (len(amounts), total(amounts, USD)) == (won, Money.of(worth, USD))
    assert sum(each.account_id is None for each in pending) == homeless
    assert {each.amount for each in closed if each.outcome is Outcome.LOST} == {None}
    assert {len(each.owners) for each in (*closed, *pending)} == {1}
    assert all(each.product_id for each in (*closed, *pending))
    assert crm.deals_page(ADMIN, DealQuery(outcome=Outcome.WON)).totals.amounts[Outcome.WON] == (Money.of(worth, USD),)


def test_days_and_owners_are_those_of_the_file(request_: Request, tmp_path: Path) -> None:
    imported(request_)
    sql = """SELECT sales_agent, year(close_date) * 100 + month(close_date), count(*), sum(close_value)::BIGINT
             FROM sales_pipeline WHERE deal_stage = 'Won' GROUP BY ALL ORDER BY ALL"""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    with reading() as work:
        names = {each.id: each.name for each in people.persons(work)}
        for deal in crm.closed_in(work, EVER):
            if deal.outcome is Outcome.WON and deal.closed_on and deal.amount:
                key = (names[deal.owners[0].person_id], deal.closed_on.year * 100 + deal.closed_on.month)
                count, worth = found.get(key, (0, 0))
                found[key] = (count + 1, worth + int(deal.amount.amount))
        opened = {each.external_id: each.opened_on for each in crm.opened_in(work, EVER)}
    assert [(*key, *values) for key, values in sorted(found.items())] == asked(tmp_path, sql)
    engaged = asked(tmp_path, "SELECT opportunity_id, engage_date FROM sales_pipeline WHERE engage_date IS NOT NULL")
    assert opened == dict(engaged)


def test_sellers_have_their_managers_and_offices(request_: Request, tmp_path: Path) -> None:
    imported(request_)
    with reading() as work:
        names = {each.id: each.name for each in people.persons(work)}
        seats = people.seats(work, EVER)
    said = asked(tmp_path, "SELECT sales_agent, manager, regional_office FROM sales_teams ORDER BY ALL")
    kept = [(names[each.person_id], names[each.manager_id], each.team_name) for each in seats if each.manager_id]
    assert sorted(kept) == said
    assert {each.title_code for each in seats if each.manager_id is None} == {"LEAD"}
    assert {each.start for each in seats} == {date(2016, 10, 1)}


def test_the_same_files_again_change_nothing_and_undo_leaves_nothing(request_: Request) -> None:
    first = imported(request_)
    again = imported(request_)
    assert (again.total.created, again.total.changed, again.total.refused) == (0, 0, 0)
    crm.undo(ADMIN, first.import_id)
    with reading() as work:
        assert (crm.closed_in(work, EVER), crm.open_deals(work), crm.products(work)) == ((), (), ())
    assert imported(request_).counts[Kind.DEAL].created == 8800
