from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.effective import Dated, overlaps
from spm_app.kernel.errors import Conflict
from spm_app.kernel.ids import PersonId
from spm_app.kernel.period import Period
from spm_app.kernel.rights import INCOMPATIBLE, Role
from spm_app.people.domain import Pay, SignInSession, normal
from spm_app.people.domain.accounts import IDLE, is_live, password_problems, role_problems
from spm_app.people.domain.seating import changed_from, moved_start, replaced, taken_back, with_managers
from spm_app.people.domain.throttle import WINDOW, wait
from spm_app.people.domain.tree import below, closes_circle
from tests.people.builders import START, YEAR, eur, line, person, seat

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


# ---------------------------------------------------------------- persons


def test_a_person_works_from_the_hire_until_the_day_they_left() -> None:
    somebody = person(1, hired_on=MARCH, left_on=JUNE)
    assert [somebody.works_on(day) for day in (date(2026, 2, 28), MARCH, date(2026, 5, 31), JUNE)] == [
        False,
        True,
        True,
        False,
    ]
    assert person(1, hired_on=MARCH).works_on(date(2999, 1, 1))


def test_pay_on_target_is_base_and_incentive() -> None:
    assert Pay(eur("40000.00"), eur("20000.50")).on_target == eur("60000.50")


def test_names_are_compared_without_case_and_extra_spaces() -> None:
    assert normal("  Ada \t LOVELACE ") == normal("ada lovelace")


# ---------------------------------------------------------------- accounts


def session(created: timedelta, seen: timedelta, expires: timedelta) -> SignInSession:
    return SignInSession(1, NOW + created, NOW + seen, NOW + expires, "", "")


def test_a_session_lives_until_it_expires_or_rests_too_long() -> None:
    hour = timedelta(hours=1)
    assert is_live(session(-hour, -hour, hour), NOW)
    assert not is_live(session(-hour, -hour, timedelta(0)), NOW)
    assert not is_live(session(-IDLE, -IDLE, hour), NOW)


@pytest.mark.parametrize("pair", INCOMPATIBLE)
def test_two_roles_that_check_each_other_are_not_held_together(pair: tuple[Role, Role]) -> None:
    assert len(role_problems(pair)) == 1
    assert role_problems(pair[:1]) == ()


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("short", "people.problem.password_short"),
        ("x1y2z3" * 40, "people.problem.password_long"),
        ("ada.lovelace-1843", "people.problem.password_named"),
        ("aaaabbbbaaaabbbb", "people.problem.password_plain"),
    ],
)
def test_a_weak_password_is_named(password: str, key: str) -> None:
    assert [each.key for each in password_problems(password, "Ada Lovelace", "ada@x.example")] == [key]


def test_a_good_password_has_nothing_wrong() -> None:
    assert password_problems("correct horse battery", "Ada Lovelace") == ()


# ---------------------------------------------------------------- throttle


def test_nobody_waits_for_few_failures() -> None:
    assert wait([NOW] * 9, 10, NOW) == timedelta(0)


def test_the_wait_ends_when_enough_are_forgotten() -> None:
    failed = [NOW - timedelta(minutes=10), *[NOW] * 9]
    assert wait(failed, 10, NOW) == WINDOW - timedelta(minutes=10)
    assert wait(failed, 10, NOW + timedelta(minutes=5, seconds=1)) == timedelta(0)


# ---------------------------------------------------------------- seats


def test_a_change_ends_what_stood_and_replaces_what_starts_that_day() -> None:
    steps = changed_from([Dated("a", START), Dated("b", JUNE)], "c", JUNE)
    assert steps == (Dated("a", START, JUNE), Dated("c", JUNE))


def test_a_change_leaves_what_had_ended_before() -> None:
    assert changed_from([Dated("a", START, MARCH)], "b", JUNE) == (Dated("a", START, MARCH), Dated("b", JUNE))


def test_a_change_keeps_an_end_that_is_known() -> None:
    assert changed_from([Dated("a", START, SEPTEMBER)], "b", JUNE) == (
        Dated("a", START, JUNE),
        Dated("b", JUNE, SEPTEMBER),
    )


def test_nothing_holds_after_an_end() -> None:
    assert changed_from([Dated("a", START)], None, JUNE) == (Dated("a", START, JUNE),)


def test_a_later_change_is_never_lost() -> None:
    with pytest.raises(Conflict, match="later_change"):
        changed_from([Dated("a", START), Dated("b", SEPTEMBER)], "c", JUNE)


@given(st.lists(st.integers(0, 400), unique=True, max_size=8).map(sorted))
def test_changes_in_order_never_overlap(days: list[int]) -> None:
    steps: tuple[Dated[int], ...] = ()
    for value, offset in enumerate(days):
        steps = changed_from(steps, value, START + timedelta(days=offset))
    assert overlaps(steps) == ()
    assert len(steps) == len(days)


