"""Hiring, moving, leaving, pay, and what the screens read of it, on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import PersonId, TeamId, TitleId
from spm_app.kernel.money import Money
from spm_app.kernel.period import Period
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.people.domain import NewPerson, Pay, Seat, SeatChange
from spm_app.people.domain.directory import GONE, Wanted
from tests.people.builders import START, YEAR, House, eur

JUNE = date(2026, 6, 1)
PAY = Pay(eur("40000"), eur("20000"))


def seats_of(person_id: PersonId) -> list[Seat]:
    with reading() as work:
        return list(people.seats(work, Period(date.min, date.max), [person_id]))


def last_act() -> str:
    with reading() as work:
        return audit.page(work, size=1)[0].act


def test_whoever_is_hired_sits_from_that_day(house: House) -> None:
    (seat,) = seats_of(house.rep.person_id)
    assert (seat.start, seat.end, seat.manager_id, seat.team_code) == (START, None, house.lead.person_id, "NORTH")


def test_a_move_cuts_the_seat_and_keeps_the_past(house: House) -> None:
    change = SeatChange(house.senior, house.sales, house.boss.person_id, JUNE)
    people.move(house.office, house.rep.person_id, change)
    before, after = seats_of(house.rep.person_id)
    assert (before.end, before.title_code, before.team_code) == (JUNE, "REP", "NORTH")
    assert (after.start, after.title_code, after.manager_id) == (JUNE, "SENIOR", house.boss.person_id)
    assert last_act() == "person.moved"


def test_the_same_title_keeps_the_position(house: House) -> None:
    people.move(house.office, house.rep.person_id, SeatChange(house.title, house.sales, house.boss.person_id, JUNE))
    assert len({each.position_code for each in seats_of(house.rep.person_id)}) == 1


def test_a_later_change_is_not_lost(house: House) -> None:
    change = SeatChange(house.senior, house.sales, None, JUNE)
    people.move(house.office, house.rep.person_id, change)
    with pytest.raises(Conflict, match="later_change"):
        people.move(house.office, house.rep.person_id, replace(change, from_day=JUNE - timedelta(days=9)))
    assert len(seats_of(house.rep.person_id)) == 2


def test_a_circle_of_managers_is_refused(house: House) -> None:
    change = SeatChange(house.senior, house.sales, house.rep.person_id, JUNE)
    with pytest.raises(Conflict, match="circle"):
        people.move(house.office, house.boss.person_id, change)
    assert seats_of(house.boss.person_id)[0].end is None


def test_two_do_not_sit_in_one_position(house: House) -> None:
    taken = seats_of(house.lead.person_id)[0].position_code
    change = SeatChange(house.senior, house.north, None, JUNE, taken)
    with pytest.raises(Conflict, match="position_taken"):
        people.move(house.office, house.rep.person_id, change)
    with pytest.raises(Conflict, match="other_title"):
        people.move(house.office, house.rep.person_id, replace(change, title_id=house.title))


def test_nobody_moves_outside_their_employment_or_to_nowhere(house: House) -> None:
    change = SeatChange(house.title, house.north, None, START - timedelta(days=1))
    with pytest.raises(InvalidInput, match="not_employed"):
        people.move(house.office, house.rep.person_id, change)
    with pytest.raises(NotFound):
        people.move(house.office, house.rep.person_id, replace(change, from_day=JUNE, team_id=TeamId(999)))
    with pytest.raises(NotFound):
        people.move(house.office, house.rep.person_id, replace(change, from_day=JUNE, title_id=TitleId(999)))


def test_reports_of_a_leaver_go_to_the_leavers_manager(house: House) -> None:
    people.leave(house.office, house.lead.person_id, JUNE - timedelta(days=1))
    assert [(each.manager_id, each.start) for each in seats_of(house.rep.person_id)] == [
        (house.lead.person_id, START),
        (house.boss.person_id, JUNE),
    ]
    assert seats_of(house.lead.person_id)[0].end == JUNE


def test_or_to_the_successor(house: House) -> None:
    people.leave(house.office, house.lead.person_id, JUNE, house.office.person_id)
    assert seats_of(house.rep.person_id)[-1].manager_id == house.office.person_id


def test_whoever_is_going_to_leave_and_moves_before_that_sits_until_then(house: House) -> None:
    rep, september = house.rep.person_id, date(2026, 9, 1)
    people.leave(house.office, rep, september - timedelta(days=1))
    people.move(house.office, rep, SeatChange(house.title, house.sales, house.boss.person_id, JUNE))
    assert [(each.team_code, each.manager_id, each.end) for each in seats_of(rep)] == [
        ("NORTH", house.lead.person_id, JUNE),
        ("SALES", house.boss.person_id, september),
    ]


def test_nobody_leaves_before_they_came(house: House) -> None:
    with pytest.raises(InvalidInput):
        people.leave(house.office, house.rep.person_id, START - timedelta(days=2))


def test_a_person_is_corrected_without_touching_the_leaving(house: House) -> None:
    with reading() as work:
        before = people.person(work, house.rep.person_id)
    people.change_person(house.office, replace(before, name="Remo Reppi", left_on=JUNE))
    with reading() as work:
        after = people.person(work, house.rep.person_id)
    assert (after.name, after.left_on) == ("Remo Reppi", None)


def test_e_mail_and_number_belong_to_one_person(house: House) -> None:
    with pytest.raises(InvalidInput) as refused:
        people.hire(house.office, NewPerson(" ", START, "REMO@x.example", "E-9"))
    assert {each.at for each in refused.value.problems} == {"name", "email", "external_id"}


def test_codes_are_taken_once(house: House) -> None:
    with pytest.raises(InvalidInput):
        people.add_title(house.office, "REP", "Again")
    with pytest.raises(InvalidInput):
        people.add_team(house.office, "", "", from_day=START)


def test_a_team_never_hangs_under_itself(house: House) -> None:
    with pytest.raises(Conflict):
        people.move_team(house.office, house.sales, house.north, JUNE)
    people.move_team(house.office, house.north, None, JUNE)
    with reading() as work:
        parents = {each.code: each.parent_id for each in people.teams(work, JUNE)}
        earlier = {each.code: each.parent_id for each in people.teams(work, START)}
    assert (parents["NORTH"], earlier["NORTH"]) == (None, house.sales)


def test_pay_holds_until_the_next_and_is_never_edited(house: House) -> None:
    raised = Pay(eur("44000"), eur("22000"))
    people.set_pay(house.office, house.rep.person_id, PAY, START)
    people.set_pay(house.office, house.rep.person_id, raised, JUNE)
    people.set_pay(house.office, house.rep.person_id, PAY, JUNE)
    with reading() as work:
        steps = people.pay_of(work, YEAR)[house.rep.person_id].steps
    assert [(each.value, each.start, each.end) for each in steps] == [(PAY, START, JUNE), (PAY, JUNE, None)]


def test_pay_is_refused_where_it_makes_no_sense(house: House) -> None:
    with pytest.raises(Conflict, match="own_pay"):
        people.set_pay(house.office, house.office.person_id, PAY, START)
    with pytest.raises(InvalidInput):
        people.set_pay(house.office, house.rep.person_id, Pay(eur("-1"), eur("0")), START)
    two = Pay(eur("1"), Money.of("1", "USD"))
    with pytest.raises(InvalidInput):
        people.set_pay(house.office, house.rep.person_id, two, START)


def test_the_log_of_pay_holds_no_amount(house: House) -> None:
    people.set_pay(house.office, house.rep.person_id, PAY, START)
    with reading() as work:
        entry = audit.page(work, size=1)[0]
    assert entry.act == "person.pay_set"
    assert "40000" not in str(entry)


def test_pay_ends_when_the_person_leaves(house: House) -> None:
    people.set_pay(house.office, house.rep.person_id, PAY, START)
    people.leave(house.office, house.rep.person_id, JUNE - timedelta(days=1))
    with reading() as work:
        assert people.pay_of(work, YEAR)[house.rep.person_id].steps[-1].end == JUNE
        assert people.pay_of(work, Period(JUNE, date(2027, 1, 1))) == {}


def test_looking_at_anothers_pay_is_recorded_and_at_ones_own_is_not(house: House) -> None:
    people.set_pay(house.office, house.rep.person_id, PAY, START)
    assert [each.value for each in people.pay_history(house.rep, house.rep.person_id)] == [PAY]
    assert last_act() == "person.pay_set"
    assert [each.value for each in people.pay_history(house.office, house.rep.person_id)] == [PAY]
    assert last_act() == "person.pay_read"
    for stranger in (house.lead, house.root):
        with pytest.raises(NotAllowed):
            people.pay_history(stranger, house.rep.person_id)


def test_only_who_writes_people_writes_people(house: House) -> None:
    who, of = house.lead, house.rep.person_id
    refused = (
        lambda: people.hire(who, NewPerson("X", START)),
        lambda: people.move(who, of, SeatChange(house.title, house.north, None, JUNE)),
        lambda: people.leave(who, of, JUNE),
        lambda: people.set_pay(house.root, of, PAY, START),
        lambda: people.add_title(who, "A", "A"),
        lambda: people.add_team(who, "A", "A", from_day=START),
        lambda: people.move_team(who, house.north, None, JUNE),
        lambda: people.choices(who),
    )
    before = last_act()
    for act in refused:
        with pytest.raises(NotAllowed):
            act()
    assert last_act() == before


def test_who_is_visible_follows_role_and_tree(house: House) -> None:
    with reading() as work:

        def seen(who: Actor) -> frozenset[PersonId] | None:
            everyone, team = Permission.READ_ALL_STATEMENTS, Permission.READ_TEAM_STATEMENTS
            return people.visible_people(work, who, YEAR, everyone, team)

        assert seen(house.office) is None
        assert seen(house.boss) == {house.boss.person_id, house.lead.person_id, house.rep.person_id}
        assert seen(house.lead) == {house.lead.person_id, house.rep.person_id}
        assert seen(house.rep) == {house.rep.person_id}


def test_a_name_that_two_share_leads_to_nobody(house: House) -> None:
    people.hire(house.office, NewPerson("Remo Rep", START, external_id="E-10"))
    with reading() as work:
        ids = people.person_ids_by_name(work)
    assert "remo rep" not in ids
    assert ids["e-9"] == ids["remo@x.example"] == house.rep.person_id


def test_the_directory_and_the_chart_say_who_is_where(house: House) -> None:
    page = people.people_page(house.rep, Wanted(words="seller", size=2))
    assert (page.total, len(page.lines)) == (3, 2)
    _, tops = people.org_chart(house.rep)
    (sales,) = tops
    assert [each.person.name for each in sales.members] == ["Bruno Boss"]
    assert [each.person.name for each in sales.below[0].members] == ["Lia Lead", "Remo Rep"]
    assert people.org_chart(house.rep, START - timedelta(days=1))[1] == ()
    assert people.team_names(house.rep) == ("North", "Sales")


def test_the_card_shows_each_viewer_what_is_theirs(house: House) -> None:
    of = house.rep.person_id
    own, lead, root, office = (people.card(who, of) for who in (house.rep, house.lead, house.root, house.office))
    assert [each.account is not None for each in (own, lead, root, office)] == [True, False, True, False]
    assert [each.may_see_pay for each in (own, lead, root, office)] == [True, False, False, True]
    assert [each.may_change for each in (own, lead, root, office)] == [False, False, True, True]
    assert not people.card(house.office, house.office.person_id).may_set_pay
    with pytest.raises(NotFound):
        people.card(house.rep, PersonId(999))


def test_whoever_left_is_found_among_the_gone(house: House, fixed_clock: datetime) -> None:
    people.leave(house.office, house.rep.person_id, fixed_clock.date() - timedelta(days=3))
    gone = people.people_page(house.rep, Wanted(status=GONE))
    assert [each.person.name for each in gone.lines] == ["Remo Rep"]
    assert "Remo Rep" not in [each.name for each in people.choices(house.office).persons]


def test_before_the_company_is_set_up_things_still_work(database: str, fixed_clock: datetime) -> None:
    root_id = people.create_administrator("Rita Root", "root", "correct horse battery")
    root = Actor(root_id, "Rita Root", frozenset({Role.SYSADMIN}))
    assert people.zone() == "UTC"
    assert people.people_page(root, Wanted()).total == 1
    with pytest.raises(NotFound):
        people.currency()
