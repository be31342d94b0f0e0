"""The engine against the oracle, on plans, people and deals that nobody chose."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm_app.compensation.domain.inputs import InForce, Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.rule import Compare, Every
from spm_app.compensation.domain.terms import (
    WHOLE,
    Accumulate,
    Band,
    Bound,
    Component,
    Credit,
    Eligible,
    Kind,
    Measure,
    Over,
    Plan,
    RateTable,
    To,
    Who,
    Words,
)
from spm_app.compensation.engine import calculate
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar, Grain
from tests.oracle import commission

pytestmark = pytest.mark.slow

QUARTER = FiscalCalendar().parse("2026-Q1")
EUR = Currency("EUR")
PEOPLE, TITLES = range(1, 7), ("rep", "lead", "head")
WON = Compare("outcome", "=", "won")
days = st.dates(QUARTER.start - timedelta(days=5), QUARTER.end + timedelta(days=5))
#: Round and ragged, small and large, and what sits exactly on a bound.
amounts = st.one_of(st.integers(-20_000, 200_000), st.sampled_from([0, 1, 50_000, 75_000, 100_000, 10**11, -50_000]))


#: Bounds as shares of a quota, and in cents.
RAGGED = {Over.ATTAINMENT: [250_000, 333_333, 500_000, 750_000, 1_000_000, 1_500_001], Over.AMOUNT: [1, 50_000, 75_001]}
#: The same for bands that pay in proportion, whose widths must have something in common.
ROUND = {Over.ATTAINMENT: [250_000, 500_000, 800_000, 1_000_000, 1_500_000], Over.AMOUNT: [3, 50_000, 75_000]}


@st.composite
def tables(draw: st.DrawFn) -> RateTable:
    kind = draw(st.sampled_from([each for each in Kind if each not in {Kind.CURVE, Kind.GRID}]))
    if kind is Kind.FLAT:
        return RateTable(kind, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (Band(0, None, draw(st.integers(0, WHOLE))),))
    over = draw(st.sampled_from([Over.ATTAINMENT, Over.AMOUNT]))
    grid = ROUND[over] if kind is Kind.INTERPOLATED else RAGGED[over]
    starts = [0, *sorted(draw(st.sets(st.sampled_from(grid), max_size=4)))]
    ends = [*starts[1:], starts[-1] + 250_000 if kind is Kind.INTERPOLATED else None]
    if kind in {Kind.STEP, Kind.INTERPOLATED}:
        worth = [(0, draw(st.integers(0, 100_000))) for _ in starts]
    else:
        worth = [(draw(st.integers(0, WHOLE // 4)), 0) for _ in starts]
    bands = tuple(Band(s, e, *w) for s, e, w in zip(starts, ends, worth, strict=True))
    table = RateTable(kind, over, draw(st.sampled_from(Bound)), bands)
    if kind is not Kind.HYBRID:
        return table
    ways = st.sampled_from([Kind.MARGINAL, Kind.WHOLE_AMOUNT])
    return replace(table, point=draw(st.sampled_from(starts)), below=draw(ways), above=draw(ways))


@st.composite
def plans(draw: st.DrawFn, code: str) -> Plan:
    def component(name: str) -> Component:
        to = draw(st.sampled_from([To.OWNER, To.MANAGER]))
        levels = draw(st.integers(1, 3)) if to is To.MANAGER else 0
        when = draw(st.sampled_from([WON, Every((WON, Compare("product", "=", "P1")))]))
        how = draw(st.sampled_from([Accumulate.PERIOD, Accumulate.TRANSACTION]))
        return Component(name, Words(name, name), Measure((Credit(when, to, levels),), accumulate=how), draw(tables()))

    start = draw(st.sampled_from([date(2025, 1, 1), date(2026, 2, 10)]))
    end = draw(st.sampled_from([None, date(2026, 3, 20)]))
    titles = tuple(Eligible(Who.TITLE, each) for each in draw(st.sets(st.sampled_from(TITLES), min_size=1)))
    return Plan(code, code, EUR, start, end, titles, Grain.QUARTER, (component("c1"), component("c2")))


@st.composite
def seats(draw: st.DrawFn, person: int) -> list[Seat]:
    """One seat, or two with a change of title and manager; managers have lower numbers, so nobody is above himself."""
    above = st.sampled_from([None, *range(1, person)])
    change, leave = sorted((draw(days), draw(days)))
    first = Seat(person, draw(st.sampled_from(TITLES)), draw(above), date(2025, 1, 1), change)
    second = Seat(person, draw(st.sampled_from(TITLES)), draw(above), change, draw(st.sampled_from([None, leave])))
    return [first] if second.end == second.start else [first, second]


@st.composite
def companies(draw: st.DrawFn) -> Inputs:
    deals: list[Transaction] = []
    shares: list[Share] = []
    for at in range(draw(st.integers(0, 12))):
        name = f"D{at:02}"
        outcome, product = draw(st.sampled_from(["won", "won", "lost"])), draw(st.sampled_from(["P1", "P2", None]))
        deals.append(Transaction(name, draw(days), draw(amounts), outcome, product=product))
        owners = sorted(draw(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=3)))
        cuts = sorted(draw(st.sets(st.integers(1, WHOLE - 1), min_size=len(owners) - 1, max_size=len(owners) - 1)))
        parts = [after - before for before, after in zip([0, *cuts], [*cuts, WHOLE], strict=True)]
        shares += [Share(name, owner, part) for owner, part in zip(owners, parts, strict=True)]
    quotas = [Quota(person, draw(st.sampled_from([0, 33_333, 100_000, 1_234_567]))) for person in PEOPLE if person % 3]
    return Inputs(
        QUARTER, EUR, tuple(deals), tuple(shares), tuple(s for p in PEOPLE for s in draw(seats(p))), tuple(quotas)
    )


def by_engine(given_plans: list[Plan], inputs: Inputs) -> dict[tuple[int, str, str], commission.Paid]:
    results = calculate([InForce(at, each) for at, each in enumerate(given_plans)], inputs)
    return {
        (payee.payee_id, c.plan_code, c.component): commission.Paid(
            c.measure, c.earned, [(line.transaction, line.credit, line.amount) for line in c.lines]
        )
        for payee in results.payees()
        for c in payee.components
    }


@settings(deadline=None, max_examples=60)
@given(plans("a"), plans("b"), companies())
def test_the_engine_agrees_with_the_oracle(first: Plan, second: Plan, inputs: Inputs) -> None:
    assert by_engine([first, second], inputs) == commission.pay([first, second], inputs)


@settings(deadline=None, max_examples=400)
@given(plans("a"), plans("b"), companies())
def test_the_engine_agrees_with_the_oracle_for_long(first: Plan, second: Plan, inputs: Inputs) -> None:
    assert by_engine([first, second], inputs) == commission.pay([first, second], inputs)


@settings(deadline=None, max_examples=12)
@given(plans("a"), companies(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_no_byte(plan: Plan, inputs: Inputs, dice: random.Random) -> None:
    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(dice.sample(rows, len(rows)))

    other = replace(
        inputs,
        transactions=shuffled(inputs.transactions),
        shares=shuffled(inputs.shares),
        seats=shuffled(inputs.seats),
        quotas=shuffled(inputs.quotas),
    )
    once, again = (calculate([InForce(1, plan)], each, threads=n) for each, n in ((inputs, 1), (other, 2)))
    assert once.digest == again.digest
    assert (once.lines, once.components, once.log) == (again.lines, again.components, again.log)


@settings(deadline=None, max_examples=12)
@given(plans("a"), companies())
def test_everything_adds_up_to_the_cent(plan: Plan, inputs: Inputs) -> None:
    results = calculate([InForce(1, plan)], inputs)
    payees = list(results.payees())
    assert results.total_minor == sum(payee.earned for payee in payees)
    for payee in payees:
        assert payee.earned == sum(each.earned for each in payee.components)
        assert [line.position for c in payee.components for line in c.lines] == list(
            range(1, 1 + sum(len(c.lines) for c in payee.components))
        )
        for each in payee.components:
            assert each.earned == sum(line.amount for line in each.lines)
            assert each.measure == sum(line.credit for line in each.lines)


@settings(deadline=None, max_examples=40)
@given(plans("a"), companies())
def test_what_is_explained_is_what_was_paid(plan: Plan, inputs: Inputs) -> None:
    """The slices of an explanation come to the exact amount before rounding, of every line and every component."""
    for payee in calculate([InForce(1, plan)], inputs).payees():
        for component, written in zip(payee.components, plan.components, strict=True):
            told = [each.derivation for each in component.lines]
            if written.accumulate is Accumulate.PERIOD:
                told.append(component.derivation)
            for each in told:
                assert Fraction(each["exact"]) == sum(Fraction(part["earned"]) for part in each["slices"])


@settings(deadline=None, max_examples=12)
@given(companies())
def test_owners_parts_add_up_to_the_deal(inputs: Inputs) -> None:
    seats_ = tuple(Seat(person, "rep", None, date(2025, 1, 1)) for person in PEOPLE)
    flat = RateTable(Kind.FLAT, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (Band(0, None, WHOLE),))
    all_ = Component("c", Words("c", "c"), Measure((Credit(None, To.OWNER),)), flat)
    plan = Plan("p", "p", EUR, date(2025, 1, 1), None, (Eligible(Who.TITLE, "rep"),), Grain.QUARTER, (all_,))
    results = calculate([InForce(1, plan)], replace(inputs, seats=seats_))
    wanted = {deal.id: deal.amount for deal in inputs.transactions if deal.day in QUARTER}
    credited = dict.fromkeys(wanted, 0)
    for payee in results.payees():
        for line in payee.components[0].lines:
            credited[line.transaction] += line.credit
    assert credited == wanted
