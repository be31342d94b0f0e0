"""Which quota a payee has: of the very time, made up of shorter ones, or a part of a longer one; all by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.enrolment import NEVER, Stretch
from spm_app.compensation.domain.inputs import Quota
from spm_app.compensation.domain.quotas import How, Ramp, by_person, half_up, own_quota, whole_quota
from spm_app.compensation.domain.times import Time
from spm_app.kernel.period import FiscalCalendar

CALENDAR = FiscalCalendar()


def time(code: str) -> Time:
    period = CALENDAR.parse(code)
    return Time(period.start, period.end)


def whole(code: str, **quotas: int) -> Fraction | None:
    """The quota of a time out of those of others, as in `Q1=300`, `y=1200`, `m01=100`."""
    known = {"y": "2026", **{f"Q{no}": f"2026-Q{no}" for no in range(1, 5)}, "H1": "2026-H1"}
    known |= {f"m{no:02}": f"2026-{no:02}" for no in range(1, 13)}
    rows = sorted(((time(known[name]), amount) for name, amount in quotas.items()), key=lambda row: row[0].start)
    return whole_quota(tuple(rows), time(code), CALENDAR)


def test_quotas_of_a_name_are_a_person_s_by_time() -> None:
    period = CALENDAR.parse("2026-Q1")
    january = time("2026-01")
    rows = by_person(
        (
            Quota(1, 300),
            Quota(2, 50, "net"),
            Quota(1, 200, start=date(2026, 2, 1)),
            Quota(1, 100, start=january.start, end=january.end),
        ),
        "",
        period,
    )
    assert rows == {
        1: (
            (time("2026-Q1"), 300),
            (january, 100),
            (Time(date(2026, 2, 1), period.end), 200),
        )
    }


def test_a_quota_of_that_very_time_counts_before_all_others() -> None:
    assert whole("2026-Q1", Q1=300, y=9_999, m01=1, m02=1, m03=1) == 300


def test_shorter_ones_that_follow_each_other_are_added_up() -> None:
    assert whole("2026-Q1", m01=100, m02=110, m03=120) == 330
    assert whole("2026", H1=600, Q3=310, m10=90, m11=90, m12=90) == 1_180
    assert whole("2026", Q1=1, m01=100, m02=100, m03=100, Q2=1, Q3=1, Q4=1) == 4


def test_a_gap_is_not_filled() -> None:
    assert whole("2026-Q1", m01=100, m03=100) is None
    assert whole("2026-Q1", m01=100, m02=100) is None
    assert whole("2026-Q1", Q2=100) is None
    assert whole("2026-Q1") is None
    assert whole("2026-Q1", m01=100, m03=100, y=1_200) == 300


def test_a_longer_one_is_cut_by_months_and_the_shortest_counts() -> None:
    assert whole("2026-Q1", y=1_200) == 300
    assert whole("2026-02", y=1_200) == 100
    assert whole("2026-02", y=1_200, H1=900) == 150
    assert whole("2026-02", y=1_000) == Fraction(250, 3)


def test_no_time_needs_no_quota() -> None:
    start = date(2026, 1, 1)
    assert whole_quota((), Time(start, start), CALENDAR) == 0


def stretch(start: str, end: str = "") -> Stretch:
    first, last = (date.fromisoformat(f"2026-{each}") if each else NEVER for each in (start, end))
    return Stretch(1, "seller", first, last)


def own(amount: int, *held: Stretch, codes: tuple[str, ...] = ("2026-01",), ramp: Ramp | None = None) -> int | None:
    times = [time(code) for code in codes]
    rows = tuple((each, amount) for each in times)
    return own_quota(rows, held, times, How(CALENDAR, ramp))


def test_a_payee_has_the_part_of_the_days_in_the_plan() -> None:
    assert own(3_100, stretch("01-01")) == 3_100
    assert own(3_100, stretch("01-11")) == 2_100
    assert own(3_100, stretch("01-01", "01-06"), stretch("01-30", "02-01")) == 700
    # A half is rounded up: 31 × 15.5 ÷ 31.
    assert own(1, stretch("01-16")) == 1
    assert own(100, stretch("01-01", "01-11")) == 32


def test_somebody_hired_in_june_has_the_days_that_are_left() -> None:
    """Published (WE59): 214 of 365 days of 800,000.00 are 469,041.10."""
    assert own(800_000_00, stretch("06-01"), codes=("2026",)) == 469_041_10


def test_each_time_is_rounded_by_itself() -> None:
    """100 × 17 ÷ 31 is 54.84, and 100 × 28 ÷ 28 is 100."""
    assert own(100, stretch("01-15"), codes=("2026-01", "2026-02")) == 155


def test_what_is_there_at_all_is_at_least_one() -> None:
    assert own(10, stretch("01-31")) == 1
    assert own(0, stretch("01-01")) == 0
    assert own(-3_100, stretch("01-11")) == -2_100


def test_a_time_without_a_day_in_the_plan_adds_nothing() -> None:
    assert own(3_100, stretch("02-01"), codes=("2026-01", "2026-02")) == 3_100
    assert own(3_100) == 0


def test_a_time_with_a_day_and_without_a_quota_has_none() -> None:
    times = [time("2026-01"), time("2026-02")]
    rows = ((times[0], 100),)
    assert own_quota(rows, (stretch("01-01"),), times, How(CALENDAR)) is None
    assert own_quota(rows, (stretch("01-01", "02-01"),), times, How(CALENDAR)) == 100


RAMP = Ramp((250_000, 500_000), date(2026, 1, 11))


def test_a_ramp_counts_a_part_of_the_first_months() -> None:
    """Hired on 11 January: a quarter up to 10 February, a half up to 10 March, then all of it."""
    assert own(3_100, stretch("01-11"), ramp=RAMP) == 525
    # 10 days of 25 % and 18 of 50 % are 11.5 of February's 28.
    assert own(2_800, stretch("01-11"), codes=("2026-02",), ramp=RAMP) == 1_150
    assert own(3_100, stretch("01-11"), codes=("2026-03",), ramp=RAMP) == 2_600
    assert own(3_000, stretch("01-11"), codes=("2026-04",), ramp=RAMP) == 3_000


def test_days_before_somebody_came_are_worth_the_first_part() -> None:
    assert RAMP.days_in(date(2026, 1, 1), date(2026, 1, 11)) == Fraction(10, 4)
    assert own(3_100, stretch("01-01", "01-05"), stretch("02-05"), ramp=RAMP) == 100


def test_a_month_after_the_thirty_first_ends_with_the_month() -> None:
    """From 31 January the second month begins on 28 February, and the third on 31 March."""
    ramp = Ramp((0, 500_000), date(2026, 1, 31))
    assert ramp.days_in(date(2026, 1, 31), date(2026, 2, 28)) == 0
    assert ramp.days_in(date(2026, 2, 28), date(2026, 3, 31)) == Fraction(31, 2)
    assert ramp.days_in(date(2026, 3, 31), date(2026, 4, 2)) == 2
    over_the_year = Ramp((0,), date(2026, 12, 15))
    assert over_the_year.days_in(date(2027, 1, 14), date(2027, 1, 16)) == 1


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("1/2", 1), ("-1/2", -1), ("3/2", 2), ("5/2", 3), ("-5/2", -3), ("49/100", 0), ("-51/100", -1), ("7", 7)],
)
def test_halves_go_away_from_nothing(amount: str, rounded: int) -> None:
    assert half_up(Fraction(amount)) == rounded
