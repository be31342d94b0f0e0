"""Files as people and programs write them: layout guessed, cells understood, columns matched, people put in order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from spm_app.crm.domain import cells
from spm_app.crm.domain.deals import Outcome
from spm_app.crm.domain.fields import guess_columns, guess_kind, missing
from spm_app.crm.domain.imports import Kind
from spm_app.crm.domain.layout import (
    Layout,
    Table,
    decode,
    guess_days,
    guess_decimal,
    guess_delimiter,
    guess_encoding,
    guess_heading,
    sample,
    split,
    table_of,
)
from spm_app.crm.domain.mapping import (
    Act,
    Asked,
    FileRequest,
    Meaning,
    Request,
    as_json,
    from_json,
    guess_outcome,
    guess_same,
)
from spm_app.crm.domain.staffing import NewStaff, staffing
from spm_app.crm.domain.transcribe import (
    Meant,
    PersonLine,
    PersonRecord,
    accounts_of,
    deals_of,
    persons_of,
    products_of,
    values_of,
)
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.problem import Problem
from tests.crm.builders import SOMEBODY, owned

EUR = Currency("EUR")
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"), max_size=12)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("città".encode(), "utf-8"),
        ("città".encode("utf-8-sig"), "utf-8-sig"),
        ("città".encode("utf-16"), "utf-16"),
        ("città €".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_are_recognised(content: bytes, encoding: str) -> None:
    assert guess_encoding(content) == encoding
    assert decode(content, encoding).startswith("città")


def test_an_encoding_that_is_not_offered_is_refused() -> None:
    with pytest.raises(InvalidInput):
        decode(b"", "rot13")


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=20), st.sampled_from(",;\t|"))
def test_a_written_table_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    import csv
    import io

    out = io.StringIO()
    heading = ["id", "nome del cliente", "note"]
    csv.writer(out, delimiter=delimiter).writerows([heading, *rows])
    assert guess_delimiter(out.getvalue()) == delimiter or any(
        mark in cell for row in rows for cell in row for mark in ",;\t|"
    )
    read = table_of(split(out.getvalue(), delimiter))
    expected = [tuple(cell.strip() for cell in row) for row in rows]
    assert [row.cells for row in read.rows] == [row for row in expected if any(row)]


def test_a_lone_column_and_no_text_are_tables_too() -> None:
    assert guess_delimiter("name\nAda\n") == ","
    assert guess_delimiter("") == ","


TITLED = "Report trattative, 2026;;\nEstratto il;24/11/2026;\n\nid;importo;note\n1;1,50;a, b\n2;2,75;c\n"


def test_titles_above_a_heading_are_passed() -> None:
    assert guess_delimiter(TITLED) == ";"
    rows = list(split(TITLED, ";"))
    assert guess_heading(rows) == 4
    read = table_of(rows, heading_at=4)
    assert (read.heading, [row.number for row in read.rows]) == (("id", "importo", "note"), [5, 6])


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([], 1),
        ([["id", "name"], ["1", "a"]], 1),
        ([[], ["Deals"], ["id", "name"], ["1", "a"]], 3),
        ([["Deals", "1/11/2026"], ["name", "2025"], ["a", "1"]], 2),
        ([["a", "1.5"], ["b", "2.5"]], 1),
    ],
)
def test_a_heading_is_wide_and_has_no_figures(rows: list[list[str]], line: int) -> None:
    assert guess_heading(rows) == line


def test_a_heading_that_is_looked_for_behind_the_end_is_refused() -> None:
    with pytest.raises(InvalidInput):
        table_of([["id", "name"], ["1", "a"]], heading_at=3)


def test_rows_keep_the_number_that_a_spreadsheet_shows() -> None:
    read = table_of([["", ""], ["id", "name"], [], ["1", "a", " "], ["2"]])
    assert [(row.number, row.cells) for row in read.rows] == [(4, ("1", "a")), (5, ("2", ""))]


def test_a_row_longer_than_its_heading_is_refused_and_keeps_all_its_cells() -> None:
    row = table_of([["id", "name", "amount"], ["1", "Acme", "Inc", "100"]]).rows[0]
    assert row.cells == ("1", "Acme", "Inc", "100")
    assert row.flaw == Problem("row", "crm.problem.too_many_cells", {"cells": 4, "columns": 3})


def test_letters_that_cannot_be_read_refuse_their_row_only() -> None:
    rows = table_of(split(decode(b"id;name\n1;Citt\xe0\n2;Roma\n", "utf-8"), ";")).rows
    assert [row.flaw and row.flaw.key for row in rows] == ["crm.problem.unreadable_letters", None]


def test_a_known_flaw_stays_with_its_row() -> None:
    wrong = Problem("row", "crm.problem.formula", {"cell": "B2"})
    rows = table_of([["id", "name"], ["1", "\ufffd", "more"], ["2", "b"]], {2: wrong}).rows
    assert [row.flaw for row in rows] == [wrong, None]


def test_the_line_in_which_excel_names_the_delimiter_is_no_heading() -> None:
    text = "sep=;\nid;name\n1;a\n"
    assert guess_delimiter(text) == ";"
    read = table_of(split(text, ";"))
    assert (read.heading, [row.number for row in read.rows]) == (("id", "name"), [3])


@pytest.mark.parametrize("text", ['id,name\n1,"open\n2,b\n3,c\n', 'id,name\n1,"a"b,c"\n2,d\n'])
def test_a_quotation_mark_that_would_swallow_rows_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="quotes_open"):
        table_of(split(text, ","))


@pytest.mark.parametrize("rows", [[], [["", ""]], [["id", "name", "id"]]])
def test_what_is_no_table_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(InvalidInput):
        table_of(rows)


def test_endless_cells_are_refused() -> None:
    with pytest.raises(InvalidInput):
        list(split('"' + "x" * 200_000, ","))


AMOUNTS = st.decimals(min_value=-(10**7), max_value=10**7, places=2, allow_nan=False, allow_infinity=False)


def italian(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(".,", ",."))


@given(st.lists(AMOUNTS, min_size=1, max_size=10), st.booleans())
def test_amounts_are_read_as_they_were_meant(amounts: list[Decimal], in_italian: bool) -> None:
    written = [italian(each) if in_italian else f"{each:,.2f}" for each in amounts]
    mark = guess_decimal(written)
    assert mark == ("," if in_italian else ".")
    assert [cells.number(each, mark) for each in written] == amounts


@pytest.mark.parametrize(
    ("written", "delimiter", "mark"),
    [
        (["1.234", "12"], ",", "."),
        (["1.234"], ";", ","),
        (["12,5"], ",", ","),
        (["0.125"], ";", "."),
        (["1.234.567"], ",", ","),
        (["1,234,567"], ";", "."),
        (["1234.567"], ";", "."),
        (["Ada", "2026-01-01"], ",", "."),
        ([], ",", "."),
    ],
)
def test_the_decimal_mark_is_guessed_from_what_cannot_be_otherwise(
    written: list[str], delimiter: str, mark: str
) -> None:
    assert guess_decimal(written, delimiter) == mark


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,054.50", ".", "1054.50"),
        ("€ 1.054,50", ",", "1054.50"),
        ("1 054,50 EUR", ",", "1054.50"),
        ("1'054.50", ".", "1054.50"),
        ("(12.00)", ".", "-12.00"),
        ("-12", ".", "-12"),
        ("1.05,4", ".", None),
        ("10,54", ".", None),
        ("twelve", ".", None),
        ("NaN", ".", None),
        ("1e5", ".", None),
    ],
)
def test_a_cell_is_an_exact_number_or_none(text: str, decimal: str, value: str | None) -> None:
    assert cells.number(text, decimal) == (None if value is None else Decimal(value))


DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
FORMS = {"ymd": "{0.year:04d}-{0.month:02d}-{0.day:02d}", "dmy": "{0.day}/{0.month}/{0.year}"}
FORMS["mdy"] = "{0.month:02d}/{0.day:02d}/{0.year}"


@given(st.lists(DAYS, min_size=1, max_size=10), st.sampled_from(sorted(FORMS)))
def test_days_are_read_as_they_were_meant(days: list[date], order: str) -> None:
    assume(order != "mdy" or any(each.day > 12 for each in days))
    written = [FORMS[order].format(each) for each in days]
    assert guess_days(written) == order
    assert [cells.day(each, order) for each in written] == days


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("2026-03-01T10:15:00Z", "dmy", date(2026, 3, 1)),
        ("01.03.26", "dmy", date(2026, 3, 1)),
        ("3/1/99", "mdy", date(1999, 3, 1)),
        ("31/02/2026", "dmy", None),
        ("soon", "dmy", None),
        ("2026-03", "ymd", None),
    ],
)
def test_a_cell_is_a_day_or_none(text: str, order: str, value: date | None) -> None:
    assert cells.day(text, order) == value


def test_dates_that_could_be_both_are_taken_as_day_first_and_none_as_iso() -> None:
    assert guess_days(["03/04/2026"]) == "dmy"
    assert guess_days(["13/04/2026", "04/13/2026"]) == "dmy"
    assert guess_days(["Ada"]) == "ymd"


def test_the_sample_leaves_out_empty_cells() -> None:
    assert list(sample(table_of([["a", "b"], ["1", ""], ["", "2"]]))) == ["1", "2"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        (["opportunity_id", "sales_agent", "product", "account", "deal_stage"], Kind.DEAL),
        (["Id trattativa", "Fase", "Cliente", "Importo"], Kind.DEAL),
        (["Opportunity ID", "Opportunity Name", "Stage", "Amount", "Close Date", "Opportunity Owner"], Kind.DEAL),
        (["account", "sector", "year_established"], Kind.ACCOUNT),
        (["product", "series", "sales_price"], Kind.PRODUCT),
        (["sales_agent", "manager", "regional_office"], Kind.PERSON),
    ],
)
def test_headings_tell_what_the_rows_are(heading: list[str], kind: Kind) -> None:
    assert guess_kind(heading) is kind
    assert missing(kind, guess_columns(kind, heading)) == ()


def test_a_column_is_given_once() -> None:
    columns = guess_columns(Kind.DEAL, ["Id", "Stage", "", "Account", "Cliente"])
    assert columns == {"external_id": "Id", "stage": "Stage", "account": "Account"}
    assert missing(Kind.DEAL, {"stage": "Stage"}) == ("external_id",)


REQUEST = Request(
    source="crm",
    currency="EUR",
    files=(FileRequest("deals.csv", "0" * 64, Kind.DEAL, Layout(), {"external_id": "id", "stage": "stage"}),),
    meanings={Asked.STAGE: {"Signed": Meaning(Act.IS, "won")}, Asked.OWNER: {"House": Meaning(Act.LEAVE)}},
    makes_people=True,
    staff_since=date(2026, 1, 1),
)


def test_a_request_survives_being_kept() -> None:
    import json
    from dataclasses import replace

    for request in (REQUEST, replace(REQUEST, staff_since=None)):
        assert from_json(json.loads(json.dumps(as_json(request)))) == request
    assert REQUEST.of(Kind.DEAL) is REQUEST.files[0]
    assert REQUEST.of(Kind.ACCOUNT) is None


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [("Closed Won", "won"), ("Vinta", "won"), ("Chiusa persa", "lost"), ("cancelled", "lost"), ("Engaging", "open")],
)
def test_stages_say_how_a_deal_stands(stage: str, outcome: str) -> None:
    assert guess_outcome(stage) == outcome


def test_similar_names_are_one_and_the_same_only_when_there_is_one() -> None:
    assert guess_same("GTXPro", ["GTX Pro", "GTX Basic"]) == Meaning(Act.IS, "GTX Pro")
    assert guess_same("GTXPro", ["GTX Pro", "gtx-pro"]) is None
    assert guess_same("Other", ["GTX Pro"]) is None


def table(*rows: str) -> Table:
    return table_of(row.split(",") for row in rows)


def file(kind: Kind, **columns: str) -> FileRequest:
    return FileRequest("f.csv", "", kind, Layout(days="dmy"), columns)


MEANT = Meant(
    {"Won": Outcome.WON, "New": Outcome.OPEN}, {"Ada": SOMEBODY, "House": None}, {"GTXPro": "GTX Pro"}, {"Acme": "A1"}
)
DEAL_FILE = file(
    Kind.DEAL, external_id="id", stage="s", owner="o", account="a", product="p", amount="m", close_on="c", name="gone"
)


def test_deals_are_read_with_their_words_understood() -> None:
    (line,) = deals_of(table("id,s,o,a,p,m,c,note", "7,Won,Ada,Acme,GTXPro,12.50,3/11/2026,hot"), DEAL_FILE, EUR, MEANT)
    record = line.record
    assert record is not None
    assert (record.external_id, record.name, record.outcome) == ("7", "7", Outcome.WON)
    assert (record.account, record.product, record.amount) == ("A1", "GTX Pro", Money.of("12.50"))
    assert (record.close_on, record.opened_on, record.owners) == (date(2026, 11, 3), None, owned(SOMEBODY))
    assert (record.extra, line.problems) == ({"note": "hot"}, ())


def test_whatever_cannot_be_understood_is_named() -> None:
    bad, left_out, bare_row = deals_of(
        table("id,s,o,a,p,m,c", "8,Signed,Bob,Beta,GTK,lots,soon", "9,New,House,,,,", "10,,,,,,"), DEAL_FILE, EUR, MEANT
    )
    assert [each.at for each in bad.problems] == ["stage", "amount", "close_on", "owner"]
    assert left_out.record is not None
    assert (left_out.problems, left_out.record.owners, left_out.record.amount) == ((), (), None)
    assert bare_row.problems == ()  # an empty stage is the record's own problem


def test_names_are_ids_where_there_are_no_ids() -> None:
    (account,) = accounts_of(
        table("account,sector,size", "Acme,retail,12"), file(Kind.ACCOUNT, name="account", sector="sector")
    )
    assert account.record is not None
    assert (account.record.external_id, account.record.extra) == ("Acme", {"size": "12"})
    products = products_of(
        table("sku,product,price", "S1,GTX Pro,4821", "S2,MG,cheap"),
        file(Kind.PRODUCT, external_id="sku", name="product", list_price="price"),
        EUR,
    )
    assert products[0].record is not None
    assert (products[0].record.external_id, products[0].record.list_price) == ("S1", Money.of(4821))
    assert [each.key for each in products[1].problems] == ["crm.problem.unreadable_amount"]


def test_the_words_of_a_column_are_counted() -> None:
    read = table("id,s", "1,Won", "2,Lost", "3,Won", "4,")
    assert values_of(read, file(Kind.DEAL, stage="s"), "stage") == {"Won": 2, "Lost": 1}
    assert values_of(read, file(Kind.DEAL), "stage") == {}


def test_people_are_read_by_name() -> None:
    lines = persons_of(
        table("n,m,t,h", "Ada  Lovelace,Mara,North,1/2/2026", ",Mara,North,", "Bob,,,soon"),
        file(Kind.PERSON, name="n", manager="m", team="t", hired_on="h"),
    )
    assert lines[0].record == PersonRecord("Ada Lovelace", manager="Mara", team="North", hired_on=date(2026, 2, 1))
    assert [each.problems[0].key for each in lines[1:]] == ["crm.problem.missing", "crm.problem.unreadable_day"]


def person(row: int, name: str, manager: str = "", team: str = "North") -> PersonLine:
    return PersonLine(row, PersonRecord(name, manager=manager, team=team))


def test_managers_are_created_before_those_who_report_to_them() -> None:
    lines = [person(2, "Ada", "Mara"), person(3, "Bob", "Ada"), person(4, "Known", "Mara"), person(5, "ADA")]
    plan = staffing(lines, [PersonRecord("Only Owner")], {"known"})
    names = [each.record.name for each in plan.created]
    assert set(names) == {"Mara", "Ada", "Bob", "Only Owner"}
    assert names.index("Mara") < names.index("Ada") < names.index("Bob")
    assert [each.leads for each in plan.created if each.record.name in {"Mara", "Bob"}] == [True, False]
    assert (plan.known, plan.refused) == (1, ())


def test_a_manager_of_whom_nothing_else_is_said_sits_in_the_team_they_lead() -> None:
    plan = staffing([person(2, "Ada", "Mara", "South")], [], set())
    assert plan.created[0] == NewStaff(PersonRecord("Mara", team="South"), leads=True)


def test_circles_and_unreadable_rows_are_refused() -> None:
    broken = PersonLine(4, PersonRecord(""), (Problem("name", "crm.problem.missing"),))
    plan = staffing([person(2, "Ada", "Bob"), person(3, "Bob", "Ada"), broken, person(5, "Cy")], [], set())
    assert {line.row for line in plan.refused} == {2, 3, 4}
    assert [each.record.name for each in plan.created] == ["Cy"]
