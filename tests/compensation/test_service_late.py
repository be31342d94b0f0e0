"""A final period never changes: what becomes known later is paid in an open one, once and to the cent."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from spm_app import migrations
from spm_app.compensation.service import adjustments, late, periods, runs, statements
from spm_app.compensation.service.adjustments import LATE, Proposal
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Owner
from spm_app.crm.domain.records import CrmBatch
from spm_app.infra.db import engine, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed
from spm_app.kernel.money import Money
from tests.compensation.office import QUARTER, Office
from tests.crm.builders import deal

BEFORE = "2026-Q3"


@pytest.fixture
def closed(office: Office) -> Office:
    """The quarter before is final; afterwards one of its deals turns up, another is worth less than was thought."""
    own = (Owner(office.staff.rep.person_id),)
    _sell(office, own, "A1", "1000")
    runs.calculate_period(office.admin, BEFORE)
    periods.approve(office.finance, BEFORE)
    periods.finalise(office.controller, BEFORE)
    _sell(office, own, "A1", "900")
    _sell(office, own, "A2", "400")
    runs.calculate_period(office.admin, QUARTER)
    return office


def _sell(office: Office, owners: tuple[Owner, ...], name: str, amount: str) -> None:
    sold = deal(name, owners=owners, amount=Money.of(amount), opened_on=date(2026, 7, 1), close_on=date(2026, 8, 3))
    crm.load(office.admin, CrmBatch(deals=(sold,)), "test")


def _paid(office: Office) -> dict[str, Money]:
    found: dict[str, Money] = {}
    for head in statements.statements(office.admin):
        name = head.statement.payee_name
        found[name] = found.get(name, Money.of("0")) + head.due
    return found


def test_the_closed_period_and_its_late_lines_are_what_a_fresh_run_would_give(closed: Office) -> None:
    at_close = {each.statement.payee_id: each.due for each in statements.statements(closed.admin, BEFORE)}
    found = late.differences(closed.admin, BEFORE)
    assert {each.payee_id for each in found} == {closed.staff.rep.person_id, closed.staff.manager.person_id}

    before = _paid(closed)
    assert late.propose(closed.admin, BEFORE, QUARTER) == len(found) == 2
    for line in periods.period(closed.finance, QUARTER).adjustments:
        assert (line.reason, line.remark, line.late_of) == (LATE, BEFORE, BEFORE)
        adjustments.decide(closed.finance, line.id, approved=True)

    assert {each.statement.payee_id: each.due for each in statements.statements(closed.admin, BEFORE)} == at_close
    fresh = runs.earned_today(closed.admin, BEFORE)
    after = _paid(closed)
    for actor in (closed.staff.rep, closed.staff.manager):
        assert after[actor.name] - before[actor.name] == fresh[actor.person_id] - at_close[actor.person_id]


def test_the_same_change_is_proposed_once_and_again_only_when_refused(closed: Office) -> None:
    late.propose(closed.admin, BEFORE, QUARTER)
    assert late.differences(closed.admin, BEFORE) == ()
    assert late.propose(closed.admin, BEFORE, QUARTER) == 0
    line = periods.period(closed.finance, QUARTER).adjustments[0]
    adjustments.decide(closed.finance, line.id, approved=False)
    assert [each.payee_id for each in late.differences(closed.admin, BEFORE)] == [line.payee_id]


def test_late_changes_belong_to_final_periods_and_to_open_ones_they_go(closed: Office) -> None:
    with pytest.raises(Conflict, match=r"period_not_final"):
        late.differences(closed.admin, QUARTER)
    with pytest.raises(Conflict, match=r"period_final"):
        late.propose(closed.admin, BEFORE, BEFORE)
    with pytest.raises(NotAllowed):
        runs.earned_today(closed.finance, BEFORE)
    with pytest.raises(NotAllowed):
        late.propose(closed.finance, BEFORE, QUARTER)
    with pytest.raises(InvalidInput):
        adjustments.propose(closed.admin, Proposal(closed.staff.rep.person_id, QUARTER, Money.of("1"), LATE, "by hand"))


def test_what_a_person_says_of_a_line_is_not_its_origin(closed: Office) -> None:
    rep, found = closed.staff.rep.person_id, late.differences(closed.admin, BEFORE)
    adjustments.propose(closed.admin, Proposal(rep, QUARTER, Money.of("1"), "correction", BEFORE))
    assert late.differences(closed.admin, BEFORE) == found


def test_lines_of_an_older_shape_get_their_origin_even_where_all_is_final(closed: Office) -> None:
    """The guard of final periods lets the migration through, and nobody afterwards."""
    late.propose(closed.admin, BEFORE, QUARTER)
    for line in periods.period(closed.finance, QUARTER).adjustments:
        adjustments.decide(closed.finance, line.id, approved=True)
    periods.approve(closed.finance, QUARTER)
    periods.finalise(closed.controller, QUARTER)

    migrations.downgrade(engine(), "0008")
    migrations.upgrade(engine())
    assert late.differences(closed.admin, BEFORE) == ()
    assert {each.late_of for each in periods.period(closed.finance, QUARTER).adjustments} == {BEFORE}
    with pytest.raises(DBAPIError, match="finalised"), unit_of_work() as work:
        work.session.execute(text("UPDATE adjustment SET late_of = NULL"))
