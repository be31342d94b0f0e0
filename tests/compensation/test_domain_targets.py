"""What a component pays at 100 %: a part of the target incentive or an amount a period, by days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.enrolment import NEVER, Stretch
from spm_app.compensation.domain.inputs import Incentive
from spm_app.compensation.domain.pays import Limit
from spm_app.compensation.domain.targets import limit_in, target_of
from spm_app.compensation.domain.times import Time
from spm_app.kernel.period import FiscalCalendar

CALENDAR = FiscalCalendar()
FIRST = date(2026, 1, 1)
ALWAYS = (Stretch(1, "seller", date(2025, 1, 1), NEVER),)
#: 12,000.00 a year.
YEARLY = (Incentive(1, 12_000_00, date(2025, 1, 1)),)


def target(
    limit: Limit,
    *codes: str,
    held: tuple[Stretch, ...] = ALWAYS,
    incentives: tuple[Incentive, ...] = YEARLY,
    period: str = "2026-Q1",
) -> Fraction:
    periods = [CALENDAR.parse(code) for code in codes or (period,)]
    times = [Time(each.start, each.end) for each in periods]
    return target_of(limit, held, incentives, (times, CALENDAR.parse(period), CALENDAR))


def test_a_part_of_the_yearly_incentive_is_by_months() -> None:
    """60 % of 12,000.00 are 1,800.00 a quarter, and 600.00 a month of whatever length."""
    part = Limit(of_target=600_000)
    assert target(part) == 1_800_00
    assert target(part, period="2026-02") == target(part, period="2026-03") == 600_00
    assert target(part, "2026-Q1", "2026-Q2") == 3_600_00
    assert target(Limit()) == 0


def test_an_amount_is_of_a_pay_period() -> None:
    amount = Limit(amount=900_00)
    assert target(amount, incentives=()) == 900_00
    assert target(amount, "2026") == 3_600_00
    assert target(amount, "2026-01") == 300_00


def test_both_are_by_the_days_in_the_plan() -> None:
    """45 of the quarter's 90 days."""
    late = (Stretch(1, "seller", date(2026, 2, 15), NEVER),)
    assert target(Limit(amount=900_00), held=late) == 450_00
    assert target(Limit(of_target=1_000_000), held=late) == 1_500_00
    assert target(Limit(amount=900_00), held=()) == 0


def test_somebody_hired_in_june_has_the_days_that_are_left() -> None:
    """Published (WE59): from 1 June 214 of 365 days, so that 75,000.00 a year are 43,972.60."""
    hired = (Stretch(1, "seller", date(2026, 6, 1), NEVER),)
    yearly = (Incentive(1, 75_000_00, date(2026, 6, 1)),)
    assert target(Limit(of_target=1_000_000), held=hired, incentives=yearly, period="2026") == 43_972_60
    assert target(Limit(amount=75_000_00), held=hired, period="2026") == 43_972_60


def test_a_rise_within_the_period_counts_from_its_day() -> None:
    """Published: 8,750.00 a quarter up to 15 February, 10,000.00 from there on. 45 days of each make 9,375.00."""
    rise = date(2026, 2, 15)
    incentives = (Incentive(1, 35_000_00, FIRST, rise), Incentive(1, 40_000_00, rise))
    assert target(Limit(of_target=1_000_000), incentives=incentives) == 9_375_00


def test_an_incentive_of_another_time_gives_nothing() -> None:
    assert target(Limit(of_target=1_000_000), incentives=(Incentive(1, 1, date(2026, 4, 1)),)) == 0
    assert target(Limit(of_target=1_000_000), incentives=(Incentive(1, 1, date(2025, 1, 1), FIRST),)) == 0


def test_each_time_is_rounded_by_itself() -> None:
    """A twelfth of 10 is 0.83, three times rounded to 1."""
    yearly = (Incentive(1, 10, FIRST),)
    whole = Limit(of_target=1_000_000)
    assert target(whole, "2026-01", "2026-02", "2026-03", incentives=yearly, period="2026-01") == 3
    assert target(whole, incentives=yearly) == 3
    assert target(whole, "2026-01", incentives=(Incentive(1, 6, FIRST),)) == 1


@pytest.mark.parametrize(
    ("limit", "minor"),
    [
        (None, None),
        (Limit(amount=500), 500),
        (Limit(amount=0), 0),
        (Limit(of_target=1_500_000), 1_500),
        (Limit(), 0),
    ],
)
def test_a_cap_is_an_amount_or_a_part_of_the_target(limit: Limit | None, minor: int | None) -> None:
    assert limit_in(limit, Fraction(1_000)) == minor
