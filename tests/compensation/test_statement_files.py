"""What is taken away from a statement: for whoever may read it, in their language, exact."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from spm_app.compensation.domain.proof import check
from spm_app.compensation.service import proofs, runs, statements
from spm_app.compensation.service.whole import Whole, whole
from spm_app.compensation.state.printing import document, spreadsheet
from spm_app.kernel.errors import NotFound
from tests.compensation.office import QUARTER, Office, open_office


@pytest.fixture
def office(database: str) -> Office:
    opened = open_office()
    runs.calculate_period(opened.admin, QUARTER)
    return opened


def taken(office: Office) -> Whole:
    (own,) = statements.statements(office.staff.rep, own=True)
    return whole(office.staff.rep, own.statement.id)


def test_the_proof_of_what_was_kept_is_worked_out_again(office: Office) -> None:
    said: list[str] = []
    assert check(proofs.of_statement(taken(office)), said.append) == 0
    assert any("D2: credit: 30000" in each for each in said)


def test_the_document_is_a_pdf_and_the_same_twice(office: Office) -> None:
    given = taken(office)
    made = {lang: document(given, lang) for lang in ("en", "it")}
    assert all(each.startswith(b"%PDF") for each in made.values())
    assert made["en"] != made["it"]
    assert document(given, "en") == made["en"]


def test_the_workbook_holds_real_numbers(office: Office) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(spreadsheet(taken(office), "en")))
    assert book.sheet_names == ["Statement", "Lines"]
    sums, lines = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert sums[1] == ["Sales", 1300.0, 645.17, 84.64]
    assert sums[-1] == ["To be paid", "", "", 84.64]
    assert [row[0] for row in lines[1:]] == ["D1", "D2"]


def test_nobody_takes_away_what_they_may_not_read(office: Office) -> None:
    given = taken(office)
    with pytest.raises(NotFound):
        whole(office.staff.other, given.view.head.statement.id)
