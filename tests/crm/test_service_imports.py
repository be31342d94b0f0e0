"""Imports of files: drafted, asked about, tried out, done, looked at, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from spm_app.crm import service as crm
from spm_app.crm import tasks
from spm_app.crm.domain.deals import Outcome
from spm_app.crm.domain.imports import Counts, ImportState, Kind
from spm_app.crm.domain.layout import Layout
from spm_app.crm.domain.mapping import Act, Asked, Meaning
from spm_app.crm.domain.queries import AccountQuery, DealQuery
from spm_app.infra import audit, files, jobs
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.people.domain import NewAccount
from tests.crm.builders import batch, deal, open_deal, owned

if TYPE_CHECKING:
    from spm_app.crm.domain.deals import Deal
    from spm_app.crm.domain.mapping import Request
    from tests.crm.builders import Staff

DEALS = """Id trattativa;Fase;Cliente;Prodotto;Importo;Venditore;Data chiusura;Note
T1;Vinta;Acme;GTX Pro;1.054,50;Rino Rep;3/11/2026;prima
T2;In corso;Acme;GTX Pro;;rino  rep;24/12/2026;
T3;Persa;Beta;GTX Pro;0;Olga Other;13/11/2026;
"""
CHANGED = DEALS.replace("T2;In corso;Acme;GTX Pro;;", "T2;Vinta;Acme;GTX Pro;70,00;").replace("24/12", "12/11")


def drafted(staff: Staff, text: str = DEALS, *, source: str = "crm") -> Request:
    return crm.draft(staff.admin, [("trattative.csv", text.encode())], source=source)


def every_deal(staff: Staff) -> dict[str, Deal]:
    return {each.external_id: each for each in crm.deals_page(staff.admin, DealQuery(size=100)).rows}


def test_a_draft_guesses_everything(staff: Staff) -> None:
    request = drafted(staff)
    (file,) = request.files
    assert (file.kind, file.layout) == (Kind.DEAL, Layout("utf-8", ";", ",", "dmy"))
    assert file.columns["stage"] == "Fase"
    assert (request.currency, request.makes_accounts, request.makes_people) == ("EUR", True, False)
    look = crm.look(staff.admin, file)
    assert (look.rows, look.missing, look.sheets, look.first[0].cells[0]) == (3, (), (), "T1")
    assert crm.draft(staff.admin, [("a.csv", DEALS.encode())]).source == "a"


TITLED = f"Trattative, terzo trimestre\n\n{DEALS}"


def test_a_title_above_the_heading_is_no_row(staff: Staff) -> None:
    (file,) = drafted(staff, TITLED).files
    assert (file.layout, file.columns) == (Layout("utf-8", ";", ",", "dmy", heading=3), drafted(staff).files[0].columns)
    look = crm.look(staff.admin, file)
    assert (look.rows, look.first[0].number, [row.number for row in look.top]) == (3, 4, [1, 3, 4, 5, 6])
    assert crm.import_now(staff.admin, drafted(staff, TITLED)).counts[Kind.DEAL] == Counts(3, created=3)


def test_another_heading_has_other_columns_and_the_first_understood_kind_stays(staff: Staff) -> None:
    request = drafted(staff, TITLED)
    wrong = crm.with_heading(staff.admin, request, 1).files[0]
    assert (wrong.layout.heading, crm.look(staff.admin, wrong).missing) == (1, ("external_id", "stage"))
    again = crm.relaid(staff.admin, wrong, replace(wrong.layout, heading=3))
    assert again == request.files[0]
    assert crm.relaid(staff.admin, again, replace(again.layout, days="mdy")).columns == again.columns


def test_another_sheet_has_its_own_heading(staff: Staff) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        first, other = book.add_worksheet("Deals"), book.add_worksheet("Old")
        first.write_row(0, 0, ["id", "stage"])
        first.write_row(1, 0, ["1", "Won"])
        other.write_row(0, 0, ["Deals of last year"])
        other.write_row(2, 0, ["id", "stage", "amount"])
        other.write_row(3, 0, ["2", "Won", 12.5])
    (file,) = crm.draft(staff.admin, [("deals.xlsx", out.getvalue())]).files
    turned = crm.relaid(staff.admin, file, replace(file.layout, sheet="Old"))
    assert (file.layout.heading, turned.layout.heading, turned.columns["amount"]) == (1, 3, "amount")


def test_words_are_asked_about(staff: Staff) -> None:
    found = {each.value: each for each in crm.questions(staff.admin, drafted(staff, DEALS.replace("Olga", "Ugo")))}
    assert found["Vinta"].meaning == Meaning(Act.IS, "won")
    assert found["In corso"].meaning == Meaning(Act.IS, "open")
    assert found["Rino Rep"].meaning == Meaning(Act.IS, "Rino Rep")
    assert (found["Ugo Other"].meaning, found["Ugo Other"].count) == (None, 1)
    accounts = crm.draft(staff.admin, [("a.csv", b"account,sector\nAcme,retail\n")])
    assert crm.questions(staff.admin, accounts) == ()


def test_a_preview_says_what_would_happen_and_nothing_does(staff: Staff) -> None:
    found = crm.preview(staff.admin, drafted(staff))
    assert found.counts[Kind.DEAL] == Counts(3, created=3)
    assert found.counts[Kind.ACCOUNT] == Counts(2, created=2)
    assert [each.name for each in found.created[Kind.ACCOUNT]] == ["Acme", "Beta"]
    assert crm.deals_page(staff.admin, DealQuery()).total == 0


def test_an_import_takes_what_the_file_says(staff: Staff) -> None:
    result = crm.import_now(staff.admin, drafted(staff))
    assert result.total == Counts(6, created=6)
    deals = every_deal(staff)
    assert (deals["T1"].amount, deals["T1"].closed_on) == (Money.of("1054.50"), date(2026, 11, 3))
    assert (deals["T1"].account_name, deals["T1"].extra) == ("Acme", {"Note": "prima"})
    assert (deals["T2"].owners, deals["T2"].expected_close_on) == (owned(staff.rep.person_id), date(2026, 12, 24))
    assert (deals["T3"].outcome, deals["T3"].amount) == (Outcome.LOST, None)


def test_the_same_file_again_changes_nothing_and_another_only_what_differs(staff: Staff) -> None:
    crm.import_now(staff.admin, drafted(staff))
    again = crm.import_now(staff.admin, drafted(staff))
    assert again.counts[Kind.DEAL] == Counts(3, unchanged=3)
    changed = crm.preview(staff.admin, drafted(staff, CHANGED))
    assert [each.external_id for each in changed.changed[Kind.DEAL]] == ["T2"]  # type: ignore[union-attr]


def test_refused_rows_can_be_fetched_mended_and_sent_again(staff: Staff) -> None:
    broken = DEALS.replace("1.054,50", "molti").replace("Olga Other", "Ugo")
    result = crm.import_now(staff.admin, drafted(staff, broken))
    assert result.counts[Kind.DEAL] == Counts(3, created=1, refused=2)
    (refused,) = crm.refused(staff.admin, result.import_id)
    assert refused.heading[0] == "Id trattativa"
    assert [(number, cells[0], [each.problem.key for each in found]) for number, cells, found in refused.rows] == [
        (2, "T1", ["crm.problem.unreadable_amount"]),
        (4, "T3", ["crm.problem.unknown_owner"]),
    ]
    found, findings = crm.import_of(staff.admin, result.import_id)
    assert (found.total.refused, len(findings), found.filename) == (2, 2, "trattative.csv")
    mended = crm.import_now(staff.admin, drafted(staff))
    assert mended.counts[Kind.DEAL] == Counts(3, created=2, unchanged=1)


def test_meanings_decide_what_words_stand_for(staff: Staff) -> None:
    request = drafted(staff, DEALS.replace("Olga Other", "Casa").replace("Rino Rep", "RR"))
    meanings = {
        Asked.STAGE: {"In corso": Meaning(Act.IS, "won")},
        Asked.OWNER: {"Casa": Meaning(Act.LEAVE), "RR": Meaning(Act.IS, "Rino Rep")},
        Asked.PRODUCT: {"GTX Pro": Meaning(Act.LEAVE)},
    }
    crm.import_now(staff.admin, replace(request, meanings=meanings))
    deals = every_deal(staff)
    assert (deals["T2"].outcome, deals["T3"].owners) == (Outcome.WON, ())
    assert (deals["T1"].owners, deals["T1"].product_id) == (owned(staff.rep.person_id), None)
    assert crm.deals_page(staff.admin, DealQuery(product="GTX Pro")).total == 0


def test_owners_whom_nobody_knows_are_created_when_asked_for(staff: Staff) -> None:
    text = DEALS.replace("Olga Other", "Ugo Nuovo").replace("Rino Rep", "Rita Nuova")
    named = {Asked.OWNER: {"Rita Nuova": Meaning(Act.CREATE)}}
    request = replace(drafted(staff, text), meanings=named, makes_people=True, staff_since=date(2026, 10, 1))
    assert crm.preview(staff.admin, request).people == ("Rita Nuova", "Ugo Nuovo")
    crm.import_now(staff.admin, request)
    with reading() as work:
        hired = {each.name: each.hired_on for each in people.persons(work)}
    assert hired["Ugo Nuovo"] == hired["Rita Nuova"] == date(2026, 10, 1)
    assert crm.import_now(staff.admin, request).counts[Kind.DEAL] == Counts(3, unchanged=3)


def test_deals_may_name_what_another_system_brought(staff: Staff) -> None:
    crm.load(staff.admin, batch(deal()), "erp")
    request = replace(drafted(staff, DEALS.replace("Beta", "Acme Ltd")), makes_accounts=False, makes_products=False)
    assert crm.import_now(staff.admin, request).counts == {Kind.DEAL: Counts(3, created=3)}
    assert crm.accounts_page(staff.admin, AccountQuery()).total == 1
    refused = crm.preview(staff.admin, replace(drafted(staff, source="third"), makes_accounts=False))
    assert [each.problem.at for each in refused.findings] == ["account"]


def book(*rows: tuple[object, ...]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as made:
        made.add_worksheet("Notes").write_row(0, 0, ["nothing here"])
        sheet = made.add_worksheet("Deals")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    return out.getvalue()


def test_workbooks_keep_numbers_and_days_exact(staff: Staff) -> None:
    content = book(
        ("Deal ID", "Stage", "Amount", "Close date", "Is hot"),
        (17, "Won", 0.1, date(2026, 11, 3), True),
        (18, "Won", 1054.0, date(2026, 11, 4), False),
    )
    request = crm.draft(staff.admin, [("deals.xlsx", content)])
    assert crm.look(staff.admin, request.files[0]).sheets == ("Notes", "Deals")
    chosen = replace(request.files[0], layout=replace(request.files[0].layout, sheet="Deals"))
    turned = crm.turned(staff.admin, chosen, Kind.DEAL)
    crm.import_now(staff.admin, replace(request, files=(turned,)))
    deals = every_deal(staff)
    assert (deals["17"].amount, deals["17"].closed_on) == (Money.of("0.10"), date(2026, 11, 3))
    assert (deals["18"].amount, deals["17"].extra) == (Money.of("1054"), {"Is hot": "true"})


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not a book", b"\x00\x01\x02\x03", b"a,b,a\n1,2,3\n", b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_table_is_refused(staff: Staff, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        crm.draft(staff.admin, [("a.csv", content)])


def test_drafts_want_different_files_and_their_columns(staff: Staff) -> None:
    for uploads in ([], [("a.csv", DEALS.encode()), ("b.csv", DEALS.encode())]):
        with pytest.raises(InvalidInput):
            crm.draft(staff.admin, uploads)
    request = drafted(staff)
    without = replace(request, files=(replace(request.files[0], columns={"external_id": "Id trattativa"}),))
    for bad in (without, replace(request, source=" ")):
        with pytest.raises(InvalidInput):
            crm.preview(staff.admin, bad)
    assert crm.look(staff.admin, without.files[0]).missing == ("stage",)


def test_a_mapping_is_kept_by_name_and_used_again(staff: Staff) -> None:
    request = replace(
        drafted(staff), meanings={Asked.STAGE: {"In corso": Meaning(Act.IS, "lost")}}, source="gestionale"
    )
    crm.save_mapping(staff.admin, " Gestionale ", request)
    saved = crm.save_mapping(staff.admin, "Gestionale", replace(request, makes_people=True))
    assert [each.name for each in crm.mappings(staff.admin)] == ["Gestionale", "crm_maven"]
    assert crm.mapping_named(staff.admin, "Gestionale") == saved
    again = crm.draft(staff.admin, [("altro.csv", DEALS.encode())], saved)
    assert (again.source, again.meanings, again.makes_people) == ("gestionale", request.meanings, True)
    with pytest.raises(NotFound):
        crm.mapping_named(staff.admin, "nobody's")
    with pytest.raises(InvalidInput):
        crm.save_mapping(staff.admin, " ", request)


def signed_in(staff: Staff) -> None:
    with_account = NewAccount("ada", "a password nobody guesses", frozenset({Role.COMP_ADMIN}))
    people.create_account(replace(staff.admin, roles=frozenset({Role.SYSADMIN})), staff.admin.person_id, with_account)


def test_a_job_does_it_and_says_how_it_went(staff: Staff) -> None:
    assert tasks.import_files
    signed_in(staff)
    import_id = crm.start(staff.admin, drafted(staff))
    with pytest.raises(Conflict):
        crm.start(staff.admin, drafted(staff))  # one at a time from one source
    waiting, _ = crm.import_of(staff.admin, import_id)
    assert (waiting.state, waiting.job_id is not None) == (ImportState.WAITING, True)
    jobs.run_pending()
    done, _ = crm.import_of(staff.admin, import_id)
    assert (done.state, done.total.created) == (ImportState.DONE, 6)
    assert done.job_id is not None
    assert jobs.state(staff.admin, done.job_id).result == {
        "import_id": import_id, "created": 6, "changed": 0, "refused": 0,
    }  # fmt: skip
    assert crm.imports_page(staff.admin) == (1, (done,))


def test_a_job_that_fails_leaves_nothing_but_the_reason(staff: Staff) -> None:
    signed_in(staff)
    request = drafted(staff)
    import_id = crm.start(staff.admin, request)
    files.remove(request.files[0].content)
    jobs.run_pending()
    failed, _ = crm.import_of(staff.admin, import_id)
    assert (failed.state, failed.error_key) == (ImportState.FAILED, "infra.file.not_found")
    with pytest.raises(Conflict):
        crm.undo(staff.admin, import_id)


def test_a_crash_is_kept_with_the_import(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spm_app.crm.service.taking.write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        crm.import_now(staff.admin, drafted(staff))
    _, (failed,) = crm.imports_page(staff.admin)
    assert (failed.state, failed.error_key) == (ImportState.FAILED, "crm.import.stopped")
    assert crm.deals_page(staff.admin, DealQuery()).total == 0


def test_undo_puts_back_what_stood_before(staff: Staff) -> None:
    first = crm.import_now(staff.admin, drafted(staff))
    before = every_deal(staff)
    second = crm.import_now(staff.admin, drafted(staff, CHANGED.replace("Olga Other", "")))
    assert every_deal(staff) != before
    with pytest.raises(Conflict) as refusal:
        crm.undo(staff.admin, first.import_id)
    assert refusal.value.args_of_text == {"records": "T2, T3", "n": 2}

    assert crm.undo(staff.admin, second.import_id) == {Kind.DEAL: 2}
    assert every_deal(staff) == before
    with reading() as work:
        assert [each.stage for each in crm.stages_of(work, before["T2"].id)] == ["In corso"]
    changed = crm.preview(staff.admin, drafted(staff, CHANGED))
    assert changed.counts[Kind.DEAL] == Counts(3, changed=1, unchanged=2)

    assert crm.undo(staff.admin, first.import_id) == {Kind.DEAL: 3, Kind.ACCOUNT: 2, Kind.PRODUCT: 1}
    assert every_deal(staff) == {}
    with pytest.raises(Conflict):
        crm.undo(staff.admin, first.import_id)
    with reading() as work:
        assert audit.page(work, act="crm.import_undone")[0].subject == f"import:{first.import_id}"
    assert crm.import_now(staff.admin, drafted(staff)).total == Counts(6, created=6)


def test_an_account_that_later_deals_use_is_not_taken_away(staff: Staff) -> None:
    first = crm.load(staff.admin, batch(), "crm")
    crm.load(staff.admin, batch(open_deal("Later")), "crm")
    with pytest.raises(Conflict) as refusal:
        crm.undo(staff.admin, first.import_id)
    assert refusal.value.args_of_text["records"] == "Deal Later"


def test_only_who_may_import_does_anything_here(staff: Staff) -> None:
    request = drafted(staff)
    for ask in (
        lambda: crm.draft(staff.manager, [("a.csv", DEALS.encode())]),
        lambda: crm.look(staff.manager, request.files[0]),
        lambda: crm.turned(staff.manager, request.files[0], Kind.DEAL),
        lambda: crm.questions(staff.manager, request),
        lambda: crm.preview(staff.manager, request),
        lambda: crm.start(staff.manager, request),
        lambda: crm.import_now(staff.manager, request),
        lambda: crm.imports_page(staff.manager),
        lambda: crm.mappings(staff.manager),
        lambda: crm.save_mapping(staff.manager, "m", request),
        lambda: crm.undo(staff.manager, 1),  # type: ignore[arg-type]
        lambda: crm.refused(staff.manager, 1),  # type: ignore[arg-type]
        lambda: crm.import_of(staff.manager, 1),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotAllowed):
            ask()
    with pytest.raises(NotFound):
        crm.import_of(staff.admin, 99)  # type: ignore[arg-type]


def test_a_rehearsal_writes_and_keeps_nothing(staff: Staff) -> None:
    from spm_app.infra.db import rehearsal

    with rehearsal() as work:
        people.open_title(work, staff.admin, "GONE", "Gone")
        assert "GONE" in {each.code for each in people.titles(work)}
    with unit_of_work() as work:
        assert "GONE" not in {each.code for each in people.titles(work)}


def test_a_row_that_moved_is_refused_and_comes_back_whole(staff: Staff) -> None:
    content = b"deal_id,name,stage,amount\nM1,Acme, Inc,Open,100\nM2,Beta,Open,50\n"
    result = crm.import_now(staff.admin, crm.draft(staff.admin, [("deals.csv", content)]))
    assert result.counts[Kind.DEAL].refused == 1
    assert set(every_deal(staff)) == {"M2"}
    (back,) = crm.refused(staff.admin, result.import_id)
    assert [cells for _, cells, _ in back.rows] == [("M1", "Acme", "Inc", "Open", "100")]


def test_a_file_without_rows_imports_nothing_and_says_so(staff: Staff) -> None:
    request = crm.draft(staff.admin, [("deals.csv", b"deal_id,stage\n")])
    for ask in (crm.preview, crm.start, crm.import_now):
        with pytest.raises(InvalidInput, match="no_rows"):
            ask(staff.admin, request)


def test_formulas_without_a_value_never_empty_an_amount(staff: Staff) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        made.add_worksheet("Notes").write(0, 0, "nothing here")
        sheet = made.add_worksheet("Deals")
        sheet.write_row(0, 0, ["deal_id", "stage", "amount"])
        for at, name in enumerate(("F1", "F2", "F3", "F4"), 1):
            sheet.write_row(at, 0, [name, "Open"])
        sheet.write_formula(1, 2, "=50*2", None, 100)
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 2, "=50*3", None, "")
        sheet.write_number(4, 2, 7)
    request = crm.draft(staff.admin, [("deals.xlsx", content.getvalue())])
    file = replace(request.files[0], layout=replace(request.files[0].layout, sheet="Deals"))
    result = crm.import_now(staff.admin, replace(request, files=(crm.turned(staff.admin, file, Kind.DEAL),)))
    assert {name: each.amount for name, each in every_deal(staff).items()} == {"F1": Money.of(100), "F4": Money.of(7)}
    refusals = [(each.row, each.problem.args["cell"]) for each in result.findings if each.is_refusal]
    assert refusals == [(3, "C3"), (4, "C4")]


def test_taking_back_a_file_that_changed_nothing_takes_nothing(staff: Staff) -> None:
    first = crm.import_now(staff.admin, drafted(staff))
    again = crm.import_now(staff.admin, drafted(staff))
    assert again.counts[Kind.DEAL].unchanged == first.counts[Kind.DEAL].created
    crm.undo(staff.admin, again.import_id)
    assert len(every_deal(staff)) == first.counts[Kind.DEAL].created
