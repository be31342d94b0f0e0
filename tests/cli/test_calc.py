"""The calculation on files, as somebody at a terminal sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spm_app.cli import commands
from tests.compensation.plans import SELLER, changed

DEALS = """\
id,closed_on,amount,owner,outcome
A,2026-02-01,600,Anna,Won
B,2026-02-02,600,Anna 50 %; Bruno 50 %,Won
C,2026-02-03,900,Bruno,Lost
D,2026-05-01,900,Anna,Won
"""
PEOPLE = "person,title,manager\nAnna,seller,Carla\nBruno,seller,Carla\nCarla,lead,\n"
QUOTAS = "person,quota\nAnna,1000\nBruno,1000\n"
EXAMPLES = SELLER + (
    "examples:\n  - {name: Half, quota: 1000, transactions: [500, 500], expected: {new-business: 62.50}}\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    for name, text in (("plan.yaml", EXAMPLES), ("d.csv", DEALS), ("p.csv", PEOPLE), ("q.csv", QUOTAS)):
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


def calc(*more: str, period: str = "2026-Q1") -> int:
    files = ["--plan", "plan.yaml", "--deals", "d.csv", "--people", "p.csv", "--quotas", "q.csv"]
    return commands.run(["calc", *files, "--period", period, *more])


def test_statements_say_how_each_figure_came_about(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calc() == 0
    said = capsys.readouterr().out
    assert "Anna (seller): €52.50" in said
    assert "From 75% to 100%: €150.00 × 10% = €15.00" in said
    assert "Q1 2026, all together: €67.50" in said


def test_a_terminal_may_speak_italian(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    calc()
    assert "1° trim. 2026, in tutto: 67,50\xa0€" in capsys.readouterr().out


def test_the_proof_holds_every_line_and_is_the_same_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calc("--json", "--proof", "one.json")
    printed = capsys.readouterr().out
    calc("--proof", "two.json")
    assert printed == Path("one.json").read_text(encoding="utf-8") == Path("two.json").read_text(encoding="utf-8")
    proof = json.loads(printed)
    assert proof["total"] == sum(
        line["amount"] for s in proof["statements"] for c in s["components"] for line in c["lines"]
    )
    assert proof["log"][0]["refused"] == [{"part": "outcome = 'won'", "n": 1}]


def test_lines_can_go_to_a_spreadsheet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calc("--csv")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "payee,plan,component,transaction,day,role,credit,commission"
    assert lines[1:3] == [
        "Anna,seller,new-business,A,2026-02-01,owner,600.00,30.00",
        "Anna,seller,new-business,B,2026-02-02,owner,300.00,22.50",
    ]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("d.csv", DEALS.replace("600", "six", 1), "d.csv:2: “six” is not an amount"),
        ("d.csv", DEALS.replace("Bruno 50 %", "Bruno 40 %"), "B: The owners' shares"),
        ("plan.yaml", changed("rate: 5 %", "rate: 5"), "17:components[0].rate_table.bands[0].rate: “5” is not"),
        ("plan.yaml", changed("to: 75 %", "to: 70 %"), "There is a gap"),
        ("plan.yaml", changed("period: quarter", "period: month"), "periods of another length"),
    ],
)
def test_a_refusal_names_the_place(
    folder: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, said: str
) -> None:
    Path(file).write_text(text, encoding="utf-8")
    assert calc() == 1
    assert said in capsys.readouterr().err


def test_a_plan_is_checked_by_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["plan", "check", "plan.yaml"]) == 0
    Path("gap.yaml").write_text(changed("to: 75 %", "to: 70 %"), encoding="utf-8")
    Path("bad.yaml").write_text("a: [", encoding="utf-8")
    assert commands.run(["plan", "check", "plan.yaml", "gap.yaml", "bad.yaml"]) == 1
    said = capsys.readouterr().out
    assert "gap.yaml:18: components[0].rate_table.bands[1]: There is a gap" in said
    assert "bad.yaml:1: Line 1 is not valid YAML" in said


def test_a_plan_is_tested_by_its_examples(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["plan", "test", "plan.yaml"]) == 0
    Path("off.yaml").write_text(EXAMPLES.replace("62.50", "62.51"), encoding="utf-8")
    Path("bare.yaml").write_text(SELLER, encoding="utf-8")
    assert commands.run(["plan", "test", "off.yaml", "bare.yaml"]) == 1
    said = capsys.readouterr().out
    assert "off.yaml:21: Half, new-business: €62.50 is calculated, €62.51 is expected." in said
    assert "bare.yaml: The plan has no examples" in said


def test_parts_of_the_period_are_said_on_the_error_stream(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "p.csv").write_text("person,title,manager,from\nAnna,seller,Carla,2026-02-15\nCarla,lead,,\n", "utf-8")
    assert calc("--csv") == 0
    said = capsys.readouterr()
    assert "1 person is in plan seller for a part of its days only" in said.err
    assert "2 deals meet component new-business of plan seller" in said.err
    assert "person is in plan" not in said.out
