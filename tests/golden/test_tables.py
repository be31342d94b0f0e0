"""Every kind of rate table, each on figures that can be followed with a pencil."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.domain.inputs import Given
from tests.golden.company import ANNA, component, earned, incentive, inputs, lines, quota, won, written

if TYPE_CHECKING:
    from tests.golden.company import Reckon


def table(kind: str, over: str, bands: str, more: str = "") -> str:
    return f"rate_table: {{kind: {kind}, over: {over}, bands: [{bands}]{more}}}"


def pay(reckon: Reckon, terms: str, *euros: int, of: int = 0, more: str = "") -> int:
    """In cents, for deals of so much against a quota of so much."""
    deals = [won(f"D{at}", "01-10", each) for at, each in enumerate(euros)]
    quotas = (quota(of),) if of else ()
    data = inputs("2026-Q1", *deals, quotas=quotas, incentives=(incentive(40_000),))
    return earned(reckon([written(component(f"{terms}{more}"))], data))


@pytest.mark.parametrize(("sold", "paid"), [(4_000, 160_00), (5_000, 250_00), (8_000, 400_00), (12_000, 800_00)])
def test_a_hybrid_is_retroactive_below_and_marginal_above(reckon: Reckon, sold: int, paid: int) -> None:
    """Quota 10,000.00: under 50 % all at 4 %, from 50 % all up to the quota at 5 %, each slice above at 15 %.

    4,000 x 4 %; 5,000 x 5 %; 8,000 x 5 %; 10,000 x 5 % + 2,000 x 15 % = 800.00.
    """
    bands = "{from: 0 %, to: 50 %, rate: 4 %}, {from: 50 %, to: 100 %, rate: 5 %}, {from: 100 %, rate: 15 %}"
    terms = table("hybrid", "attainment", bands, ", point: 100 %, below: whole_amount, above: marginal")
    assert pay(reckon, terms, sold, of=10_000) == paid


@pytest.mark.parametrize(("sold", "paid"), [(100, 10_00), (130, 16_00), (160, 28_00)])
def test_overage_is_paid_at_the_accelerator_that_is_reached(reckon: Reckon, sold: int, paid: int) -> None:
    """Quota 100.00 at 10 %; from 100 % on 20 %, from 150 % on 30 %, on all that is above the quota.

    130.00: 10.00 + 30.00 x 20 %. 160.00: 10.00 + 60.00 x 30 %, not 50.00 x 20 % + 10.00 x 30 %.
    """
    bands = "{from: 0 %, to: 100 %, rate: 10 %}, {from: 100 %, to: 150 %, rate: 20 %}, {from: 150 %, rate: 30 %}"
    assert pay(reckon, table("retroactive_overage", "attainment", bands), sold, of=100) == paid


@pytest.mark.parametrize(("bound", "paid"), [("lower_inclusive", 200_00), ("upper_inclusive", 100_00)])
def test_a_measure_on_a_bound_belongs_where_the_plan_says(reckon: Reckon, bound: str, paid: int) -> None:
    """Exactly 10,000.00 of a band that begins there."""
    bands = "{from: 0, to: 10000, rate: 1 %}, {from: 10000, rate: 2 %}"
    assert pay(reckon, table("whole_amount", "amount", bands, f", bound: {bound}"), 10_000) == paid


@pytest.mark.parametrize(("sold", "paid"), [(0, 0), (799, 0), (800, 500_00), (1_000, 1_000_00), (1_300, 1_500_00)])
def test_a_step_pays_one_amount_a_period(reckon: Reckon, sold: int, paid: int) -> None:
    """A bonus of 500.00 from 80 % of 1,000.00 on, 1,000.00 from 100 %, 1,500.00 from 120 %."""
    bands = "{from: 0 %, to: 80 %, amount: 0}, {from: 80 %, to: 100 %, amount: 500}"
    bands += ", {from: 100 %, to: 120 %, amount: 1000}, {from: 120 %, amount: 1500}"
    assert pay(reckon, table("step", "attainment", bands), sold, of=1_000) == paid


def test_a_step_is_shared_by_the_deals_that_made_it(reckon: Reckon) -> None:
    """1,000.00 for 300.00, 300.00 and 400.00."""
    bands = "{from: 0, to: 1000, amount: 0}, {from: 1000, amount: 1000}"
    deals = [won(name, "01-10", euros) for name, euros in (("A", 300), ("B", 300), ("C", 400))]
    paid = reckon([written(component(table("step", "amount", bands)))], inputs("2026-Q1", *deals))
    assert lines(paid) == [("A", 300_00), ("B", 300_00), ("C", 400_00)]


def test_a_spiff_is_paid_every_time_or_once(reckon: Reckon) -> None:
    """100.00 for each deal from 5,000.00 on: two of three. Once a period: 100.00 however many."""
    bands = "{from: 0, to: 5000, amount: 0}, {from: 5000, amount: 100}"
    terms = table("step", "amount", bands)
    assert pay(reckon, terms, 5_000, 4_999, 20_000, more=", accumulate: transaction") == 200_00
    assert pay(reckon, terms, 5_000, 4_999, 20_000) == 100_00


@pytest.mark.parametrize(("sold", "paid"), [(790, 0), (800, 5_000_00), (1_000, 10_000_00), (2_000, 15_000_00)])
def test_a_step_may_be_a_part_of_the_target(reckon: Reckon, sold: int, paid: int) -> None:
    """Of 10,000.00 a quarter: 50 % from 80 % on, 100 % from 100 %, 150 % from 150 %."""
    bands = "{from: 0 %, to: 80 %, amount: 0 %}, {from: 80 %, to: 100 %, amount: 50 %}"
    bands += ", {from: 100 %, to: 150 %, amount: 100 %}, {from: 150 %, amount: 150 %}"
    assert pay(reckon, table("step", "attainment", bands), sold, of=1_000, more=", target: 100 %") == paid


@pytest.mark.parametrize(
    ("sold", "paid"),
    [
        (499, 0),
        (500, 0),
        (750, 5_000_00),
        (1_000, 10_000_00),
        (1_250, 15_000_00),
        (1_500, 20_000_00),
        (9_000, 20_000_00),
    ],
)
def test_a_curve_pays_along_straight_lines(reckon: Reckon, sold: int, paid: int) -> None:
    """Of 10,000.00: nothing at 50 %, all at 100 %, twice at 150 % and never more."""
    points = "[{at: 50 %, pays: 0 %}, {at: 100 %, pays: 100 %}, {at: 150 %, pays: 200 %}]"
    terms = f"target: 100 %, rate_table: {{kind: curve, over: attainment, points: {points}}}"
    assert pay(reckon, terms, sold, of=1_000) == paid


def test_a_curve_may_begin_with_a_jump(reckon: Reckon) -> None:
    """2,500.00 at 80 %; 82.5 % is an eighth of the way to the 4,000.00 at 100 %: 187.50 more."""
    points = "[{at: 80 %, pays: 2500}, {at: 100 %, pays: 4000}]"
    terms = f"rate_table: {{kind: curve, over: attainment, points: {points}}}"
    assert [pay(reckon, terms, each, of=1_000) for each in (799, 800, 825)] == [0, 2_500_00, 2_687_50]


@pytest.mark.parametrize(("sold", "paid"), [(500, 5_00), (2_000, 30_00), (3_000, 50_00), (9_000, 50_00), (-100, -1_00)])
def test_bands_may_be_filled_in_proportion(reckon: Reckon, sold: int, paid: int) -> None:
    """10.00 for the first 1,000.00, 40.00 for the next 2,000.00; beyond 3,000.00 nothing more."""
    bands = "{from: 0, to: 1000, amount: 10}, {from: 1000, to: 3000, amount: 40}"
    assert pay(reckon, table("interpolated", "amount", bands), sold) == paid


@pytest.mark.parametrize(("sold", "paid"), [(80, 800_00), (100, 1_000_00), (120, 1_400_00), (150, 2_000_00)])
def test_the_individual_commission_rate_has_a_multiplier_above_the_quota(reckon: Reckon, sold: int, paid: int) -> None:
    """Target 10,000.00 over a quota of 100,000.00 is 10 %; above the quota twice that.

    80,000.00 x 10 % = 8,000.00; 120,000.00: 10,000.00 + 20,000.00 x 20 % = 14,000.00 (here in hundreds).
    """
    bands = "{from: 0 %, to: 100 %, rate: 100 %}, {from: 100 %, rate: 200 %}"
    terms = table("marginal", "attainment", bands)
    more = ", basis: target, target: 1000"
    assert pay(reckon, terms, sold * 100, of=10_000, more=more) == paid


def test_a_decelerator_pays_less_below_a_point(reckon: Reckon) -> None:
    """Half of the rate of 10 % up to 80 % of 1,000.00, the whole rate from there: 800.00 x 5 % + 100.00 x 10 %."""
    bands = "{from: 0 %, to: 80 %, rate: 50 %}, {from: 80 %, rate: 100 %}"
    more = ", basis: target, target: 100"
    assert pay(reckon, table("marginal", "attainment", bands), 900, of=1_000, more=more) == 50_00


CELLS = "cells: [[2 %, 3 %], [4 %, 6 %]]"
COLUMNS = "columns: {over: {measure: margin}, from: [0 %, 20 %]}"
MATRIX = f"rows: {{over: attainment, from: [0 %, 100 %]}}, {COLUMNS}, {CELLS}"
MARGIN = "code: margin, name: Margin, credit: {to: owner, value: margin}, aggregate: ratio, divided_by: amount"


@pytest.mark.parametrize(
    ("sold", "margin", "paid"),
    [(900, 90, 18_00), (900, 180, 27_00), (1_000, 190, 40_00), (1_000, 200, 60_00), (2_000, 900, 120_00)],
)
def test_a_matrix_links_what_is_sold_with_its_margin(reckon: Reckon, sold: int, margin: int, paid: int) -> None:
    """Rows under and from 100 % of 1,000.00, columns under and from 20 % margin: 2, 3, 4 and 6 % of all."""
    plan = written(component(f"rate_table: {{kind: grid, {MATRIX}}}"), measures=MARGIN)
    data = inputs("2026-Q1", won("A", "01-10", sold, margin=margin * 100), quotas=(quota(1_000),))
    assert earned(reckon([plan], data)) == paid


@pytest.mark.parametrize(("sold", "margin", "paid"), [(500, 50, 18_75), (500, 0, 15_00), (1_000, 900, 60_00)])
def test_a_matrix_may_be_interpolated_both_ways(reckon: Reckon, sold: int, margin: int, paid: int) -> None:
    """500.00 is half way from 0 % to 100 %, 10 % margin half way from 0 % to 20 %: the mean of four cells, 3.75 %.

    50.00 of 500.00 is a margin of 10 %: (2.5 % + 5 %) / 2 = 3.75 % of 500.00 = 18.75. Without margin 3 % = 15.00.
    """
    plan = written(component(f"rate_table: {{kind: grid, {MATRIX}, interpolated: yes}}"), measures=MARGIN)
    data = inputs("2026-Q1", won("A", "01-10", sold, margin=margin * 100), quotas=(quota(1_000),))
    assert earned(reckon([plan], data)) == paid


def test_a_matrix_of_amounts_pays_once(reckon: Reckon) -> None:
    """From 100 % and a score of 8 on, 900.00, shared by A and B as 600.00 and 300.00."""
    rows = "rows: {over: attainment, from: [0 %, 100 %]}, columns: {over: {measure: nps}, from: [0, 8]}"
    plan = written(
        component(f"rate_table: {{kind: grid, {rows}, cells: [[0, 100], [500, 900]]}}"),
        measures="code: nps, name: NPS, given: number",
    )
    deals = (won("A", "01-10", 800), won("B", "01-11", 400))
    data = inputs("2026-Q1", *deals, quotas=(quota(1_000),), given=(Given(ANNA, "nps", 8_000_000),))
    assert lines(reckon([plan], data)) == [("A", 600_00), ("B", 300_00)]


def test_a_discount_lowers_the_rate_of_its_own_deal(reckon: Reckon) -> None:
    """10 % on deals with a discount under 10 %, 6 % under 25 %, 2 % from there on."""
    bands = "{from: 0 %, to: 10 %, rate: 10 %}, {from: 10 %, to: 25 %, rate: 6 %}, {from: 25 %, rate: 2 %}"
    plan = written(component(table("whole_amount", "{field: discount}", bands)))
    discounts = {"A": 50_000, "B": 100_000, "C": 400_000, "D": None}
    deals = [won(name, "01-10", 1_000, discount=each) for name, each in discounts.items()]
    paid = lines(reckon([plan], inputs("2026-Q1", *deals)))
    assert paid == [("A", 100_00), ("B", 60_00), ("C", 20_00), ("D", 100_00)]


def test_the_margin_rate_of_a_deal_may_decide(reckon: Reckon) -> None:
    """30 % margin pays 5 %, 10 % pays 1 %."""
    bands = "{from: 0 %, to: 20 %, rate: 1 %}, {from: 20 %, rate: 5 %}"
    plan = written(component(table("whole_amount", "{field: margin_rate}", bands)))
    deals = (won("A", "01-10", 1_000, margin=300_00), won("B", "01-10", 1_000, margin=100_00))
    assert lines(reckon([plan], inputs("2026-Q1", *deals))) == [("A", 50_00), ("B", 10_00)]


def test_a_spiff_may_ask_for_a_field_of_each_deal(reckon: Reckon) -> None:
    """75.00 for each deal of three units or more."""
    bands = "{from: 0, to: 3, amount: 0}, {from: 3, amount: 75}"
    plan = written(component(table("step", "{field: units}", bands)))
    deals = [won(f"D{at}", "01-10", 100, units=at * 1_000_000) for at in (1, 3, 5)]
    assert lines(reckon([plan], inputs("2026-Q1", *deals))) == [("D1", 0), ("D3", 75_00), ("D5", 75_00)]


def test_the_attainment_of_one_product_may_decide_what_another_pays(reckon: Reckon) -> None:
    """Desks pay 1 %, and 3 % once chairs stand at 100 % of 500.00."""
    bands = "{from: 0 %, to: 100 %, rate: 1 %}, {from: 100 %, rate: 3 %}"
    terms = table("whole_amount", "{attainment: chairs}", bands)
    plan = written(
        component(terms, credit="{to: owner, when: \"product = 'desk'\"}"),
        measures="code: chairs, name: Chairs, credit: {to: owner, when: \"product = 'chair'\"}, quota: chairs",
    )
    deals = (won("A", "01-10", 1_000, product="desk"), won("B", "01-11", 500, product="chair"))
    full, short = quota(500, name="chairs"), quota(501, name="chairs")
    for each, paid in ((full, 30_00), (short, 10_00)):
        assert earned(reckon([plan], inputs("2026-Q1", *deals, quotas=(each,)))) == paid
    assert earned(reckon([plan], inputs("2026-Q1", *deals))) == 0


FROM_5_TO_10 = "{from: 0 %, to: 100 %, rate: 5 %}, {from: 100 %, rate: 10 %}"


@pytest.mark.parametrize(
    ("pays", "sold", "paid"),
    [
        ("first_unit", 499, 0),
        ("first_unit", 500, 25_00),
        ("first_unit", 1_200, 70_00),
        ("from_there", 499, 0),
        ("from_there", 500, 0),
        ("from_there", 600, 5_00),
        ("from_there", 1_200, 45_00),
    ],
)
def test_a_threshold_pays_from_there_or_from_the_first_unit(reckon: Reckon, pays: str, sold: int, paid: int) -> None:
    """At 50 % of 1,000.00. 1,200.00: 50.00 + 20.00; from there on 500.00 x 5 % + 200.00 x 10 %."""
    terms = table("marginal", "attainment", FROM_5_TO_10)
    assert pay(reckon, terms, sold, of=1_000, more=f", threshold: {{at: 50 %, pays: {pays}}}") == paid


def test_what_lies_above_a_threshold_pays_the_rate_that_is_reached(reckon: Reckon) -> None:
    """1,200.00 reach 10 %, paid on the 700.00 above 500.00."""
    terms = table("whole_amount", "attainment", FROM_5_TO_10)
    assert pay(reckon, terms, 1_200, of=1_000, more=", threshold: {at: 50 %, pays: from_there}") == 70_00


def test_a_flat_rate_may_have_a_threshold_in_the_amount(reckon: Reckon) -> None:
    """10 % of what is above 2,000.00: the deal that crosses it is paid for its upper part."""
    terms = component("rate: 10 %, threshold: {at: 2000, pays: from_there}")
    deals = (won("A", "01-10", 1_500), won("B", "01-11", 1_000), won("C", "01-12", 300))
    assert lines(reckon([written(terms)], inputs("2026-Q1", *deals))) == [("A", 0), ("B", 50_00), ("C", 30_00)]


def test_reaching_a_threshold_of_the_year_pays_up_what_was_sold_before(reckon: Reckon) -> None:
    """5 % from the first unit once 1,000.00 are reached: 800.00 in Q1 pay nothing, 400.00 in Q2 bring 60.00."""
    plan = written(component("accumulate: year, rate: 5 %, threshold: {at: 1000, pays: first_unit}"))
    deals = (won("A", "01-10", 800), won("B", "04-10", 400))
    assert earned(reckon([plan], inputs("2026-Q1", *deals))) == 0
    assert lines(reckon([plan], inputs("2026-Q2", *deals))) == [("true_up", 40_00), ("B", 20_00)]
