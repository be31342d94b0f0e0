"""Gates, modifiers, caps and floors: what else decides how much of a table is paid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.domain.inputs import Certificate, Given, Transaction
from tests.golden.company import (
    ANNA,
    WON,
    component,
    day,
    earned,
    incentive,
    inputs,
    lines,
    quota,
    seat,
    won,
    written,
)

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Plan
    from tests.golden.company import Reckon

#: WE16: 5 % up to the quota, 6 % up to 125 %, 7 % above.
BANDS = "{from: 0 %, to: 100 %, rate: 5 %}, {from: 100 %, to: 125 %, rate: 6 %}, {from: 125 %, rate: 7 %}"
WE16 = f"rate_table: {{kind: marginal, over: attainment, bands: [{BANDS}]}}"
QUARTERS = tuple(quota(100_000, time=f"2026-Q{each}") for each in (1, 2, 3, 4))
SOLD = (won("A", "02-10", 50_000), won("B", "05-10", 75_000), won("C", "08-10", 200_000))


def gated(gate: str, quotas: str = "") -> Plan:
    """WE16 with an accelerator that asks something of the year to date."""
    year = f'code: ytd, name: Year to date, credit: {{to: owner, when: "{WON}"}}, accumulate: year{quotas}'
    return written(component(f"{WE16}, gates: [{{attainment: ytd, at_least: 100 %, {gate}}}]"), measures=year)


def test_the_accelerator_pays_without_a_gate(reckon: Reckon) -> None:
    """WE16: 150,000.00 against 100,000.00: 5,000.00 + 1,500.00 + 1,750.00."""
    data = inputs("2026-Q1", won("A", "02-10", 150_000), quotas=QUARTERS)
    assert earned(reckon([written(component(WE16))], data)) == 8_250_00


def test_a_gate_on_the_year_so_far_is_open_when_this_quarter_makes_it_up(reckon: Reckon) -> None:
    """WE16, gate as the period ends: 325,000.00 of 300,000.00. 5,000.00 + 1,500.00 + 75,000.00 x 7 %."""
    data = inputs("2026-Q3", *SOLD, quotas=QUARTERS)
    assert earned(reckon([gated("holds: accelerator")], data)) == 11_750_00


def test_a_gate_that_looks_before_the_quarter_keeps_the_accelerator_back(reckon: Reckon) -> None:
    """WE16, gate as the quarter began: 125,000.00 of 200,000.00. All 200,000.00 of Q3 at 5 %."""
    data = inputs("2026-Q3", *SOLD, quotas=QUARTERS)
    assert earned(reckon([gated("holds: accelerator, as_of: start")], data)) == 10_000_00


def test_a_gate_on_the_whole_year_keeps_the_accelerator_back(reckon: Reckon) -> None:
    """WE16, the other way to read it: 325,000.00 of the year's 400,000.00."""
    data = inputs("2026-Q3", *SOLD, quotas=QUARTERS)
    assert earned(reckon([gated("holds: accelerator", ", quota: {of: year}")], data)) == 10_000_00


def test_before_the_first_quarter_nothing_can_have_been_missed(reckon: Reckon) -> None:
    """Nothing of nothing is asked as the year begins: the gate that looks before is open in Q1."""
    data = inputs("2026-Q1", won("A", "02-10", 150_000), quotas=QUARTERS)
    assert earned(reckon([gated("holds: accelerator, as_of: start")], data)) == 8_250_00


def test_only_what_lies_above_a_point_may_be_kept_back(reckon: Reckon) -> None:
    """From 125 % on: the band from 100 % is paid, what is above stays at 6 %: 5,000.00 + 50,000.00 x 6 %."""
    data = inputs("2026-Q1", won("A", "02-10", 150_000), quotas=QUARTERS)
    gate = "holds: accelerator, point: 125 %"
    assert earned(reckon([gated(gate, ", quota: {of: year}")], data)) == 8_000_00


