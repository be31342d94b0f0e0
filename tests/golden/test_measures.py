"""How credits become one figure, and since when they are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import Given
from tests.golden.company import ANNA, WON, component, day, earned, inputs, lines, quota, seat, won, written

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Plan
    from tests.golden.company import Reckon

DEALS = (won("A", "01-10", 1_000, margin=100_00), won("B", "02-10", 3_000, margin=900_00), won("C", "03-10", 2_000))


def of_measure(measure: str, table: str) -> Plan:
    """Pays by what another measure comes to."""
    return written(component(table), measures=f"code: m, name: M, {measure}")


STEPS = (
    "rate_table: {{kind: whole_amount, over: {{measure: m}}, "
    "bands: [{{from: {0}, to: {1}, rate: 1 %}}, {{from: {1}, rate: 2 %}}]}}"
)


def test_each_deal_counted_pays_the_same(reckon: Reckon) -> None:
    """A SPIFF paid every time: 50.00 for each of three deals, however large."""
    paid = reckon([written(component("aggregate: count, each: 50"))], inputs("2026-Q1", *DEALS))
    assert lines(paid) == [("A", 50_00), ("B", 50_00), ("C", 50_00)]
    assert paid[ANNA, "plan", "pay"].measure == 3_000_000


def test_each_unit_pays_the_same(reckon: Reckon) -> None:
    """2.50 a unit: 4 and 10.5 units are 10.00 and 26.25."""
    plan = written(component("each: 2.50", credit="{to: owner, value: units}"))
    deals = (won("A", "01-10", 100, units=4_000_000), won("B", "01-11", 100, units=10_500_000))
    assert lines(reckon([plan], inputs("2026-Q1", *deals))) == [("A", 10_00), ("B", 26_25)]


def test_units_are_paid_more_beyond_a_number(reckon: Reckon) -> None:
    """5.00 each up to 10 units, 8.00 each above. 8 and 5 units: 40.00, then 2 at 5.00 and 3 at 8.00: 34.00."""
    bands = "[{from: 0, to: 10, each: 5}, {from: 10, each: 8}]"
    table = f"rate_table: {{kind: marginal, over: amount, bands: {bands}}}"
    plan = written(component(table, credit="{to: owner, value: units}"))
    deals = (won("A", "01-10", 100, units=8_000_000), won("B", "01-11", 100, units=5_000_000))
    assert lines(reckon([plan], inputs("2026-Q1", *deals))) == [("A", 40_00), ("B", 34_00)]


def test_deals_may_be_counted_and_the_count_pay_on_everything(reckon: Reckon) -> None:
    """From three deals on, 2 % of all 6,000.00: 120.00. With two of them 1 % of 4,000.00."""
    plan = of_measure("credit: {to: owner}, aggregate: count", STEPS.format(0, 3))
    assert earned(reckon([plan], inputs("2026-Q1", *DEALS))) == 120_00
    assert earned(reckon([plan], inputs("2026-Q1", *DEALS[:2]))) == 40_00


def test_the_average_deal_may_decide_the_rate(reckon: Reckon) -> None:
    """6,000.00 in three deals is 2,000.00 on average, which reaches the upper band; A and C alone are 1,500.00."""
    plan = of_measure("credit: {to: owner}, aggregate: average", STEPS.format(0, 2000))
    assert earned(reckon([plan], inputs("2026-Q1", *DEALS))) == 120_00
    assert earned(reckon([plan], inputs("2026-Q1", DEALS[0], DEALS[2]))) == 30_00


def test_the_largest_deal_may_decide_the_rate(reckon: Reckon) -> None:
    """The largest is B's 3,000.00."""
    plan = of_measure("credit: {to: owner}, aggregate: max", STEPS.format(0, 3000))
    assert earned(reckon([plan], inputs("2026-Q1", *DEALS))) == 120_00
    assert earned(reckon([plan], inputs("2026-Q1", DEALS[0], DEALS[2]))) == 30_00


