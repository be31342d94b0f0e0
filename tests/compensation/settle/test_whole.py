"""From deals to payment: inputs made ready, the engine, the settlement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.inputs import Incentive, InForce, Inputs, Named, Seat, Share, Transaction
from spm_app.compensation.domain.settle.currency import ExchangeRate
from spm_app.compensation.domain.settle.prepare import prepared
from spm_app.compensation.domain.settle.values import Happened, PaidIn, PaidLine
from spm_app.compensation.engine import Whole, calculate_whole
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency
from tests.compensation.plans import plan
from tests.compensation.settle.desk import ANNA, BRUNO, did, month

EUR, USD = Currency("EUR"), Currency("USD")
#: 10 % of everything, of all above 1,000 even 20 %.
PLAN = """\
code: p
name: P
currency: EUR
effective: {from: 2026-01-01}
eligibility: {titles: [seller]}
period: month
components:
  - code: sales
    name: Sales
    credit: {when: "outcome = 'won'", to: owner}
    rate_table:
      kind: marginal
      over: amount
      bands:
        - {from: 0, to: 1000, rate: 10 %}
        - {from: 1000, rate: 20 %}
"""
CLAWBACK = "    payment: {clawback: {kind: full, reduces_attainment: %s}}\n"
DAYS = [date(2026, 1, each) for each in range(1, 32)]


def given(*sales: Transaction, **more: object) -> Inputs:
    seats = tuple(Seat(each, "seller", None, date(2025, 1, 1)) for each in (ANNA, BRUNO))
    shares = tuple(Share(each.id, ANNA) for each in sales)
    return replace(Inputs(month(1), EUR, sales, shares, seats), **more)  # type: ignore[arg-type]


def run(inputs: Inputs, *texts: str) -> Whole:
    plans = [InForce(at, plan(text)) for at, text in enumerate(texts or (PLAN,), 1)]
    return calculate_whole(plans, inputs)


def paid(whole: Whole) -> dict[int, int]:
    return {each.payee_id: each.paid for each in whole.settled}


def test_without_terms_what_is_earned_is_paid() -> None:
    whole = run(given(Transaction("A", DAYS[4], 1_500_00)))
    assert paid(whole) == {ANNA: 200_00, BRUNO: 0}
    assert whole.paid_minor == whole.results.total_minor


def test_a_cancellation_that_lowers_attainment_is_taken_back_at_the_rate_of_then_and_later_sales_feel_it() -> None:
    """1,000 sold before at 10 %, cancelled on the 10th; then 1,500 are sold: from -1,000 to 500, all at 10 %."""
    before = Transaction("A", date(2025, 11, 5), 1_000_00, cancelled_on=DAYS[9], margin=5_00)
    sales = (before, Transaction("B", DAYS[19], 1_500_00))
    line = PaidLine(ANNA, "p", "sales", "A", before.day, 70_00, 70_00)
    inputs = given(*sales, paid_lines=(line,), named=(Named("A", BRUNO, "helper"),))
    (anna, _) = run(inputs, PLAN + CLAWBACK % "yes").settled
    assert did(anna) == [("earned", 50_00), ("undone", 100_00), ("taken_back", -70_00)]
    (anna, _) = run(inputs, PLAN + CLAWBACK % "no").settled
    assert did(anna) == [("earned", 200_00), ("taken_back", -70_00)]


def test_parts_of_a_cancellation_count_once_as_far_as_the_sale_goes() -> None:
    sale = Transaction("A", date(2025, 11, 5), 90_00, units=3_000_000, invoiced_on=DAYS[1], paid_on=DAYS[2])
    told = (
        Happened("A", "cancelled", DAYS[3], amount=60_00),
        Happened("A", "cancelled", DAYS[5], amount=60_00),
        Happened("A", "cancelled", date(2026, 3, 1), amount=10_00),
        Happened("unknown", "cancelled", DAYS[5]),
    )
    ready = prepared([plan(PLAN + CLAWBACK % "yes")], given(sale, happened=told))
    (_, undone) = ready.inputs.transactions
    assert (undone.id, undone.day, undone.amount, undone.units, undone.margin) == (
        "A:cancelled",
        DAYS[5],
        -90_00,
        -3_000_000,
        None,
    )
    assert (undone.invoiced_on, undone.paid_on, undone.cancelled_on) == (DAYS[5], DAYS[5], None)
    assert Share("A:cancelled", ANNA) in ready.inputs.shares


def test_sales_in_other_money_are_counted_in_the_plan_s() -> None:
    rates = (ExchangeRate(DAYS[0], USD, EUR, Fraction("0.9"), "ECB"),)
    whole = run(given(Transaction("A", DAYS[4], 100_00, currency=USD, margin=50_00), rates=rates))
    assert (paid(whole)[ANNA], whole.converted[0].amount) == (9_00, 100_00)
    with pytest.raises(InvalidInput) as refused:
        run(given(Transaction("A", DAYS[4], 100_00, currency=USD)))
    assert [each.at for each in refused.value.problems] == ["A"]


def test_plans_that_disagree_on_the_rate_are_not_calculated_together() -> None:
    other = PLAN.replace("code: p", "code: q") + "settlement: {exchange: period_end}\n"
    with pytest.raises(InvalidInput) as refused:
        run(given(), PLAN, other)
    assert [each.key for each in refused.value.problems] == ["compensation.inputs.exchange_differs"]
    assert prepared([], given()).converted == ()


def test_a_part_of_an_unknown_sale_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        run(given(happened=(Happened("X", "paid", DAYS[0], amount=5),)))
    assert [each.key for each in refused.value.problems] == ["compensation.inputs.no_part"]


def test_who_is_paid_in_other_money_needs_a_rate_once_there_is_something_to_pay() -> None:
    sale = Transaction("A", DAYS[4], 100_00)
    rates = (ExchangeRate(DAYS[30], EUR, USD, Fraction("1.25")),)
    paid_in = (PaidIn(ANNA, USD), PaidIn(BRUNO, EUR))
    whole = run(given(sale, paid_in=paid_in, rates=rates))
    assert [each.payment.amount for each in whole.settled] == [12_50, 0]
    assert paid(run(given(paid_in=paid_in)))[ANNA] == 0
    with pytest.raises(InvalidInput) as refused:
        run(given(sale, paid_in=paid_in))
    assert refused.value.problems[0].args["person"] == ANNA


def test_a_share_of_the_target_incentive_is_by_months_and_days() -> None:
    """12,000 a year are 1,000 a month; from the 17th on, 15 of 31 days."""
    text = PLAN + "settlement: {floor: {of_target: 100 %}}\n"
    yearly = tuple(Incentive(each, 12_000_00, date(2025, 1, 1)) for each in (ANNA, BRUNO))
    assert paid(run(given(incentives=yearly), text)) == {ANNA: 1_000_00, BRUNO: 1_000_00}
    late = replace(given(incentives=yearly), seats=(Seat(ANNA, "seller", None, DAYS[16]),))
    assert paid(run(late, text)) == {ANNA: 483_87}


def test_the_digest_covers_what_is_paid() -> None:
    sale = Transaction("A", DAYS[4], 100_00)
    gate = PLAN + "    payment: {when: paid}\n"
    first, same = run(given(sale), gate), run(given(sale), gate)
    later = run(given(replace(sale, paid_on=DAYS[9])), gate)
    assert first.digest == same.digest
    assert first.results.digest == later.results.digest
    assert first.digest != later.digest
    assert (first.paid_minor, later.paid_minor) == (0, 10_00)


def test_a_draw_is_for_whoever_is_in_the_plan_however_it_says_so() -> None:
    text = (
        PLAN.replace("{titles: [seller]}", "{positions: [P1]}") + "settlement: {draw: {kind: guarantee, amount: 310}}\n"
    )
    seat = Seat(ANNA, "anything", None, DAYS[16], position="P1")
    assert paid(run(replace(given(), seats=(seat,)), text)) == {ANNA: 150_00}
