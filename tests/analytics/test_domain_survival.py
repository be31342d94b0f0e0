"""How long things take when some have not ended yet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spm_app.analytics.domain.survival import median_days

AGES = st.lists(st.integers(0, 400), min_size=1, max_size=60)


def test_without_anything_waiting_it_is_the_lower_median() -> None:
    assert median_days([10, 20, 30], []) == 20
    assert median_days([10, 20, 30, 40], []) == 20


def test_what_waits_moves_it_up() -> None:
    # At risk 4: 3/4 at 10; one leaves at 15; at risk 2: 3/8 at 20.
    assert median_days([10, 20, 30], [15]) == 20
    assert median_days([10, 20], [25, 30]) == 20
    assert median_days([10], [25, 30]) is None
    assert median_days([], [5]) is None


def test_an_ending_counts_before_a_wait_of_the_same_age() -> None:
    assert median_days([10, 10], [10, 10]) == 10


def test_days_the_wrong_way_round_are_left_out() -> None:
    assert median_days([-5, 10], [-1]) == 10


@given(AGES)
def test_with_everything_ended_half_have_ended_by_then(ages: list[int]) -> None:
    found = median_days(ages, [])
    assert found is not None
    assert 2 * sum(each <= found for each in ages) >= len(ages)
    assert 2 * sum(each < found for each in ages) < len(ages)


@given(AGES, AGES)
def test_waiting_never_brings_it_nearer(ended: list[int], waiting: list[int]) -> None:
    alone, with_waiting = median_days(ended, []), median_days(ended, [max(ended) + 1 + each for each in waiting])
    assert with_waiting is None or (alone is not None and with_waiting >= alone)
