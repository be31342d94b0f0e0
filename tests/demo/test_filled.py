"""The demo company lives in the database: filled once, through the services, on both kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome
from spm_app.demo import service as demo
from spm_app.demo.company import CALENDAR
from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.infra.settings import settings
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from tests.conftest import NOW

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.slow


@pytest.fixture
def filled(database: str, fixed_clock: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    del database, fixed_clock
    monkeypatch.setenv("SPM_DEMO", "1")
    settings.cache_clear()
    assert demo.fill()


def test_the_company_is_alive(filled: None) -> None:
    assert not demo.fill()  # a second time nothing happens
    today = CALENDAR.day_of(NOW)
    with reading() as work:
        everybody = people.persons(work)
        assert 50 < len(everybody) < 70
        assert any(each.left_on for each in everybody)
        assert audit.verify(work) is None
        assert len(people.teams(work, today)) == 12


def test_two_years_of_deals_came_in_and_no_row_was_refused(filled: None) -> None:
    year = CALENDAR.parse("2025")
    with reading() as work:
        closed, still_open = crm.closed_in(work, year), crm.open_deals(work)
    won = [each for each in closed if each.outcome is Outcome.WON]
    assert 600 < len(won) < 1_100
    assert 150 < len(still_open) < 500
    assert all(sum(owner.share_ppm for owner in each.owners) == 1_000_000 for each in closed)


def test_every_role_can_sign_in(filled: None) -> None:
    known = demo.demo_sign_ins()
    assert {each.role for each in known} == set(Role)
    for each in known:
        signed_in = people.sign_in(each.sign_in_name, each.password, address="127.0.0.1", agent="test")
        assert each.role in signed_in.who.actor.roles
        assert signed_in.who.actor.name == each.name


def test_outside_the_demo_nobody_is_listed(home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPM_DEMO", raising=False)
    settings.cache_clear()
    assert demo.demo_sign_ins() == ()
