"""Whole minor units are split so that nothing is lost, whatever is held fast."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import Conflict
from spm_app.planning.domain.spread import Past, Share, by_weight, spread, trusted

WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=20)


@given(st.integers(0, 10**12), WEIGHTS)
def test_the_parts_are_exactly_the_whole_and_near_their_share(whole: int, weights: list[int]) -> None:
    parts = by_weight(whole, weights)
    assert sum(parts) == whole
    claims = weights if any(weights) else [1] * len(weights)
    assert all(abs(part * sum(claims) - whole * claim) < sum(claims) for part, claim in zip(parts, claims, strict=True))


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert by_weight(100, [1, 1, 1]) == (34, 33, 33)
    assert by_weight(10, [0, 0]) == (5, 5)


def test_fixed_parts_stay_and_floors_hold() -> None:
    assert spread(100, [Share(1), Share(1, fixed=70), Share(1)]) == (15, 70, 15)
    assert spread(100, [Share(1, floor=60), Share(1), Share(2)]) == (60, 13, 27)
    assert spread(70, [Share(fixed=70)]) == (70,)


@given(st.integers(0, 10**9), st.lists(st.tuples(st.integers(0, 100), st.integers(0, 1000)), min_size=1, max_size=10))
def test_no_part_falls_below_its_floor(extra: int, given_: list[tuple[int, int]]) -> None:
    shares = [Share(weight, floor) for weight, floor in given_]
    whole = sum(floor for _, floor in given_) + extra
    parts = spread(whole, shares)
    assert sum(parts) == whole
    assert all(part >= share.floor for part, share in zip(parts, shares, strict=True))


def test_impossible_locks_are_refused() -> None:
    with pytest.raises(Conflict, match="locks_exceed"):
        spread(50, [Share(fixed=70), Share(1)])
    with pytest.raises(Conflict, match="locks_fall_short"):
        spread(100, [Share(fixed=70)])


def test_little_history_is_held_towards_the_average() -> None:
    assert trusted([Past(), Past()]) == (1, 1)
    steady, lucky = trusted([Past(1200, 12), Past(2400, 0)])
    assert (steady, lucky) == (1500, 1800)  # half of 1200 and half of 1800; all of 1800
    assert trusted([Past(-5, 3), Past(10, 3)])[0] < trusted([Past(-5, 3), Past(10, 3)])[1]


@given(
    st.integers(0, 5_000),
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 300), st.integers(0, 700)), min_size=1, max_size=10),
)
def test_parts_stay_within_their_bounds_and_sum_exactly(whole: int, given_: list[tuple[int, int, int]]) -> None:
    shares = [Share(weight, floor, most=floor + more) for weight, floor, more in given_]
    least, most = sum(each.floor for each in shares), sum(each.most or 0 for each in shares)
    if not least <= whole <= most:
        with pytest.raises(Conflict):
            spread(whole, shares)
        return
    parts = spread(whole, shares)
    assert sum(parts) == whole
    assert all(part == share.held(part) for part, share in zip(parts, shares, strict=True))


def test_what_one_part_cannot_take_goes_to_the_others_by_weight() -> None:
    assert spread(100, [Share(2, most=10), Share(1), Share(2)]) == (10, 30, 60)
    assert spread(100, [Share(8, most=30), Share(1, floor=25), Share(1)]) == (30, 35, 35)