def test_a_stretch_is_replaced_on_its_own_days_only() -> None:
    steps = [Dated("a", START, MARCH), Dated("b", MARCH, SEPTEMBER), Dated("c", SEPTEMBER)]
    assert replaced(steps, "x", MARCH, JUNE) == (
        Dated("a", START, MARCH),
        Dated("x", MARCH, JUNE),
        Dated("b", JUNE, SEPTEMBER),
        Dated("c", SEPTEMBER),
    )
    assert replaced(steps, "x", SEPTEMBER, None)[-1] == Dated("x", SEPTEMBER)
    assert replaced(steps, None, MARCH, SEPTEMBER) == (steps[0], steps[2])


def test_neighbours_with_one_value_become_one() -> None:
    steps = [Dated("a", START, MARCH), Dated("b", MARCH, JUNE), Dated("a", JUNE)]
    assert replaced(steps, "a", MARCH, JUNE) == (Dated("a", START),)


def test_a_change_that_is_taken_back_never_was() -> None:
    steps = (Dated("a", START, MARCH), Dated("b", MARCH, JUNE), Dated("c", JUNE))
    assert taken_back(steps, MARCH) == (Dated("a", START, JUNE), Dated("c", JUNE))
    assert taken_back(steps, JUNE) == (Dated("a", START, MARCH), Dated("b", MARCH))
    assert taken_back(steps, START) == steps


def test_an_end_that_is_taken_back_goes_on_until_the_next_beginning() -> None:
    assert taken_back([Dated("a", START, MARCH)], MARCH) == (Dated("a", START),)
    gap = [Dated("a", START, MARCH), Dated("b", JUNE)]
    assert taken_back(gap, MARCH) == (Dated("a", START, JUNE), Dated("b", JUNE))


@given(st.lists(st.integers(0, 400), unique=True, min_size=2, max_size=8).map(sorted))
def test_changing_and_taking_back_changes_nothing(days: list[int]) -> None:
    steps: tuple[Dated[int], ...] = ()
    for value, offset in enumerate(days[:-1]):
        steps = changed_from(steps, value, START + timedelta(days=offset))
    last = START + timedelta(days=days[-1])
    assert taken_back(changed_from(steps, -1, last), last) == steps


def test_what_began_on_the_wrong_day_begins_on_the_right_one() -> None:
    steps = [Dated("a", START, JUNE), Dated("b", JUNE)]
    assert moved_start(steps, START, MARCH) == (Dated("a", MARCH, JUNE), Dated("b", JUNE))
    for day in (JUNE, SEPTEMBER):
        with pytest.raises(Conflict, match="change_before_hire"):
            moved_start(steps, START, day)
    with pytest.raises(Conflict, match="change_before_hire"):
        moved_start([Dated("a", MARCH)], START, JUNE)


def test_a_seat_is_cut_where_the_manager_changes() -> None:
    lines = [Dated(PersonId(7), START, MARCH), Dated(PersonId(8), JUNE)]
    cut = [(each.manager_id, each.start, each.end) for each in with_managers(seat(1, START, SEPTEMBER), lines)]
    assert cut == [(7, START, MARCH), (None, MARCH, JUNE), (8, JUNE, SEPTEMBER)]


def test_a_seat_without_an_end_stays_open() -> None:
    cut = list(with_managers(seat(1), [Dated(PersonId(7), START)]))
    assert [(each.manager_id, each.end) for each in cut] == [(7, None)]


# ---------------------------------------------------------------- tree


def test_everybody_under_a_manager_at_any_depth() -> None:
    assert below([line(2, 1), line(3, 2), line(4, 9)], PersonId(1), YEAR) == {2, 3}


def test_a_chain_counts_only_when_its_lines_share_a_day() -> None:
    moved = [line(2, 1, START, JUNE), line(2, 9, JUNE), line(3, 2, JUNE)]
    assert below(moved, PersonId(1), YEAR) == {2}


def test_only_days_of_the_period_count() -> None:
    assert below([line(2, 1, START, MARCH)], PersonId(1), Period(MARCH, JUNE)) == frozenset()
    assert below([line(2, 1, START, MARCH)], PersonId(1), Period(START, JUNE)) == {2}


def test_whoever_is_reached_twice_is_below_once() -> None:
    assert below([line(2, 1), line(3, 1), line(4, 2), line(4, 3)], PersonId(1), YEAR) == {2, 3, 4}


def test_nobody_is_below_themselves() -> None:
    assert below([line(2, 1), line(1, 2)], PersonId(1), YEAR) == {2}


def test_a_circle_is_seen() -> None:
    assert closes_circle([line(2, 1), line(3, 2)], line(1, 3))
    assert closes_circle([], line(1, 1))
    assert not closes_circle([line(2, 1), line(3, 2)], line(4, 3))


def test_a_circle_needs_a_shared_day() -> None:
    assert not closes_circle([line(2, 1, START, MARCH)], line(1, 2, JUNE))
    assert closes_circle([line(2, 1, START)], line(1, 2, JUNE, SEPTEMBER))


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox · Linux"),
        ("Firefox", "Firefox"),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
    ],
)
def test_a_device_is_named_as_people_name_it(agent: str, device: str) -> None:
    assert SignInSession(1, NOW, NOW, NOW, "", agent).device == device
