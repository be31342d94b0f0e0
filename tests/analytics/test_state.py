"""Dashboard and leaderboard as a browser gets them: text, choices in the address, no colleague's quota."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
import reflex as rx

from spm_app.analytics.state.board import BoardState
from spm_app.analytics.state.dashboard import DashboardState
from spm_app.crm import service as crm
from spm_app.crm.domain.records import CrmBatch
from spm_app.kernel.errors import NotAllowed
from tests.analytics.crowd import WON, Crowd, hire_crowd
from tests.compensation.office import Office, open_office
from tests.crm.builders import account, open_deal, product
from tests.training.screen import Screen

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.kernel.rights import Actor


@pytest.fixture
def office(database: str, fixed_clock: datetime) -> Office:
    del database, fixed_clock
    return open_office()


@pytest.fixture(autouse=True)
def time_stands_still_in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fixed clock goes with the context, which Reflex does not hand to its threads."""
    monkeypatch.setattr(rx, "run_in_thread", asyncio.to_thread)


@pytest.fixture
def crowd(office: Office) -> Crowd:
    return hire_crowd(office)


def seen(actor: Actor, address: str, *acts: tuple[Any, str]) -> Any:
    """The state after opening the address and these acts."""

    async def tell() -> Any:
        screen = Screen(actor, address)
        handler = DashboardState.load if address.startswith("/dashboard") else BoardState.load
        state = await screen.run(handler)
        for act, value in acts:
            state = await screen.run(act, value)
        json.dumps(await screen.sent(), default=str)
        return state

    return asyncio.run(tell())


def card(state: Any, title: str) -> dict[str, str]:
    (found,) = [each for each in state.cards if each["title"] == title]
    return found


def test_a_running_quarter_says_up_to_when_both_are(office: Office) -> None:
    state = seen(office.staff.manager, "/dashboard")
    assert state.note == (
        "Q4 2026 is running: figures up to 16 Nov 2026, beside Q3 2026 up to the same day, 16 Aug 2026."
    )
    won = card(state, "Revenue won")
    assert (won["value"], won["change"], won["tone"]) == ("€1,300", "▲ was €0 by the same day", "good")
    assert won["href"] == "/deals?outcome=won&period=2026-Q4"
    assert state.months_said == "€1,300 won, against €0 by the same day, 16 Aug 2026."
    assert [each["now_text"] for each in state.months] == ["€0.00", "€1,300.00", "€0.00"]
    assert [each["label"].endswith(" so far") for each in state.months] == [False, True, False]
    assert state.address == "period=2026-Q4"


def test_a_past_quarter_is_as_it_stood(office: Office) -> None:
    crm.load(office.admin, CrmBatch((product(),), (account(),), (open_deal(),)), "more")
    state = seen(office.admin, "/dashboard?period=2026-Q3")
    assert state.note == "Figures as they stood at the end of 30 Sept 2026, open deals included."
    pipeline = card(state, "Pipeline")
    assert pipeline["change"].endswith("2 deals without an amount left out")
    assert pipeline["href"] == ""  # the list of deals knows the open ones of today
    assert [(each["label"], each["count"]) for each in state.stages] == [("stage not recorded", 4)]
    assert state.stages_said == "4 deals were open at the end of 30 Sept 2026."


def test_what_cannot_be_had_says_why_in_the_reader_s_language(office: Office) -> None:
    admin = type(office.admin)(office.admin.person_id, "Ada", office.admin.roles, "it")
    state = seen(admin, "/dashboard?period=2026-11")
    found = card(state, "Quota raggiunta")
    assert (found["value"], found["change"], found["tone"]) == (
        "n/d",
        "le quote sono trimestrali, non mensili",
        "neutral",
    )


def test_choices_stay_in_the_address_and_nonsense_is_the_running_quarter(office: Office) -> None:
    south = str(office.staff.south)
    state = seen(office.admin, "/dashboard", (DashboardState.pick_period, "2026"), (DashboardState.pick_team, south))
    assert state.address == f"period=2026&team={south}"
    assert card(state, "Revenue won")["value"] == "€300"
    assert seen(office.admin, "/dashboard?period=soon&team=9x").address == "period=2026-Q4&team=9x"
    assert {each["label"] for each in state.periods} >= {"Q4 2026", "H2 2026", "2026", "November 2026"}


def test_who_has_no_part_in_sales_gets_nothing(office: Office) -> None:
    for address in ("/dashboard", "/leaderboard"):
        with pytest.raises(NotAllowed):
            seen(office.staff.trainer, address)


def test_the_upper_half_is_named_and_nobody_s_quota_is_told(crowd: Crowd) -> None:
    state = seen(crowd.sellers[-1], "/leaderboard")
    assert [each["name"] for each in state.rows] == ["Seller 0", "Seller 1", "Seller 2", "Rino Rep"]
    assert state.of == len(WON) + 2
    assert not any({"next", "left", "won", "quota"} & set(each) for each in state.rows)


def test_the_lower_half_sees_what_comes_next_and_no_rank(crowd: Crowd) -> None:
    state = seen(crowd.sellers[-1], "/leaderboard")
    assert "of 8" not in state.own["place"]
    assert state.own["place"].startswith("the upper half begins at ")
    assert " to " in state.own["next"]
    assert "Q3 2026 0%" in state.own["trend"]
    assert state.own["points"]
    best = seen(crowd.sellers[0], "/leaderboard")
    assert best.own["place"] == "place 1 of 8"
    assert best.own["next"] == "More than twice the quota."


def test_a_team_s_board_is_kept_in_the_address(crowd: Crowd) -> None:
    north = str(crowd.north)
    state = seen(crowd.sellers[0], "/leaderboard", (BoardState.pick_team, north), (BoardState.pick_period, "2026-Q3"))
    assert state.address == f"period=2026-Q3&team={north}"
    again = seen(crowd.sellers[0], "/leaderboard?period=2026-Q9&team=999")
    assert again.address == "period=2026-Q4"
    assert [each["label"] for each in again.teams] == ["All teams", "North"]


def test_a_small_team_is_not_ranked_and_its_member_sees_themselves(office: Office) -> None:
    state = seen(office.staff.rep, "/leaderboard")
    assert state.is_too_small
    assert state.rows == []
    assert state.own["place"] == ""
    assert state.own["attainment"]


def test_a_manager_sees_of_the_lower_half_whom_they_lead(crowd: Crowd) -> None:
    names = [each["name"] for each in seen(crowd.manager, "/leaderboard").rows]
    assert names[:3] == ["Seller 0", "Seller 1", "Seller 2"]
    assert "Seller 5" in names
    assert "Olga Other" not in names


def test_who_leaves_the_list_is_gone_for_colleagues_and_comes_back(crowd: Crowd) -> None:
    best = crowd.sellers[0]
    left = seen(best, "/leaderboard", (BoardState.set_listed, False))
    assert not left.is_listed
    assert left.own["place"] == "not on your colleagues' list"
    assert "Seller 0" not in [each["name"] for each in left.rows]
    peer = seen(crowd.sellers[1], "/leaderboard")
    assert peer.own["place"] == "place 1 of 7"
    assert "Seller 0" not in [each["name"] for each in peer.rows]
    assert seen(crowd.manager, "/leaderboard").rows[0]["name"] == "Seller 0"
    back = seen(best, "/leaderboard", (BoardState.set_listed, True), (BoardState.set_listed, True))
    assert back.own["place"] == "place 1 of 8"
