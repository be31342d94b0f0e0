"""Whole plans: measures, components with what stands around their tables, and whom they pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from spm_app.compensation.domain.pays import AsOf, Holds, ShareBy
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.terms import (
    WHOLE,
    Accumulate,
    Aggregate,
    Band,
    Basis,
    Bound,
    Caps,
    Component,
    Eligible,
    Gate,
    Kind,
    Limit,
    Measure,
    Modifier,
    NamedMeasure,
    Objective,
    Over,
    Pays,
    Plan,
    Pool,
    RateTable,
    Threshold,
    Who,
    Words,
    Worth,
)
from tests.oracle.strategies.company import CALENDAR, CERTIFICATE, GIVEN, OBJECTIVES, POSITIONS, TITLES
from tests.oracle.strategies.measured import measures
from tests.oracle.strategies.sales import EUR
from tests.oracle.strategies.tabled import RAGGED, other_keys, starts, tables

if TYPE_CHECKING:
    from spm_app.kernel.period import Period

limits = st.one_of(
    st.builds(lambda amount: Limit(amount=amount), st.integers(0, 20_000)),
    st.builds(lambda share: Limit(of_target=share), st.sampled_from([333_333, WHOLE, 2 * WHOLE])),
)
targets = st.sampled_from([Limit(of_target=WHOLE), Limit(of_target=333_333), Limit(amount=100_001)])
_given = {GIVEN[0]: Measure((), given=Type.NUMBER), GIVEN[1]: Measure((), given=Type.RATIO)}
_together = (Aggregate.SUM, Aggregate.COUNT)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Nothing, most of the time."""
    return st.one_of(st.none(), st.none(), strategy)


class Focus(StrEnum):
    """What a plan is tried for: the fewer parts, the more of each is seen."""

    TABLES = "tables"
    TERMS = "terms"
    OBJECTIVES = "objectives"
    POOLS = "pools"


@st.composite
def plans(draw: st.DrawFn, code: str, period: Period, focus: Focus = Focus.TERMS) -> Plan:
    """A plan of one component that is paid by this size of period."""
    named = {"m1": draw(measures())}
    others, long_ago = {**named, **_given}, date(2025, 10, 1)
    component = draw(components_("c1", others, focus))
    inside = (
        [] if Accumulate.PLAN in {component.accumulate, named["m1"].accumulate} else [period.start + timedelta(days=9)]
    )
    return Plan(
        code=code,
        name=code,
        currency=EUR,
        start=draw(st.sampled_from([long_ago, long_ago, period.start, *inside])),
        end=draw(st.sampled_from([None, None, period.end, *([period.last_day] if inside else [])])),
        eligible=draw(eligible()),
        period=CALENDAR.grain_of(period),
        components=(component,),
        measures=tuple(NamedMeasure(each, Words(each, each), of) for each, of in others.items()),
    )


@st.composite
def eligible(draw: st.DrawFn) -> tuple[Eligible, ...]:
    """Titles, and sometimes a position or a person for some days."""
    titles = [Eligible(Who.TITLE, each) for each in sorted(draw(st.sets(st.sampled_from(TITLES), min_size=2)))]
    days = st.sampled_from([(None, None), (date(2026, 2, 1), None), (None, date(2026, 5, 15))])
    more = draw(
        maybe(
            st.one_of(
                st.builds(lambda code, span: Eligible(Who.POSITION, code, *span), st.sampled_from(POSITIONS), days),
                st.builds(lambda code, span: Eligible(Who.PERSON, code, *span), st.sampled_from(["E1", "E4"]), days),
            )
        )
    )
    return tuple(titles) if more is None else (*titles, more)


