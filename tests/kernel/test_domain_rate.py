"""Rates are exact fractions and fit the database in parts per million."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.rate import Rate


@pytest.mark.parametrize("text", ["5", "5 %", "5%", " 5.0 % "])
def test_percent_are_read_with_and_without_sign(text: str) -> None:
    assert Rate.percent(text) == Rate.of("0.05") == Rate(Fraction(1, 20))


@pytest.mark.parametrize("text", ["", "%", "five", "NaN", "inf", "1e400", "1e-400"])
def test_what_is_not_a_rate_is_refused(text: str) -> None:
    for read in (Rate.of, Rate.percent):
        with pytest.raises(InvalidInput):
            read(text)


@given(st.integers(-(10**9), 10**9))
def test_parts_per_million_there_and_back(ppm: int) -> None:
    assert Rate.from_ppm(ppm).ppm == ppm


def test_a_third_does_not_fit_in_parts_per_million() -> None:
    with pytest.raises(InvalidInput):
        _ = Rate(Fraction(1, 3)).ppm


def test_rates_are_ordered() -> None:
    assert Rate.percent(5) < Rate.percent("5.5") < Rate.of(1)
    assert Rate.of(0) == Rate.percent("0e5")
