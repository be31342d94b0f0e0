from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from spm_app.compensation.domain.files import KINDS, Read, csv_sheet, kind_of, listed_sheet, read_sheets
from spm_app.compensation.domain.files.rows import Desk, Row
from spm_app.compensation.domain.inputs import Quota, Seat, Share, Transaction
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar

DEALS = "id,closed_on,amount,owner,outcome,product\nA,2026-01-31,100.50,Anna,Won,X\n"
PEOPLE = "\ufeffPerson,Title,Manager,From,To\nAnna,rep,Zoe,2026-01-01,2026-03-31\nZoe,lead,,,\n"
QUOTAS = "person,quota,period\nAnna,1000,2026-Q1\nAnna,2000,2026-Q2\nZoe,5000,\n"
QUARTER = FiscalCalendar().parse("2026-Q1")
EUR = Currency("EUR")


def read(deals: str = DEALS, people: str = PEOPLE, quotas: str = QUOTAS, as_of: datetime | None = None) -> Read:
    texts = {"transactions": deals, "people": people, "quotas": quotas}
    sheets = [csv_sheet(kind, kind[0], text) for kind, text in texts.items() if text]
    return read_sheets(sheets, period=QUARTER, currency=EUR, as_of=as_of)


def row(**cells: str) -> Row:
    return Row("r:1", cells, Desk(QUARTER, EUR))


def test_files_become_inputs() -> None:
    done = read()
    assert (done.problems, done.names) == ((), {1: "Anna", 2: "Zoe"})
    assert done.inputs.transactions == (Transaction("A", date(2026, 1, 31), 10_050, "won", product="X"),)
    assert done.inputs.shares == (Share("A", 1),)
    assert done.inputs.seats == (
        Seat(1, "rep", 2, date(2026, 1, 1), date(2026, 4, 1)),
        Seat(2, "lead", None, date(1900, 1, 1)),
    )
    assert done.inputs.quotas == (Quota(1, 100_000), Quota(2, 500_000))


def test_owners_share_a_deal() -> None:
    done = read(DEALS.replace(",Anna,", ",Anna Bo 60 %; Zoe 40%,"), quotas="")
    assert [(done.names[each.person_id], each.share) for each in done.inputs.shares] == [
        ("Anna Bo", 600_000),
        ("Zoe", 400_000),
    ]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("id,", "key,", ("t:1", "files.no_column")),
        ("A,2026", ",2026", ("t:2", "files.missing")),
        ("2026-01-31", "", ("t:2", "files.missing")),
        ("2026-01-31", "31/01/2026", ("t:2", "plan.not_a_day")),
        ("100.50", "", ("t:2", "files.missing")),
        ("100.50", "100.50 €", ("t:2", "plan.not_an_amount")),
        ("100.50", "100,50", ("t:2", "files.too_many_cells")),
        (",Anna,", ",,", ("t:2", "files.missing")),
        (",Anna,", ",Anna; Zoe 40 %,", ("t:2", "files.owner_unreadable")),
        (",Anna,", ",Anna 1.2.3 %,", ("t:2", "files.owner_unreadable")),
        (",Anna,", ',"Anna"x,', ("t:2", "files.not_csv")),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(old: str, new: str, finding: tuple[str, str]) -> None:
    found = read(DEALS.replace(old, new)).problems
    assert (found[0].at, found[0].key) == (finding[0], f"compensation.{finding[1]}")


def test_a_person_without_a_name_or_title_is_named() -> None:
    found = read(people="person,title\n,rep\nAnna,\n").problems
    assert [(each.at, each.args) for each in found] == [("p:2", {"name": "person"}), ("p:3", {"name": "title"})]
    assert read(quotas="person,quota\n,100\n").problems[0].at == "q:2"


def test_a_sheet_that_must_be_there_is_named() -> None:
    found = read(deals="", people="").problems
    assert [each.args for each in found] == [{"name": "transactions.csv"}, {"name": "people.csv"}]
    assert read_sheets([csv_sheet("people", "p", "")], period=QUARTER, currency=EUR).problems[1].at == "p:1"


def test_of_the_same_row_the_one_recorded_last_counts() -> None:
    deals = "id,closed_on,amount,owner,recorded_at\nA,2026-01-31,1,Anna,{}\nA,2026-01-31,2,Anna,2026-02-03\n"
    both = deals.format("2026-02-01T10:00:00+01:00")
    assert [each.amount for each in read(both).inputs.transactions] == [200]
    early = read(both, as_of=datetime(2026, 2, 1, 9, tzinfo=UTC))
    assert [each.amount for each in early.inputs.transactions] == [100]
    assert read(deals.format(""), as_of=datetime(2026, 1, 1, tzinfo=UTC)).inputs.transactions[0].amount == 100
    assert read(deals.format("2026-13-01")).problems[0].key == "compensation.files.not_an_instant"


def test_a_sheet_is_known_by_its_name() -> None:
    assert (kind_of("positions"), kind_of("quotas"), kind_of("rows")) == ("people", "quotas", None)
    assert "recorded_at" in KINDS["quotas"].columns


def test_rows_may_come_as_maps() -> None:
    sheet = listed_sheet("people", "case.yaml", [("case.yaml:4", {"person": "Anna"}), ("case.yaml:5", {"title": "x"})])
    assert (sheet.header, sheet.rows[1][0]) == (("person", "title"), "case.yaml:5")


def test_cells_are_read_or_noted() -> None:
    given = row(rate="12.5 %", units="1.25", none="")
    assert (given.percent("rate"), str(given.number("units"))) == (125_000, "1.25")
    assert (given.percent("none"), given.number("none"), given.instant("none"), given.money("none")) == (
        None,
        None,
        None,
        0,
    )
    bad = row(rate="x %", units="abc", more="Infinity")
    assert (bad.percent("rate"), bad.number("units"), bad.number("more")) == (None, None, None)
    assert [each.key.rpartition(".")[2] for each in bad.desk.problems] == [
        "not_a_percentage",
        "not_a_number",
        "not_a_number",
    ]
