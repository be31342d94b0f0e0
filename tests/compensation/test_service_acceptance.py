"""Who is in a plan, who has agreed to it, and what it would have cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.domain.life import VersionState
from spm_app.compensation.service import acceptance, costing, members, plans, templates
from spm_app.infra.db import unit_of_work
from spm_app.infra.settings import settings
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.money import Money
from tests.compensation.office import PLAN, publish

if TYPE_CHECKING:
    from tests.compensation.office import Office


def publish_again(office: Office, text: str) -> None:
    """The next version of the plan, in force."""
    plan_id = plans.plans(office.admin)[0].plan_id
    version = plans.save_draft(office.admin, text, plan_id)
    plans.propose(office.admin, version)
    plans.approve(office.finance, version)
    plans.publish(office.admin, version)


def test_a_payee_is_asked_and_agrees_once(office: Office) -> None:
    rep = office.staff.rep
    (asked,) = acceptance.waiting(rep)
    acceptance.accept(rep, asked.id)
    acceptance.accept(rep, asked.id)
    assert acceptance.waiting(rep) == ()
    found = acceptance.asked(rep, asked.plan_id)
    assert found is not None
    assert found.at is not None
    said = {each.person_id: each.at is not None for each in acceptance.answers(office.admin, asked.plan_id)}
    assert said[rep.person_id]
    assert not all(said.values())


def test_a_new_version_asks_again_and_says_what_stood_before(office: Office) -> None:
    rep = office.staff.rep
    (asked,) = acceptance.waiting(rep)
    acceptance.accept(rep, asked.id)
    publish_again(office, PLAN.replace("rate: 5 %", "rate: 6 %"))
    found = acceptance.asked(rep, asked.plan_id)
    assert found is not None
    assert (found.at, found.before and found.before.id) == (None, asked.id)
    with pytest.raises(NotFound):
        acceptance.accept(rep, asked.id)


def test_nobody_agrees_to_what_does_not_pay_them(office: Office) -> None:
    version = plans.plans(office.admin)[0]
    assert acceptance.waiting(office.finance) == ()
    assert acceptance.asked(office.finance, version.plan_id) is None
    with pytest.raises(NotFound):
        acceptance.accept(office.finance, version.id)


def test_who_has_agreed_is_for_who_writes_or_approves(office: Office) -> None:
    plan_id = plans.plans(office.admin)[0].plan_id
    assert acceptance.answers(office.finance, plan_id)
    for act in (acceptance.answers, lambda who, plan: acceptance.remind(who, plan, lambda *_: ("", ""))):
        with pytest.raises(NotAllowed):
            act(office.staff.rep, plan_id)
    with pytest.raises(NotAllowed):
        members.roll(office.staff.rep, PLAN)
    with pytest.raises(NotAllowed):
        costing.costs(office.staff.rep, PLAN, lambda *_: None)


def test_whoever_is_late_gets_a_mail_with_the_address(office: Office) -> None:
    plan_id = plans.plans(office.admin)[0].plan_id
    late = [each for each in acceptance.answers(office.admin, plan_id) if each.email]
    sent = acceptance.remind(office.admin, plan_id, lambda lang, name, address: (name, address + lang))
    assert sent == len(late)
    letters = [each.read_text() for each in (settings().home / "outbox").glob("*")]
    assert sum(f"/plans/{plan_id}" in each for each in letters) == sent


def test_members_are_listed_with_their_days(office: Office) -> None:
    found = members.roll(office.admin, PLAN)
    assert office.staff.rep.person_id in {each.person_id for each in found.members}
    assert all(each.start >= date(2026, 1, 1) for each in found.members)
    assert found.twice == ()
    name = found.members[0].name
    other = PLAN.replace("code: sellers", "code: other").replace("titles: [REP]", f'people: ["{name}"]')
    also = members.roll(office.admin, other)
    assert {each.name for each in also.members} == {name}
    assert also.twice == ((name, "Sellers"),)
    assert members.roll(office.admin, "nonsense").members == ()


def test_a_plan_for_a_person_is_read_by_that_person_alone(office: Office) -> None:
    rep, other = office.staff.rep, office.staff.other
    text = PLAN.replace("code: sellers", "code: own").replace("titles: [REP]", f'people: ["{rep.name}"]')
    publish(office.admin, office.finance, text)
    assert "own" in {each.plan_code for each in plans.plans(rep)}
    assert "own" not in {each.plan_code for each in plans.plans(other)}


def test_a_plan_that_fails_its_trial_is_not_put_forward(office: Office) -> None:
    text = templates.text("retroactive").replace("code: retroactive", "code: falls").replace("rate: 4 %", "rate: 1 %")
    version = plans.save_draft(office.admin, text)
    with pytest.raises(InvalidInput) as refusal:
        plans.propose(office.admin, version)
    assert "compensation.check.falls" in {each.key for each in refusal.value.problems}


def test_last_year_is_calculated_with_its_real_deals_and_scaled(office: Office) -> None:
    """Both won 1,000 in November 2025, which stands for the quota nobody had set: 5 % of it each."""
    flat = PLAN[: PLAN.index("  - code: override")]
    found = costing.costs(office.admin, flat, lambda *_: None)
    assert found is not None
    assert found.total == Money.of("100.00")
    assert dict(found.at)[100] == Money.of("100.00")
    assert dict(found.at)[50] == Money.of("50.00")
    assert dict(found.at)[200] == Money.of("260.00")
    assert (found.payees, found.without_quota) == (3, 2)
    assert costing.costs(office.admin, "nonsense", lambda *_: None) is None


def test_a_text_that_changed_meanwhile_is_not_put_forward(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_id = plans.plans(office.admin)[0].plan_id
    version = plans.save_draft(office.admin, PLAN.replace("5 %", "6 %"), plan_id)

    def meanwhile(_text: str) -> tuple[()]:
        plans.save_draft(office.admin, PLAN.replace("5 %", "7 %"), plan_id)
        return ()

    monkeypatch.setattr(plans.trying, "findings", meanwhile)
    with pytest.raises(Conflict):
        plans.propose(office.admin, version)
    assert plans.plan(office.admin, plan_id).newest.state is VersionState.DRAFT


def test_an_acceptance_is_kept_whoever_holds_the_database(office: Office) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    (asked,) = acceptance.waiting(office.staff.rep)
    acceptance.accept(office.staff.rep, asked.id)
    for spoiled in ("UPDATE plan_acceptance SET text_hash = 'x'", "DELETE FROM plan_acceptance"):
        with pytest.raises(DBAPIError, match="kept"), unit_of_work() as work:
            work.session.execute(text(spoiled))