def test_the_weighted_margin_may_decide_the_rate(reckon: Reckon) -> None:
    """100.00 and 900.00 of 4,000.00 are 25 % (not 20 %, which the two margin rates are on average)."""
    ratio = "credit: {to: owner, value: margin}, aggregate: ratio, divided_by: amount"
    plan = of_measure(ratio, STEPS.format("0 %", "25 %"))
    assert earned(reckon([plan], inputs("2026-Q1", *DEALS[:2]))) == 80_00
    assert earned(reckon([plan], inputs("2026-Q1", *DEALS))) == 60_00


def test_the_largest_deal_may_be_what_is_paid(reckon: Reckon) -> None:
    """2 % of 3,000.00, shared by the deals by their size: 10.00, 30.00, 20.00."""
    paid = reckon([written(component("aggregate: max, rate: 2 %"))], inputs("2026-Q1", *DEALS))
    assert lines(paid) == [("A", 10_00), ("B", 30_00), ("C", 20_00)]


def test_a_measure_may_be_put_in(reckon: Reckon) -> None:
    """A customer score of 8.5 reaches the band from 8 on; without one it stands at nothing."""
    plan = of_measure("given: number", STEPS.format(0, 8))
    deals = inputs("2026-Q1", *DEALS, given=(Given(ANNA, "m", 8_500_000),))
    assert earned(reckon([plan], deals)) == 120_00
    assert earned(reckon([plan], inputs("2026-Q1", *DEALS))) == 60_00


def test_two_components_may_share_a_measure(reckon: Reckon) -> None:
    """1 % of 6,000.00, and a bonus of 500.00 from 5,000.00 on."""
    bonus = "rate_table: {kind: step, over: amount, bands: [{from: 0, to: 5000, amount: 0}, {from: 5000, amount: 500}]}"
    plan = written(
        "code: pay, name: Pay, measure: sold, rate: 1 %",
        f"code: bonus, name: Bonus, measure: sold, {bonus}",
        measures=f'code: sold, name: Sold, credit: {{to: owner, when: "{WON}"}}',
    )
    paid = reckon([plan], inputs("2026-Q1", *DEALS))
    assert (earned(paid), earned(paid, code="bonus")) == (60_00, 500_00)


BANDS = "bands: [{from: 0, to: 10000, rate: 1 %}, {from: 10000, rate: 2 %}]"


def test_a_year_to_date_goes_on_where_the_last_quarter_ended(reckon: Reckon) -> None:
    """8,000.00 in Q1 at 1 %; in Q2 2,000.00 at 1 % and 3,000.00 at 2 %; each slice is paid once."""
    plan = written(component(f"accumulate: year, rate_table: {{kind: marginal, over: amount, {BANDS}}}"))
    deals = (won("A", "01-10", 8_000), won("B", "04-10", 5_000))
    assert lines(reckon([plan], inputs("2026-Q1", *deals))) == [("A", 80_00)]
    paid = reckon([plan], inputs("2026-Q2", *deals))
    assert lines(paid) == [("B", 80_00)]
    assert paid[ANNA, "plan", "pay"].measure == 13_000_00


def test_reaching_a_band_for_everything_pays_up_what_was_sold_before(reckon: Reckon) -> None:
    """8,000.00 at 1 % were paid; with 13,000.00 all is worth 2 %: 260.00 less 80.00, of which 80.00 for the past."""
    plan = written(component(f"accumulate: year, rate_table: {{kind: whole_amount, over: amount, {BANDS}}}"))
    deals = (won("A", "01-10", 8_000), won("B", "04-10", 5_000))
    paid = reckon([plan], inputs("2026-Q2", *deals))
    assert lines(paid) == [("true_up", 80_00), ("B", 100_00)]


