from __future__ import annotations

from datetime import date

import pytest

from spm_app.compensation.domain.condition import parse_rule
from spm_app.compensation.domain.holds import holds
from spm_app.kernel.money import Currency

FIELDS = {"outcome": "won", "amount": 10_000, "product": "A", "stage": None, "closed_on": date(2026, 1, 31)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("outcome = 'won'", True),
        ("outcome <> 'won'", False),
        ("amount >= 100", True),
        ("amount > 100", False),
        ("amount <= 100 and amount < 100.01", True),
        ("product in ('A', 'B')", True),
        ("product in ('B', 'C') or stage = 'x'", False),
        ("stage is null", True),
        ("not (stage = 'x')", True),
        ("stage in ('x')", False),
        ("account is not null", False),
        ("closed_on between date '2026-01-01' and date '2026-01-31'", True),
    ],
)
def test_a_condition_holds_for_one_transaction(text: str, expected: bool) -> None:
    assert holds(parse_rule(text, Currency("EUR")), FIELDS) is expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {})
