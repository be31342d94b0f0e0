"""From deals to a paid, explained statement: gathered once, recorded once, each step by another person."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import spm_app.compensation.tasks  # noqa: F401 - knows the kind of job
from spm_app.compensation.domain.life import PeriodState
from spm_app.compensation.domain.parts import notices
from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.service import beginning, periods, plans, runs, statements
from spm_app.compensation.service.statements import LineQuery
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Owner
from spm_app.crm.domain.records import CrmBatch
from spm_app.infra import jobs
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency, Money, total
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import NewAccount
from tests.compensation.office import PLAN, QUARTER, Office, publish
from tests.crm.builders import deal


def _of(office: Office, name: str) -> statements.StatementView:
    head = next(each for each in statements.statements(office.admin, QUARTER) if each.statement.payee_name == name)
    return statements.statement(office.admin, head.statement.id)


def test_a_split_deal_pays_each_owner_and_the_manager(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)

    # The rep won D1 alone and half of D2; the manager is credited with what the rep was credited with.
    rep, manager = _of(office, "Rino Rep"), _of(office, "Mara Manager")
    sales = next(each for each in rep.components if each.component == "sales")
    assert sales.measure == Money.of("1300.00")
    assert sales.quota is not None
    at_five, above = min(sales.measure, sales.quota), sales.measure - min(sales.measure, sales.quota)
    assert sales.earned.minor == round((at_five.minor * 5 + above.minor * 8) / 100)
    override = next(each for each in manager.components if each.component == "override")
    assert override.measure == Money.of("1300.00")
    assert override.earned == Money.of("13.00")


def test_lines_add_up_to_their_component_and_components_to_the_statement(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)

    for head in statements.statements(office.admin, QUARTER):
        view = statements.statement(office.admin, head.statement.id)
        found, count = statements.lines(office.admin, head.statement.id, LineQuery(limit=500))
        assert count == len(found)
        for part in view.components:
            own = [each.amount for each in found if each.component_id == part.id]
            assert total(own, Currency("EUR")) == part.earned
        assert total((each.earned for each in view.components), Currency("EUR")) == head.statement.earned == head.due


def test_the_same_inputs_write_nothing_and_a_new_deal_writes_a_new_set(office: Office) -> None:
    first = runs.calculate_period(office.admin, QUARTER)
    assert runs.calculate_period(office.admin, QUARTER).run_id == first.run_id

    own = (Owner(office.staff.rep.person_id),)
    crm.load(office.admin, CrmBatch(deals=(deal("D9", owners=own, amount=Money.of("100")),)), "test")
    second = runs.calculate_period(office.admin, QUARTER)

    assert second.is_new
    assert second.total > first.total
    view = periods.period(office.admin, QUARTER)
    assert (view.run.id if view.run else None) == second.run_id
    assert (view.earlier.id if view.earlier else None) == first.run_id


def test_what_could_not_be_credited_is_said(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    run = periods.period(office.admin, QUARTER).run
    assert run is not None
    assert run.log[0] == {"without_amount": 1, "without_owner": 0}


def test_a_deal_in_other_money_is_named(office: Office) -> None:
    own = (Owner(office.staff.rep.person_id),)
    crm.load(office.admin, CrmBatch(deals=(deal("USD", owners=own, amount=Money.of("9", "USD")),)), "test")
    with pytest.raises(InvalidInput) as refusal:
        runs.calculate_period(office.admin, QUARTER)
    assert [each.at for each in refusal.value.problems] == ["USD"]


def test_a_circle_of_managers_is_named_and_stops_the_run(office: Office) -> None:
    staff = office.staff
    with unit_of_work() as work:
        sql = "INSERT INTO reporting (person_id, manager_id, start) VALUES (:manager, :rep, '2026-11-01')"
        work.session.execute(text(sql), {"rep": staff.rep.person_id, "manager": staff.manager.person_id})
    root = Actor(PersonId(99), "Root", frozenset({Role.SYSADMIN}))
    people.create_account(
        root, office.admin.person_id, NewAccount("ada", "a word for all", frozenset(office.admin.roles))
    )
    job_id = runs.start(office.admin, QUARTER)
    jobs.run_pending()
    found = (jobs.state(office.admin, job_id).result or {})["problems"]
    assert [(each["at"], each["key"]) for each in found] == [("Mara Manager", "compensation.inputs.circle")]


def test_a_period_without_a_plan_says_so(office: Office) -> None:
    with pytest.raises(Conflict, match=r"compensation\.no_plan"):
        runs.calculate_period(office.admin, "2025-Q4")


def test_plans_in_two_currencies_do_not_pay_one_period(office: Office) -> None:
    other = PLAN.replace("code: sellers", "code: dollars").replace("currency: EUR", "currency: USD")
    publish(office.admin, office.finance, other)
    with pytest.raises(Conflict, match=r"compensation\.plans_differ_in_currency"):
        runs.calculate_period(office.admin, QUARTER)


def test_each_step_needs_another_person_and_what_is_final_stays(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    with pytest.raises(Conflict):
        periods.finalise(office.finance, QUARTER)
    periods.approve(office.finance, QUARTER)
    with pytest.raises(Conflict, match=r"approver_does_not_finalise"):
        periods.finalise(office.finance, QUARTER)
    periods.finalise(office.controller, QUARTER)

    assert periods.period(office.admin, QUARTER).pay.state is PeriodState.FINALISED
    with pytest.raises(Conflict):
        runs.calculate_period(office.admin, QUARTER)
    for spoiled in ("UPDATE statement SET earned_minor = 0", "DELETE FROM statement_line"):
        with pytest.raises(DBAPIError), unit_of_work() as work:
            work.session.execute(text(spoiled))


def test_who_may_see_which_pay(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    staff = office.staff

    def names(actor: object, **more: bool) -> set[str]:
        return {each.statement.payee_name for each in statements.statements(actor, QUARTER, **more)}  # type: ignore[arg-type]

    assert names(staff.rep) == names(staff.rep, own=True) == {"Rino Rep"}
    assert names(staff.manager) == {"Rino Rep", "Mara Manager"}
    assert names(staff.manager, own=True) == {"Mara Manager"}
    assert names(office.finance) == {"Rino Rep", "Mara Manager", "Olga Other"}
    theirs = _of(office, "Olga Other").head.statement.id
    for asked in (
        lambda: statements.statement(staff.rep, theirs),
        lambda: statements.lines(staff.manager, theirs, LineQuery()),
        lambda: statements.why(staff.rep, theirs, component_id=1, language="en"),
    ):
        with pytest.raises(NotFound):
            asked()


def test_only_compensation_calculates_and_only_finance_approves(office: Office) -> None:
    for actor in (office.staff.rep, office.staff.manager, office.finance):
        with pytest.raises(NotAllowed):
            runs.calculate_period(actor, QUARTER)
    with pytest.raises(NotAllowed):
        periods.approve(office.admin, QUARTER)


def test_every_amount_explains_itself(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    rep = _of(office, "Rino Rep")
    lines, _ = statements.lines(office.admin, rep.head.statement.id, LineQuery(component="sales"))
    for line in lines:
        told = statements.why(office.staff.rep, rep.head.statement.id, line_id=line.id, language="it")
        assert told.line == line
        assert told.steps[-1].result == line.amount
    part = rep.components[0].id
    whole = statements.why(office.staff.rep, rep.head.statement.id, component_id=part, language="en")
    assert whole.steps[-1].result == whole.component.earned


def test_a_line_of_another_statement_is_not_explained(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    theirs, _ = statements.lines(office.admin, _of(office, "Olga Other").head.statement.id, LineQuery())
    with pytest.raises(NotFound):
        statements.why(office.staff.rep, _of(office, "Rino Rep").head.statement.id, line_id=theirs[0].id, language="en")


def test_a_run_goes_as_a_job(office: Office) -> None:
    with unit_of_work() as work:
        known = {each.name: each.id for each in people.persons(work)}
    assert office.admin.person_id == known["Ada Admin"]
    job_id = runs.start(office.admin, QUARTER)
    with pytest.raises(Conflict):
        runs.start(office.admin, QUARTER)
    assert jobs.state(office.admin, job_id).state is jobs.JobState.WAITING


def test_facts_for_other_rooms(office: Office) -> None:
    with reading() as work:
        quarter = people.company(work).calendar.parse(QUARTER)
        assert statements.earned(work, quarter) == {}
    runs.calculate_period(office.admin, QUARTER)
    with reading() as work:
        earned = statements.earned(work, quarter)
    assert earned[office.staff.rep.person_id] == _of(office, "Rino Rep").head.due


def test_the_manager_is_asked_until_a_word_is_said(office: Office) -> None:
    assert periods.to_review(office.staff.manager) == ()
    seen = runs.calculate_period(office.admin, QUARTER).run_id
    assert periods.to_review(office.staff.manager) == ((QUARTER, seen),)
    periods.review_team(office.staff.manager, QUARTER, agreed=False, remark="D2 is not shared")
    assert periods.to_review(office.staff.manager) == ()
    assert [each.remark for each in periods.period(office.finance, QUARTER).reviews] == ["D2 is not shared"]


def test_recent_quarters_come_newest_first(office: Office) -> None:
    found = periods.recent(office.finance, 3)
    assert [each.code for each in found] == sorted((each.code for each in found), reverse=True)


def test_what_may_be_calculated_is_what_a_published_plan_pays(office: Office) -> None:
    assert [each.code for each in periods.payable(office.finance)] == ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"]
    with pytest.raises(NotAllowed):
        periods.payable(office.staff.rep)


def test_a_new_plan_begins_with_a_text_that_fits_the_company(office: Office) -> None:
    text = beginning.first_text(office.admin)

    assert plans.check(office.admin, text) == ()
    read, _ = read_plan(text)
    assert read is not None
    assert (read.currency, read.titles, read.start) == (Currency("EUR"), ("REP",), date(2026, 1, 1))
    with pytest.raises(NotAllowed):
        beginning.first_text(office.finance)


def test_a_version_that_begins_inside_a_period_pays_its_part_and_the_run_says_so(office: Office) -> None:
    """The quarter's 92 days: October and half of November by the first version, the rest by the second."""
    view = plans.plans(office.admin)[0]
    later = PLAN.replace("2026-01-01", "2026-11-16").replace("rate: 5 %", "rate: 6 %")
    version = plans.save_draft(office.admin, later, view.plan_id)
    plans.propose(office.admin, version)
    plans.approve(office.finance, version)
    plans.publish(office.admin, version)
    runs.calculate_period(office.admin, QUARTER)
    run = periods.period(office.admin, QUARTER).run
    assert run is not None
    assert [int(each) for each in run.versions] == [int(view.id), int(version)]
    said = [each for each in notices(run.log) if each.key == "compensation.part.plan"]
    assert [(each.args["n"], each.args["of"]) for each in said] == [(46, 92), (46, 92)]
    parts = [each for each in _of(office, "Rino Rep").components if each.component == "sales"]
    assert len(parts) == 2


def test_a_manager_s_word_is_on_the_run_that_was_seen_and_asked_for_again_after_the_next(office: Office) -> None:
    manager = office.staff.manager
    seen = runs.calculate_period(office.admin, QUARTER).run_id
    assert periods.to_review(manager) == ((QUARTER, seen),)
    periods.review_team(manager, QUARTER, agreed=True, seen=seen)
    assert periods.to_review(manager) == ()

    own = (Owner(office.staff.rep.person_id),)
    crm.load(office.admin, CrmBatch(deals=(deal("D9", owners=own),)), "test")
    newer = runs.calculate_period(office.admin, QUARTER).run_id
    assert periods.to_review(manager) == ((QUARTER, newer),)
    with pytest.raises(Conflict, match=r"run_replaced"):
        periods.review_team(manager, QUARTER, agreed=True, seen=seen)
    assert periods.period(office.finance, QUARTER).reviews == ()