def test_a_gate_may_keep_back_everything(reckon: Reckon) -> None:
    """No bonus under 80 % of the other quota: 79 % is too little."""
    plan = written(
        component("rate: 10 %, gates: [{attainment: chairs, at_least: 80 %}]"),
        measures="code: chairs, name: Chairs, credit: {to: owner, when: \"product = 'chair'\"}, quota: chairs",
    )
    for chairs, paid in ((800, 180_00), (790, 0)):
        deals = (won("A", "01-10", 1_000), won("B", "01-11", chairs, product="chair"))
        data = inputs("2026-Q1", *deals, quotas=(quota(1_000, name="chairs"),))
        assert earned(reckon([plan], data)) == paid
    assert earned(reckon([plan], inputs("2026-Q1", *deals))) == 0


@pytest.mark.parametrize(
    ("start", "end", "paid"),
    [("01-01", None, 8_250_00), ("03-31", None, 8_250_00), ("04-01", None, 7_500_00), ("01-01", "03-31", 7_500_00)],
)
def test_no_accelerator_before_the_certificate(reckon: Reckon, start: str, end: str | None, paid: int) -> None:
    """Valid on 31 March, the last day of the quarter, or 150,000.00 x 5 %; an end on 31 March is one day short."""
    plan = written(component(f"{WE16}, gates: [{{certificate: ethics, holds: accelerator}}]"))
    passed = Certificate(ANNA, "ethics", day(start), None if end is None else day(end))
    data = inputs("2026-Q1", won("A", "02-10", 150_000), quotas=QUARTERS, certificates=(passed,))
    assert earned(reckon([plan], data)) == paid


def test_two_gates_must_both_be_open(reckon: Reckon) -> None:
    gates = "gates: [{certificate: ethics}, {measure: nps, at_least: 30}]"
    plan = written(component(f"rate: 10 %, {gates}"), measures="code: nps, name: NPS, given: number")
    passed, score = Certificate(ANNA, "ethics", date(2026, 1, 1)), Given(ANNA, "nps", 30_000_000)
    for more, paid in (((), 0), ((score,), 100_00)):
        data = inputs("2026-Q1", won("A", "01-10", 1_000), certificates=(passed,), given=more)
        assert earned(reckon([plan], data)) == paid


def test_a_margin_modifier_multiplies_what_the_volume_earned(reckon: Reckon) -> None:
    """WE63: 3,000,000.00 x 2 % + 1,000,000.00 x 3 % = 90,000.00; 22 % margin: x 1.15 = 103,500.00."""
    volume = "{from: 0, to: 3000000, rate: 2 %}, {from: 3000000, rate: 3 %}"
    factors = (
        "{from: 0 %, to: 5 %, factor: 0.5}, {from: 5 %, to: 10 %, factor: 0.75}, {from: 10 %, to: 20 %, factor: 1}"
    )
    factors += ", {from: 20 %, to: 30 %, factor: 1.15}, {from: 30 %, factor: 125 %}"
    table = f"rate_table: {{kind: marginal, over: amount, bands: [{volume}]}}"
    plan = written(
        component(f"{table}, modifiers: [{{measure: margin, bands: [{factors}]}}]"),
        measures="code: margin, name: Margin, credit: {to: owner, value: margin}, aggregate: ratio, divided_by: amount",
    )
    deals = (won("A", "01-10", 3_000_000, margin=500_000_00), won("B", "02-10", 1_000_000, margin=380_000_00))
    assert earned(reckon([plan], inputs("2026-Q1", *deals))) == 103_500_00
    assert lines(reckon([plan], inputs("2026-Q1", *deals))) == [("A", 69_000_00), ("B", 34_500_00)]


