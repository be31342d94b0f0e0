"""docs/formats.md is right: its files are written, its commands are run, its tables are those of the program."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spm_app.cli import commands
from spm_app.compensation.domain.files import KINDS
from spm_app.crm.domain.fields import FIELDS
from spm_app.people import service as people
from spm_app.people.domain import importing
from tests.crm.builders import hire_staff

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```\w+ ([\w./]+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
SHOWN = re.findall(r"^```console\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*/README.md"))
CALC = "calc --plan seller.yaml --data data --period 2026-Q1"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


def typed(shown: str) -> Iterator[tuple[str, str]]:
    """The commands of a session, each with what it is shown to say."""
    for part in re.split(r"^\$ spm ", shown, flags=re.MULTILINE)[1:]:
        command, _, said = part.partition("\n")
        yield command, said


@pytest.mark.parametrize("shown", [each for each in SHOWN if "spm import" not in each])
def test_a_session_on_files_goes_as_it_is_shown(shown: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, said in typed(shown):
        assert commands.run(shlex.split(command)) == 0
        told = capsys.readouterr().out
        assert told.startswith(said) if "proof check" in command else told == said


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.parent.name)
def test_the_examples_go_as_they_are_shown(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    shown = re.findall(r"^\$ spm (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert shown
    for command in shown:
        assert commands.run(shlex.split(command)) == 0


def test_an_import_goes_as_it_is_shown(database: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hire_staff()
    (shown,) = (each for each in SHOWN if "spm import" in each)
    for command, said in typed(shown):
        assert commands.run(shlex.split(command)) == 1  # one row is refused
        assert capsys.readouterr().out == said


def test_the_personnel_file_does_what_is_said_of_it(database: str) -> None:
    office = hire_staff().admin
    done = people.import_people(office, FILES["people.csv"].encode(), dry_run=True)
    assert (done.hired, done.new_teams) == (2, ())
    assert [(each.at, each.key) for each in done.refused] == [("4", "people.row.no_day")]


def test_what_is_told_has_the_keys_that_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run([*shlex.split(CALC), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    payee = told["statements"][0]
    component, line = payee["components"][0], payee["lines"][0]
    named = set(re.findall(r"`([\w/-]+)`", TEXT[TEXT.index("## What a calculation tells") :]))
    assert named >= {*told, *told["periods"][0], *payee, *component, *line, *payee["totals"], told["format"]}
    assert {"deal", "share", "owners", "depth", "before", "after", "slices", "exact", "amount"} <= set(
        line["derivation"]
    )
    assert set(told["periods"][0]["log"][0]) >= {"deals", "matched", "refused"}


def row(field: str, names: tuple[str, ...], *, is_needed: bool) -> str:
    return f"| `{field}`{' (needed)' if is_needed else ''} | {', '.join(names)} |"


def test_every_sheet_of_a_calculation_is_named_with_its_columns() -> None:
    shown = {row.split("`")[1]: row for row in TEXT.splitlines() if row.startswith("| `") and ".csv`" in row}
    for kind in KINDS.values():
        named = set(re.findall(r"`(\w+)`", shown[f"{kind.name}.csv"]))
        assert named >= {*kind.needed, *kind.known}, kind.name


def test_the_tables_of_columns_are_those_of_the_program() -> None:
    crm = [row(each.name, each.headings, is_needed=each.is_required) for fields in FIELDS.values() for each in fields]
    persons = [row(name, names, is_needed=name in importing.NEEDED) for name, names in importing.FIELDS.items()]
    shown = [line for line in TEXT.splitlines() if line.startswith("| `")]
    assert [each for each in crm + persons if each not in shown] == []
