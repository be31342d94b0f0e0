"""The demo company lives in the database: filled once, through the services, on both kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.domain.life import DisputeState
from spm_app.compensation.service import disputes, payroll, periods, plans, statements
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome
from spm_app.demo import service as demo
from spm_app.demo.company import CALENDAR
from spm_app.infra import audit, clock, db
from spm_app.infra.db import reading
from spm_app.kernel.period import Grain
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.planning import service as planning
from spm_app.training import service as training
from tests.conftest import NOW, forget_settings
from tests.databases import DATABASES, fresh_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.kernel.rights import Actor

pytestmark = pytest.mark.slow


KINDS = [pytest.param(kind, marks=pytest.mark.xdist_group(f"demo-{kind}")) for kind in DATABASES]


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Brezza at NOW, filled once a kind of database: it takes a while, and these tests only look."""
    home = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch, fresh_database(request.param, home) as address, clock.at(NOW):
        for name, value in {"HOME": str(home), "SECRET_KEY": "tests", "DATABASE_URL": address, "DEMO": "1"}.items():
            patch.setenv(f"SPM_{name}", value)
        forget_settings()
        assert demo.fill()
        yield
        db.engine().dispose()
    forget_settings()


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


def test_people_learn_and_some_are_late(filled: None) -> None:
    trainer = _guide(Role.TRAINER)
    cards = training.studio(trainer)
    team = training.team(trainer)
    assert {each.code for each in cards} == {"fair-play", "listen-first", "respiro"}
    assert sum(each.badges for each in team) > 60
    assert 0 < sum(each.overdue for each in team) < 20


def test_five_plans_are_in_force_by_the_word_of_two_people(filled: None) -> None:
    found = plans.plans(_guide(Role.AUDITOR))
    assert {each.plan_code for each in found} == {"seller", "senior", "lead", "regional", "director"}
    assert all(each.published_at and each.author_id != each.approver_id for each in found)


def test_every_role_can_sign_in(filled: None) -> None:
    known = demo.demo_sign_ins()
    assert {each.role for each in known} == set(Role)
    for each in known:
        signed_in = people.sign_in(each.sign_in_name, each.password, address="127.0.0.1", agent="test")
        assert each.role in signed_in.who.actor.roles
        assert signed_in.who.actor.name == each.name


def _guide(role: Role) -> Actor:
    name = next(each.sign_in_name for each in demo.demo_sign_ins() if each.role is role)
    with reading() as work:
        return people.actor_for(work, people.person_ids_by_name(work)[name])


def test_three_quarters_are_paid_and_one_runs(filled: None) -> None:
    finance, rep = _guide(Role.FINANCE), _guide(Role.REP)
    found = periods.all_periods(finance)
    assert [pay.state.value for pay, _ in found] == ["calculated", "finalised", "finalised", "finalised"]
    assert all(run is not None and run.payees > 30 and run.total.minor > 0 for _, run in found)
    own = statements.statements(rep, own=True)
    assert len(own) == 4
    assert sum(bool(each.adjusted) for each in own) == 1


def test_questions_are_asked_in_every_state_and_calculated(filled: None) -> None:
    found = disputes.disputes(_guide(Role.COMP_ADMIN))
    assert {each.dispute.state for each in found} == set(DisputeState)
    assert sum(each.counter is not None for each in found) == 3
    assert disputes.dispute(_guide(Role.REP), found[-1].dispute.id).files


def test_a_quarter_has_left_for_payroll(filled: None) -> None:
    finance = _guide(Role.FINANCE)
    assert len(payroll.templates(finance)) == 2
    (sent,) = payroll.exports(finance)
    assert (sent.export.state.value, sent.left.minor) == ("approved", 0)
    assert sent.lines


def test_everybody_who_carries_a_quota_has_one(filled: None) -> None:
    with reading() as work:
        quotas = planning.quotas(work, CALENDAR.containing(CALENDAR.day_of(NOW), Grain.QUARTER))
    assert len(quotas) > 25
    assert all(each.amount.minor > 0 for each in quotas)
