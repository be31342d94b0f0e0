"""The KPIs of a foreign CRM are those that plain Python finds in its files."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from spm_app.analytics import service
from spm_app.analytics.domain.kpis import Figure
from spm_app.crm import service as crm
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar, Period
from spm_app.people import service as people
from spm_app.people.domain import Company
from tests.crm.maven import BESIDE, maven_files
from tests.crm.test_maven import ADMIN

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

pytestmark = pytest.mark.slow
Row = dict[str, str]
#: What is known of the real files, worked out elsewhere; made-up ones have other figures.
KNOWN = {"revenue": Fraction(2_802_496_00), "win_rate": Fraction(1196, 1985)}


@pytest.fixture
def rows(database: str, fixed_clock: datetime, tmp_path: Path) -> list[Row]:
    del database, fixed_clock
    people.set_company(ADMIN, Company("MavenTech", Currency("USD"), FiscalCalendar()))
    files = maven_files(tmp_path)
    uploads = [(path.name, path.read_bytes()) for path in files]
    crm.import_now(ADMIN, crm.draft(ADMIN, uploads, crm.mapping_named(ADMIN, "crm_maven")))
    (pipeline,) = [path for path in files if path.stem == "sales_pipeline"]
    return list(csv.DictReader(pipeline.open(encoding="utf-8")))


def _figures(code: str) -> dict[str, Figure]:
    return {each.kpi.code: each.now for each in service.overview(ADMIN, code).readings}


def _closed(rows: list[Row], period: Period, stage: str) -> list[Row]:
    return [row for row in rows if row["deal_stage"] == stage and date.fromisoformat(row["close_date"]) in period]


def _open_at(rows: list[Row], day: date) -> list[Row]:
    engaged = [row for row in rows if row["engage_date"] and date.fromisoformat(row["engage_date"]) <= day]
    return [row for row in engaged if not row["close_date"] or date.fromisoformat(row["close_date"]) > day]


def _age(row: Row, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(row["engage_date"])).days


def _median(rows: list[Row], period: Period) -> int:
    """Kaplan-Meier by the book: at each age, what share of those still undecided is decided."""
    last = period.last_day.isoformat()
    opened = [row for row in rows if row["engage_date"] and date.fromisoformat(row["engage_date"]) in period]
    ends = [
        (_age(row, row["close_date"]), True)
        if row["close_date"] and row["close_date"] <= last
        else (_age(row, last), False)
        for row in opened
    ]
    left = Fraction(1)
    for age in range(366):
        at_risk = sum(each >= age for each, _ in ends)
        left *= 1 - Fraction(sum(each == age and is_over for each, is_over in ends), at_risk)
        if left <= Fraction(1, 2):
            return age
    raise AssertionError(left)


def test_a_quarter_s_figures_agree(rows: list[Row]) -> None:
    period = FiscalCalendar().parse("2017-Q4")
    won, lost = _closed(rows, period, "Won"), _closed(rows, period, "Lost")
    values = [int(row["close_value"]) for row in won]
    ages = [_age(row, row["close_date"]) for row in won]
    found = _figures("2017-Q4")
    assert found["revenue"] == Figure(Fraction(sum(values) * 100))
    assert found["win_rate"] == Figure(Fraction(len(won), len(won) + len(lost)))
    assert found["deal_size"] == Figure(Fraction(sum(values) * 100, len(values)))
    assert found["days_to_win"] == Figure(Fraction(sum(ages), len(ages)))
    assert found["attainment"] == Figure(None, "analytics.na.no_quota")
    if BESIDE.is_dir():
        assert {code: found[code].value for code in KNOWN} == KNOWN


@pytest.mark.parametrize("code", ["2017-Q3", "2017-Q4", "2017"])
def test_open_deals_and_time_to_close_are_those_of_its_end(rows: list[Row], code: str) -> None:
    period = FiscalCalendar().parse(code)
    pending = _open_at(rows, period.last_day)
    known = [int(row["close_value"]) * 100 for row in pending if row["deal_stage"] == "Won"]
    found = _figures(code)
    assert found["open_deals"] == Figure(Fraction(len(pending)))
    assert (found["pipeline"].value or 0, found["pipeline"].left_out) == (sum(known), len(pending) - len(known))
    assert found["days_to_close"].value == _median(rows, period)


def test_a_team_has_its_part(rows: list[Row], tmp_path: Path) -> None:
    (teams,) = [path for path in maven_files(tmp_path) if path.stem == "sales_teams"]
    office = {row["sales_agent"]: row["regional_office"] for row in csv.DictReader(teams.open(encoding="utf-8"))}
    east = [row for row in rows if office[row["sales_agent"]] == "East"]
    won = sum(int(row["close_value"]) for row in _closed(east, FiscalCalendar().parse("2017-Q4"), "Won"))
    (team_id,) = [each for each, name in service.choices(ADMIN).teams if name == "East"]
    seen = service.overview(ADMIN, "2017-Q4", team_id)
    assert next(each.now.value for each in seen.readings if each.kpi.code == "revenue") == won * 100
