"""The dashboard's figures on the paid company, on each kind of database: everybody sees what is theirs to see."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from spm_app.analytics import service
from spm_app.analytics.domain.kpis import Figure
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome, Owner, StageStep
from spm_app.crm.domain.records import CrmBatch
from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotAllowed
from spm_app.kernel.money import Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.rights import Actor, Role
from spm_app.planning import service as planning
from tests.compensation.office import QUARTER, Office, open_office
from tests.crm.builders import account, deal, open_deal, product

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture
def office(database: str, fixed_clock: datetime) -> Office:
    """Hired, sold, planned."""
    del database, fixed_clock
    return open_office()


def _value(actor: Actor, code: str, period: str = QUARTER, **more: object) -> Fraction | None:
    seen = service.overview(actor, period, **more)  # type: ignore[arg-type]
    return next(each.now.value for each in seen.readings if each.kpi.code == code)


def _quota(code: str, who: Actor | None = None) -> int:
    with reading() as work:
        found = planning.quotas(work, FiscalCalendar().parse(code))
    return sum(each.amount.minor for each in found if who is None or each.person_id == who.person_id)


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
    found = service.board(office.staff.rep, QUARTER)
    assert found.board.is_too_small
    assert found.board.own is not None
    assert [(quarter.code, share) for quarter, share in found.trend][-1] == (
        QUARTER,
        Fraction(1300_00, _quota(QUARTER, office.staff.rep)),
    )
    assert service.board(office.staff.rep, QUARTER, office.staff.south).board.of == 1


def test_who_sells_nothing_and_leads_nobody_sees_no_figures(office: Office) -> None:
    for asked in (service.overview, service.board, service.choices):
        with pytest.raises(NotAllowed):
            asked(office.staff.trainer)
    assert Role.TRAINER in office.staff.trainer.roles


def test_choices_are_the_teams_of_whom_one_sees(office: Office) -> None:
    assert [name for _, name in service.choices(office.staff.rep).teams] == ["North"]
    assert {name for _, name in service.choices(office.finance).teams} >= {"North", "South"}


@pytest.mark.parametrize(("code", "quarters"), [("2026", "1234"), ("2026-H2", "34"), ("2026-Q4", "4")])
def test_larger_grains_add_up_their_quarters(office: Office, code: str, quarters: str) -> None:
    quota = sum(_quota(f"2026-Q{each}") for each in quarters)
    assert _value(office.finance, "attainment", code) == Fraction(1600_00, quota)


def test_a_month_has_no_quota_and_says_so(office: Office) -> None:
    seen = service.overview(office.finance, "2026-11")
    (attained,) = [each.now for each in seen.readings if each.kpi.code == "attainment"]
    assert attained == Figure(None, "analytics.na.quota_by_quarter")


def test_attainment_is_of_those_who_carry_a_quota(office: Office) -> None:
    lucky = deal("M1", owners=(Owner(office.staff.manager.person_id),))
    crm.load(office.admin, CrmBatch((product(),), (account(),), (lucky,)), "more")
    assert _value(office.finance, "revenue") == 2600_00
    assert _value(office.finance, "attainment") == Fraction(1600_00, _quota(QUARTER))


def test_a_running_period_is_compared_with_the_same_day_of_the_one_before(office: Office) -> None:
    early, late = date(2026, 8, 16), date(2026, 8, 17)  # the 47th and the 48th day; it is the 47th now
    deals = (deal("E", close_on=early), deal("L", close_on=late))
    crm.load(office.admin, CrmBatch((product(),), (account(),), deals), "more")
    running = service.overview(office.finance)
    assert (running.as_of, running.before_as_of) == (date(2026, 11, 16), early)
    assert next(each.before.value for each in running.readings if each.kpi.code == "revenue") == 1000_00
    assert running.months[1] == (running.months[1][0], 1600_00, 2000_00)
    past = service.overview(office.finance, "2026-Q3")
    assert next(each.now.value for each in past.readings if each.kpi.code == "revenue") == 2000_00
    assert (past.as_of, past.before_as_of) == (date(2026, 9, 30), date(2026, 6, 30))


def test_the_pipeline_of_a_past_period_is_the_one_of_its_end(office: Office) -> None:
    steps = (
        StageStep("Discovery", Outcome.OPEN, date(2026, 8, 1)),
        StageStep("Proposal", Outcome.OPEN, date(2026, 10, 2)),
    )
    still = open_deal("O1", opened_on=date(2026, 8, 1), amount=Money.of("70"), history=steps)
    crm.load(office.admin, CrmBatch((product(),), (account(),), (still,)), "more")
    now, past = service.overview(office.finance), service.overview(office.finance, "2026-Q3")
    assert now.stages == (("Proposal", 1, 70_00),)
    assert past.stages == (("", 3, 1600_00), ("Discovery", 1, 70_00))  # three were won later: their stage is not known
    assert _value(office.finance, "open_deals", "2026-Q3") == 4
    assert _value(office.finance, "pipeline", "2026-Q3") == 1670_00


def test_a_manager_sees_their_team_and_a_seller_does_not(office: Office) -> None:
    team = service.team(office.staff.manager)
    ((now, before),) = team.rows
    assert (now.name, now.won, now.quota) == ("Rino Rep", 1300_00, _quota(QUARTER, office.staff.rep))
    assert before is not None
    assert (before.won, before.quota) == (0, _quota("2026-Q3", office.staff.rep))
    with pytest.raises(NotAllowed):
        service.team(office.staff.rep)


def test_leaving_the_list_is_one_s_own_choice_and_is_recorded_once(office: Office) -> None:
    rep = office.staff.rep
    for listed in (False, False, True, True):
        service.set_listed(rep, listed=listed)
        assert service.board(rep, QUARTER).is_listed is listed
    with reading() as work:
        assert set(audit.acts(work)) >= {"board.left", "board.joined"}
    with pytest.raises(NotAllowed):
        service.set_listed(office.staff.trainer, listed=False)
