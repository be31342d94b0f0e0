"""Each KPI on cases worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.analytics.domain import kpis
from spm_app.analytics.domain.facts import Facts, Open, Won
from spm_app.analytics.domain.kpis import KPIS, Direction, Figure

DAY = date(2026, 3, 31)
WON = (
    Won(100_00, date(2026, 1, 1), date(2026, 1, 11)),
    Won(300_00, date(2026, 1, 1), date(2026, 1, 31)),
    Won(None, None, date(2026, 2, 1)),
)
LOST = ((date(2026, 1, 1), date(2026, 1, 21)),)
OPEN = (Open(50_00, date(2026, 3, 1), "Proposal"), Open(None, None, "Proposal"))
FULL = Facts(WON, LOST, OPEN, quota=800_00)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("attainment", Fraction(1, 2)),
        ("revenue", Fraction(400_00)),
        ("win_rate", Fraction(3, 4)),
        ("deal_size", Fraction(200_00)),  # the one without an amount is left out
        ("days_to_win", Fraction(20)),  # 10 and 30 days; the one without an opening day is left out
        ("days_to_close", Fraction(20)),  # ended at 10, 20, 30; one waits at 30: 3/4, then 1/2
        ("pipeline", Fraction(50_00)),
        ("open_deals", Fraction(2)),
    ],
)
def test_a_figure_worked_out_by_hand(code: str, value: Fraction) -> None:
    kpi = next(each for each in KPIS if each.code == code)
    assert kpi.of(FULL, DAY) == Figure(value)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("attainment", "no_quota"),
        ("win_rate", "none_decided"),
        ("deal_size", "none_won"),
        ("days_to_win", "none_won"),
        ("days_to_close", "none_decided"),
    ],
)
def test_what_cannot_be_had_says_why(code: str, reason: str) -> None:
    kpi = next(each for each in KPIS if each.code == code)
    assert kpi.of(Facts(), DAY) == Figure(None, f"analytics.na.{reason}")


def test_nothing_won_is_an_honest_zero_and_unknown_amounts_are_not() -> None:
    assert kpis.revenue(Facts(), DAY) == kpis.pipeline(Facts(), DAY) == Figure(Fraction(0))
    assert kpis.pipeline(Facts(still_open=(Open(None, None),)), DAY) == Figure(None, "analytics.na.no_amounts")


def test_too_few_decided_have_no_median() -> None:
    waiting = tuple(Open(1, date(2025, 1, 1)) for _ in range(9))
    assert kpis.days_to_close(Facts(WON, LOST, waiting), DAY) == Figure(None, "analytics.na.too_few_closed")


def test_codes_are_unique_and_the_direction_is_known() -> None:
    assert len({each.code for each in KPIS}) == len(KPIS)
    assert {each.code for each in KPIS if each.direction is Direction.DOWN} == {"days_to_win", "days_to_close"}