def test_falling_back_under_a_band_takes_back_what_it_made(reckon: Reckon) -> None:
    """12,000.00 were worth 2 %, 240.00. After a return of 4,000.00 the other 8,000.00 are worth 80.00: -160.00.

    The return itself is worth -40.00, and what was sold before 120.00 less than it was.
    """
    plan = written(component(f"accumulate: year, rate_table: {{kind: whole_amount, over: amount, {BANDS}}}"))
    deals = (won("A", "01-10", 12_000), won("B", "04-10", -4_000))
    assert lines(reckon([plan], inputs("2026-Q2", *deals))) == [("true_up", -120_00), ("B", -40_00)]


def test_a_quarter_a_half_and_a_plan_may_be_what_accumulates(reckon: Reckon) -> None:
    """Paid by the month, May. Before it in the quarter 4,000.00 (April); in the half 9,000.00; in the plan, which
    began on 1 March, 6,000.00. May's 7,000.00 reach 10,000.00 after 6,000.00, 1,000.00 and 4,000.00."""
    deals = [won("A", "01-10", 3_000), won("B", "03-10", 2_000), won("C", "04-10", 4_000), won("D", "05-10", 7_000)]
    for time, amount in {"quarter": 80_00, "half": 130_00, "year": 130_00, "plan": 100_00}.items():
        terms = component(f"accumulate: {time}, rate_table: {{kind: marginal, over: amount, {BANDS}}}")
        plan = written(terms, period="month", effective="{from: 2026-03-01}")
        assert lines(reckon([plan], inputs("2026-05", *deals))) == [("D", amount)], time


def test_what_was_sold_before_somebody_was_eligible_does_not_accumulate(reckon: Reckon) -> None:
    """A rep since 1 March: January's 9,000.00 do not count, so that 1,000.00 and 4,000.00 stay in the first band."""
    plan = written(component(f"accumulate: year, rate_table: {{kind: marginal, over: amount, {BANDS}}}"))
    deals = (won("A", "01-10", 9_000), won("B", "03-10", 1_000), won("C", "04-10", 4_000))
    seats = (seat(title="trainee", end=day("03-01")), seat(start=day("03-01")))
    assert lines(reckon([plan], inputs("2026-Q2", *deals, seats=seats))) == [("C", 40_00)]


def test_each_deal_may_be_measured_by_itself(reckon: Reckon) -> None:
    """Each above 10,000.00 on its own: 12,000.00 pays 100.00 and 40.00, the second as much again."""
    plan = written(component(f"accumulate: transaction, rate_table: {{kind: marginal, over: amount, {BANDS}}}"))
    deals = (won("A", "01-10", 12_000), won("B", "01-11", 12_000))
    assert lines(reckon([plan], inputs("2026-Q1", *deals))) == [("A", 140_00), ("B", 140_00)]


def test_the_measure_does_not_depend_on_what_came_in_together(reckon: Reckon) -> None:
    """WE31, as it should be: revenue and bookings are added up wherever they stand in the batch.

    January 100.00 of revenue, February 50.00 of bookings, March 50.00 and 100.00 in one order, 50.00 in another: the
    year stands at 350.00 after it, and is 200.00 before March's bookings are added.
    """
    credit = "[{to: owner}, {to: owner, value: margin}]"
    plan = written(component("accumulate: year, rate: 1 %", credit=credit), period="month")
    deals = [
        won("A", "01-10", 100),
        won("B", "02-10", 0, margin=50_00),
        won("C", "03-10", 50, margin=100_00),
        won("D", "03-11", 50),
    ]
    for order in (deals, deals[::-1]):
        assert reckon([plan], inputs("2026-03", *order))[ANNA, "plan", "pay"].measure == 350_00


def test_a_quota_is_not_needed_to_count(reckon: Reckon) -> None:
    """A table over amounts pays with a quota, and as much without."""
    plan = written(component(f"rate_table: {{kind: marginal, over: amount, {BANDS}}}"))
    for quotas in ((), (quota(5_000),)):
        assert earned(reckon([plan], inputs("2026-Q1", *DEALS, quotas=quotas))) == 60_00
