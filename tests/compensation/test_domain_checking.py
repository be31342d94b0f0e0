"""One planted error for each thing that the check is there to find."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.checking import check_plan
from spm_app.kernel.money import Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import Severity
from tests.compensation.plans import SELLER, changed, plan, with_bands

LOW, MIDDLE, HIGH = "from: 0 %, to: 75 %, rate: 5 %", "from: 75 %, to: 100 %, rate: 10 %", "from: 100 %, rate: 15 %"


def found(text: str, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    return [
        (each.at.split(":")[1], each.key.removeprefix("compensation.check."))
        for each in check_plan(plan(text))
        if each.severity is severity
    ]


def test_a_sound_plan_has_no_finding() -> None:
    assert check_plan(plan()) == ()


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ((LOW, "from: 80 %, to: 100 %, rate: 10 %", HIGH), [(1, "gap")]),
        ((LOW, "from: 70 %, to: 100 %, rate: 10 %", HIGH), [(1, "overlap")]),
        (("from: 0 %, rate: 5 %", HIGH), [(1, "overlap")]),
        ((LOW, "from: 75 %, to: 60 %, rate: 10 %", HIGH), [(1, "backward_band"), (2, "gap")]),
        ((LOW, "from: 75 %, to: 75 %, rate: 10 %", "from: 75 %, rate: 15 %"), [(1, "backward_band")]),
        (("from: 10 %, to: 75 %, rate: 5 %", MIDDLE, HIGH), [(0, "starts_late")]),
        ((LOW, MIDDLE), [(1, "ends_early")]),
        ((LOW, MIDDLE, "from: 100 %, rate: 101 %"), [(2, "rate_range")]),
        ((LOW, MIDDLE, "from: 100 %, rate: -1 %"), [(2, "rate_range")]),
    ],
)
def test_bands_that_do_not_fit_are_found(bands: tuple[str, ...], expected: list[tuple[int, str]]) -> None:
    assert found(with_bands(*bands)) == [(f"components[0].rate_table.bands[{at}]", key) for at, key in expected]


def test_a_finding_points_at_the_line_of_the_text() -> None:
    assert check_plan(plan(with_bands(LOW, MIDDLE)))[0].at == "18:components[0].rate_table.bands[1]"


def test_pay_that_falls_when_sales_rise_is_an_error() -> None:
    text = with_bands(LOW, "from: 75 %, rate: 4 %", kind="whole_amount")
    assert found(text) == [("components[0].rate_table.bands[1]", "pay_falls")]
    assert found(with_bands(LOW, "from: 75 %, rate: 4 %")) == []


def test_a_cliff_says_what_it_is_worth() -> None:
    shares = check_plan(plan(with_bands(LOW, "from: 75 %, rate: 10 %", kind="whole_amount")))[0]
    assert (shares.severity, shares.args["jump"]) == (Severity.WARNING, Money.of(3_750))
    bands = ("from: 0, to: 600000, rate: 5 %", "from: 600000, to: 700000, rate: 8 %", "from: 700000, rate: 8 %")
    amounts = check_plan(plan(with_bands(*bands, kind="whole_amount", over="amount")))
    assert [(each.args["reached"], each.args["jump"]) for each in amounts] == [(Money.of(600_000), Money.of(18_000))]


def test_a_rate_out_of_range_is_found_in_a_flat_component_too() -> None:
    flat = changed(SELLER[SELLER.index("    rate_table") :], "    rate: 400 %\n")
    assert found(flat) == [("components[0].rate", "rate_range")]


def test_a_plan_that_ends_before_it_begins_is_found() -> None:
    assert found(changed("to: 2026-12-31", "to: 2025-12-31")) == [("effective", "backward_days")]


def test_two_components_of_one_code_are_found() -> None:
    text = SELLER + SELLER[SELLER.index("  - code") :]
    assert found(text) == [("components[0].code", "code_twice"), ("components[1].code", "code_twice")]


def test_an_example_of_an_unknown_component_is_found() -> None:
    text = SELLER + "examples: [{name: A, transactions: [1], expected: {bonus: 1, new-business: 1}}]\n"
    assert found(text) == [("examples[0].expected.bonus", "no_component")]


@pytest.mark.parametrize("when", ["amount > 5", "outcome = 'won' or amount > 5"])
def test_credit_for_deals_that_were_lost_is_worth_a_look(when: str) -> None:
    text = changed("outcome = 'won'", when)
    assert found(text, Severity.WARNING) == [("components[0].credit", "any_outcome")]
    assert found(changed("outcome = 'won'", "outcome in ('won')"), Severity.WARNING) == []


def test_rating_each_sale_alone_is_worth_a_look() -> None:
    text = changed("    rate_table", "    accumulate: transaction\n    rate_table")
    assert found(text, Severity.WARNING) == [("components[0].accumulate", "cutting_matters")]


def test_a_plan_that_begins_or_ends_inside_a_period_is_worth_a_look() -> None:
    inside = changed("from: 2026-01-01, to: 2026-12-31", "from: 2026-02-15, to: 2026-11-30")
    found = check_plan(plan(inside))
    assert [(each.key, each.args["n"], each.args["of"], each.severity) for each in found] == [
        ("compensation.check.begins_inside", 45, 90, Severity.WARNING),
        ("compensation.check.ends_inside", 61, 92, Severity.WARNING),
    ]


def test_bounds_that_are_amounts_are_not_cut_with_the_period() -> None:
    text = with_bands("from: 0, to: 1000, rate: 5 %", "from: 1000, rate: 10 %", over="amount")
    keys = [each.key for each in check_plan(plan(changed("2026-01-01", "2026-01-02", text)))]
    assert keys == ["compensation.check.begins_inside", "compensation.check.amounts_stay"]


def test_a_calendar_of_one_s_own_decides_where_periods_begin() -> None:
    text = changed("from: 2026-01-01, to: 2026-12-31", "from: 2026-02-01")
    assert check_plan(plan(text), FiscalCalendar(first_month=2)) == ()


STEPS = ("from: 0 %, to: 80 %, amount: 100", "from: 80 %, amount: 500")
POINT = "      point: 75 %\n      below: whole_amount\n      above: whole_amount\n      bands:"


def test_amounts_do_not_fall_and_are_not_negative() -> None:
    assert found(with_bands(*STEPS, kind="step")) == []
    falls = with_bands(STEPS[0], "from: 80 %, amount: 50", kind="step")
    assert found(falls) == [("components[0].rate_table.bands[1]", "amount_falls")]
    below = with_bands("from: 0 %, to: 80 %, amount: -1", STEPS[1], kind="step")
    assert found(below) == [("components[0].rate_table.bands[0]", "amount_negative")]


def test_an_amount_in_proportion_needs_an_end() -> None:
    assert found(with_bands(*STEPS, kind="interpolated")) == [("components[0].rate_table.bands[1]", "never_ends")]
    assert found(with_bands(STEPS[0], "from: 80 %, to: 90 %, amount: 5", kind="interpolated")) == []


def test_a_hybrid_changes_its_way_where_a_band_begins() -> None:
    text = changed("      bands:", POINT, with_bands(LOW, MIDDLE, HIGH, kind="hybrid"))
    assert found(text) == []
    assert found(changed("point: 75 %", "point: 80 %", text)) == [
        ("components[0].rate_table.point", "point_is_no_bound")
    ]


def test_a_cliff_of_a_hybrid_is_worth_what_changes_its_rate() -> None:
    """At 100 %, only the 25,000 above the point of 75 % change from 10 % to 15 %; below the point nothing does."""
    text = changed("      bands:", POINT, with_bands(LOW, MIDDLE, HIGH, kind="hybrid"))
    cliffs = [each for each in check_plan(plan(text)) if each.key.endswith("cliff")]
    assert [each.args["jump"] for each in cliffs] == [Money.of(1_250)]
    below = changed("point: 75 %", "point: 100 %", text)
    cliffs = [each for each in check_plan(plan(below)) if each.key.endswith("cliff")]
    assert [each.args["jump"] for each in cliffs] == [Money.of(3_750)]
    marginal = changed("below: whole_amount", "below: marginal", below)
    assert [each for each in check_plan(plan(marginal)) if each.key.endswith("cliff")] == []


def test_pay_above_a_point_does_not_fall() -> None:
    text = with_bands(LOW, MIDDLE, "from: 100 %, rate: 8 %", kind="hybrid")
    assert found(changed("      bands:", POINT, text)) == [("components[0].rate_table.bands[2]", "pay_falls")]


def test_a_rate_of_more_than_the_sale_deserves_a_look() -> None:
    """Only what lies above a point may be paid at more than the whole."""
    text = with_bands(LOW, MIDDLE, "from: 100 %, rate: 150 %", kind="retroactive_overage")
    assert found(text) == []
    assert found(text, Severity.WARNING) == [("components[0].rate_table.bands[2]", "rate_large")]
    slip = changed("rate: 150 %", "rate: 1001 %", text)
    assert found(slip) == [("components[0].rate_table.bands[2]", "rate_range")]