@st.composite
def components_(draw: st.DrawFn, code: str, others: dict[str, Measure], focus: Focus) -> Component:
    """By a measure of its own or one of the plan's; or by objectives."""
    words = Words(code, code)
    if focus is Focus.OBJECTIVES:
        none = Measure((), given=Type.MONEY)
        table = RateTable(Kind.STEP, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (Band(0, None, 0),), worth=Worth.TARGET)
        return Component(code, words, none, table, draw(around(none, table, others)), draw(objectives()))
    aggregates = (Aggregate.SUM, Aggregate.COUNT) if focus is Focus.POOLS else tuple(Aggregate)
    own = measures(aggregates)
    measure = draw(st.one_of(own, st.just(others["m1"])) if focus is Focus.TERMS else own)
    table = draw(tables(measure, {} if focus is Focus.POOLS else others))
    pays = draw((basis if focus is Focus.TABLES else around)(measure, table, others))
    if focus is Focus.POOLS:
        pays = replace(pays, caps=replace(pays.caps, attainment=None))
    pool = Pool(draw(st.sampled_from(ShareBy)), draw(st.booleans())) if focus is Focus.POOLS else None
    return Component(code, words, measure, table, pays, (), pool)


@st.composite
def basis(draw: st.DrawFn, measure: Measure, table: RateTable, others: dict[str, Measure]) -> Pays:
    """What rates are of, and from where on."""
    del others
    by_rate = table.worth is Worth.RATE and measure.given is None
    of_target = by_rate and measure.unit is not Type.RATIO and draw(st.booleans())
    keyed = table.keyed
    place = st.sampled_from(RAGGED["attainment" if keyed.is_attainment else keyed.type])
    first = st.booleans() if measure.runs and table.kind is not Kind.INTERPOLATED else st.just(True)
    threshold = (
        maybe(st.builds(Threshold, place, first))
        if measure.given is None and keyed.is_own and table.kind is not Kind.GRID
        else st.none()
    )
    return Pays(Basis.TARGET if of_target else Basis.CREDIT, draw(targets), draw(threshold))


@st.composite
def around(draw: st.DrawFn, measure: Measure, table: RateTable, others: dict[str, Measure]) -> Pays:
    """Everything that may stand around the table."""
    accelerates = table.keyed.over is Over.ATTAINMENT and table.kind is not Kind.GRID and measure.given is None
    runs = measure.runs and not table.pays_amounts and table.kind is not Kind.GRID and table.keyed.is_own
    attained = st.sampled_from([500_000, WHOLE, 1_500_000]) if runs else st.none()
    caps = st.builds(Caps, maybe(limits), maybe(limits) if measure.given is None else st.none(), maybe(attained))
    return replace(
        draw(basis(measure, table, others)),
        gates=draw(gates(others, accelerates=accelerates)),
        modifiers=tuple(draw(st.lists(modifiers(others), max_size=1))),
        caps=draw(st.one_of(st.just(Caps()), caps)),
        floor=draw(maybe(limits)),
    )


@st.composite
def gates(draw: st.DrawFn, others: dict[str, Measure], *, accelerates: bool) -> tuple[Gate, ...]:
    """None, or one: of a measure, an attainment or a certificate."""
    if draw(st.integers(0, 3)):
        return ()
    holds = draw(st.sampled_from(Holds)) if accelerates else Holds.ALL
    point = draw(st.sampled_from([500_000, WHOLE]))
    if draw(st.booleans()):
        return (Gate(None, certificate=CERTIFICATE, holds=holds, point=point),)
    key = draw(other_keys(others))
    least = draw(st.sampled_from(RAGGED["attainment" if key.is_attainment else key.type]))
    return (Gate(key, least, "", holds, point, draw(st.sampled_from(AsOf))),)


@st.composite
def modifiers(draw: st.DrawFn, others: dict[str, Measure]) -> Modifier:
    """By bands or along lines."""
    key = draw(other_keys(others))
    interpolated = draw(st.booleans())
    begin = draw(starts(key, rounded=interpolated, most=2))
    bands = [Band(at, None, draw(st.sampled_from([0, 500_000, 1_150_000, 1_234_567]))) for at in begin]
    return Modifier(key, tuple(bands), draw(st.sampled_from(Bound)), interpolated)


@st.composite
def objectives(draw: st.DrawFn) -> tuple[Objective, ...]:
    """Two, that make a whole."""
    first = draw(st.sampled_from([333_333, 500_000]))
    scale = st.sampled_from([(), (Band(500_000, None, 250_000), Band(WHOLE, None, 1_500_000))])
    weights = zip(OBJECTIVES, (first, WHOLE - first), strict=True)
    return tuple(Objective(code, code, code, weight, draw(scale)) for code, weight in weights)
