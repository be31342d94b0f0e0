"""The dashboard's figures on the paid company, on each kind of database: everybody sees what is theirs to see."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from spm_app.analytics import service
from spm_app.kernel.errors import NotAllowed
from spm_app.kernel.rights import Actor, Role
from tests.compensation.office import QUARTER, Office, open_office

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture
def office(database: str, fixed_clock: datetime) -> Office:
    """Hired, sold, planned."""
    del database, fixed_clock
    return open_office()


def _value(actor: Actor, code: str, **more: object) -> Fraction | None:
    seen = service.overview(actor, QUARTER, **more)  # type: ignore[arg-type]
    return next(each.now.value for each in seen.readings if each.kpi.code == code)


def test_shares_count_by_person_and_once_for_all(office: Office) -> None:
    assert _value(office.finance, "revenue") == 1600_00
    assert _value(office.staff.rep, "revenue") == 1300_00
    assert _value(office.staff.other, "revenue") == 300_00
    assert _value(office.staff.manager, "revenue") == 1300_00
    assert _value(office.finance, "revenue", team_id=office.staff.south) == 300_00
    assert _value(office.staff.manager, "revenue", team_id=office.staff.south) == 0


def test_a_deal_without_amount_is_won_all_the_same(office: Office) -> None:
    assert _value(office.finance, "win_rate") == 1
    assert _value(office.finance, "deal_size") == 800_00


def test_the_period_before_stands_beside(office: Office) -> None:
    seen = service.overview(office.finance, QUARTER)
    assert seen.previous.code == "2026-Q3"
    assert [now for _, now, _ in seen.months] == [0, 1600_00, 0]
    assert len(seen.readings[0].trend) == 6


def test_few_carry_a_quota_and_are_not_ranked(office: Office) -> None:
    _, _, board = service.board(office.staff.rep, QUARTER)
    assert board.is_too_small
    assert board.own is not None


def test_who_sells_nothing_and_leads_nobody_sees_no_figures(office: Office) -> None:
    for asked in (service.overview, service.board, service.choices):
        with pytest.raises(NotAllowed):
            asked(office.staff.trainer)
    assert Role.TRAINER in office.staff.trainer.roles


def test_choices_are_the_teams_of_whom_one_sees(office: Office) -> None:
    assert [name for _, name in service.choices(office.staff.rep).teams] == ["North"]
    assert {name for _, name in service.choices(office.finance).teams} >= {"North", "South"}


def test_a_year_is_measured_against_its_four_quarters(office: Office) -> None:
    seen = service.overview(office.finance, "2026")
    assert next(each.now.value for each in seen.readings if each.kpi.code == "attainment") == Fraction(1600, 4000)


def test_stages_are_those_of_now_and_of_no_other_period(office: Office) -> None:
    past = service.overview(office.finance, "2026-Q3")
    assert (past.is_running, past.stages) == (False, ())
