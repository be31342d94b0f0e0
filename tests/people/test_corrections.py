"""Putting right what was entered wrongly: at the service, and in the dialogs of a person's page."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import PersonId, TeamId, TitleId
from spm_app.kernel.period import Period
from spm_app.kernel.rights import Actor
from spm_app.people import service as people
from spm_app.people.domain import Person, Seat, SeatChange
from spm_app.people.state.corrections import CorrectionsState
from spm_app.people.state.person import PersonState
from tests.people.builders import START, House
from tests.training.screen import Screen

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)
DAY = timedelta(days=1)


def seats_of(person_id: PersonId) -> list[Seat]:
    with reading() as work:
        return list(people.seats(work, Period(date.min, date.max), [person_id]))


def known(person_id: PersonId) -> Person:
    with reading() as work:
        return people.person(work, person_id)


def promoted(house: House) -> PersonId:
    """The rep becomes senior under the boss in June."""
    change = SeatChange(house.senior, house.sales, house.boss.person_id, JUNE)
    people.move(house.office, house.rep.person_id, change)
    return house.rep.person_id


def said(person_id: PersonId) -> list[tuple[str, str, PersonId | None, date, date | None]]:
    return [(each.title_code, each.team_code, each.manager_id, each.start, each.end) for each in seats_of(person_id)]


# ---------------------------------------------------------------- data


def test_a_wrong_hire_date_takes_the_first_seat_along(house: House) -> None:
    rep = house.rep.person_id
    for day in (START + 40 * DAY, START - 40 * DAY):
        people.change_person(house.office, replace(known(rep), hired_on=day))
        assert known(rep).hired_on == day
        assert [(each.start, each.manager_id) for each in seats_of(rep)] == [(day, house.lead.person_id)]


def test_a_hire_date_does_not_pass_a_change(house: House) -> None:
    rep = promoted(house)
    with pytest.raises(Conflict, match="change_before_hire"):
        people.change_person(house.office, replace(known(rep), hired_on=JUNE + DAY))
    assert known(rep).hired_on == START
    assert len(seats_of(rep)) == 2


def test_nobody_is_hired_after_leaving(house: House) -> None:
    people.leave(house.office, house.rep.person_id, JUNE)
    with pytest.raises(InvalidInput, match="left_before_hired"):
        people.change_person(house.office, replace(known(house.rep.person_id), hired_on=SEPTEMBER))


def test_corrected_data_are_kept_tidy_and_belong_to_one_person(house: House) -> None:
    rep = house.rep.person_id
    people.change_person(house.office, replace(known(rep), name="  Remo   Reppi ", email="RR@x.example "))
    assert (known(rep).name, known(rep).email) == ("Remo Reppi", "rr@x.example")
    with pytest.raises(InvalidInput):
        people.change_person(house.office, replace(known(house.lead.person_id), email="rr@x.example"))


# ---------------------------------------------------------------- past


def test_a_past_stretch_is_put_right_on_its_own_days_only(house: House) -> None:
    rep = promoted(house)
    people.correct_seat(house.office, rep, SeatChange(house.title, house.sales, None, START))
    assert said(rep) == [
        ("REP", "SALES", None, START, JUNE),
        ("SENIOR", "SALES", house.boss.person_id, JUNE, None),
    ]
    with reading() as work:
        entry = audit.page(work, size=1)[0]
    assert entry.act == "person.seat_corrected"
    assert (entry.details["before"]["team_id"], entry.details["after"]["team_id"]) == (house.north, house.sales)


def test_the_same_title_keeps_its_position_and_another_gets_its_own(house: House) -> None:
    rep = promoted(house)
    old = seats_of(rep)[0].position_code
    people.correct_seat(house.office, rep, SeatChange(house.title, house.sales, house.lead.person_id, START, old))
    assert seats_of(rep)[0].position_code == old
    people.correct_seat(house.office, rep, SeatChange(house.senior, house.sales, house.lead.person_id, START))
    assert [each.title_code for each in seats_of(rep)] == ["SENIOR", "SENIOR"]


def test_a_correction_makes_no_circle_and_takes_no_chair(house: House) -> None:
    taken = seats_of(house.lead.person_id)[0].position_code
    with pytest.raises(Conflict, match="circle"):
        people.correct_seat(
            house.office, house.lead.person_id, SeatChange(house.senior, house.north, house.rep.person_id, START)
        )
    with pytest.raises(Conflict, match="position_taken"):
        people.correct_seat(
            house.office, house.rep.person_id, SeatChange(house.senior, house.north, None, START, taken)
        )
    assert said(house.rep.person_id) == [("REP", "NORTH", house.lead.person_id, START, None)]


def test_only_what_is_there_is_corrected(house: House) -> None:
    change = SeatChange(house.title, house.sales, None, START)
    with pytest.raises(NotFound):
        people.correct_seat(house.office, house.rep.person_id, replace(change, from_day=JUNE))
    with pytest.raises(NotFound):
        people.correct_seat(house.office, house.rep.person_id, replace(change, team_id=TeamId(999)))
    with pytest.raises(NotFound):
        people.correct_seat(house.office, house.rep.person_id, replace(change, title_id=TitleId(999)))


def test_a_change_that_is_taken_back_never_was(house: House) -> None:
    before = said(house.rep.person_id)
    rep = promoted(house)
    people.take_back_change(house.office, rep, JUNE)
    assert said(rep) == before
    with pytest.raises(Conflict, match="first_seat"):
        people.take_back_change(house.office, rep, START)
    with pytest.raises(NotFound):
        people.take_back_change(house.office, rep, JUNE)


def test_a_change_of_manager_alone_is_taken_back_too(house: House) -> None:
    rep, before = house.rep.person_id, said(house.rep.person_id)
    people.move(house.office, rep, SeatChange(house.title, house.north, house.boss.person_id, JUNE))
    people.take_back_change(house.office, rep, JUNE)
    assert said(rep) == before


def test_the_chair_that_somebody_else_took_meanwhile_is_not_taken_back(house: House) -> None:
    chair = seats_of(house.rep.person_id)[0].position_code
    rep = promoted(house)
    people.move(house.office, house.lead.person_id, SeatChange(house.title, house.north, None, SEPTEMBER, chair))
    with pytest.raises(Conflict, match="position_taken"):
        people.take_back_change(house.office, rep, JUNE)


def test_whoever_stays_after_all_sits_where_they_sat(house: House) -> None:
    rep, before = house.rep.person_id, said(house.rep.person_id)
    people.leave(house.office, rep, JUNE)
    people.take_back_leaving(house.office, rep)
    assert said(rep) == before
    assert known(rep).left_on is None
    with pytest.raises(Conflict, match="has_not_left"):
        people.take_back_leaving(house.office, rep)


# ---------------------------------------------------------------- names of titles and teams


def test_titles_and_teams_get_other_names_and_keep_their_codes(house: House) -> None:
    people.rename_title(house.office, house.title, " Account executive ")
    people.rename_team(house.office, house.north, "Far north")
    offered = people.choices(house.office)
    assert ("REP", "Account executive") in {(each.code, each.name) for each in offered.titles}
    assert ("NORTH", "Far north") in {(each.code, each.name) for each in offered.teams}
    for wrong in (
        lambda: people.rename_title(house.office, house.title, " "),
        lambda: people.rename_team(house.office, house.north, ""),
    ):
        with pytest.raises(InvalidInput):
            wrong()
    with pytest.raises(NotFound):
        people.rename_title(house.office, TitleId(999), "Nothing")
    with pytest.raises(NotFound):
        people.rename_team(house.office, TeamId(999), "Nothing")


def test_a_later_move_of_a_team_is_not_lost(house: House) -> None:
    people.move_team(house.office, house.north, None, SEPTEMBER)
    with pytest.raises(Conflict, match="later_change"):
        people.move_team(house.office, house.north, None, JUNE)
    people.move_team(house.office, house.north, house.sales, SEPTEMBER)
    with reading() as work:
        assert {each.parent_id for each in people.teams(work, SEPTEMBER) if each.code == "NORTH"} == {house.sales}


def test_who_may_not_write_people_corrects_nothing(house: House) -> None:
    rep = house.rep.person_id
    for act in (
        lambda: people.change_person(house.lead, known(rep)),
        lambda: people.correct_seat(house.lead, rep, SeatChange(house.title, house.sales, None, START)),
        lambda: people.take_back_change(house.lead, rep, START),
        lambda: people.take_back_leaving(house.lead, rep),
        lambda: people.rename_title(house.lead, house.title, "X"),
        lambda: people.rename_team(house.lead, house.north, "X"),
    ):
        with pytest.raises(NotAllowed):
            act()


# ---------------------------------------------------------------- dialogs


async def opened(actor: Actor, person_id: PersonId) -> tuple[Screen, Any]:
    screen = Screen(actor, f"/people/{person_id}")
    return screen, await screen.run(PersonState.load)


def test_the_data_dialog_begins_with_what_stands_there(house: House) -> None:
    async def story() -> None:
        screen, _ = await opened(house.office, house.rep.person_id)
        dialog = await screen.run(CorrectionsState.begin_data)
        assert dialog.open == "data"
        assert (dialog.now["name"], dialog.now["hired_on"]) == ("Remo Rep", "2025-01-01")
        await screen.run(CorrectionsState.save_data, {**dialog.now, "name": "", "hired_on": "soon"})
        assert set(dialog.problems) == {"name", "hired_on"}
        await screen.run(CorrectionsState.save_data, {**dialog.now, "name": "Remo Reppi", "language": "xx"})
        assert dialog.open == ""
        assert (known(house.rep.person_id).name, known(house.rep.person_id).language) == ("Remo Reppi", "en")

    asyncio.run(story())


def test_the_past_dialog_says_which_days_it_is_about(house: House) -> None:
    rep = promoted(house)

    async def story() -> None:
        screen, page = await opened(house.office, rep)
        assert [each["is_first"] for each in page.seats] == ["", "yes"]
        dialog = await screen.run(CorrectionsState.begin_seat, "2025-01-01")
        assert dialog.open == "seat"
        assert "1 Jan 2025 – 1 Jun 2026" in dialog.past
        assert dialog.now["manager"] == str(house.lead.person_id)
        await screen.run(CorrectionsState.save_seat, {**dialog.now, "team": ""})
        assert set(dialog.problems) == {"team"}
        await screen.run(CorrectionsState.save_seat, {**dialog.now, "manager": str(house.boss.person_id)})
        assert dialog.open == ""
        assert said(rep)[0][2] == house.boss.person_id
        await screen.run(CorrectionsState.begin_seat, "1999-01-01")
        assert dialog.open == ""
        await screen.run(CorrectionsState.begin_seat, "2026-06-01")
        assert "until now" in dialog.past
        await screen.run(CorrectionsState.close, False)
        assert dialog.open == ""

    asyncio.run(story())


def test_the_manager_of_those_days_can_be_chosen_even_when_gone(house: House) -> None:
    rep = promoted(house)
    people.leave(house.office, house.lead.person_id, date(2026, 11, 1))

    async def story() -> None:
        screen, _ = await opened(house.office, rep)
        dialog = await screen.run(CorrectionsState.begin_seat, "2025-01-01")
        assert {"value": str(house.lead.person_id), "label": "Lia Lead"} in dialog.persons

    asyncio.run(story())


def test_a_change_and_a_leaving_are_taken_back_on_the_page(house: House) -> None:
    rep = promoted(house)

    async def story() -> None:
        screen, page = await opened(house.office, rep)
        await screen.run(CorrectionsState.take_back, "2026-06-01")
        assert len(seats_of(rep)) == 1
        dialog = await screen.run(CorrectionsState.take_back, "2025-01-01")
        assert "no seat that could go on" in dialog.refused
        people.leave(house.office, rep, SEPTEMBER)
        await screen.run(PersonState.load)
        assert page.is_leaving
        await screen.run(CorrectionsState.stay)
        assert known(rep).left_on is None

    asyncio.run(story())
