"""A final period leaves as frozen files, to the cent, each approved by somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from spm_app.compensation.domain.life import ExportState
from spm_app.compensation.domain.payroll.template import Template, read_columns
from spm_app.compensation.service import adjustments, agents, payroll, periods, runs, statements
from spm_app.compensation.service.adjustments import Proposal
from spm_app.infra import files, handout
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.money import Money, total
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Engagement
from tests.compensation.office import QUARTER

if TYPE_CHECKING:
    from tests.compensation.office import Office

SHAPE = Template(
    "Paghe",
    read_columns("number | Matricola\nname | Nome\ncode | Voce\namount | Importo"),
    codes={"sales": "0410", "override": "0420", "adjustment": "0490"},
)


@pytest.fixture
def final(office: Office) -> Office:
    """The quarter is final, with an adjustment of 10 for the rep."""
    runs.calculate_period(office.admin, QUARTER)
    extra = Proposal(office.staff.rep.person_id, QUARTER, Money.of("10"), "correction", "Forgotten")
    adjustments.decide(office.finance, adjustments.propose(office.admin, extra), approved=True)
    periods.approve(office.finance, QUARTER)
    periods.finalise(office.controller, QUARTER)
    return office


def become(office: Office, engagement: Engagement) -> None:
    """The rep works another way from now on."""
    with reading() as work:
        rep = people.person(work, office.staff.rep.person_id)
    people.change_person(office.admin, replace(rep, engagement=engagement))


def bytes_of(actor: Actor, export_id: int) -> bytes:
    token = payroll.download(actor, export_id).rpartition("/")[2]
    return files.read(handout.opened(token, actor.person_id).content)


def test_a_period_is_exported_once_to_the_cent_and_the_same_again(final: Office) -> None:
    shape = payroll.save_template(final.finance, SHAPE)
    preview = payroll.preview(final.finance, SHAPE, QUARTER)
    export_id = payroll.export(final.finance, QUARTER, shape)
    with pytest.raises(Conflict, match="not_approved"):
        payroll.download(final.finance, export_id)
    payroll.decide(final.controller, export_id, approved=True)

    found = payroll.one(final.finance, export_id)
    dues = [each.due for each in statements.statements(final.finance, QUARTER)]
    assert found.period_total == found.told == found.employees == total(dues, dues[0].currency)
    assert (found.left, found.agents) == (Money.of("0"), Money.of("0"))
    first = bytes_of(final.finance, export_id)
    assert first.decode() == preview.text
    assert first == bytes_of(final.controller, export_id)
    assert b";Rino Rep;0490;10,00" in first
    with pytest.raises(Conflict, match="nothing_left"):
        payroll.export(final.finance, QUARTER, shape)


def test_later_changes_of_the_shape_do_not_touch_what_left(final: Office) -> None:
    shape = payroll.save_template(final.finance, SHAPE)
    export_id = payroll.export(final.finance, QUARTER, shape)
    payroll.decide(final.controller, export_id, approved=True)
    before = bytes_of(final.finance, export_id)
    payroll.save_template(final.finance, replace(SHAPE, decimal="point"), shape)
    assert bytes_of(final.finance, export_id) == before
    assert payroll.one(final.finance, export_id).export.template == SHAPE
    assert payroll.templates(final.finance)[shape].decimal == "point"


def test_the_second_export_says_only_what_changed_and_an_agent_gets_a_document(final: Office) -> None:
    rep = final.staff.rep
    shape = payroll.save_template(final.finance, SHAPE)
    first = payroll.export(final.finance, QUARTER, shape)
    payroll.decide(final.controller, first, approved=True)
    assert agents.documents(rep) == ()

    become(final, Engagement.AGENT)
    second = payroll.export(final.finance, QUARTER, shape)
    assert agents.documents(rep) == ()
    payroll.decide(final.controller, second, approved=True)
    view = payroll.one(final.finance, second)
    assert view.employees == -view.agents
    assert {each.entry.payee_id for each in view.lines} == {rep.person_id}
    (document,) = agents.documents(rep)
    due = next(each.due for each in statements.statements(rep, own=True))
    assert document.total == due == view.agents
    assert document.number == f"{QUARTER}/{second}/1"
    assert agents.documents(final.finance) == (document,)
    assert agents.document(rep, second, rep.person_id) == document
    for nobody in (final.staff.other, final.staff.manager, final.admin):
        assert agents.documents(nobody) == ()
        with pytest.raises(NotFound):
            agents.document(nobody, second, rep.person_id)


def test_a_refused_export_was_never_told(final: Office) -> None:
    shape = payroll.save_template(final.finance, SHAPE)
    first = payroll.export(final.finance, QUARTER, shape)
    with pytest.raises(Conflict, match="one_waits"):
        payroll.export(final.finance, QUARTER, shape)
    payroll.decide(final.controller, first, approved=False)
    second = payroll.export(final.controller, QUARTER, shape)
    assert [each.export.state for each in payroll.exports(final.finance)] == [ExportState.MADE, ExportState.REFUSED]
    assert payroll.one(final.finance, second).told == payroll.one(final.finance, second).period_total


def test_nobody_lets_go_what_they_made_or_are_paid_by(final: Office) -> None:
    export_id = payroll.export(final.finance, QUARTER, payroll.save_template(final.finance, SHAPE))
    paid = Actor(final.staff.rep.person_id, "Rino", frozenset({Role.FINANCE}))
    for who in (final.finance, paid):
        with pytest.raises(Conflict):
            payroll.decide(who, export_id, approved=True)
    payroll.decide(final.controller, export_id, approved=True)
    with pytest.raises(Conflict):
        payroll.decide(final.controller, export_id, approved=False)


def test_only_finance_exports_and_only_audit_reads_beside_it(final: Office) -> None:
    shape = payroll.save_template(final.finance, SHAPE)
    export_id = payroll.export(final.finance, QUARTER, shape)
    auditor = Actor(final.staff.trainer.person_id, "Aud", frozenset({Role.AUDITOR}))
    assert payroll.one(auditor, export_id).export.id == export_id
    assert payroll.payable_periods(auditor)[0].code == QUARTER
    for nobody in (final.admin, final.staff.rep, final.staff.manager):
        for ask in (
            payroll.exports,
            lambda who: payroll.one(who, export_id),
            lambda who: payroll.download(who, export_id),
            payroll.templates,
            payroll.payable_periods,
            lambda who: payroll.preview(who, SHAPE, QUARTER),
        ):
            with pytest.raises(NotAllowed):
                ask(nobody)
    for nobody in (final.admin, auditor):
        for act in (
            lambda who: payroll.export(who, QUARTER, shape),
            lambda who: payroll.decide(who, export_id, approved=True),
            lambda who: payroll.save_template(who, SHAPE),
        ):
            with pytest.raises(NotAllowed):
                act(nobody)


def test_only_a_final_period_and_a_shape_that_fits_are_exported(office: Office) -> None:
    shape = payroll.save_template(office.finance, SHAPE)
    with pytest.raises(InvalidInput) as taken:
        payroll.save_template(office.finance, SHAPE)
    assert [each.at for each in taken.value.problems] == ["name"]
    with pytest.raises(InvalidInput):
        payroll.save_template(office.finance, replace(SHAPE, name="x", columns=()))
    with pytest.raises(NotFound):
        payroll.save_template(office.finance, replace(SHAPE, name="x"), 99)
    runs.calculate_period(office.admin, QUARTER)
    with pytest.raises(Conflict, match="not_final"):
        payroll.export(office.finance, QUARTER, shape)
    periods.approve(office.finance, QUARTER)
    periods.finalise(office.controller, QUARTER)
    with pytest.raises(NotFound):
        payroll.export(office.finance, QUARTER, 99)
    with pytest.raises(NotFound):
        payroll.one(office.finance, 99)
    bare = payroll.save_template(office.finance, replace(SHAPE, name="bare", codes={}))
    with pytest.raises(InvalidInput, match="form_has_errors"):
        payroll.export(office.finance, QUARTER, bare)
    assert payroll.exports(office.finance) == ()


def test_the_database_itself_keeps_what_left(final: Office) -> None:
    export_id = payroll.export(final.finance, QUARTER, payroll.save_template(final.finance, SHAPE))
    payroll.decide(final.controller, export_id, approved=True)
    for spoiled in (
        "UPDATE payroll_line SET now_minor = 0",
        "DELETE FROM payroll_line",
        "DELETE FROM payroll_export",
        "UPDATE payroll_export SET content = 'x'",
        "UPDATE payroll_export SET state = 'made'",
    ):
        with pytest.raises(DBAPIError, match="kept as they left"), unit_of_work() as work:
            work.session.execute(text(spoiled))
