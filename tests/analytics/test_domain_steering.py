"""Actual against plan, worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.analytics.domain.steering import Cost, Plan, due_by
from spm_app.kernel.period import FiscalCalendar, Grain

QUARTERS = FiscalCalendar().periods(2026, Grain.QUARTER)
QUOTAS = list(zip(QUARTERS, (90, 91, 92, 920), strict=True))


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 1),
        (date(2026, 3, 31), 90),
        (date(2026, 9, 30), 273),
        (date(2026, 10, 1), 283),
        (date(2027, 5, 1), 1193),
    ],
)
def test_what_is_due_grows_day_by_day(day: date, due: int) -> None:
    assert due_by(day, QUOTAS) == due


def test_a_plan_is_behind_then_passed() -> None:
    assert (Plan(40, 100, 50).ahead, Plan(40, 100, 50).scale) == (-10, 100)
    assert (Plan(130, 100, 100).ahead, Plan(130, 100, 100).scale) == (30, 130)


def test_pay_of_nothing_is_no_share() -> None:
    assert Cost(QUARTERS[0], 5, 100).share == Fraction(1, 20)
    assert Cost(QUARTERS[0], 5, 0).share is None
