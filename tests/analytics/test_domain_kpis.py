"""Each KPI on cases worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.analytics.domain import kpis
from spm_app.analytics.domain.facts import Facts, Open, Opened, Target, Won
from spm_app.analytics.domain.kpis import KPIS, Direction, Figure

DAY = date(2026, 3, 31)
WON = (
    Won(100_00, date(2026, 1, 1), date(2026, 1, 11)),
    Won(300_00, date(2026, 1, 1), date(2026, 1, 31)),
    Won(None, None, date(2026, 2, 1)),
)
OPENED = (
    Opened(date(2026, 1, 1), date(2026, 1, 11)),
    Opened(date(2026, 1, 1), date(2026, 1, 31)),
    Opened(date(2026, 1, 1), date(2026, 1, 21)),
    Opened(date(2026, 3, 1)),
)
OPEN = (Open(50_00, "Proposal"), Open(None, "Proposal"))
FULL = Facts(DAY, WON, 1, OPEN, OPENED, undated=2, target=Target(800_00, 200_00))


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("attainment", Figure(Fraction(1, 4))),  # what those with a quota won, not all that was won
        ("revenue", Figure(Fraction(400_00))),
        ("win_rate", Figure(Fraction(3, 4))),
        ("deal_size", Figure(Fraction(200_00), left_out=1)),  # one has no amount
        ("days_to_win", Figure(Fraction(20), left_out=1)),  # 10 and 30 days; one has no opening day
        ("days_to_close", Figure(Fraction(20), left_out=2)),  # ended at 10, 20, 30; one waits at 30: 3/4, then 1/2
        ("pipeline", Figure(Fraction(50_00), left_out=1)),
        ("open_deals", Figure(Fraction(2))),
    ],
)
def test_a_figure_worked_out_by_hand(code: str, value: Figure) -> None:
    kpi = next(each for each in KPIS if each.code == code)
    assert kpi.of(FULL) == value


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("attainment", "no_quota"),
        ("win_rate", "none_decided"),
        ("deal_size", "none_won"),
        ("days_to_win", "none_won"),
        ("days_to_close", "none_opened"),
    ],
)
def test_what_cannot_be_had_says_why(code: str, reason: str) -> None:
    kpi = next(each for each in KPIS if each.code == code)
    assert kpi.of(Facts(DAY)) == Figure(None, f"analytics.na.{reason}")


def test_nothing_won_is_an_honest_zero_and_unknown_amounts_are_not() -> None:
    assert kpis.revenue(Facts(DAY)) == kpis.pipeline(Facts(DAY)) == Figure(Fraction(0))
    unknown = Facts(DAY, won=(Won(None, None, DAY),), still_open=(Open(None),))
    assert kpis.pipeline(unknown) == kpis.deal_size(unknown) == Figure(None, "analytics.na.no_amounts", 1)
    assert kpis.days_to_win(unknown) == Figure(None, "analytics.na.no_dates", 1)


def test_too_few_decided_have_no_median() -> None:
    waiting = tuple(Opened(date(2026, 1, 1)) for _ in range(9))
    facts = Facts(DAY, opened=(*OPENED, *waiting))
    assert kpis.days_to_close(facts) == Figure(None, "analytics.na.too_few_closed")


def test_a_missing_quota_says_why() -> None:
    facts = Facts(DAY, WON, target=Target(reason="analytics.na.quota_by_quarter"))
    assert kpis.attainment(facts) == Figure(None, "analytics.na.quota_by_quarter")


def test_codes_are_unique_and_the_direction_is_known() -> None:
    assert len({each.code for each in KPIS}) == len(KPIS)
    assert {each.code for each in KPIS if each.direction is Direction.DOWN} == {"days_to_win", "days_to_close"}