@pytest.mark.parametrize(("score", "paid"), [(20, 80_00), (30, 80_00), (40, 90_00), (50, 100_00), (90, 100_00)])
def test_a_modifier_may_be_interpolated(reckon: Reckon, score: int, paid: int) -> None:
    """0.8 up to 30, 1.0 from 50 on, 0.9 half way between, of 100.00."""
    bands = "[{from: 30, to: 50, factor: 0.8}, {from: 50, factor: 1}]"
    plan = written(
        component(f"rate: 10 %, modifiers: [{{measure: nps, bands: {bands}, interpolated: yes}}]"),
        measures="code: nps, name: NPS, given: number",
    )
    data = inputs("2026-Q1", won("A", "01-10", 1_000), given=(Given(ANNA, "nps", score * 1_000_000),))
    assert earned(reckon([plan], data)) == paid


def test_modifiers_follow_one_another(reckon: Reckon) -> None:
    """100.00 x 1.2 for 100 % of the quota x 0.5 for a score of nothing."""
    first = "{attainment: pay, bands: [{from: 0 %, to: 100 %, factor: 1}, {from: 100 %, factor: 1.2}]}"
    second = "{measure: nps, bands: [{from: 0, to: 5, factor: 0.5}, {from: 5, factor: 1}]}"
    plan = written(
        component(f"rate: 10 %, modifiers: [{first}, {second}]"), measures="code: nps, name: NPS, given: number"
    )
    data = inputs("2026-Q1", won("A", "01-10", 1_000), quotas=(quota(1_000),))
    assert earned(reckon([plan], data)) == 60_00


DEALS = (won("A", "01-10", 6_000), won("B", "01-11", 6_000), won("C", "01-12", -1_000), won("D", "01-13", 6_000))


def test_the_deal_that_reaches_the_cap_is_the_last_that_pays(reckon: Reckon) -> None:
    """10 % capped at 1,000.00: 600.00, then 400.00 of 600.00.

    The return brings the sum from 1,200.00 to 1,100.00, still above the cap, so that it takes nothing back, and the
    last deal brings nothing.
    """
    paid = reckon([written(component("rate: 10 %, cap: 1000"))], inputs("2026-Q1", *DEALS))
    assert lines(paid) == [("A", 600_00), ("B", 400_00), ("C", 0), ("D", 0)]


def test_a_cap_on_a_line_leaves_the_other_lines_alone(reckon: Reckon) -> None:
    """10 % of each, at most 500.00 a line; a return of 8,000.00 takes back no more than was paid for the sale."""
    plan = written(component("rate: 10 %, cap: {line: 500}"))
    deals = (won("A", "01-10", 8_000), won("B", "01-11", 3_000), won("C", "01-12", -8_000))
    assert lines(reckon([plan], inputs("2026-Q1", *deals))) == [("A", 500_00), ("B", 300_00), ("C", -500_00)]


def test_a_cap_on_attainment_stops_the_measure(reckon: Reckon) -> None:
    """Quota 100,000.00, nothing more beyond 150 %: 180,000.00 pay 5,000.00 + 1,500.00 + 1,750.00, as 150,000.00 do."""
    plan = written(component(f"{WE16}, cap: {{attainment: 150 %}}"))
    deals = (won("A", "02-10", 140_000), won("B", "02-11", 40_000))
    paid = reckon([plan], inputs("2026-Q1", *deals, quotas=QUARTERS))
    assert lines(paid) == [("A", 7_550_00), ("B", 700_00)]


def test_a_cap_may_be_a_part_of_the_target(reckon: Reckon) -> None:
    """Twice the target of 500.00 a quarter."""
    plan = written(component("target: 100 %, rate: 10 %, cap: 200 %"))
    data = inputs("2026-Q1", *DEALS, incentives=(incentive(2_000),))
    assert earned(reckon([plan], data)) == 1_000_00


