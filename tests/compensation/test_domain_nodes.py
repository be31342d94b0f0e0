"""A YAML text as spots: what each reading gives, and what it notes when it cannot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.compensation.domain.nodes import Asked, Notes, Spot, open_text
from spm_app.compensation.domain.pays import ShareBy
from spm_app.compensation.domain.rule import Type
from spm_app.kernel.money import Currency

if TYPE_CHECKING:
    from collections.abc import Callable

EUR = Currency("EUR")


def spot(value: str) -> Spot:
    """The value of `a` on the second line."""
    root = open_text(f"# a comment\na: {value}\n", Notes())
    assert root is not None
    return root.fields(("a",))["a"]


READINGS: dict[str, Callable[[Spot], Any]] = {
    "text": lambda each: each.text(5),
    "choice": lambda each: each.choice(ShareBy),
    "percent": Spot.percent,
    "money": lambda each: each.money(EUR),
    "quantity": Spot.quantity,
    "factor": Spot.factor,
    "flag": Spot.flag,
    "day": Spot.day,
    "number": lambda each: each.number(1, 9),
    "items": lambda each: len(each.items()),
    "names": lambda each: [name for name, _ in each.names()],
}


@pytest.mark.parametrize(
    ("reading", "value", "expected"),
    [
        ("text", "' ab '", "ab"),
        ("choice", "equal", ShareBy.EQUAL),
        ("percent", "12.5 %", 125_000),
        ("percent", "-3%", -30_000),
        ("money", "12.50", 1_250),
        ("money", "0", 0),
        ("quantity", "1.5", 1_500_000),
        ("quantity", "0", 0),
        ("factor", "1.15", 1_150_000),
        ("factor", "115 %", 1_150_000),
        ("flag", "yes", True),
        ("flag", "True", True),
        ("flag", "no", False),
        ("flag", "false", False),
        ("day", "2026-02-28", date(2026, 2, 28)),
        ("number", "9", 9),
        ("items", "[x, y]", 2),
        ("names", "{x: 1, y: 2}", ["x", "y"]),
    ],
)
def test_a_spot_is_read(reading: str, value: str, expected: object) -> None:
    each = spot(value)
    assert READINGS[reading](each) == expected
    assert each.notes.problems == []


@pytest.mark.parametrize(
    ("reading", "value", "harmless", "key"),
    [
        ("text", "", "", "not_a_text"),
        ("text", "[x]", "", "not_a_text"),
        ("text", "abcdef", "abcdef", "too_long"),
        ("choice", "by luck", ShareBy.CREDIT, "not_a_choice"),
        ("percent", "0.5", 1_000_000, "not_a_percentage"),
        ("percent", "0.00001 %", 1_000_000, "not_a_percentage"),
        ("money", "1.005", 0, "not_an_amount"),
        ("money", "5 %", 0, "not_an_amount"),
        ("quantity", "many", 0, "not_a_quantity"),
        ("factor", "twice", 0, "not_a_quantity"),
        ("factor", "twice %", 1_000_000, "not_a_percentage"),
        ("flag", "maybe", False, "not_yes_or_no"),
        ("day", "2026-02-29", date(2000, 1, 1), "not_a_day"),
        ("number", "0", 1, "not_a_number"),
        ("number", "10", 1, "not_a_number"),
        ("number", "+2", 1, "not_a_number"),
        ("items", "[]", 0, "not_a_list"),
        ("items", "x", 0, "not_a_list"),
        ("names", "x", [], "not_a_map"),
    ],
)
def test_what_cannot_be_read_is_noted_and_gives_something_harmless(
    reading: str, value: str, harmless: object, key: str
) -> None:
    each = spot(value)
    assert READINGS[reading](each) == harmless
    assert [(problem.at, problem.key) for problem in each.notes.problems] == [("2:a", f"compensation.plan.{key}")]


def test_a_figure_is_of_the_kind_that_is_asked_for() -> None:
    assert spot("12.5 %").figure(Type.RATIO, EUR) == 125_000
    assert spot("12.5").figure(Type.NUMBER, EUR) == 12_500_000
    assert spot("12.5").figure(Type.MONEY, EUR) == spot("12.5").figure(None, EUR) == 1_250


def test_a_spot_knows_what_it_is() -> None:
    assert [each(spot("{b: 1}")) for each in (Spot.is_map, Spot.is_list, Spot.is_percent)] == [True, False, False]
    assert [each(spot("[5 %]")) for each in (Spot.is_map, Spot.is_list, Spot.is_percent)] == [False, True, False]
    assert [each(spot("5 %")) for each in (Spot.is_map, Spot.is_list, Spot.is_percent)] == [False, False, True]
    assert not spot("5").is_percent()


def test_what_is_missing_is_noted_once_and_then_silent() -> None:
    notes = Notes()
    root = open_text("a: 1\nx: 2\na: 3\n", notes)
    assert root is not None
    parts = root.fields(("a", "b"), ("c",))
    assert [*parts] == ["a", "b"]
    assert (parts["b"].money(EUR), parts["b"].line, parts["a"].text()) == (0, 1, "1")
    assert parts["b"].fields(("deep",))["deep"].text() == ""
    assert [(each.at, each.key.removeprefix("compensation.plan."), dict(each.args)) for each in notes.problems] == [
        ("2:x", "unknown_key", {"name": "x", "known": "a, b, c"}),
        ("3:a", "given_twice", {"name": "a"}),
        ("1:", "missing", {"name": "b"}),
    ]


def test_a_list_where_names_belong_says_so_once() -> None:
    each = spot("[1]")
    each.fields(("b", "c"))
    assert [problem.key for problem in each.notes.problems] == ["compensation.plan.not_a_map"]


def test_what_was_expected_and_on_which_line_is_kept_for_forms() -> None:
    each = spot("\n  - {b: yes, c: 5 %, d: 1}")
    (first,) = each.items()
    parts = first.fields(("b",), ("c", "d"))
    parts["b"].text(10)
    parts["c"].percent()
    parts["d"].choice(ShareBy)
    assert each.notes.asked == {
        "": Asked("map", ("a",)),
        "a": Asked("list"),
        "a[0]": Asked("map", ("b",), ("c", "d")),
        "a[0].b": Asked("text", most=10),
        "a[0].c": Asked("percent"),
        "a[0].d": Asked("choice", (), ("credit", "attainment", "equal")),
    }
    assert each.notes.places == {"a": 2, "a[0]": 3, "a[0].b": 3, "a[0].c": 3, "a[0].d": 3}


@pytest.mark.parametrize(
    ("text", "at", "key"),
    [
        ("", "1:", "empty"),
        ("# nothing", "1:", "empty"),
        ("a: {", "1:", "not_yaml"),
        ("a: 1\n\tb: 2", "2:", "not_yaml"),
        ("a: &x 1\nb: 2", "1:", "alias"),
        ("a: 1\n---\nb: 2", "2:", "alias"),
        ("x" * 200_001, "1:", "too_long"),
        ("a:\n  " + "[" * 12 + "]" * 12, "2:", "too_deep"),
        ("a: \x07", "1:", "not_yaml"),
    ],
)
def test_a_text_that_we_do_not_take_has_no_spot(text: str, at: str, key: str) -> None:
    notes = Notes()
    assert open_text(text, notes) is None
    assert [(each.at, each.key) for each in notes.problems] == [(at, f"compensation.plan.{key}")]
