"""Objectives that are scored, and pools that a team shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.domain.inputs import Score, Share
from tests.golden.company import (
    ANNA,
    BRUNO,
    CARLA,
    component,
    day,
    earned,
    incentive,
    inputs,
    quota,
    seat,
    won,
    written,
)

if TYPE_CHECKING:
    from spm_app.compensation.domain.inputs import Inputs, Transaction
    from tests.golden.company import Reckon

SCALE = "[{from: 50 %, pays: 25 %}, {from: 80 %, pays: 75 %}, {from: 100 %, pays: 100 %}, {from: 120 %, pays: 150 %}]"
MBO = (
    "code: mbo, name: Objectives, target: 2000, objectives: ["
    "{code: launch, name: Launch, weight: 50 %}, "
    f"{{code: crm, name: Tidy data, weight: 30 %, scale: {SCALE}}}, "
    "{code: team, name: Team, weight: 20 %}]"
)


@pytest.mark.parametrize(
    ("launch", "crm", "team", "paid"),
    [(100, 100, 100, 2_000_00), (80, 85, 100, 1_650_00), (150, 130, 0, 1_900_00), (0, 49, 0, 0)],
)
def test_weighted_objectives_pay_for_their_scores(reckon: Reckon, launch: int, crm: int, team: int, paid: int) -> None:
    """Of 2,000.00: half for the launch by its score, at most whole; 30 % by a scale; 20 % for the team.

    80, 85, 100: 1,000.00 x 80 % + 600.00 x 75 % + 400.00. 150, 130, 0: 1,000.00 + 600.00 x 150 %.
    """
    said = {"launch": launch, "crm": crm, "team": team}
    scores = tuple(Score(ANNA, code, score * 10_000) for code, score in said.items())
    assert earned(reckon([written(MBO)], inputs("2026-Q1", scores=scores)), code="mbo") == paid


def test_an_objective_without_a_score_pays_nothing(reckon: Reckon) -> None:
    assert earned(
        reckon([written(MBO)], inputs("2026-Q1", scores=(Score(ANNA, "launch", 1_000_000),))), code="mbo"
    ) == (1_000_00)


def test_objectives_for_a_part_of_the_quarter_pay_a_part(reckon: Reckon) -> None:
    """45 of 90 days: 1,000.00, of which 50 % for the launch."""
    scores = (Score(ANNA, "launch", 1_000_000),)
    data = inputs("2026-Q1", seats=(seat(start=day("02-15")),), scores=scores)
    assert earned(reckon([written(MBO)], data), code="mbo") == 500_00


def test_objectives_may_be_a_part_of_the_incentive(reckon: Reckon) -> None:
    """20 % of 12,000.00 a year are 600.00 a quarter; the launch is half of it, at 90 %."""
    plan = written(MBO.replace("target: 2000", "target: 20 %"))
    data = inputs("2026-Q1", incentives=(incentive(12_000),), scores=(Score(ANNA, "launch", 900_000),))
    assert earned(reckon([plan], data), code="mbo") == 270_00


TEAM = (ANNA, BRUNO, CARLA)
SALES = (won("A", "01-10", 6_000), won("B", "01-11", 3_000), won("C", "01-12", 1_000))


def of_team(*deals: Transaction, **more: object) -> Inputs:
    """Anna sells A, Bruno B, Carla C; quotas of 4,000.00, 4,000.00 and 1,000.00."""
    owners = {"A": ANNA, "B": BRUNO, "C": CARLA}
    given: dict[str, object] = {
        "shares": tuple(Share(each.id, owners[each.id]) for each in deals),
        "seats": tuple(seat(each) for each in TEAM),
        "quotas": (quota(4_000), quota(4_000, BRUNO), quota(1_000, CARLA)),
        **more,
    }
    return inputs("2026-Q1", *deals, **given)


def pooled(reckon: Reckon, pool: str, data: Inputs) -> list[int]:
    bands = "{from: 0 %, to: 100 %, rate: 5 %}, {from: 100 %, rate: 10 %}"
    terms = f"rate_table: {{kind: marginal, over: attainment, bands: [{bands}]}}, pool: {{{pool}}}"
    paid = reckon([written(component(terms))], data)
    return [earned(paid, each) for each in TEAM if (each, "plan", "pay") in paid]


def test_a_pool_is_earned_together_and_shared_by_what_each_sold(reckon: Reckon) -> None:
    """10,000.00 of 9,000.00: 450.00 + 100.00 = 550.00, in parts of 60, 30 and 10 %."""
    assert pooled(reckon, "share_by: credit", of_team(*SALES)) == [330_00, 165_00, 55_00]


def test_a_pool_shared_by_attainment(reckon: Reckon) -> None:
    """150 %, 75 % and 100 % of 325 %: 550.00 x 150/325 = 253.846, 126.923, 169.231."""
    assert pooled(reckon, "share_by: attainment", of_team(*SALES)) == [253_85, 126_92, 169_23]


def test_a_pool_shared_in_equal_parts(reckon: Reckon) -> None:
    """550.00 in three: 183.33 each and one cent over, which goes to the first."""
    assert pooled(reckon, "share_by: equal", of_team(*SALES)) == [183_34, 183_33, 183_33]


def test_equal_parts_are_by_days(reckon: Reckon) -> None:
    """Carla came on 15 February: 45 of 90 days, 500.00 of quota. 9,000.00 of 8,500.00 are 425.00 + 50.00 = 475.00.

    Her deal of January does not count. Parts of 90, 90 and 45 days: 190.00, 190.00, 95.00.
    """
    seats = (seat(), seat(BRUNO), seat(CARLA, start=day("02-15")))
    assert pooled(reckon, "share_by: equal", of_team(*SALES, seats=seats)) == [190_00, 190_00, 95_00]


def test_every_team_may_have_its_own_pool(reckon: Reckon) -> None:
    """North: 9,000.00 of 8,000.00 are 400.00 + 100.00; by credit 333.33 and 166.67. South: 1,000.00 of 1,000.00."""
    seats = (seat(team="north"), seat(BRUNO, team="north"), seat(CARLA, team="south"))
    assert pooled(reckon, "share_by: credit, by_team: yes", of_team(*SALES, seats=seats)) == [333_33, 166_67, 50_00]