def test_a_cap_of_the_year_is_used_up_quarter_by_quarter(reckon: Reckon) -> None:
    """1,500.00 a year: 1,000.00 in Q1, 500.00 of 1,000.00 in Q2, nothing in Q3."""
    plan = written(component("accumulate: year, rate: 10 %, cap: 1500"))
    deals = (won("A", "01-10", 10_000), won("B", "04-10", 10_000), won("C", "07-10", 10_000))
    paid = [earned(reckon([plan], inputs(f"2026-Q{each}", *deals))) for each in (1, 2, 3)]
    assert paid == [1_000_00, 500_00, 0]


def test_an_accelerator_with_a_cap_at_three_times_the_target(reckon: Reckon) -> None:
    """Individual rate 10,000.00 / 100,000.00 = 10 %, tripled above the quota, at most 30,000.00.

    180,000.00: 10,000.00 + 80,000.00 x 30 % = 34,000.00, of which the second deal's last 4,000.00 are cut.
    """
    bands = "{from: 0 %, to: 100 %, rate: 100 %}, {from: 100 %, rate: 300 %}"
    table = f"rate_table: {{kind: marginal, over: attainment, bands: [{bands}]}}"
    plan = written(component(f"basis: target, target: 100 %, {table}, cap: 300 %"))
    deals = (won("A", "02-10", 100_000), won("B", "02-11", 80_000))
    data = inputs("2026-Q1", *deals, quotas=QUARTERS, incentives=(incentive(40_000),))
    assert lines(reckon([plan], data)) == [("A", 10_000_00), ("B", 20_000_00)]


def test_a_floor_makes_up_what_is_missing(reckon: Reckon) -> None:
    """100.00 are earned, 250.00 are the least; with 300.00 there is nothing to make up; nothing sold pays 250.00."""
    plan = written(component("rate: 10 %, floor: 250"))
    for euros, expected in (
        (1_000, [("A", 100_00), ("floor", 150_00)]),
        (3_000, [("A", 300_00)]),
        (0, [("A", 0), ("floor", 250_00)]),
    ):
        assert lines(reckon([plan], inputs("2026-Q1", won("A", "01-10", euros)))) == expected
    assert lines(reckon([plan], inputs("2026-Q1"))) == [("floor", 250_00)]


def test_a_floor_may_be_a_part_of_the_target(reckon: Reckon) -> None:
    """Half of 500.00 a quarter; of whom is there for 45 of 90 days, half of 250.00."""
    plan = written(component("target: 100 %, rate: 10 %, floor: 50 %"))
    for seats, paid in (((seat(),), 250_00), ((seat(start=day("02-15")),), 125_00)):
        assert earned(reckon([plan], inputs("2026-Q1", seats=seats, incentives=(incentive(2_000),)))) == paid


def test_everything_is_done_in_its_order(reckon: Reckon) -> None:
    """Table, modifier, cap of the line, cap of the component, floor.

    A 4,000.00 and B 2,000.00 at 10 % are 400.00 and 200.00; doubled 800.00 and 400.00; a line at most 500.00: 500.00
    and 400.00; together at most 700.00: 500.00 and 200.00; at least 750.00: 50.00 more.
    """
    bands = "[{from: 0, factor: 2}]"
    plan = written(
        component(
            f"rate: 10 %, modifiers: [{{measure: pay, bands: {bands}}}], cap: {{line: 500, component: 700}}, floor: 750"
        )
    )
    data = inputs("2026-Q1", won("A", "01-10", 4_000), won("B", "01-11", 2_000))
    assert lines(reckon([plan], data)) == [("A", 500_00), ("B", 200_00), ("floor", 50_00)]


def test_cents_are_rounded_once_and_the_lines_add_up(reckon: Reckon) -> None:
    """Three deals of 0.10 at 5 % are 0.005 each: together 0.015, half up 0.02; the first two have a cent each."""
    deals = tuple(Transaction(name, day("01-10"), 10) for name in "ABC")
    assert lines(reckon([written(component("rate: 5 %"))], inputs("2026-Q1", *deals))) == [("A", 1), ("B", 1), ("C", 0)]
