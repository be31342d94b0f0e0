"""What holds whatever the figures are: owners share the whole deal; how deals and periods are cut changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm_app.compensation.domain.inputs import Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.measures import Accumulate, Credit, Measure, QuotaTerms, To
from spm_app.compensation.domain.terms import (
    WHOLE,
    Band,
    Bound,
    Component,
    Eligible,
    Kind,
    Over,
    Plan,
    RateTable,
    Who,
    Words,
)
from spm_app.kernel.period import FiscalCalendar, Grain
from tests.golden.company import Reckon
from tests.oracle.both import by_engine, by_oracle
from tests.oracle.strategies.company import PEOPLE
from tests.oracle.strategies.sales import EUR, companies

pytestmark = pytest.mark.slow
CALENDAR = FiscalCalendar()
QUARTER = CALENDAR.parse("2026-Q1")
BOTH = pytest.mark.parametrize("reckon", [by_oracle, by_engine], ids=["oracle", "engine"])
FLAT = RateTable(Kind.FLAT, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (Band(0, None, WHOLE),))
some = settings(deadline=None, max_examples=12)


def plan_of(table: RateTable, how: Accumulate = Accumulate.PERIOD, grain: Grain = Grain.QUARTER) -> Plan:
    measure = Measure((Credit(None, To.OWNER),), accumulate=how, quota=QuotaTerms(whole_year=how.is_cumulative))
    component = Component("c", Words("c", "c"), measure, table)
    return Plan("p", "p", EUR, date(2020, 1, 1), None, (Eligible(Who.TITLE, "rep"),), grain, (component,))


@BOTH
@some
@given(companies(QUARTER))
def test_owners_parts_add_up_to_the_deal(reckon: Reckon, inputs: Inputs) -> None:
    seats = tuple(Seat(person, "rep", None, date(2025, 1, 1)) for person in PEOPLE)
    wanted = {deal.id: deal.amount for deal in inputs.transactions if deal.day in QUARTER}
    credited = dict.fromkeys(wanted, 0)
    for paid in reckon([plan_of(FLAT)], replace(inputs, seats=seats)).values():
        for row in paid.rows:
            credited[row.transaction] += row.credit
    assert credited == wanted


@st.composite
def marginal(draw: st.DrawFn) -> RateTable:
    """Rates of whole percents, so that hundreds of euros earn whole cents."""
    starts = [0, *sorted(draw(st.sets(st.sampled_from([250_000, 500_000, 1_000_000, 1_500_000]), max_size=3)))]
    rates = [draw(st.integers(0, 30)) * 10_000 for _ in starts]
    bands = tuple(Band(*each) for each in zip(starts, [*starts[1:], None], rates, strict=True))
    return RateTable(Kind.MARGINAL, Over.ATTAINMENT, draw(st.sampled_from(Bound)), bands)


sold = st.lists(st.tuples(st.dates(QUARTER.start, QUARTER.last_day), st.integers(-3, 9)), max_size=8)


def company(deals: list[tuple[date, int]], code: str) -> Inputs:
    """One rep, with a quota of 4,000.00 for the quarter."""
    transactions = tuple(Transaction(f"D{at:02}", day, of * 10_000) for at, (day, of) in enumerate(deals))
    shares = tuple(Share(each.id, 1) for each in transactions)
    quotas = (Quota(1, 400_000, "", QUARTER.start, QUARTER.end),)
    return Inputs(CALENDAR.parse(code), EUR, transactions, shares, (Seat(1, "rep", None, date(2020, 1, 1)),), quotas)


@BOTH
@some
@given(marginal(), sold)
def test_how_deals_are_cut_never_changes_what_marginal_bands_pay(
    reckon: Reckon, table: RateTable, deals: list[tuple[date, int]]
) -> None:
    pieces = [(day, 1 if of > 0 else -1) for day, of in deals for _ in range(abs(of))]
    whole, cut = (reckon([plan_of(table)], company(each, "2026-Q1")) for each in (deals, pieces))
    assert whole[1, "p", "c"].earned == cut[1, "p", "c"].earned


@BOTH
@some
@given(marginal(), sold)
def test_three_months_of_a_quarter_to_date_pay_what_the_quarter_pays(
    reckon: Reckon, table: RateTable, deals: list[tuple[date, int]]
) -> None:
    at_once = reckon([plan_of(table)], company(deals, "2026-Q1"))[1, "p", "c"].earned
    monthly = plan_of(table, Accumulate.QUARTER, Grain.MONTH)
    months = (reckon([monthly], company(deals, f"2026-{each:02}"))[1, "p", "c"].earned for each in (1, 2, 3))
    assert sum(months) == at_once
