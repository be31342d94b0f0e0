"""Who works where, and what is known of each: seats, names, hire days, incentives, certificates, scores."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from spm_app.compensation.domain.inputs import Certificate, Given, Incentive, Person, Score, Seat
from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.period import FiscalCalendar, Period

if TYPE_CHECKING:
    from collections.abc import Sequence

PEOPLE, TITLES, TEAMS, POSITIONS = range(1, 5), ("rep", "lead", "head"), ("north", "south"), ("P1", "P2", "P3")
CALENDAR = FiscalCalendar()
#: What somebody may be certified of, what is scored, and what is put in.
CERTIFICATE, OBJECTIVES, GIVEN = "ethics", ("launch", "crm"), ("nps", "rated")
YEAR = CALENDAR.parse("2026")
periods = st.sampled_from([CALENDAR.parse(code) for code in ("2026-Q1", "2026-Q2", "2026-05")])
parts = st.sampled_from([0, 1, 250_000, 333_333, 500_000, 999_999, WHOLE])


def days(period: Period) -> st.SearchStrategy[date]:
    """Around the period, on its edges, and earlier in the year."""
    inside, edges = st.dates(period.start, period.last_day), [period.start, period.last_day, period.end]
    return st.one_of(inside, st.dates(YEAR.start, period.end), st.sampled_from(edges))


@st.composite
def seats(draw: st.DrawFn, period: Period) -> tuple[Seat, ...]:
    """One each, or two with a change; managers have lower numbers, so that nobody is above himself."""
    return tuple(each for person in PEOPLE for each in draw(_held(person, period)))


@st.composite
def _held(draw: st.DrawFn, person: int, period: Period) -> list[Seat]:
    above = st.sampled_from([*range(person - 1, 0, -1), None])
    titles, at = st.sampled_from(TITLES), person % 2

    def held(start: date, end: date | None, turn: int) -> Seat:
        return Seat(person, draw(titles), draw(above), start, end, POSITIONS[at + turn], TEAMS[(at + turn) % 2])

    if draw(st.booleans()):
        return [held(date(2025, 1, 1), None, 0)]
    change, leave = sorted((draw(days(period)), draw(days(period))))
    later = [held(change, draw(st.sampled_from([None, leave])), 1)] if leave > change else []
    return [held(date(2025, 1, 1), change, 0), *later]


@st.composite
def people(draw: st.DrawFn) -> tuple[Person, ...]:
    """What they are called, and when they came, if anybody knows."""
    hired = st.sampled_from([None, date(2024, 2, 29), date(2026, 1, 31), date(2026, 3, 16), date(2026, 5, 2)])
    return tuple(Person(each, f"E{each}", draw(hired)) for each in PEOPLE)


@st.composite
def incentives(draw: st.DrawFn, period: Period) -> tuple[Incentive, ...]:
    """A year's target, for some changed within the year."""
    found = list[Incentive]()
    for person in PEOPLE:
        change = draw(st.sampled_from([None, period.start, period.last_day, date(2026, 2, 2)]))
        found.append(Incentive(person, draw(st.sampled_from([1_200_000, 777_777])), date(2020, 1, 1), change))
        if change is not None:
            found.append(Incentive(person, 2_345_678, change))
    return tuple(found)


@st.composite
def certificates(draw: st.DrawFn, period: Period) -> tuple[Certificate, ...]:
    """Some valid, some not valid yet or no longer."""
    long_ago = date(2020, 1, 1)
    spans = [(long_ago, None), (period.last_day, period.end), (period.end, None), (long_ago, period.last_day)]
    who = draw(st.lists(st.sampled_from([None, *spans]), min_size=len(PEOPLE), max_size=len(PEOPLE)))
    return tuple(Certificate(person, CERTIFICATE, *span) for person, span in zip(PEOPLE, who, strict=True) if span)


scores = st.lists(st.sampled_from([None, 0, 499_999, 500_000, 912_345, WHOLE, 1_500_000]), min_size=4, max_size=4).map(
    lambda found: tuple(Score(*each, at) for each, at in zip(_pairs(OBJECTIVES), found, strict=False) if at is not None)
)
given = st.lists(st.sampled_from([None, 0, 100_000, 250_000, WHOLE, 2_500_000]), min_size=8, max_size=8).map(
    lambda found: tuple(Given(*each, at) for each, at in zip(_pairs(GIVEN), found, strict=False) if at is not None)
)


def _pairs(names: Sequence[str]) -> list[tuple[int, str]]:
    return [(person, name) for person in PEOPLE for name in names]
