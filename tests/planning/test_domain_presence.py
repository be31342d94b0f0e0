"""Whoever joins or leaves in the year carries by the days there, and the sums stay exact."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.ids import PersonId, TeamId
from spm_app.kernel.period import FiscalCalendar, Grain
from spm_app.planning.domain.making import ALL_YEAR, Carrier, Sale, grown
from spm_app.planning.domain.presence import Presence, presences
from spm_app.planning.domain.spread import by_weight, in_whole
from spm_app.planning.domain.tree import Level, at

QUARTERS = FiscalCalendar().periods(2026, Grain.QUARTER)
NORTH = TeamId(1)
DAYS = st.dates(date(2025, 10, 1), date(2027, 3, 31))


def carrier(number: int, *stretches: tuple[date, date | None]) -> Carrier:
    there = presences(stretches, QUARTERS) if stretches else ALL_YEAR
    return Carrier(PersonId(number), f"Person {number}", NORTH, "North", there)


@pytest.mark.parametrize(
    ("stretches", "days"),
    [
        ([(date(2020, 1, 1), None)], [90, 91, 92, 92]),
        ([(date(2026, 5, 10), None)], [0, 52, 92, 92]),
        ([(date(2020, 1, 1), date(2026, 8, 16))], [90, 91, 46, 0]),
        ([(date(2026, 1, 10), date(2026, 1, 11))], [1, 0, 0, 0]),
        ([(date(2026, 1, 1), date(2026, 1, 11)), (date(2026, 12, 31), None)], [10, 0, 0, 1]),
        ([], [0, 0, 0, 0]),
    ],
)
def test_days_count_the_first_and_the_last(stretches: list[tuple[date, date | None]], days: list[int]) -> None:
    found = presences(stretches, QUARTERS)
    assert [each.days for each in found] == days
    assert [each.of for each in found] == [90, 91, 92, 92]
    assert [each.in_part for each in found] == [
        None if a == each.of else a for a, each in zip(days, found, strict=True)
    ]


def test_half_a_quarter_is_half_of_what_a_colleague_carries_in_it() -> None:
    half = (Presence(0, 90), Presence(0, 91), Presence(46, 92), Presence(92, 92))
    top = grown("2026", 6_600, (carrier(1), Carrier(PersonId(2), "New", NORTH, "North", half)), ())
    assert [each.amount for each in at(top, "p1").below] == [1200, 1200, 1200, 1200]
    assert [each.amount for each in at(top, "p2").below] == [0, 0, 600, 1200]
    assert [each.days for each in at(top, "p2").below] == [0, 0, 46, None]
    assert at(top, "t1").amount == top.amount == 6_600


def test_the_season_counts_in_the_part_that_is_there() -> None:
    sales = [Sale(PersonId(1), 1_000, 3) for _ in range(200)]
    top = grown("2026", 1_000_000, (carrier(1), carrier(2, (date(2026, 10, 1), None))), sales)
    one, two = at(top, "p1"), at(top, "p2")
    assert two.below[3].amount == two.amount
    assert Fraction(two.amount, 4) > Fraction(one.amount, 4) * Fraction(1, 5)


def test_with_everybody_there_nothing_is_different() -> None:
    sales = [Sale(PersonId(1), 700, 0), Sale(PersonId(2), 300, 2)]
    whole = [carrier(n, (date(2020, 1, 1), None)) for n in (1, 2)]
    assert grown("2026", 12_345, whole, sales) == grown("2026", 12_345, [carrier(1), carrier(2)], sales)


@given(
    st.integers(0, 10**12),
    st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 10**9), st.integers(0, 3)), max_size=20),
)
def test_sums_are_exact_and_nobody_carries_while_away(
    amount: int, stretches: list[tuple[date, date]], sold: list[tuple[int, int, int]]
) -> None:
    people = [carrier(0), *(carrier(at, stretch) for at, stretch in enumerate(stretches, start=1))]
    top = grown("2026", amount, people, [Sale(PersonId(who), minor, quarter) for who, minor, quarter in sold])
    assert all(not each.below or each.amount == sum(under.amount for under in each.below) for each in top.walk())
    absent = [each for each in top.walk() if each.level is Level.QUARTER and each.is_absent]
    assert all(each.amount == 0 for each in absent)


def test_weights_become_whole_without_losing_proportion() -> None:
    assert in_whole([Fraction(3), Fraction(0)]) == (3, 0)
    assert in_whole([]) == ()
    thirds = in_whole([Fraction(1, 3), Fraction(2, 3)])
    assert by_weight(10**12, thirds) == by_weight(10**12, [1, 2])


def test_a_season_too_small_to_see_is_even() -> None:
    top = grown("2026", 400, [carrier(1)], [Sale(PersonId(1), 1, 0)])
    assert [each.amount for each in at(top, "p1").below] == [100, 100, 100, 100]
