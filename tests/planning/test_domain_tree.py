"""A goal's tree: every node is exactly the sum of what hangs under it, after any change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import Conflict, InvalidInput, NotFound
from spm_app.kernel.ids import PersonId, TeamId
from spm_app.planning.domain.making import Carrier, Sale, grown
from spm_app.planning.domain.tree import (
    TOP,
    Level,
    Node,
    at,
    edited,
    locked,
    put_back,
    settled,
    snapshot,
    without_personal_past,
)

NORTH, SOUTH = TeamId(1), TeamId(2)
CARRIERS = (
    Carrier(PersonId(1), "Anna", NORTH, "North"),
    Carrier(PersonId(2), "Bruno", NORTH, "North"),
    Carrier(PersonId(3), "Carla", SOUTH, "South"),
)
SALES = (Sale(PersonId(1), 900, 3), Sale(PersonId(2), 300, 0), Sale(PersonId(3), 600, 1))


def _tree(amount: int = 10_000) -> Node:
    return grown("2026", amount, CARRIERS, SALES)


def _holds(top: Node) -> bool:
    return all(not each.below or each.amount == sum(under.amount for under in each.below) for each in top.walk())


@given(st.integers(0, 10**10))
def test_it_grows_exactly(amount: int) -> None:
    top = _tree(amount)
    assert _holds(top)
    assert top.amount == amount
    assert [each.name for each in top.below] == ["North", "South"]
    assert sum(each.level is Level.QUARTER for each in top.walk()) == 12


def test_more_history_carries_more() -> None:
    top = _tree()
    assert at(top, "p1").amount > at(top, "p3").amount > at(top, "p2").amount
    assert at(top, "p1").past == 900


def test_without_carriers_there_is_only_the_top() -> None:
    assert grown("2026", 5, (), ()).below == ()


@given(st.sampled_from(["t1", "p1", "p2", "p1q3", TOP]), st.integers(0, 1_000))
def test_an_edit_keeps_every_sum(key: str, amount: int) -> None:
    top = edited(_tree(), key, amount)
    assert _holds(top)
    assert at(top, key).amount == amount
    if key != TOP:
        assert top.amount == 10_000


def test_a_lock_is_not_touched_by_what_happens_around_it() -> None:
    top = locked(_tree(), "p1", is_locked=True)
    kept = at(top, "p1").amount
    for changed in (edited(top, TOP, 20_000), edited(top, "p3", 100), settled(top, 15_000)):
        assert _holds(changed)
        assert at(changed, "p1").amount == kept
    assert not at(locked(top, "p1", is_locked=False), "p1").is_locked


def test_locks_that_leave_no_way_are_refused() -> None:
    top = locked(_tree(), "p1", is_locked=True)
    with pytest.raises(Conflict):
        edited(top, TOP, 10)
    whole = _tree()
    for each in ("t1", "t2"):
        whole = locked(whole, each, is_locked=True)
    with pytest.raises(Conflict):
        edited(whole, TOP, 20_000)


def test_what_a_locked_team_needs_is_the_least_of_the_company() -> None:
    top = locked(_tree(), "t1", is_locked=True)
    assert top.least == at(top, "t1").amount
    assert at(top, "t1").is_fast
    assert not top.is_fast


def test_bad_changes_are_named() -> None:
    with pytest.raises(InvalidInput):
        edited(_tree(), "p1", -1)
    with pytest.raises(NotFound):
        edited(_tree(), "p9", 1)


def test_undo_brings_back_amounts_and_locks() -> None:
    before = _tree()
    after = locked(edited(before, "p2", 1), "p2", is_locked=True)
    assert put_back(after, snapshot(before)) == before
    with pytest.raises(Conflict):
        put_back(before, {TOP: (1, False)})


def test_a_subtree_without_amounts_is_shared_by_history() -> None:
    empty = edited(_tree(), TOP, 0)
    again = edited(empty, TOP, 10_000)
    assert _holds(again)
    assert at(again, "p1").amount > at(again, "p2").amount
    assert _holds(edited(empty, "p1", 0))


def test_what_single_people_sold_is_left_out_for_whoever_may_not_see_it() -> None:
    shown = without_personal_past(_tree())
    assert {each.level for each in shown.walk() if each.past} == {Level.COMPANY, Level.TEAM}
    assert snapshot(shown) == snapshot(_tree())
