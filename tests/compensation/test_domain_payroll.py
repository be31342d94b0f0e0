"""Payroll files by hand: what is left to tell, rows, and bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spm_app.compensation.domain.payroll.entries import Entry, Told, due, left
from spm_app.compensation.domain.payroll.template import (
    Column,
    Sign,
    Template,
    check,
    codes_text,
    columns_text,
    read,
    read_codes,
    read_columns,
    written,
)
from spm_app.compensation.domain.payroll.writing import Row, content, rows
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import Period

EUR = Currency("EUR")
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1), "2026-Q4")
COLUMNS = read_columns("number | Matricola\nname | Nome\ncode | Voce\namount | Importo")
CSV = Template("Paghe", COLUMNS, codes={"sales": "0410", "*": "0499"})
FIXED = Template(
    "Fixed",
    read_columns('"H1" | | 2\nnumber | | 6 | 0\nname | | 5\namount | | 9 | 0\nlast_day | | 8'),
    separator="fixed",
    decimal="none",
    days="%Y%m%d",
    line_end="lf",
    has_heading=False,
    by_code=False,
)


def entry(component: str = "sales", amount: str = "100", **more: object) -> Entry:
    made = Entry(PersonId(1), "7", "Rino Rossi", False, component, Money.of(amount))
    return replace(made, **more)  # pyright: ignore[reportArgumentType]


def told(*entries: Entry) -> list[Told]:
    return [Told(each, Money.of("0")) for each in entries]


def test_the_first_export_says_all_and_the_next_only_differences() -> None:
    first = left([entry(), entry("bonus", "0"), entry("adjustment", "-20")], [])
    assert [(each.entry.component, each.amount) for each in first] == [
        ("adjustment", Money.of("-20")),
        ("sales", Money.of("100")),
    ]
    assert left([entry(), entry("adjustment", "-20")], first) == ()
    second = left([entry(amount="130")], first)
    assert [(each.entry.component, each.before, each.amount) for each in second] == [
        ("adjustment", Money.of("-20"), Money.of("20")),
        ("sales", Money.of("100"), Money.of("30")),
    ]
    assert left([entry(amount="130")], [*first, *second]) == ()
    assert due(second, EUR) == Money.of("50")


def test_who_becomes_an_agent_is_taken_back_from_payroll() -> None:
    first = left([entry()], [])
    second = left([entry(is_agent=True)], first)
    assert {(each.entry.is_agent, each.amount) for each in second} == {
        (False, Money.of("-100")),
        (True, Money.of("100")),
    }


def test_rows_are_by_payee_and_code_or_by_payee() -> None:
    lines = told(entry(), entry("bonus", "5"), entry("spiff", "6"), entry("back", "-3", payee_id=PersonId(2)))
    assert [(each.code, each.amount) for each in rows(lines, CSV)] == [
        ("0410", Money.of("100")),
        ("0499", Money.of("11")),
        ("0499", Money.of("-3")),
    ]
    assert [each.amount for each in rows(lines, replace(CSV, by_code=False, codes={}))] == [
        Money.of("111"),
        Money.of("-3"),
    ]
    assert rows(told(entry(), entry("minus", "-100")), replace(CSV, by_code=False)) == ()
    with pytest.raises(InvalidInput) as refused:
        rows(lines, replace(CSV, codes={"sales": "1"}))
    assert refused.value.problems[0].args == {"components": "back, bonus, spiff"}


def test_a_separated_file() -> None:
    made = (
        Row("7", "Rossi; Rino", "0410", Money.of("1234.50")),
        Row("8", "=1+1", "0410", Money.of("-0.05")),
    )
    assert content(made, CSV, QUARTER, 3).decode() == (
        'Matricola;Nome;Voce;Importo\r\n7;"Rossi; Rino";0410;1234,50\r\n8;\'=1+1;0410;-0,05\r\n'
    )
    assert content(made, CSV, QUARTER, 3) == content(made, CSV, QUARTER, 3)
    columns = read_columns('sign\namount\ncurrency\nperiod\nfirst_day\nlast_day\nexport\n"X"')
    other = replace(
        CSV, columns=columns, sign=Sign.NONE, separator="tab", decimal="point", has_heading=False, by_code=False
    )
    assert content(made[1:], other, QUARTER, 3) == b"-\t0.05\tEUR\t2026-Q4\t01/10/2026\t31/12/2026\t3\tX\r\n"
    assert content(made[:1], other, QUARTER, 3).startswith(b"+\t1234.50")
    after = replace(CSV, sign=Sign.AFTER, encoding="utf-8-sig", line_end="lf")
    assert content(made[1:], after, QUARTER, 3).endswith(b";0,05-\n")
    yen = Row("7", "A", "1", Money.of("120", Currency("JPY")))
    assert content([yen], CSV, QUARTER, 1).endswith(b";120\r\n")


def test_a_file_of_fixed_width() -> None:
    made = (Row("7", "Rossi", "", Money.of("12.50")), Row("12", "Bianchi", "", Money.of("-1")))
    assert content(made, FIXED, QUARTER, 1).decode() == (
        "H1000007Rossi00000125020261231\nH1000012Bianc-0000010020261231\n"
    )
    spaced = replace(FIXED, columns=read_columns("amount | A | 8\nname | N | 4"), has_heading=True)
    assert content(made, spaced, QUARTER, 1).decode() == "       AN   \n    1250Ross\n    -100Bian\n"


@pytest.mark.parametrize(
    ("row", "template"),
    [
        (Row("1234567", "A", "", Money.of("1")), FIXED),
        (Row("7", "A", "", Money.of("-12345678")), FIXED),
        (Row("7", "Łukasz", "1", Money.of("1")), replace(CSV, encoding="cp1252")),
        (Row("7", "A", "1", Money.of("1")), replace(CSV, columns=())),
    ],
)
def test_nothing_is_cut_or_replaced_in_silence(row: Row, template: Template) -> None:
    with pytest.raises(InvalidInput):
        content([row], template, QUARTER, 1)


@pytest.mark.parametrize(
    ("template", "key"),
    [
        (replace(CSV, name=" "), "no_name"),
        (replace(CSV, columns=()), "no_columns"),
        (replace(CSV, columns=(*COLUMNS, Column("salary"))), "no_such_field"),
        (replace(CSV, columns=COLUMNS[:3]), "no_amount"),
        (replace(CSV, sign=Sign.NONE), "no_sign"),
        (replace(CSV, columns=(COLUMNS[0], COLUMNS[3])), "no_code"),
        (replace(CSV, separator="fixed"), "no_width"),
        (replace(CSV, columns=(*COLUMNS, Column("name", pad="ab"))), "bad_padding"),
        (replace(CSV, separator="comma"), "commas_twice"),
        (replace(CSV, encoding="ebcdic"), "no_such_choice"),
        (replace(CSV, days="%s"), "no_such_choice"),
    ],
)
def test_a_template_that_cannot_be_used_says_why(template: Template, key: str) -> None:
    assert f"compensation.payroll.{key}" in {each.key for each in check(template)}


def test_a_template_is_text_and_comes_back() -> None:
    assert check(CSV) == check(FIXED) == ()
    for each in (CSV, FIXED):
        assert read(written(each)) == each
        assert read_columns(columns_text(each.columns)) == each.columns
        assert read_codes(codes_text(each.codes)) == each.codes
    assert read_codes("nothing\n= 5\na=b=c") == {"a": "b=c"}
    assert read_columns("\n  \nname | N | wide") == (Column("name", "N"),)
    assert Column('"').constant is None
