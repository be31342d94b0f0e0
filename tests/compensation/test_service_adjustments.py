"""Manual lines: paid once two people agreed, never behind the back of an approval, and never to nobody's statement."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.life import PeriodState
from spm_app.compensation.service import adjustments, periods, runs, statements
from spm_app.compensation.service.adjustments import Proposal
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Owner
from spm_app.crm.domain.records import CrmBatch
from spm_app.kernel.errors import Conflict
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Money
from tests.compensation.office import QUARTER, Office
from tests.crm.builders import deal

BONUS = Money.of("180.00")


def propose(office: Office, payee: PersonId, amount: Money = BONUS) -> int:
    return adjustments.propose(office.admin, Proposal(payee, QUARTER, amount, "goodwill", "For the fair."))


def due(office: Office) -> dict[str, Money]:
    return {each.statement.payee_name: each.due for each in statements.statements(office.admin, QUARTER)}


def test_a_line_counts_once_another_person_has_approved_it(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    before = due(office)["Rino Rep"]
    line = propose(office, office.staff.rep.person_id)
    assert due(office)["Rino Rep"] == before
    adjustments.decide(office.finance, line, approved=True)
    assert due(office)["Rino Rep"] == before + BONUS


def test_a_line_takes_an_approval_back(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    periods.approve(office.finance, QUARTER)
    line = propose(office, office.staff.rep.person_id)

    pay = periods.period(office.admin, QUARTER).pay
    assert (pay.state, pay.approver_id) == (PeriodState.CALCULATED, None)
    with pytest.raises(Conflict, match=r"adjustments_wait"):
        periods.approve(office.finance, QUARTER)
    adjustments.decide(office.controller, line, approved=False)
    periods.approve(office.finance, QUARTER)


def test_who_is_in_no_plan_gets_a_statement_for_the_line(office: Office) -> None:
    trainer = office.staff.trainer
    first = runs.calculate_period(office.admin, QUARTER)
    line = propose(office, trainer.person_id)
    adjustments.decide(office.finance, line, approved=True)
    with pytest.raises(Conflict, match=r"adjustments_need_run"):
        periods.approve(office.finance, QUARTER)

    second = runs.calculate_period(office.admin, QUARTER)
    assert (second.is_new, second.payees, second.total) == (True, first.payees + 1, first.total)
    assert due(office)[trainer.name] == BONUS
    assert not runs.calculate_period(office.admin, QUARTER).is_new
    periods.approve(office.finance, QUARTER)
    periods.finalise(office.controller, QUARTER)
    (own,) = statements.statements(trainer, own=True)
    assert own.due == BONUS


def test_figures_that_nobody_looked_at_are_not_approved(office: Office) -> None:
    looked_at = runs.calculate_period(office.admin, QUARTER).run_id
    own = (Owner(office.staff.rep.person_id),)
    crm.load(office.admin, CrmBatch(deals=(deal("D9", owners=own, amount=Money.of("100")),)), "test")
    newer = runs.calculate_period(office.admin, QUARTER).run_id

    with pytest.raises(Conflict, match=r"run_replaced"):
        periods.approve(office.finance, QUARTER, seen=looked_at)
    periods.approve(office.finance, QUARTER, seen=newer)
    with pytest.raises(Conflict, match=r"run_replaced"):
        periods.finalise(office.controller, QUARTER, seen=looked_at)
    periods.finalise(office.controller, QUARTER, seen=newer)


def test_nobody_is_given_a_line_by_themselves(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    with pytest.raises(Conflict, match=r"needs_another_person"):
        propose(office, office.admin.person_id)
    line = propose(office, office.finance.person_id)
    with pytest.raises(Conflict, match=r"needs_another_person"):
        adjustments.decide(office.finance, line, approved=True)
