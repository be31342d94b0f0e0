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
    sheets = (("transactions", DEALS), ("people", PEOPLE), ("quotas", QUOTAS))
    Path("data").mkdir()
    for name, text in (("plan.yaml", EXAMPLES), *((f"data/{name}.csv", text) for name, text in sheets)):
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


def calc(*more: str, period: str = "2026-Q1") -> int:
    return commands.run(["calc", "--plan", "plan.yaml", "--data", "data", "--period", period, *more])


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


def test_json_holds_every_line_and_is_the_same_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calc("--format", "json")
    printed = capsys.readouterr().out
    calc("--format", "json", "--out", "said")
    assert printed == Path("said/statements.json").read_text(encoding="utf-8")
    told = json.loads(printed)
    lines = [line for each in told["statements"] for line in each["lines"]]
    assert told["periods"][0]["total"] == sum(line["amount"] for line in lines)
    assert [(line["before"], line["after"], line["rate"]) for line in lines[:2]] == [
        (0, 60_000, 50_000),
        (60_000, 90_000, None),
    ]
    assert told["periods"][0]["log"][0]["refused"] == [{"part": "outcome = 'won'", "n": 1}]


def test_a_year_has_each_of_its_quarters(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calc("--format", "json", period="2026") == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["period"] for each in told["periods"]] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    anna = [each["totals"]["earned"] for each in told["statements"] if each["payee"] == "Anna"]
    assert anna == [5_250, 5_250, 0, 0]


def test_rows_recorded_later_are_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("data/transactions.csv").write_text(
        "id,closed_on,amount,owner,recorded_at\n"
        "A,2026-02-01,600,Anna,2026-02-02\n"
        "A,2026-02-01,500,Anna,2026-04-10T08:00:00+02:00\n"
        "B,2026-02-05,100,Anna,\n",
        encoding="utf-8",
    )
    for day, earned in (("2026-01-31", 500), ("2026-04-09", 3_500), ("2026-04-10T06:00", 3_000)):
        assert calc("--format", "json", "--as-of", day) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["statements"][0]["totals"]["earned"] == earned
    assert calc("--as-of", "yesterday") == 1
    assert "“yesterday” is not an instant" in capsys.readouterr().err


def test_a_file_that_is_no_sheet_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("data/quota.csv").write_text(QUOTAS, encoding="utf-8")
    assert calc() == 0
    assert "is no sheet" in capsys.readouterr().err
    Path("data/quotas.csv").write_bytes("person,quota\nNicolò,1".encode("cp1252"))
    assert calc() == 1
    assert "quotas.csv: The file is not a text in UTF-8" in capsys.readouterr().err


def test_lines_can_go_to_a_spreadsheet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calc("--format", "csv")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "period,payee,plan,component,transaction,day,role,credit,commission"
    assert lines[1:3] == [
        "2026-Q1,Anna,seller,new-business,A,2026-02-01,owner,600.00,30.00",
        "2026-Q1,Anna,seller,new-business,B,2026-02-02,owner,300.00,22.50",
    ]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("data/transactions.csv", DEALS.replace("600", "six", 1), "data/transactions.csv:2: “six” is not an amount"),
        ("data/transactions.csv", DEALS.replace("Bruno 50 %", "Bruno 40 %"), "B: The owners' shares"),
        ("plan.yaml", changed("rate: 5 %", "rate: 5"), "17:components[0].rate_table.bands[0].rate: “5” is not"),
        ("plan.yaml", changed("to: 75 %", "to: 70 %"), "There is a gap"),
        ("plan.yaml", changed("period: quarter", "period: year"), "periods of another length"),
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


CASE = """\
cases:
  - name: Half
    period: 2026-Q1
    people: [{person: Anna, title: seller}]
    quotas: [{person: Anna, quota: 1000}]
    transactions:
      - {id: A, closed_on: 2026-02-01, amount: 1000, owner: Anna}
    expected:
      - {payee: Anna, transaction: A, amount: 62.50}
      - {payee: Anna, component: new-business, earned: 62.50}
      - {payee: Anna, earned: 62.50}
"""


def test_a_plan_is_tested_by_the_cases_beside_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("half.test.yaml").write_text(CASE, encoding="utf-8")
    assert commands.run(["plan", "test", "."]) == 0
    assert "ok: Half: Anna, A, amount: €62.50" in capsys.readouterr().out
    assert commands.run(["plan", "test", "half.test.yaml"]) == 0
    Path("half.test.yaml").write_text(CASE.replace("amount: 62.50", "amount: 62.49, held: 1, bonus: 1"), "utf-8")
    assert commands.run(["plan", "test", "."]) == 1
    said = capsys.readouterr().out
    assert "half.test.yaml:9: Half: Anna, A, amount: €62.50 is calculated, €62.49 is expected." in said
    assert "    From 75% to 100%: €250.00 × 10% = €25.00" in said
    assert "Anna, A, bonus: there is no such figure" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "62.50}\n      - {payee: Anna, comp",
            "a lot}\n      - {payee: Anna, comp",
            "half.test.yaml:9: “a lot” is not",
        ),
        ("payee: Anna, transaction: A", "transaction: A", "half.test.yaml:9:cases[0].expected[0]: “payee” is missing"),
        ("amount: 1000", "amount: x", "half.test.yaml:7: “x” is not an amount"),
        ("period: 2026-Q1", "period: spring", "spring"),
    ],
)
def test_a_case_that_cannot_be_used_names_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    Path("half.test.yaml").write_text(CASE.replace(old, new), encoding="utf-8")
    assert commands.run(["plan", "test", "half.test.yaml"]) == 1
    assert said in capsys.readouterr().err


def test_parts_of_the_period_are_said_on_the_error_stream(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "data" / "people.csv").write_text(
        "person,title,manager,from\nAnna,seller,Carla,2026-02-15\nCarla,lead,,\n", "utf-8"
    )
    assert calc("--format", "csv") == 0
    said = capsys.readouterr()
    assert "1 person is in plan seller for a part of its days only" in said.err
    assert "2 deals meet component new-business of plan seller" in said.err
    assert "person is in plan" not in said.out
