"""The dashboard's figures from the terminal: to read, and for other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from spm_app.cli import commands
from tests.compensation.office import QUARTER, open_office

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture(autouse=True)
def office(database: str, fixed_clock: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    del database, fixed_clock
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    open_office()


def test_a_table_to_read_names_both_periods(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["kpi"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Q4", "2026", "Q3", "2026"]
    (won,) = [line for line in lines if line.startswith("Revenue won")]
    assert won.split() == ["Revenue", "won", "€1,600", "€0"]


def test_a_terminal_may_read_italian(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    assert commands.run(["kpi", "--period", "2026-Q3"]) == 0
    assert "n/d (nessuna trattativa vinta)" in capsys.readouterr().out


def test_json_has_plain_numbers_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["kpi", "--period", QUARTER, "--team", "south", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {name: told[name] for name in ("period", "from", "to", "before", "team", "currency")} == {
        "period": QUARTER,
        "from": "2026-10-01",
        "to": "2026-12-31",
        "before": "2026-Q3",
        "team": "south",
        "currency": "EUR",
    }
    figures = {each["kpi"]: each for each in told["figures"]}
    assert figures["revenue"]["value"] == "300.00"
    assert figures["win_rate"]["value"] == "1.000000"
    assert (figures["win_rate"]["before"], figures["win_rate"]["reason"]) == (None, None)


def test_a_team_counts_with_those_under_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["kpi", "--team", "SALES", "--format", "csv"]) == 0
    rows = {each["kpi"]: each for each in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert (rows["revenue"]["value"], rows["revenue"]["before"]) == ("1600.00", "0.00")
    assert rows["days_to_win"]["value"] == "63.0"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--team", "WEST"], "No team has the code WEST."),
        (["--period", "2026-Q5"], "2026-Q5"),
    ],
)
def test_what_nobody_knows_is_a_sentence(capsys: pytest.CaptureFixture[str], asked: list[str], said: str) -> None:
    assert commands.run(["kpi", *asked]) == 1
    assert said in capsys.readouterr().err
