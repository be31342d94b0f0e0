from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.people.domain.importing import Line, day, guess_columns, in_order, read

COLUMNS = {"name": 0, "hired_on": 1, "external_id": 2, "left_on": 3, "manager": 4, "language": 5}
HIRED = date(2025, 1, 1)


def line(number: int, name: str, manager: str = "") -> Line:
    return Line(number, name, HIRED, manager=manager)


def test_columns_are_found_by_their_names_in_two_languages() -> None:
    assert guess_columns(["Matricola", "Nominativo", "Data assunzione", "x"]) == {
        "external_id": 0,
        "name": 1,
        "hired_on": 2,
    }
    assert guess_columns(["Full_Name", "Hire date", "Department"]) == {"name": 0, "hired_on": 1, "team": 2}


def test_one_column_says_one_thing() -> None:
    assert guess_columns(["Position"]) == {"title": 0}


@pytest.mark.parametrize(
    ("text", "order", "found"),
    [
        ("2026-11-24", "dmy", date(2026, 11, 24)),
        ("2026-11-24T10:00:00", "ymd", date(2026, 11, 24)),
        ("2026-11-24 10:00", "ymd", date(2026, 11, 24)),
        ("3/4/2026", "dmy", date(2026, 4, 3)),
        ("3/4/2026", "mdy", date(2026, 3, 4)),
        ("3/4/2026", "ymd", None),
        ("31/02/2026", "dmy", None),
        ("3/4/26", "dmy", None),
        ("soon", "dmy", None),
    ],
)
def test_a_day_is_read_as_it_was_said_to_be_written(text: str, order: str, found: date | None) -> None:
    assert day(text, order) == found


def test_a_row_is_read_or_refused_with_its_number() -> None:
    rows = [
        ("Ada  Lovelace", "2025-01-01", "E1", "", "Bea", "italiano"),
        ("", "", "", "", "", ""),
        ("", "2025-01-01", "E2", "", "", ""),
        ("Carlo", "soon", "E3", "", "", ""),
        ("Dora", "2025-01-01", "E4", "later", "", ""),
        ("Enzo", "2025-01-01", "E5", "2024-01-01", "", ""),
        ("Fede", "2025-01-01", "e1", "", "", ""),
        ("Gina", "2025-01-01"),
    ]
    found = read(rows, COLUMNS)
    assert [(each.number, each.name, each.language) for each in found.lines] == [
        (2, "Ada Lovelace", "it"),
        (9, "Gina", ""),
    ]
    assert [(each.at, each.key.rpartition(".")[2]) for each in found.refused] == [
        ("4", "no_name"),
        ("5", "no_day"),
        ("6", "no_day"),
        ("7", "left_before_hired"),
        ("8", "twice"),
    ]


def test_two_people_may_share_a_name() -> None:
    rows = [("Ada", "2025-01-01", "E1"), ("Ada", "2025-01-01", "E2")]
    assert len(read(rows, {"name": 0, "hired_on": 1, "external_id": 2}).lines) == 2


def test_managers_come_before_their_reports() -> None:
    ordered = in_order([line(2, "Rep", "Lead"), line(3, "Lead", "Boss"), line(4, "Boss"), line(5, "Other", "Outside")])
    assert [each.name for each in ordered] == ["Boss", "Lead", "Rep", "Other"]


def test_a_circle_in_the_file_loses_nobody() -> None:
    assert len(in_order([line(2, "A", "B"), line(3, "B", "A"), line(4, "C", "C")])) == 3


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from(["", "A", "B"]), st.sampled_from(["", "2025-01-01", "x"])), max_size=12))
def test_every_row_is_read_or_refused(rows: list[tuple[str, str]]) -> None:
    found = read(rows, {"name": 0, "hired_on": 1})
    assert len(found.lines) + len(found.refused) == sum(any(row) for row in rows)
