"""Files of a CRM taken in from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.cli import commands
from tests.crm.builders import hire_staff

if TYPE_CHECKING:
    from pathlib import Path

DEALS = "Deals of the third quarter\n\nid;stage;amount;close date\nD1;Won;1.200,50;3/11/2026\nD2;Lost;0;4/11/2026\n"


@pytest.fixture
def titled(database: str, tmp_path: Path) -> str:
    del database
    hire_staff()
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, encoding="utf-8")
    return str(path)


def test_a_heading_below_a_title_is_found_and_said(titled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["import", titled, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "deals.csv: the heading is on line 3" in said
    assert "deal             2       2" in said


def test_another_line_can_be_named(titled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["import", titled, "--dry-run", "--heading", "1"]) != 0
    assert "heading is on line" not in capsys.readouterr().out
