"""Titles and teams looked after: the lists, what may be taken away, and the dialogs on the page of the organisation."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.kernel.effective import Dated
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import TeamId, TitleId
from spm_app.people import service as people
from spm_app.people.domain import SeatChange, Team, Title
from spm_app.people.domain.structure import hangs_under_itself, team_lines, title_lines
from spm_app.people.state.structure import StructureState
from spm_app.ui.catalogue import say
from tests.people.builders import START, House, seat
from tests.training.screen import Screen

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)
A, B, C = TeamId(1), TeamId(2), TeamId(3)

# ---------------------------------------------------------------- domain


def test_a_title_counts_who_holds_it_and_everybody_who_ever_did() -> None:
    rep, boss = Title(TitleId(1), "REP", "Seller"), Title(TitleId(2), "BOSS", "Boss")
    seats = [seat(1, START, JUNE), seat(1, SEPTEMBER), seat(2), seat(3, SEPTEMBER)]
    lines = title_lines([rep, boss], seats, JUNE)
    assert [(each.title, each.now, each.ever) for each in lines] == [(rep, 1, 3), (boss, 0, 0)]


def test_a_team_counts_who_sits_in_it_and_the_teams_that_ever_hung_under_it() -> None:
    teams = [Team(A, "A", "Alpha"), Team(B, "B", "Beta", A), Team(C, "C", "Gamma")]
    places = {A: [Dated(None, START)], B: [Dated(C, START, JUNE), Dated(A, JUNE)], C: [Dated(None, START)]}
    lines = team_lines(teams, [seat(1, team=2), seat(2, START, JUNE, team=2)], places, SEPTEMBER)
    assert [(each.above, each.now, each.ever, each.below) for each in lines] == [
        ("", 0, 0, 1),
        ("Alpha", 1, 2, 0),
        ("", 0, 0, 1),
    ]


def test_a_team_is_not_its_own_grandparent() -> None:
    parents = {A: None, B: A, C: B}
    assert hangs_under_itself(parents, A, C)
    assert hangs_under_itself(parents, A, A)
    assert not hangs_under_itself(parents, C, A)
    assert not hangs_under_itself(parents, C, None)


# ---------------------------------------------------------------- service


def last_act() -> str:
    with reading() as work:
        return audit.page(work, size=1)[0].act


def test_the_lists_say_what_hangs_on_each(house: House) -> None:
    found = people.structure(house.office)
    assert {each.title.code: (each.now, each.ever) for each in found.titles} == {"REP": (1, 1), "SENIOR": (2, 2)}
    assert {each.team.code: (each.above, each.now, each.below) for each in found.teams} == {
        "NORTH": ("Sales", 2, 0),
        "SALES": ("", 1, 1),
    }


def test_what_is_in_use_or_was_stays(house: House) -> None:
    change = SeatChange(house.senior, house.sales, house.boss.person_id, JUNE)
    people.move(house.office, house.rep.person_id, change)
    with pytest.raises(Conflict, match="title_in_use"):
        people.remove_title(house.office, house.title)
    with pytest.raises(Conflict, match="team_in_use"):
        people.remove_team(house.office, house.north)
    above = people.add_team(house.root, "ABOVE", "Above", from_day=START)
    people.move_team(house.root, house.sales, above, SEPTEMBER)
    people.move_team(house.root, house.sales, None, SEPTEMBER)
    people.remove_team(house.root, above)
    with pytest.raises(NotFound):
        people.remove_team(house.root, above)


def test_a_team_that_others_hang_under_stays(house: House) -> None:
    above = people.add_team(house.root, "ABOVE", "Above", from_day=START)
    people.move_team(house.root, house.sales, above, SEPTEMBER)
    with pytest.raises(Conflict, match="team_above_others"):
        people.remove_team(house.root, above)


def test_what_was_never_used_goes_with_the_chairs_nobody_sat_in(house: House) -> None:
    title = people.add_title(house.root, "CLOWN", "Clown")
    people.move(house.office, house.rep.person_id, SeatChange(title, house.north, house.lead.person_id, JUNE))
    people.take_back_change(house.office, house.rep.person_id, JUNE)
    people.remove_title(house.root, title)
    assert last_act() == "title.removed"
    with pytest.raises(NotFound):
        people.remove_title(house.root, title)
    team = people.add_team(house.root, "RING", "Ring", from_day=START, parent_id=house.north)
    people.remove_team(house.root, team)
    assert last_act() == "team.removed"
    assert {each.team.code for each in people.structure(house.root).teams} == {"NORTH", "SALES"}


def test_a_team_hangs_under_itself_on_no_day_to_come(house: House) -> None:
    west = people.add_team(house.root, "WEST", "West", from_day=START)
    people.move_team(house.root, west, house.north, SEPTEMBER)
    with pytest.raises(Conflict, match="under_itself"):
        people.move_team(house.root, house.north, west, JUNE)
    with pytest.raises(Conflict, match="under_itself"):
        people.move_team(house.root, west, west, SEPTEMBER)


def test_only_teams_that_exist_are_hung(house: House) -> None:
    for act in (
        lambda: people.move_team(house.root, house.north, TeamId(999), JUNE),
        lambda: people.move_team(house.root, TeamId(999), None, JUNE),
        lambda: people.add_team(house.root, "X", "X", from_day=JUNE, parent_id=TeamId(999)),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_code_is_short_and_its_own(house: House) -> None:
    for code in ("REP", "", "X" * 65):
        with pytest.raises(InvalidInput) as refusal:
            people.add_title(house.root, code, "Any")
        assert [each.at for each in refusal.value.problems] == ["code"]


def test_who_may_not_write_people_looks_after_nothing(house: House) -> None:
    for act in (
        lambda: people.structure(house.lead),
        lambda: people.remove_title(house.lead, house.title),
        lambda: people.remove_team(house.lead, house.north),
    ):
        with pytest.raises(NotAllowed):
            act()


# ---------------------------------------------------------------- page


def row_of(rows: list[dict[str, str]], code: str) -> dict[str, str]:
    return next(each for each in rows if each["code"] == code)


def toast_of(screen: Screen) -> str:
    return str(screen.said[-1])


def test_titles_are_added_renamed_and_removed_on_the_page(house: House) -> None:
    async def story() -> None:
        screen = Screen(house.root, "/people/org")
        page = await screen.run(StructureState.load)
        assert (page.may_change, row_of(page.titles, "REP")["now"]) == (True, "1")

        await screen.run(StructureState.begin, "add_title", "")
        await screen.run(StructureState.save, {"code": "REP", "name": "Again"})
        assert (page.open, set(page.problems)) == ("add_title", {"code"})
        await screen.run(StructureState.save, {"code": "", "name": " "})
        assert set(page.problems) == {"code", "name"}
        await screen.run(StructureState.save, {"code": "SDR", "name": "Developer"})
        assert (page.open, "Developer can be given" in toast_of(screen)) == ("", True)

        new = row_of(page.titles, "SDR")
        await screen.run(StructureState.begin, "rename_title", new["id"])
        assert (page.about, page.now["name"]) == ("Developer", "Developer")
        await screen.run(StructureState.save, {"name": ""})
        assert set(page.problems) == {"name"}
        await screen.run(StructureState.save, {"name": "Sales developer"})
        assert row_of(page.titles, "SDR")["name"] == "Sales developer"
        await screen.run(StructureState.remove_title, int(new["id"]), "Sales developer")
        assert {each["code"] for each in page.titles} == {"REP", "SENIOR"}

    asyncio.run(story())


def test_teams_are_added_renamed_hung_elsewhere_and_removed_on_the_page(house: House) -> None:
    async def story() -> None:
        screen = Screen(house.office, "/people/org")
        page = await screen.run(StructureState.load)
        await screen.run(StructureState.begin, "add_team", "")
        assert set(page.now) == {"from_day"}
        await screen.run(StructureState.save, {"code": "WEST", "name": "West", "from_day": "soon"})
        assert set(page.problems) == {"from_day"}
        await screen.run(
            StructureState.save, {"code": "WEST", "name": "West", "from_day": "2025-01-01", "above": str(house.sales)}
        )
        west = row_of(page.teams, "WEST")
        assert (west["above"], west["why_not"]) == ("Sales", "")

        await screen.run(StructureState.begin, "rename_team", west["id"])
        await screen.run(StructureState.save, {"name": "Far west"})
        await screen.run(StructureState.begin, "move_team", west["id"])
        assert west["id"] not in [each["value"] for each in page.above]
        assert page.now["above_id"] == str(house.sales)
        await screen.run(StructureState.save, {"from_day": "2026-06-01", "above": str(house.north)})
        moved = row_of(page.teams, "WEST")
        assert (moved["name"], moved["above"]) == ("Far west", "North")

        await screen.run(StructureState.begin, "move_team", str(house.north))
        await screen.run(StructureState.save, {"from_day": "2026-06-01", "above": west["id"]})
        assert (page.open, page.refused) == ("move_team", say("en", "people.team_under_itself"))
        await screen.run(StructureState.close, False)
        await screen.run(StructureState.remove_team, int(west["id"]), "Far west")
        assert "Far west is removed" in toast_of(screen)

    asyncio.run(story())


def test_what_is_in_use_says_why_it_stays(house: House) -> None:
    above = people.add_team(house.root, "ABOVE", "Above", from_day=START)
    people.move_team(house.root, house.sales, above, SEPTEMBER)

    async def story() -> None:
        screen = Screen(house.root, "/people/org")
        page = await screen.run(StructureState.load)
        assert "1 person holds this title" in row_of(page.titles, "REP")["why_not"]
        assert "2 people sit in this team" in row_of(page.teams, "NORTH")["why_not"]
        assert "1 team is part of it" in row_of(page.teams, "ABOVE")["why_not"]
        await screen.run(StructureState.remove_title, int(house.title), "Seller")
        assert "Rename it instead" in toast_of(screen)

    asyncio.run(story())


def test_nobody_else_is_shown_the_lists_and_nothing_opens_out_of_nothing(house: House) -> None:
    async def story() -> None:
        seen: Any = await Screen(house.lead, "/people/org").run(StructureState.load)
        assert (seen.may_change, seen.titles, seen.teams) == (False, [], [])
        screen = Screen(house.root, "/people/org")
        page = await screen.run(StructureState.load)
        for dialog, row in (("sing", ""), ("rename_team", "999")):
            await screen.run(StructureState.begin, dialog, row)
            assert page.open == ""
        await screen.run(StructureState.save, {"name": "Nothing"})
        assert screen.said[-1] is None

    asyncio.run(story())
