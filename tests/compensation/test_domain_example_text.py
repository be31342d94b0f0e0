"""Cases of an author, as they are written, and what is refused in them."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.terms import Example, Sale
from tests.compensation.plan_parts import findings, text_of
from tests.compensation.plans import plan

LOST = "{amount: 5, outcome: lost, stage: x, product: p, account: a, share: 50 %}"


def with_example(text: str) -> str:
    """The plan with one case, on line 17."""
    return text_of("rate: 5 %", tail=f"examples:\n  - {text}\n")


@pytest.mark.parametrize(
    ("text", "example"),
    [
        (
            "{name: A, quota: 1000, transactions: [500], expected: {sales: 25}}",
            Example("A", 100_000, (Sale(50_000),), {"sales": 2_500}),
        ),
        (
            "{name: B, transactions: [{amount: -5}, {amount: 1, by: self}], expected: {}}",
            Example("B", None, (Sale(-500), Sale(100)), {}),
        ),
        (
            f"{{name: C, expected: {{sales: 0}}, transactions: [{LOST}]}}",
            Example("C", None, (Sale(500, "lost", "x", "p", "a", 500_000),), {"sales": 0}),
        ),
        (
            "{name: D, transactions: [{amount: 5, by: team}], expected: {sales: 0}}",
            Example("D", None, (Sale(500, by_team=True),), {"sales": 0}),
        ),
    ],
)
def test_a_case_is_read(text: str, example: Example) -> None:
    assert plan(with_example(text)).examples == (example,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{name: A, transactions: [5]}", [("17:examples[0]", "missing")]),
        ("{name: A, transactions: [], expected: {}}", [("17:examples[0].transactions", "not_a_list")]),
        ("{name: A, transactions: [x], expected: {}}", [("17:examples[0].transactions[0]", "not_an_amount")]),
        ("{name: A, transactions: [{by: team}], expected: {}}", [("17:examples[0].transactions[0]", "missing")]),
        (
            "{name: A, transactions: [{amount: 5, by: me}], expected: {}}",
            [("17:examples[0].transactions[0].by", "not_a_choice")],
        ),
        (
            "{name: A, transactions: [{amount: 5, share: 1}], expected: {}}",
            [("17:examples[0].transactions[0].share", "not_a_percentage")],
        ),
        ("{name: A, transactions: [5], expected: 5}", [("17:examples[0].expected", "not_a_map")]),
        (
            "{name: A, transactions: [5], expected: {sales: 1.005}}",
            [("17:examples[0].expected.sales", "not_an_amount")],
        ),
        ("{name: A, quota: all, transactions: [5], expected: {}}", [("17:examples[0].quota", "not_an_amount")]),
    ],
)
def test_what_is_no_case_is_named_with_its_line(text: str, expected: list[tuple[str, str]]) -> None:
    assert findings(with_example(text)) == expected
