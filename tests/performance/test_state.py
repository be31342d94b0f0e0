"""The home page of each role as a browser gets it: text, and nothing of another role's rooms."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
import reflex as rx

from spm_app.compensation.service import runs
from spm_app.infra import clock, db, jobs
from spm_app.kernel.ids import PersonId
from spm_app.kernel.rights import Actor, Role
from spm_app.performance.state.home import HomeState
from tests.compensation.office import QUARTER, Office, open_office
from tests.crm.builders import hire_staff
from tests.infra.test_audit import meddle
from tests.training.screen import Screen

SYSADMIN = Actor(PersonId(903), "Silvio System", frozenset({Role.SYSADMIN}))
EXEC = Actor(PersonId(904), "Elsa Exec", frozenset({Role.EXEC}))
ROOMS = ("plan", "costs", "team", "system")


@pytest.fixture
def office(database: str, fixed_clock: datetime, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Calculated once; the fixed clock goes with the context, which Reflex does not hand to its threads."""
    del database, fixed_clock
    monkeypatch.setattr(rx, "run_in_thread", asyncio.to_thread)
    opened = open_office()
    runs.calculate_period(opened.admin, QUARTER)
    return opened


def home(actor: Actor) -> Any:
    return asyncio.run(Screen(actor, "/").run(HomeState.load))


def rooms(state: Any) -> set[str]:
    return {name for name in ROOMS if getattr(state, name)}


def test_each_role_has_its_own_rooms_and_no_other(office: Office) -> None:
    assert rooms(home(office.staff.rep)) == set()
    assert rooms(home(office.staff.manager)) == {"team"}
    assert rooms(home(EXEC)) == rooms(home(office.finance)) == {"plan", "costs"}
    assert rooms(home(SYSADMIN)) == {"system"}
    assert rooms(home(office.staff.trainer)) == set()


def test_a_seller_reads_pay_quota_and_figures_as_text(office: Office) -> None:
    state = home(office.staff.rep)
    assert state.greeting == "Good day, Rino"
    assert state.pay["href"].startswith("/statements/")
    assert [each["title"] for each in state.cards] == ["Quota attainment", "Revenue won", "Win rate", "Pipeline"]
    assert state.cards[1]["value"] == "€1,300"
    assert state.bar["said"].endswith("%")


def test_a_manager_s_team_stands_in_a_table_and_as_a_sum(office: Office) -> None:
    state = home(office.staff.manager)
    (row,) = state.team
    assert (row["name"], row["won"], row["left"], row["before"]) == ("Rino Rep", "€1,300", "€0", "0%")
    assert row["href"] == f"/people/{office.staff.rep.person_id}"
    assert state.team_said == f"{row['attainment']} of the quotas of Q4 2026: €1,300 of {row['quota']}."


def test_who_steers_sees_the_year_against_its_goal_and_what_pay_costs(office: Office) -> None:
    state = home(EXEC)
    assert (state.plan["period"], state.plan["won"], state.plan["goal"]) == ("2026", "€1,600", "€4,000")
    assert state.plan["reached"] == "40%"
    assert "behind" in state.plan["due"]
    assert state.plan["tone"] == "warn"
    assert int(state.plan["mark"]) > int(state.plan["share"]) == 40
    (cost,) = state.costs
    assert (cost["period"], cost["revenue"]) == ("Q4 2026", "€1,600")
    assert cost["share"].endswith("%")
    assert state.pay == {}


def test_without_a_goal_there_is_no_plan_to_be_behind(database: str, monkeypatch: pytest.MonkeyPatch) -> None:

    del database
    monkeypatch.setattr(rx, "run_in_thread", asyncio.to_thread)
    hire_staff()
    assert rooms(home(EXEC)) == set()


def test_who_keeps_it_running_sees_jobs_imports_and_the_log(office: Office) -> None:
    work_, import_, log = home(SYSADMIN).system
    assert (work_["value"], work_["beside"], work_["tone"]) == (
        "0 waiting, 0 running",
        "None failed in the last seven days",
        "good",
    )
    assert import_["value"] == "Done"
    assert import_["beside"] == "16 Nov 2026, 10:00, Ada Admin; 0 rows refused"
    assert log["beside"].startswith("The number is right")
    del office


def test_a_job_that_nobody_takes_shows_and_so_does_one_that_failed(office: Office) -> None:
    with db.unit_of_work() as work:
        jobs.submit(work, office.admin, "nobody.knows")
    with clock.at(datetime(2026, 11, 16, 9, 6, tzinfo=UTC)):
        stuck = home(SYSADMIN).system[0]
    assert stuck["value"] == "1 waiting, 0 running"
    assert stuck["beside"] == "1 waits for more than five minutes: does a worker run?"
    assert stuck["tone"] == "bad"
    jobs.run_pending()
    assert home(SYSADMIN).system[0]["beside"] == "1 failed in the last seven days"


def test_a_log_whose_end_was_cut_off_shows(office: Office) -> None:
    meddle("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
    log = home(SYSADMIN).system[2]
    assert log["beside"].startswith("Entries are missing or added")
    assert log["tone"] == "bad"
    del office


def test_before_anything_is_imported_the_card_says_so(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    del database
    monkeypatch.setattr(rx, "run_in_thread", asyncio.to_thread)
    assert home(SYSADMIN).system[1]["beside"] == "Nothing was imported yet"
