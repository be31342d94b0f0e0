"""Questions on pay: whose manager sees them, once the tree has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from spm_app.compensation.service import disputes, runs, statements
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import NewPerson, SeatChange
from tests.compensation.office import QUARTER, Office


def test_a_question_is_for_the_manager_of_its_period(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    rep, old = office.staff.rep, office.staff.manager
    (mine,) = statements.statements(rep, own=True)
    asked = disputes.raise_dispute(rep, mine.statement.id, "rate", "Why?")
    new = Actor(
        people.hire(office.admin, NewPerson("Nino New", date(2026, 1, 1))), "Nino New", frozenset({Role.MANAGER})
    )
    with reading() as work:
        (title,) = people.titles(work)
    people.move(office.admin, rep.person_id, SeatChange(title.id, office.staff.south, new.person_id, date(2027, 1, 1)))

    with clock.at(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        assert [each.dispute.id for each in disputes.disputes(old)] == [asked]
        assert disputes.disputes(new) == ()
        with pytest.raises(NotFound):
            disputes.dispute(new, asked)
        with pytest.raises(NotFound):
            disputes.forward(new, asked, "Mine now")
        disputes.forward(old, asked, "Look at it")
