"""Stretches of a measure, cut where pay changes: figures that a pencil can follow."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from spm_app.compensation.domain.derivation import of_component
from spm_app.compensation.domain.explain import explain_component
from spm_app.compensation.domain.slices import Base, slices, total_of
from spm_app.kernel.money import Currency
from spm_app.ui.catalogue import say
from tests.compensation.plan_parts import component_of, table_of
from tests.compensation.plans import changed, plan, with_bands

LOW, MIDDLE, HIGH = "from: 0 %, to: 100 %, rate: 5 %", "from: 100 %, to: 150 %, rate: 8 %", "from: 150 %, rate: 10 %"
OVERAGE = with_bands(LOW, MIDDLE, HIGH, kind="retroactive_overage")
STEPS = ("from: 0 %, to: 80 %, amount: 0", "from: 80 %, to: 100 %, amount: 500", "from: 100 %, amount: 1200")
STEP = with_bands(*STEPS, kind="step")
CURVE = with_bands("from: 0 %, to: 50 %, amount: 0", "from: 50 %, to: 100 %, amount: 1000", kind="interpolated")
QUOTA = 100_000_00


def hybrid(below: str, above: str) -> str:
    text = with_bands("from: 0 %, to: 50 %, rate: 2 %", "from: 50 %, to: 100 %, rate: 4 %", MIDDLE, HIGH, kind="hybrid")
    return changed(
        "      bands:", f"      point: 100 %\n      below: {below}\n      above: {above}\n      bands:", text
    )


def cut(text: str, start: int, end: int, reached: int | None = None) -> list[tuple[int, str, str]]:
    """Band, amount and what it earns of each slice of a stretch, in whole units of the currency."""
    table, at = plan(text).components[0].table, (end if reached is None else reached) * 100
    found = slices(table, start * 100, end * 100, reached=at, base=Base(QUOTA))
    return [(each["band"], str(Fraction(each["amount"]) / 100), str(Fraction(each["earned"]) / 100)) for each in found]


def test_all_that_is_above_quota_has_the_rate_that_is_reached() -> None:
    assert cut(OVERAGE, 0, 140_000) == [(0, "100000", "5000"), (1, "40000", "3200")]
    assert cut(OVERAGE, 0, 160_000) == [(0, "100000", "5000"), (2, "60000", "6000")]
    assert cut(OVERAGE, 0, 90_000) == [(0, "90000", "4500")]


def test_a_line_of_it_has_the_rate_of_the_whole_quarter_for_its_part_above() -> None:
    assert cut(OVERAGE, 90_000, 120_000, reached=160_000) == [(0, "10000", "500"), (2, "20000", "2000")]
    assert cut(OVERAGE, 120_000, 90_000, reached=90_000) == [(0, "-10000", "-500"), (0, "-20000", "-1000")]


@pytest.mark.parametrize(
    ("below", "above", "expected"),
    [
        (
            "marginal",
            "marginal",
            [(0, "50000", "1000"), (1, "50000", "2000"), (2, "50000", "4000"), (3, "10000", "1000")],
        ),
        ("whole_amount", "marginal", [(1, "100000", "4000"), (2, "50000", "4000"), (3, "10000", "1000")]),
        ("marginal", "whole_amount", [(0, "50000", "1000"), (1, "50000", "2000"), (3, "60000", "6000")]),
        ("whole_amount", "whole_amount", [(1, "100000", "4000"), (3, "60000", "6000")]),
    ],
)
def test_one_way_below_the_point_and_another_above(below: str, above: str, expected: list[Any]) -> None:
    assert cut(hybrid(below, above), 0, 160_000) == expected


def test_a_stretch_on_one_side_of_the_point_has_no_slice_on_the_other() -> None:
    assert cut(hybrid("whole_amount", "whole_amount"), 0, 60_000) == [(1, "60000", "2400")]
    assert cut(hybrid("whole_amount", "whole_amount"), 110_000, 120_000) == [(2, "10000", "800")]
    assert cut(hybrid("marginal", "marginal"), 110_000, 120_000) == [(2, "10000", "800")]


def test_a_band_that_is_reached_pays_its_amount_once() -> None:
    assert cut(STEP, 0, 79_999) == [(0, "79999", "0")]
    assert cut(STEP, 0, 80_000) == [(1, "80000", "500")]
    assert cut(STEP, 0, 30_000, reached=120_000) == [(2, "30000", "300")]
    assert cut(STEP, 0, -5) == []


def test_an_amount_is_earned_as_its_band_is_filled_and_no_further() -> None:
    assert cut(CURVE, 0, 75_000) == [(0, "50000", "0"), (1, "25000", "500")]
    assert cut(CURVE, 0, 300_000)[-1] == (1, "50000", "1000")


def test_units_have_an_amount_for_each() -> None:
    """10 units at 2.00 and 5 at 3.00; a return of 5 takes back what the last ones were worth."""
    table = table_of(
        "{kind: marginal, over: amount, bands: [{from: 0, to: 10, each: 2}, {from: 10, each: 3}]}",
        "credit: {to: owner, value: units}",
    )
    assert slices(table, 0, 15_000_000, reached=15_000_000, base=Base()) == [
        {"band": 0, "amount": "10000000", "rate": 0, "earned": "2000", "each": 200},
        {"band": 1, "amount": "5000000", "rate": 0, "earned": "1500", "each": 300},
    ]
    back = slices(table, 15_000_000, 10_000_000, reached=10_000_000, base=Base())
    assert [(each["amount"], each["earned"]) for each in back] == [("-5000000", "-1500")]


def test_a_band_may_be_worth_a_part_of_the_target() -> None:
    """Half of the band from 50 % to 100 %, which is worth 60 % of 500.00."""
    bands = "[{from: 0 %, to: 50 %, amount: 0 %}, {from: 50 %, to: 100 %, amount: 60 %}]"
    table = table_of(f"{{kind: interpolated, over: attainment, bands: {bands}}}")
    found = slices(table, 0, 75_00, reached=75_00, base=Base(100_00, Fraction(500_00)))
    assert found[1] == {"band": 1, "amount": "2500", "width": "5000", "earned": "15000", "pays": 300_00}
    third = slices(table, 0, 75_00, reached=75_00, base=Base(100_00, Fraction(5, 9)))
    assert (third[1]["pays"], third[1]["earned"], total_of(third)) == ("1/3", "1/6", Fraction(1, 6))


def test_a_rate_may_be_of_the_individual_commission_rate() -> None:
    """150 % of a fifth on 10.00 is 3.00."""
    table = component_of("rate: 150 %").table
    assert slices(table, 0, 10_00, reached=10_00, base=Base(icr=Fraction(1, 5))) == [
        {"band": 0, "amount": "1000", "rate": 1_500_000, "earned": "300", "icr": "1/5"}
    ]


def test_the_band_that_is_reached_pays_on_everything() -> None:
    whole = with_bands(LOW, MIDDLE, HIGH, kind="whole_amount")
    assert cut(whole, 0, 120_000) == [(1, "120000", "9600")]
    assert cut(whole, 0, 20_000, reached=150_000) == [(2, "20000", "2000")]


def test_what_lies_below_the_first_bound_is_of_the_first_band() -> None:
    assert cut(OVERAGE, 0, -10_000) == [(0, "-10000", "-500")]


def test_no_quota_has_no_slices() -> None:
    assert slices(plan(STEP).components[0].table, 0, 100, reached=100, base=Base()) == []


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        (OVERAGE, 140_000, "On everything above 100%, the rate of the band reached: €40,000.00 × 8% = €3,200.00"),
        (
            hybrid("whole_amount", "marginal"),
            60_000,
            "Up to 100%, the rate of the band reached: €60,000.00 × 4% = €2,400.00",
        ),
        (STEP, 90_000, "The band from 80% to 100% is reached and pays €500.00"),
        (STEP, 120_000, "The band above 100% is reached and pays €1,200.00"),
        (CURVE, 75_000, "From 50% to 100%, worth €1,000.00: €25,000.00 of €50,000.00 = €500.00"),
    ],
)
def test_each_way_is_said_in_words(text: str, measure: int, expected: str) -> None:
    read = plan(text)
    row = {"measure": measure * 100, "quota": QUOTA, "earned": 1, "lines": 1, "days": 1, "of": 1}
    row |= {"prior": 0, "base": 1, "apart": 0, "withheld": 0}
    steps = explain_component(of_component(read, read.components[0], row, (1, 0, 1), own=None), Currency("EUR"), "en")
    assert expected in [say("en", step.key, **step.args) for step in steps]
