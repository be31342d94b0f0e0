from __future__ import annotations

from datetime import date

import pytest

from spm_app.compensation.domain.files import Read, Sheet, read_files
from spm_app.compensation.domain.inputs import Quota, Seat, Share, Transaction
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar

DEALS = "id,closed_on,amount,owner,outcome,product\nA,2026-01-31,100.50,Anna,Won,X\n"
PEOPLE = "\ufeffPerson,Title,Manager,From,To\nAnna,rep,Zoe,2026-01-01,2026-03-31\nZoe,lead,,,\n"
QUOTAS = "person,quota,period\nAnna,1000,2026-Q1\nAnna,2000,2026-Q2\nZoe,5000,\n"


def read(deals: str = DEALS, people: str = PEOPLE, quotas: str | None = QUOTAS) -> Read:
    sheet = None if quotas is None else Sheet("q", quotas)
    period = FiscalCalendar().parse("2026-Q1")
    return read_files(Sheet("d", deals), Sheet("p", people), sheet, period=period, currency=Currency("EUR"))


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
    done = read(DEALS.replace(",Anna,", ",Anna Bo 60 %; Zoe 40%,"), quotas=None)
    assert [(done.names[each.person_id], each.share) for each in done.inputs.shares] == [
        ("Anna Bo", 600_000),
        ("Zoe", 400_000),
    ]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("id,", "key,", ("d:1", "files.no_column")),
        ("A,2026", ",2026", ("d:2", "files.missing")),
        ("2026-01-31", "", ("d:2", "files.missing")),
        ("2026-01-31", "31/01/2026", ("d:2", "plan.not_a_day")),
        ("100.50", "", ("d:2", "files.missing")),
        ("100.50", "100,50 €".replace(",", "."), ("d:2", "plan.not_an_amount")),
        (",Anna,", ",,", ("d:2", "files.missing")),
        (",Anna,", ",Anna; Zoe 40 %,", ("d:2", "files.owner_unreadable")),
        (",Anna,", ",Anna 1.2.3 %,", ("d:2", "files.owner_unreadable")),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(old: str, new: str, finding: tuple[str, str]) -> None:
    found = read(DEALS.replace(old, new)).problems
    assert (found[0].at, found[0].key) == (finding[0], f"compensation.{finding[1]}")


def test_a_person_without_a_name_or_title_is_named() -> None:
    found = read(people="person,title\n,rep\nAnna,\n").problems
    assert [(each.at, each.args) for each in found] == [("p:2", {"name": "person"}), ("p:3", {"name": "title"})]


def test_an_empty_file_has_no_columns() -> None:
    assert read(deals="").problems[0].key == "compensation.files.no_column"
