"""Objectives by their scores, and pools that a team earns and shares: every part a whole cent, by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from spm_app.compensation.domain.personal import tuned
from spm_app.compensation.domain.shared import Member, Part, by_objectives, limited, pool_of, whole_parts
from spm_app.compensation.domain.standing import Figure, Standing
from tests.compensation.plan_parts import component_of

SCALE = "scale: [{from: 50 %, pays: 40 %}, {from: 90 %, pays: 120 %}]"
OBJECTIVES = (
    f"objectives: [{{code: a, name: A, weight: 60 %, {SCALE}}}, {{code: b, name: {{en: B, it: C}}, weight: 40 %}}]"
)
TABLE = (
    "rate_table: {kind: marginal, over: attainment,"
    " bands: [{from: 0 %, to: 100 %, rate: 10 %}, {from: 100 %, rate: 20 %}]}"
)


def objectives(target: int, scores: dict[str, int], *lines: str, factor: Fraction = Fraction(1)) -> list[int]:
    component = component_of("target: 5", *lines, credit=OBJECTIVES)
    return [each.amount for each in by_objectives(component, Fraction(target), scores, factor)]


@pytest.mark.parametrize(
    ("scores", "parts"),
    [
        ({"a": 1_000_000, "b": 1_000_000}, [720_00, 400_00]),
        ({"a": 900_000, "b": 500_000}, [720_00, 200_00]),
        ({"a": 899_999, "b": 2_000_000}, [240_00, 400_00]),
        ({"a": 499_999, "b": -5}, [0, 0]),
        ({"b": 250_000}, [0, 100_00]),
        ({}, [0, 0]),
    ],
)
def test_a_score_is_worth_what_its_scale_says_or_itself_up_to_the_whole(
    scores: dict[str, int], parts: list[int]
) -> None:
    """Of a target of 1,000.00."""
    assert objectives(1_000_00, scores) == parts


def test_gates_and_modifiers_multiply_every_objective() -> None:
    assert objectives(1_000_00, {"b": 500_000}, factor=Fraction(3, 2)) == [0, 300_00]


def test_the_cap_is_of_all_of_them_and_the_last_ones_bear_it() -> None:
    """720.00 and 400.00 are 1,120.00; the cap lets 1,000.00 pass."""
    full = {"a": 1_000_000, "b": 1_000_000}
    assert objectives(1_000_00, full, "cap: 1000") == [720_00, 280_00]
    assert objectives(1_000_00, full, "cap: 50 %") == [500_00, 0]


def test_parts_add_up_to_the_whole_rounded_once() -> None:
    """60 % × 40 % and 40 % × 50 % of 0.05 are 0.012 and 0.010: together 0.02, the second cent to the larger rest."""
    assert objectives(5, {"a": 500_000, "b": 500_000}) == [1, 1]


def test_an_objective_says_how_it_came_about() -> None:
    component = component_of("target: 5", credit=OBJECTIVES)
    first, second = by_objectives(component, Fraction(1_000_00), {"b": 500_000}, Fraction(1))
    assert (first.role, first.name, first.derivation["score"], first.derivation["pays"]) == ("objective", "a", None, 0)
    assert second.derivation == {
        "name": {"en": "B", "it": "C"},
        "target": "100000",
        "weight": 400_000,
        "score": 500_000,
        "pays": 500_000,
        "exact": "20000",
    }


def member(person: int, value: int, days: int = 90, quota: int | None = 100_00) -> Member:
    return Member(person, days, Figure(Fraction(value), base=value, lines=1, quota=quota))


def shares(by: str, *members: Member, table: str = TABLE) -> tuple[int, dict[int, int]]:
    component = component_of(table, f"pool: {{share_by: {by}}}")
    earned, _, parts = pool_of(component, members)
    return earned, {person: part.amount for person, part in parts.items()}


def test_members_earn_by_the_table_on_all_measures_and_quotas_together() -> None:
    """300.00 against 200.00: 20.00 up to the quota and 20.00 above it."""
    two = (member(1, 100_00), member(2, 200_00))
    assert shares("equal", *two) == (40_00, {1: 20_00, 2: 20_00})
    assert shares("credit", *two) == (40_00, {1: 13_33, 2: 26_67})
    assert shares("attainment", member(1, 100_00, quota=50_00), member(2, 100_00, quota=100_00)) == (
        25_00,
        {1: 16_67, 2: 8_33},
    )


def test_equal_shares_are_by_days_in_the_plan() -> None:
    assert shares("equal", member(1, 100_00, days=30), member(2, 100_00, days=90)) == (20_00, {1: 5_00, 2: 15_00})


def test_nobody_s_share_is_below_nothing() -> None:
    assert shares("credit", member(1, -50_00), member(2, 150_00)) == (10_00, {1: 0, 2: 10_00})
    assert shares("attainment", member(1, 100_00, quota=None), member(2, 60_00)) == (22_00, {1: 0, 2: 22_00})
    assert shares("attainment", member(1, -5_00), member(2, 60_00)) == (5_50, {1: 0, 2: 5_50})


def test_where_nobody_has_a_part_shares_are_by_days() -> None:
    assert shares("credit", member(1, 0, days=30), member(2, 0, days=60)) == (0, {1: 0, 2: 0})
    two = (member(1, 100_00, days=30, quota=None), member(2, 100_00, days=60, quota=None))
    assert shares("attainment", *two, table="rate: 15 %") == (30_00, {1: 10_00, 2: 20_00})


def test_without_any_quota_a_table_over_attainment_earns_nothing() -> None:
    assert shares("equal", member(1, 100_00, quota=None)) == (0, {1: 0})


@pytest.mark.parametrize(
    ("table", "earned"),
    [
        ("{kind: step, over: attainment, bands: [{from: 0 %, to: 90 %, amount: 0}, {from: 90 %, amount: 50}]}", 50_00),
        ("{kind: curve, over: attainment, points: [{at: 0 %, pays: 0}, {at: 200 %, pays: 90}]}", 45_00),
    ],
)
def test_a_pool_may_be_an_amount(table: str, earned: int) -> None:
    assert shares("equal", member(1, 100_00), table=f"rate_table: {table}") == (earned, {1: earned})


def test_what_earlier_periods_have_earned_is_not_earned_again() -> None:
    """Since January 300.00 against 200.00, of which 150.00 before: 40.00 less 15.00."""
    own = Figure(Fraction(300_00), Fraction(150_00), base=150_00, quota=200_00)
    component = component_of(TABLE, "accumulate: year", "pool: {share_by: equal}")
    earned, said, parts = pool_of(component, (Member(1, 90, own),))
    assert (earned, said["pool"], said["members"], said["team_measure"]) == (25_00, 25_00, 1, "30000")
    assert (parts[1].role, parts[1].derivation["by"], parts[1].derivation["weight"]) == ("pool", "equal", "90")


def test_a_pool_by_the_target_has_the_rate_of_all_targets_over_all_quotas() -> None:
    """Targets of 10.00 and 30.00 over 200.00 are a fifth; on 100.00 at 100 % that is 20.00."""
    component = component_of("rate: 100 %", "basis: target", "target: 5", "pool: {share_by: equal}")
    members = [
        Member(no, 90, Figure(Fraction(50_00), base=50_00, quota=100_00, target=Fraction(target)))
        for no, target in ((1, 10_00), (2, 30_00))
    ]
    assert pool_of(component, members)[0] == 20_00


def test_a_share_has_its_member_s_own_gates_and_cap() -> None:
    component = component_of(TABLE, "pool: {share_by: equal}", "gates: [{measure: margin, at_least: 5}]", "cap: 8")
    part = Part("pool", "", 10_00, {"pool": 20_00})
    figures = {"sales": Figure(Fraction(5), quota=5), "margin": Figure(Fraction(5_00))}
    capped = limited(part, tuned(component, Standing(figures)))
    assert (capped.amount, capped.derivation["share"], capped.derivation["cap"]) == (8_00, 10_00, "800")
    shut = tuned(component, Standing({**figures, "margin": Figure(Fraction(4_99))}))
    assert limited(part, shut).amount == 0
    free = component_of(TABLE, "pool: {share_by: equal}")
    assert limited(part, tuned(free, Standing(figures))) is part


@pytest.mark.parametrize(
    ("exact", "whole"),
    [
        (["1/3", "1/3", "1/3"], [1, 0, 0]),
        (["5/2", "5/2"], [3, 2]),
        (["9/4", "11/4"], [2, 3]),
        (["-1/2", "1/2"], [0, 0]),
        ([], []),
    ],
)
def test_whole_parts_add_up(exact: list[str], whole: list[int]) -> None:
    assert whole_parts([Fraction(each) for each in exact]) == whole
