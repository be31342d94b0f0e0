"""A personnel file, tried and brought in, on each database."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter

from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.kernel.errors import InvalidInput, NotAllowed
from spm_app.kernel.period import Period
from spm_app.people import service as people
from spm_app.people.domain.directory import Wanted
from spm_app.people.service import Asked, Imported
from tests.people.builders import House

FILE = """Matricola;Nominativo;Data assunzione;Ruolo;Team;Responsabile;E-mail
N1;Nina Nuova;2026-02-01;Seller;North;Zoe Zucchi;nina@x.example
N2;Zoe Zucchi;2026-01-01;Team lead;South;Bruno Boss;
E-9;Remo Rep;2025-01-01;Senior seller;North;Lia Lead;
;;;;;;
N3;Ugo Uno;2026-01-01;Seller;North;Nobody Known;
N4;;2026-01-01;;;;
""".encode("cp1252")


def bring(house: House, content: bytes = FILE, *, dry_run: bool = False, asked: Asked | None = None) -> Imported:
    return people.import_people(house.office, content, asked, dry_run=dry_run)


def everybody(house: House) -> list[str]:
    return [each.person.name for each in people.people_page(house.office, Wanted(size=99)).lines]


def acts() -> int:
    with reading() as work:
        return audit.count(work)


def test_a_trial_says_everything_and_changes_nothing(house: House) -> None:
    before, recorded = everybody(house), acts()
    tried = bring(house, dry_run=True)
    assert (tried.hired, tried.changed, tried.same, tried.rows) == (2, 1, 0, 5)
    assert [(each.at, each.key) for each in tried.refused] == [
        ("6", "people.row.no_manager"),
        ("7", "people.row.no_name"),
    ]
    assert (tried.new_titles, tried.new_teams, tried.delimiter) == (("Team lead",), ("South",), ";")
    assert (everybody(house), acts()) == (before, recorded)


def test_what_was_tried_is_what_is_done(house: House) -> None:
    tried, done = bring(house, dry_run=True), bring(house)
    assert tried == done
    assert {"Nina Nuova", "Zoe Zucchi"} <= set(everybody(house))
    with reading() as work:
        ids = people.person_ids_by_name(work)
        seats = people.seats(work, Period(date.min, date.max), [ids["n1"], ids["e-9"]])
    assert [(each.person_id == ids["n1"], each.team_name, each.title_code, each.start) for each in seats] == [
        (False, "North", "REP", date(2025, 1, 1)),
        (False, "North", "SENIOR", date(2026, 11, 16)),
        (True, "North", "REP", date(2026, 2, 1)),
    ]


def test_the_same_file_again_changes_nothing(house: House) -> None:
    bring(house)
    again = bring(house)
    assert (again.hired, again.changed, again.same) == (0, 0, 3)


def test_a_row_that_the_rules_refuse_does_not_stop_the_others(house: House) -> None:
    bring(house, b"name,hired on,email\nNew One,2026-01-01,one@x.example\n")
    file = b"""name,hired on,id,email,manager
Remo Rep,2025-01-01,E-9,one@x.example,
Bruno Boss,2025-01-01,,,Remo Rep
New Two,2026-01-01,,,
"""
    done = bring(house, file)
    assert (done.hired, done.changed + done.same, len(done.refused)) == (1, 0, 2)
    assert {each.key for each in done.refused} == {"people.problem.email_taken", "people.reports_in_circle"}


def test_a_first_day_away_ends_the_seat(house: House) -> None:
    done = bring(house, b"name,hired on,left on\nRemo Rep,2025-01-01,2026-06-01\nGia Andata,2025-01-01,2025-06-01\n")
    assert (done.hired, done.changed) == (1, 1)
    assert {"Remo Rep", "Gia Andata"}.isdisjoint(everybody(house))
    again = bring(house, b"name,hired on,left on\nRemo Rep,2025-01-01,2026-06-01\n")
    assert again.same == 1


def test_columns_and_days_can_be_said(house: House) -> None:
    file = b"a|b\n03/04/2026|Nina Nuova\n"
    asked = Asked({"name": 1, "hired_on": 0}, "dmy")
    bring(house, file, asked=asked)
    with reading() as work:
        person = people.person(work, people.person_ids_by_name(work)["nina nuova"])
    assert person.hired_on == date(2026, 4, 3)


def test_a_file_without_the_needed_columns_says_which(house: House) -> None:
    tried = bring(house, b"a,b\n1,2\n", dry_run=True)
    assert [each.at for each in tried.refused] == ["name", "hired_on"]
    with pytest.raises(InvalidInput):
        bring(house, b"a,b\n1,2\n")


def test_a_workbook_is_read_as_well(house: House) -> None:
    made = BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "Hired on", "Employee ID"])
    sheet.write(1, 0, "Nina Nuova")
    sheet.write_datetime(1, 1, datetime(2026, 2, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
    sheet.write(1, 2, 1234)
    book.close()
    done = bring(house, made.getvalue())
    assert (done.hired, done.refused, done.encoding) == (1, (), "")
    with reading() as work:
        assert "1234" in people.person_ids_by_name(work)


@pytest.mark.parametrize("content", [b"", b"name,hired on\n", b"\x00\x01\x02", b"PK\x03\x04 no book"])
def test_what_is_no_table_is_refused(house: House, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        bring(house, content)


def test_only_who_writes_people_imports(house: House) -> None:
    with pytest.raises(NotAllowed):
        people.import_people(house.lead, FILE, dry_run=True)
