"""A team's quarter set by hand: every sum stays exact, years stay, and what is locked stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import Conflict, InvalidInput, NotFound
from spm_app.kernel.ids import PersonId, TeamId
from spm_app.planning.domain import tree
from spm_app.planning.domain.grid import amount_at, cell, cell_key, edited, is_locked_at, locked
from spm_app.planning.domain.making import Carrier, Sale, grown
from spm_app.planning.domain.presence import Presence
from spm_app.planning.domain.tree import TOP, Level, Node, at, snapshot

NORTH, SOUTH = TeamId(1), TeamId(2)
CARRIERS = (
    Carrier(PersonId(1), "Anna", NORTH, "North"),
    Carrier(PersonId(2), "Bruno", NORTH, "North"),
    Carrier(PersonId(3), "Carla", SOUTH, "South"),
)
GOAL = grown("2026", 120_001, CARRIERS, [Sale(PersonId(1), 900, 3), Sale(PersonId(2), 300, 0)])
CELLS = [f"{above}q{quarter}" for above in ("t1", "t2", TOP) for quarter in range(1, 5)]
NODES = [each.key for each in GOAL.walk()]


def exact(top: Node) -> bool:
    return all(not each.below or each.amount == sum(under.amount for under in each.below) for each in top.walk())


def years(top: Node) -> list[int]:
    return [each.amount for each in top.walk() if each.level is not Level.QUARTER]


def with_locks(*keys: str) -> Node:
    top = GOAL
    for key in keys:
        top = locked(top, key, is_locked=True)
    return top


@given(st.sampled_from(CELLS), st.integers(0, 25_000))
def test_a_cell_becomes_what_was_typed_and_every_year_stays(key: str, amount: int) -> None:
    done = edited(GOAL, key, amount)
    assert exact(done)
    assert amount_at(done, key) == amount
    assert years(done) == years(GOAL)


@given(
    st.lists(
        st.tuples(st.sampled_from(CELLS + NODES), st.one_of(st.booleans(), st.integers(0, 150_000))),
        max_size=10,
    )
)
def test_whatever_is_done_in_whatever_order_sums_are_exact_and_locks_hold(acts: list[tuple[str, bool | int]]) -> None:
    top = GOAL
    for key, act in acts:
        try:
            done = locked(top, key, is_locked=act) if isinstance(act, bool) else edited(top, key, act)
        except Conflict:
            continue
        assert exact(done)
        assert all(each.amount >= 0 for each in done.walk())
        assert isinstance(act, bool) or amount_at(done, key) == act
        # What was set by hand moves though it was locked, and with it what it is made of and is part of.
        moved = {key, *(each.key for each in _under(top, key)), *_above(top, key)}
        kept = [each for each in top.walk() if each.is_locked and each.key not in moved]
        assert [at(done, each.key).amount for each in kept] == [each.amount for each in kept]
        top = done


def _under(top: Node, key: str) -> list[Node]:
    found = cell(top, key)
    return list(at(top, key).walk()) if found is None else list(found.leaves)


def _above(top: Node, key: str) -> set[str]:
    return {each.key for each in top.walk() if cell(top, key) is None and any(b.key == key for b in each.walk())}


def test_people_keep_their_proportions_in_the_quarter() -> None:
    before = [at(GOAL, key).amount for key in ("p1q2", "p2q2")]
    done = edited(GOAL, "t1q2", 2 * sum(before))
    assert [at(done, key).amount for key in ("p1q2", "p2q2")] == [2 * each for each in before]
    assert at(done, "p3q2") == at(GOAL, "p3q2")


def test_nobody_gives_more_than_their_other_quarters_hold() -> None:
    top = with_locks("p1q2", "p1q3")
    free = at(top, "p1").amount - at(top, "p1q2").amount - at(top, "p1q3").amount
    done = edited(top, "t1q1", free + at(top, "p2").amount)
    assert (at(done, "p1q1").amount, at(done, "p2q1").amount) == (free, at(top, "p2").amount)
    with pytest.raises(Conflict, match="quarters_give_less"):
        edited(top, "t1q1", free + at(top, "p2").amount + 1)


def test_who_cannot_shift_keeps_the_quarter_and_the_others_make_it_up() -> None:
    top = with_locks("p1q1")
    done = edited(top, "t1q1", amount_at(top, "t1q1") + 100)
    assert at(done, "p1") == at(top, "p1")
    assert at(done, "p2q1").amount == at(top, "p2q1").amount + 100
    with pytest.raises(Conflict, match="locks_exceed"):
        edited(top, "t1q1", at(top, "p1q1").amount - 1)


def test_with_the_other_quarters_locked_the_other_teams_take_it_up() -> None:
    top = with_locks("t1q2", "t1q3", "t1q4")
    done = edited(top, "t1q1", amount_at(top, "t1q1") + 100)
    assert exact(done)
    assert done.amount == top.amount
    assert at(done, "t1").amount == at(top, "t1").amount + 100
    assert at(done, "t2").amount == at(top, "t2").amount - 100
    for held in ("t1", "t2", "p1", "p2"):
        fast = locked(top, held, is_locked=True)
        if held == "p1":
            assert at(edited(fast, "t1q1", amount_at(top, "t1q1") + 100), "p1").amount == at(top, "p1").amount
        elif held in {"t1", "t2"}:
            with pytest.raises(Conflict):
                edited(fast, "t1q1", amount_at(top, "t1q1") + 100)
    with pytest.raises(Conflict, match="quarters_locked"):
        edited(with_locks("companyq2", "companyq3", "companyq4"), "companyq1", 1)


def test_a_locked_cell_is_everybodys_quarter_and_stays_locked_when_typed_over() -> None:
    top = with_locks("t1q1")
    assert is_locked_at(top, "t1q1")
    assert (is_locked_at(top, "p1q1"), is_locked_at(top, "companyq1")) == (True, False)
    kept = amount_at(top, "t1q1")
    assert amount_at(edited(top, "p1", 1_000_00 // 2), "t1q1") == kept
    done = edited(top, "t1q1", 5)
    assert (amount_at(done, "t1q1"), is_locked_at(done, "t1q1")) == (5, True)
    assert not is_locked_at(locked(done, "t1q1", is_locked=False), "p2q1")


def test_an_empty_cell_is_shared_by_the_years_and_an_empty_team_by_history() -> None:
    empty = edited(GOAL, "t1q1", 0)
    done = edited(empty, "t1q1", 1_000)
    shares = [at(done, key).amount for key in ("p1q1", "p2q1")]
    assert sum(shares) == 1_000
    assert (shares[0] > shares[1]) == (at(GOAL, "p1").amount > at(GOAL, "p2").amount)
    nothing = edited(GOAL, "t1", 0)
    assert edited(nothing, "t1q1", 0) == nothing
    with pytest.raises(Conflict, match="quarters_give_less"):
        edited(nothing, "t1q1", 1)


def test_what_is_no_cell_is_a_node_or_nothing() -> None:
    assert cell(GOAL, "p1q1") is None
    assert cell(GOAL, "t1q5") is None
    assert cell(grown("2026", 5, (), ()), "companyq1") is None
    assert cell_key(at(GOAL, "t2"), 3) == "t2q4"
    assert edited(GOAL, "p1", 7) == tree.edited(GOAL, "p1", 7)
    assert is_locked_at(with_locks("p1"), "p1")
    with pytest.raises(NotFound):
        edited(GOAL, "t9q1", 1)
    with pytest.raises(InvalidInput):
        edited(GOAL, "t1q1", -1)


def test_a_quarter_of_somebody_who_is_not_there_takes_up_nothing() -> None:
    late = (Presence(0, 90), Presence(0, 91), Presence(31, 92), Presence(92, 92))
    dario = Carrier(PersonId(4), "Dario", SOUTH, "South", late)
    top = grown("2026", 120_001, (*CARRIERS, dario), ())
    with pytest.raises(Conflict, match="not_there"):
        edited(top, "p4q1", 5)
    for key in ("p4q4", "p4", "t2q1", "t2q4", "companyq1", "t2", TOP):
        done = edited(top, key, amount_at(top, key) + 10)
        assert exact(done)
        assert [at(done, f"p4q{quarter}").amount for quarter in (1, 2)] == [0, 0]
    only = grown("2026", 1_000, (CARRIERS[0], replace(dario, there=(*late[:2], Presence(0, 92), late[3]))), ())
    done = edited(only, "p4q4", at(only, "p4q4").amount + 10)
    assert exact(done)
    assert at(done, "p1").amount == at(only, "p1").amount - 10


def test_undo_brings_a_cell_back() -> None:
    done = locked(edited(GOAL, "t1q1", 3), "t1q1", is_locked=True)
    assert tree.put_back(done, snapshot(GOAL)) == GOAL


def test_a_locked_year_stays_when_a_quarter_finds_no_other_way() -> None:
    top = with_locks("p1", "p1q2", "p1q3", "p1q4")
    with pytest.raises(Conflict):
        edited(top, "p1q1", at(top, "p1q1").amount + 1)
