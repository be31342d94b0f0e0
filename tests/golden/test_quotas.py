"""Quotas and target incentives: of which time, by days, by months, ramped after hire."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.golden.company import (
    ANNA,
    CALENDAR,
    component,
    day,
    earned,
    hired,
    incentive,
    inputs,
    lines,
    quota,
    seat,
    won,
    written,
)

if TYPE_CHECKING:
    from spm_app.compensation.domain.inputs import Inputs
    from spm_app.compensation.domain.terms import Plan
    from tests.golden.company import Reckon

#: Pays 10 % below the quota and 20 % above it.
BANDS = "bands: [{from: 0 %, to: 100 %, rate: 10 %}, {from: 100 %, rate: 20 %}]"
TWO = f"rate_table: {{kind: marginal, over: attainment, {BANDS}}}"
#: Pays the target for the whole quota, in proportion.
BY_TARGET = "basis: target, target: 100 %, rate: 100 %"


def quota_in(reckon: Reckon, plan: Plan, data: Inputs) -> int | None:
    return reckon([plan], data)[ANNA, "plan", "pay"].quota


@pytest.mark.parametrize("none", [(), (quota(0),)])
def test_without_a_quota_there_is_no_attainment_and_nothing_is_paid(reckon: Reckon, none: tuple[()]) -> None:
    """Not infinity: a table over attainment pays nothing at all, and says that there is no quota."""
    paid = reckon([written(component(TWO))], inputs("2026-Q1", won("A", "01-10", 1_000), quotas=none))
    assert lines(paid) == [("A", 0)]


def test_a_quota_of_the_year_counts_by_months(reckon: Reckon) -> None:
    """12,000.00 a year are 3,000.00 a quarter: of 4,000.00, 300.00 and 200.00."""
    data = inputs("2026-Q2", won("A", "04-10", 4_000), quotas=(quota(12_000, time="2026"),))
    assert quota_in(reckon, written(component(TWO)), data) == 3_000_00
    assert earned(reckon([written(component(TWO))], data)) == 500_00


def test_quotas_of_months_are_added_up(reckon: Reckon) -> None:
    """1,000.00, 1,000.00 and 2,000.00, although there is one of the year too."""
    months = (quota(1_000, time="2026-01"), quota(1_000, time="2026-02"), quota(2_000, time="2026-03"))
    data = inputs("2026-Q1", won("A", "01-10", 4_000), quotas=(*months, quota(99_000, time="2026")))
    assert quota_in(reckon, written(component(TWO)), data) == 4_000_00


def test_the_quota_of_exactly_that_time_goes_before_all_others(reckon: Reckon) -> None:
    rows = (quota(5_000, time="2026-Q1"), quota(1, time="2026-01"), quota(1, time="2026"))
    assert quota_in(reckon, written(component(TWO)), inputs("2026-Q1", quotas=rows)) == 5_000_00


def test_several_quotas_are_told_apart_by_name(reckon: Reckon) -> None:
    """2,000.00 of new business, 500.00 of services."""
    rows = (quota(2_000, name="new"), quota(500, name="services"))
    plan = written(component(f"quota: services, {TWO}"))
    assert quota_in(reckon, plan, inputs("2026-Q1", quotas=rows)) == 500_00


def test_who_begins_in_june_has_214_of_365_days_of_the_year(reckon: Reckon) -> None:
    """WE59: 800,000.00 x 214 / 365 = 469,041.10 (source-corrected from 470k), and 75,000.00 becomes 43,972.60.

    Who sells exactly the quota, earns exactly the target.
    """
    plan = written(component(BY_TARGET), period="year")
    data = inputs(
        "2026",
        won("A", "07-10", 469_041),
        won("B", "07-11", 0),
        seats=(seat(start=day("06-01")),),
        quotas=(quota(800_000),),
        incentives=(incentive(75_000),),
    )
    assert quota_in(reckon, plan, data) == 469_041_10
    # 469,041.00 x 43,972.60 / 469,041.10 = 43,972.5906
    assert earned(reckon([plan], data)) == 43_972_59


@pytest.mark.parametrize(("start", "goal"), [("06-15", 10_666_667), ("06-21", 6_666_667)])
def test_who_begins_inside_a_month_has_the_days_that_are_left(reckon: Reckon, start: str, goal: int) -> None:
    """WE59 by months: 20 units; the 15th to the 30th are 16 of 30 days, 10.67; the 21st to the 30th are 10, 6.67."""
    table = TWO.replace("rate: 10 %", "each: 1").replace("rate: 20 %", "each: 2")
    plan = written(component(table, credit="{to: owner, value: units}"), period="month")
    data = inputs("2026-06", seats=(seat(start=day(start)),), quotas=(quota(200_000),))
    assert quota_in(reckon, plan, data) == goal


def test_a_yearly_target_is_spread_to_quarters(reckon: Reckon) -> None:
    """WE34: 1,000.00 a year are 250.00 a quarter, whichever and however long."""
    plan = written(component(BY_TARGET))
    for code in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"):
        deal = won("A", CALENDAR.parse(code).start.isoformat(), 100)
        data = inputs(code, deal, quotas=(quota(100),), incentives=(incentive(1_000),))
        assert earned(reckon([plan], data)) == 250_00


def test_a_raise_inside_the_quarter_counts_by_days(reckon: Reckon) -> None:
    """12,000.00 a year for January's 31 days, 24,000.00 for the other 59: 3,000.00 x 31/90 + 6,000.00 x 59/90.

    1,033.33 and 3,933.33, together 4,966.67 (rounded once).
    """
    until, since = incentive(12_000), incentive(24_000, start=day("02-01"))
    rows = (replace(until, end=since.start), since)
    data = inputs("2026-Q1", won("A", "01-10", 100), quotas=(quota(100),), incentives=rows)
    assert earned(reckon([written(component(BY_TARGET))], data)) == 4_966_67


def test_a_component_may_have_a_part_of_the_target(reckon: Reckon) -> None:
    """60 % and 40 % of 5,000.00 a quarter; the first at 50 %, the second at 100 % of its own quota."""
    parts = [
        component("quota: new, basis: target, target: 60 %, rate: 100 %", code="new"),
        component("quota: old, basis: target, target: 40 %, rate: 100 %", code="old"),
    ]
    rows = (quota(2_000, name="new"), quota(1_000, name="old"))
    data = inputs("2026-Q1", won("A", "01-10", 1_000), quotas=rows, incentives=(incentive(20_000),))
    paid = reckon([written(*parts)], data)
    assert (earned(paid, code="new"), earned(paid, code="old")) == (1_500_00, 2_000_00)


def test_a_target_may_be_an_amount_a_period(reckon: Reckon) -> None:
    """900.00 a quarter; who begins on 15 February has 45 of 90 days: 450.00 against half of the quota."""
    plan = written(component("basis: target, target: 900, rate: 100 %"))
    data = inputs("2026-Q1", won("A", "03-10", 1_000), seats=(seat(start=day("02-15")),), quotas=(quota(4_000),))
    assert quota_in(reckon, plan, data) == 2_000_00
    assert earned(reckon([plan], data)) == 225_00


@pytest.mark.parametrize(
    ("month", "expected"),
    [("2026-01", 2_500_00), ("2026-02", 5_000_00), ("2026-03", 7_500_00), ("2026-04", 10_000_00)],
)
def test_a_new_hire_has_a_part_of_the_quota_in_the_first_months(reckon: Reckon, month: str, expected: int) -> None:
    """Hired on 1 January, 10,000.00 a month, ramped 25 %, 50 %, 75 %, then whole."""
    plan = written(component(f"quota: {{ramp: [25 %, 50 %, 75 %]}}, {TWO}"), period="month")
    data = inputs(month, people=(hired("01-01"),), quotas=(quota(10_000),))
    assert quota_in(reckon, plan, data) == expected


def test_a_ramp_goes_on_from_the_day_of_hire(reckon: Reckon) -> None:
    """Hired on 16 March, 9,000.00 for a quarter of 90 days, ramp 0 % and 50 %.

    From 16 March to 31 March are 16 days at 0 %: no quota yet, so no attainment. In Q2 (91 days): 15 days up to 15
    April at 0 %, 30 days up to 15 May at 50 %, 46 days whole: 9,100.00 x (15 + 46) / 91 = 6,100.00.
    """
    plan = written(component(f"quota: {{ramp: [0 %, 50 %]}}, {TWO}"))
    more = {"people": (hired("03-16"),), "seats": (seat(start=day("03-16")),)}
    assert not quota_in(reckon, plan, inputs("2026-Q1", quotas=(quota(9_000),), **more))
    assert quota_in(reckon, plan, inputs("2026-Q2", quotas=(quota(9_100),), **more)) == 6_100_00


def test_a_year_to_date_is_held_against_the_quotas_so_far(reckon: Reckon) -> None:
    """1,000.00 and 2,000.00 are 3,000.00 by the end of Q2: 1,500.00 before, 2,500.00 now.

    Slices up to 3,000.00 at 10 %, 1,000.00 above at 20 %: 150.00 and 200.00.
    """
    plan = written(component(f"accumulate: year, {TWO}"))
    rows = (quota(1_000, time="2026-Q1"), quota(2_000, time="2026-Q2"), quota(9_000, time="2026-Q3"))
    data = inputs("2026-Q2", won("A", "01-10", 1_500), won("B", "04-10", 2_500), quotas=rows)
    assert quota_in(reckon, plan, data) == 3_000_00
    assert lines(reckon([plan], data)) == [("B", 350_00)]


def test_a_year_to_date_may_be_held_against_the_whole_year(reckon: Reckon) -> None:
    """Four quarters of 1,000.00: after 3,500.00, 500.00 are at 10 % and 300.00 at 20 %."""
    plan = written(component(f"accumulate: year, quota: {{of: year}}, {TWO}"))
    rows = tuple(quota(1_000, time=f"2026-Q{each}") for each in (1, 2, 3, 4))
    data = inputs("2026-Q3", won("A", "01-10", 3_500), won("B", "07-10", 800), quotas=rows)
    assert quota_in(reckon, plan, data) == 4_000_00
    assert lines(reckon([plan], data)) == [("B", 110_00)]


def test_who_comes_in_april_has_the_quotas_since_april(reckon: Reckon) -> None:
    """91 of 91 days of Q2 and none of Q1: 2,000.00, although a quota of 1,000.00 stands for Q1."""
    plan = written(component(f"accumulate: year, {TWO}"))
    rows = (quota(1_000, time="2026-Q1"), quota(2_000, time="2026-Q2"))
    data = inputs("2026-Q2", quotas=rows, seats=(seat(start=day("04-01")),))
    assert quota_in(reckon, plan, data) == 2_000_00


def test_a_target_to_date_grows_with_the_quota(reckon: Reckon) -> None:
    """Of 1,000.00 for the half against 4,000.00, 25 % of what is sold: of 500.00 in Q1, of 1,500.00 in Q2."""
    plan = written(component(f"accumulate: year, {BY_TARGET}"))
    rows = (quota(2_000, time="2026-Q1"), quota(2_000, time="2026-Q2"))
    deals = (won("A", "01-10", 500), won("B", "04-10", 1_500))
    for code, expected in (("2026-Q1", 125_00), ("2026-Q2", 375_00)):
        assert earned(reckon([plan], inputs(code, *deals, quotas=rows, incentives=(incentive(2_000),)))) == expected
