"""Files of a CRM go in from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.cli import commands
from spm_app.crm import service as crm
from spm_app.crm.domain.queries import DealQuery
from tests.crm.builders import hire_staff

if TYPE_CHECKING:
    from pathlib import Path

DEALS = "deal_id,stage,amount,owner,close_date\nT1,Won,10.50,Rino Rep,2026-11-03\nT2,Won,20,Nobody,2026-11-03\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "crm"
    made.mkdir()
    (made / "deals.csv").write_text(DEALS)
    (made / "data_dictionary.csv").write_text("documentation\n")
    (made / "notes.md").write_text("none of this")
    return made


def test_a_dry_run_tells_and_an_import_does(
    database: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = hire_staff()
    assert commands.run(["import", str(folder), "--dry-run"]) == 1  # one row would be refused
    assert "row 3: Nobody is called Nobody." in capsys.readouterr().out
    assert crm.deals_page(staff.admin, DealQuery()).total == 0

    assert commands.run(["import", str(folder), "--source", "ours"]) == 1
    (deal,) = crm.deals_page(staff.admin, DealQuery()).rows
    assert deal.external_id == "T1"
    (folder / "deals.csv").write_text(DEALS.replace("Nobody", "Olga Other"))
    assert commands.run(["import", str(folder / "deals.csv"), "--source", "ours"]) == 0
    assert crm.deals_page(staff.admin, DealQuery()).total == 2


def test_a_mapping_that_nobody_knows_is_a_sentence(
    database: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert commands.run(["import", str(folder), "--as", "theirs"]) == 1
    assert "No mapping is called theirs." in capsys.readouterr().err
