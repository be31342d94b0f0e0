"""How far everybody is: one's own quarters, and the others' of this quarter for who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency, Money, total
from spm_app.kernel.rights import Actor, Role
from spm_app.planning import service as planning
from tests.compensation.office import Office, open_office

if TYPE_CHECKING:
    from datetime import datetime


EXEC = Actor(PersonId(902), "Elsa Exec", frozenset({Role.EXEC}))


@pytest.fixture
def office(database: str, fixed_clock: datetime) -> Office:
    """With a published goal for 2026, sold towards in its last quarter."""
    del database, fixed_clock
    return open_office()


def test_ones_own_quarters_stand_beside_what_was_won_in_them(office: Office) -> None:
    mine = planning.progress(office.staff.rep)
    assert [each.period.code for each in mine.own] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert (mine.own[0].won, mine.own[3].won) == (Money.of("0.00"), Money.of("1300.00"))
    assert mine.own[0].attainment == 0
    assert mine.others == ()


def test_managers_see_their_team_finance_everybody_and_others_nobody(office: Office) -> None:
    rep, other = office.staff.rep.person_id, office.staff.other.person_id
    assert [each.person_id for each in planning.progress(office.staff.manager).others] == [rep]
    assert {each.person_id for each in planning.progress(office.finance).others} == {rep, other}
    assert planning.progress(office.staff.trainer) == planning.Progress((), (), ())


def test_a_team_is_the_sum_of_those_who_may_be_seen(office: Office) -> None:
    seen = planning.progress(office.finance)
    assert [each.name for each in seen.teams] == ["North", "South"]
    assert total((each.quota for each in seen.teams), Currency("EUR")) == total(
        (each.quota for each in seen.others), Currency("EUR")
    )
    led = planning.progress(EXEC)
    assert ([each.name for each in led.teams], led.others) == (["North", "South"], ())
    assert [(each.name, each.won) for each in planning.progress(office.staff.manager).teams] == [
        ("North", Money.of("1300.00"))
    ]
