"""What a plan counts: conditions, values, rules of crediting, measures."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from spm_app.compensation.domain.rule import Among, Compare, Empty, Every, Not, Rule, Some, Type
from spm_app.compensation.domain.terms import (
    WHOLE,
    Accumulate,
    Aggregate,
    Credit,
    DatedBy,
    Measure,
    QuotaTerms,
    To,
)
from spm_app.compensation.domain.value import AMOUNT, Choose, Fixed, Pick, Plus, Take, Times, Value
from tests.oracle.strategies.company import parts
from tests.oracle.strategies.sales import QUOTAS, ROLES

WON = Compare("outcome", "=", "won")
_compared = st.sampled_from(
    [
        Compare("product", "=", "P1"),
        Compare("type", "<>", "new"),
        Compare("discount", "<", 200_000),
        Compare("margin_rate", ">=", 333_333),
        Compare("units", ">", 1_000_000),
        Compare("amount", "<=", 100_000),
        Compare("invoiced_on", ">=", date(2026, 4, 1)),
        Compare("extra.campaign", "=", "spring"),
        Among("product", ("P1", "P2")),
        Empty("paid_on"),
    ]
)
rules: st.SearchStrategy[Rule] = st.recursive(
    _compared,
    lambda inner: st.one_of(
        inner.map(Not),
        st.tuples(inner, inner).map(Every),
        st.tuples(inner, inner).map(Some),
    ),
    max_leaves=3,
)
conditions: st.SearchStrategy[Rule | None] = st.one_of(
    st.just(WON), st.just(WON), st.none(), st.none(), rules.map(lambda each: Every((WON, each)))
)
_factors: st.SearchStrategy[Value] = st.sampled_from(
    [Fixed(500_000, Type.RATIO), Fixed(1_234_567, Type.NUMBER), Take("units"), Take("discount"), Take("margin_rate")]
)
_money = st.sampled_from([AMOUNT, AMOUNT, Take("margin"), Fixed(10_000, Type.MONEY)])
money: st.SearchStrategy[Value] = st.recursive(
    _money,
    lambda inner: st.one_of(
        st.builds(Times, inner, _factors),
        st.builds(lambda one, two: Plus((one,), (two,)), inner, inner),
        st.builds(Pick, st.sampled_from(["least", "greatest"]), st.tuples(inner, inner)),
        st.builds(lambda rule, one, two: Choose(((rule, one),), two), rules, inner, inner),
    ),
    max_leaves=3,
)
units: st.SearchStrategy[Value] = st.sampled_from([Take("units"), Times(Take("units"), Fixed(500_000, Type.RATIO))])


@st.composite
def credits_(draw: st.DrawFn, unit: Type) -> tuple[Credit, ...]:
    """One rule, or two of the same unit."""
    return tuple(draw(_credit(unit)) for _ in range(draw(st.sampled_from([1, 1, 2]))))


@st.composite
def _credit(draw: st.DrawFn, unit: Type) -> Credit:
    to = draw(st.sampled_from([To.OWNER, *To]))
    value = draw(st.one_of(st.just(AMOUNT), st.just(AMOUNT), money)) if unit is Type.MONEY else draw(units)
    return Credit(
        when=draw(conditions),
        to=to,
        levels=draw(st.integers(1, 3)) if to is To.MANAGER else 0,
        value=value,
        dated_by=draw(st.sampled_from([DatedBy.CLOSED_ON, DatedBy.CLOSED_ON, *DatedBy])),
        role=draw(st.sampled_from(ROLES)) if to is To.NAMED else "",
        share=draw(st.one_of(st.just(WHOLE), st.just(WHOLE), parts)),
    )


@st.composite
def quota_terms(draw: st.DrawFn, how: Accumulate) -> QuotaTerms:
    """By name, of the whole time, ramped."""
    whole = how.is_cumulative and draw(st.booleans())
    return QuotaTerms(draw(st.sampled_from(QUOTAS)), whole, draw(st.sampled_from([(), (), (250_000, 0, 750_000)])))


@st.composite
def measures(draw: st.DrawFn, aggregates: tuple[Aggregate, ...] = tuple(Aggregate)) -> Measure:
    """Counted in any way, over any time."""
    aggregate = draw(st.sampled_from([Aggregate.SUM, Aggregate.SUM, *aggregates]))
    unit = draw(st.sampled_from([Type.MONEY, Type.MONEY, Type.NUMBER])) if aggregate is Aggregate.SUM else Type.MONEY
    alone = [Accumulate.TRANSACTION] if aggregate in {Aggregate.SUM, Aggregate.COUNT} else []
    longer = [each for each in Accumulate if each.is_cumulative and aggregate in {Aggregate.SUM, Aggregate.COUNT}]
    how = draw(st.sampled_from([Accumulate.PERIOD, *longer, *alone]))
    return Measure(
        credits=draw(credits_(unit)),
        aggregate=aggregate,
        accumulate=how,
        weight=AMOUNT if aggregate is Aggregate.RATIO else None,
        quota=draw(quota_terms(how)),
    )
