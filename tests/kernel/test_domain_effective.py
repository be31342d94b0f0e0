"""Dated values: one answer a day, overlaps refused with each place, gaps allowed and seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.effective import Dated, Timeline, overlaps
from spm_app.kernel.errors import InvalidInput

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def test_a_value_holds_from_its_start_up_to_its_end() -> None:
    rate = Dated("5 %", day(10), day(20))
    assert [rate.holds_on(day(each)) for each in (9, 10, 19, 20)] == [False, True, True, False]
    assert Dated("5 %", day(10)).holds_on(day(9999))


def test_a_timeline_answers_for_each_day_and_for_gaps() -> None:
    line = Timeline.of([Dated("new", day(20)), Dated("old", day(0), day(10))])
    assert [line.as_of(day(each)) for each in (-1, 0, 9, 10, 19, 20)] == [None, "old", "old", None, None, "new"]


def test_every_overlap_is_named() -> None:
    steps = [Dated("a", day(0), day(10)), Dated("b", day(9), day(12)), Dated("c", day(11)), Dated("d", day(50))]
    with pytest.raises(InvalidInput) as refusal:
        Timeline.of(steps)
    assert [each.at for each in refusal.value.problems] == ["2026-01-10", "2026-01-12", "2026-02-20"]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12))
def test_steps_that_touch_do_not_overlap_and_leave_no_gap(lengths: list[int]) -> None:
    edges = [sum(lengths[:at]) for at in range(len(lengths) + 1)]
    steps = [Dated(at, day(edges[at]), day(edges[at + 1])) for at in range(len(lengths))]
    assert overlaps(reversed(steps)) == ()
    line = Timeline.of(reversed(steps))
    assert [line.as_of(day(each)) for each in range(edges[-1])] == [
        at for at, size in enumerate(lengths) for _ in range(size)
    ]
