"""What was sold, by whom, and against which quotas."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from spm_app.compensation.domain.inputs import Inputs, Named, Quota, Share, Transaction
from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.money import Currency
from tests.oracle.strategies import company
from tests.oracle.strategies.company import CALENDAR, PEOPLE, YEAR

if TYPE_CHECKING:
    from spm_app.kernel.period import Period

EUR = Currency("EUR")
#: What quotas are called, and whom a deal may name.
QUOTAS, ROLES = ("", "new"), ("engineer", "hunter")
#: Round and ragged, small and large, and what sits exactly on a bound.
amounts = st.one_of(st.integers(-20_000, 200_000), st.sampled_from([0, 1, 50_000, 75_000, 100_000, 10**11, -50_000]))


@st.composite
def companies(draw: st.DrawFn, period: Period | None = None) -> Inputs:
    """Everything that a calculation is given."""
    of = draw(company.periods) if period is None else period
    deals = tuple(draw(_deal(f"D{at:02}", of)) for at in range(draw(st.integers(2, 8))))
    return Inputs(
        period=of,
        currency=EUR,
        transactions=deals,
        shares=tuple(each for deal in deals for each in draw(_owners(deal.id))),
        seats=draw(company.seats(of)),
        quotas=draw(quotas(of)),
        named=tuple(each for deal in deals for each in draw(_named(deal.id))),
        people=draw(company.people()),
        incentives=draw(company.incentives(of)),
        given=draw(company.given),
        certificates=draw(company.certificates(of)),
        scores=draw(company.scores),
    )


#: What else a source may say of a deal.
DETAILS: list[dict[str, Any]] = [
    {},
    {"product": "P1", "type": "new", "margin": 12_345, "discount": 199_999, "units": 1_000_000},
    {"product": "P1", "type": "renewal", "margin": 0, "discount": 200_000, "units": 2_500_000},
    {"product": "P2", "type": "new", "margin": -5_000, "discount": 350_000, "units": 7_000_000},
    {"product": "P2", "margin": 33_333, "discount": 0, "units": 0, "extra": {"campaign": "spring"}},
    {"product": "P1", "margin": 100_000, "units": 3_000_000, "extra": {"campaign": "spring"}},
]


@st.composite
def _deal(draw: st.DrawFn, name: str, period: Period) -> Transaction:
    days, late = company.days(period), draw(st.sampled_from([0, 3, 40, None]))
    day = draw(days)
    later = None if late is None else day + timedelta(days=late)
    return Transaction(
        id=name,
        day=day,
        amount=draw(amounts),
        outcome=draw(st.sampled_from(["won", "won", "won", "lost"])),
        invoiced_on=later,
        paid_on=draw(st.sampled_from([day, later, None])),
        **draw(st.sampled_from(DETAILS)),
    )


@st.composite
def _owners(draw: st.DrawFn, deal: str) -> list[Share]:
    """One to three, whose shares make a whole."""
    shares = draw(st.sampled_from([[WHOLE], [WHOLE], [333_333, 666_667], [500_000, 499_999, 1]]))
    owners = draw(st.permutations(PEOPLE))[: len(shares)]
    return [Share(deal, *each) for each in zip(owners, shares, strict=True)]


@st.composite
def _named(draw: st.DrawFn, deal: str) -> list[Named]:
    if draw(st.booleans()):
        return []
    person, role = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(ROLES))
    return [Named(deal, person, role, draw(company.parts)), Named(deal, person % 4 + 1, ROLES[0])]


BASES = [33_333, 100_000, 123_456, 50_000, 10_000, 0]


@st.composite
def quotas(draw: st.DrawFn, period: Period) -> tuple[Quota, ...]:
    """Of the pay period, of months, of quarters or of the year; none at all for some."""
    found, layouts, base = list[Quota](), st.sampled_from(_times(period)), st.sampled_from(BASES)
    for person in PEOPLE:
        amount = draw(base)
        for name in QUOTAS:
            for at, time in enumerate(draw(layouts)):
                span = () if time is None else (time.start, time.end)
                found.append(Quota(person, amount * (at % 3 + 1), name, *span))
    return tuple(found)


def _times(period: Period) -> list[tuple[Period | None, ...]]:
    quarters = tuple(CALENDAR.parse(f"2026-Q{each}") for each in (1, 2, 3, 4))
    months = tuple(CALENDAR.parse(f"2026-{each:02}") for each in range(1, 13))
    rest = tuple(each for each in quarters if each != period)
    return [(None,), (YEAR,), quarters, (), months, (None, YEAR), (*quarters[:2], YEAR), (None, *rest)]
