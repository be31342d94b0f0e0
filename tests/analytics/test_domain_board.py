"""Who is named on the leaderboard."""

from __future__ import annotations

from fractions import Fraction

from spm_app.analytics.domain.board import Standing, ranked
from spm_app.kernel.ids import PersonId


def _standings(*won: int) -> list[Standing]:
    return [Standing(PersonId(at), f"P{at}", amount, 100) for at, amount in enumerate(won, start=1)]


def test_the_upper_half_is_named_and_the_reader_knows_their_own_place() -> None:
    board = ranked(_standings(50, 90, 70, 10, 30), PersonId(4), frozenset())
    assert [(each.rank, each.standing.name) for each in board.shown] == [(1, "P2"), (2, "P3"), (3, "P1")]
    assert board.own is not None
    assert (board.own.rank, board.of) == (5, 5)
    assert not board.is_too_small
    assert board.half_from == Fraction(1, 2)
    assert not board.own_is_upper
    assert ranked(_standings(50, 90, 70, 10, 30), PersonId(1), frozenset()).own_is_upper


def test_of_the_lower_half_a_manager_sees_whom_they_lead() -> None:
    board = ranked(_standings(50, 90, 70, 10, 30), PersonId(99), frozenset({PersonId(4), PersonId(2)}))
    assert [(each.rank, each.standing.name) for each in board.shown] == [(1, "P2"), (2, "P3"), (3, "P1"), (5, "P4")]


def test_equals_at_the_middle_are_all_named_or_none() -> None:
    board = ranked(_standings(90, 50, 50, 50, 10), PersonId(2), frozenset())
    assert [each.standing.name for each in board.shown] == ["P1"]
    assert not board.own_is_upper
    nobody = ranked(_standings(0, 0, 0, 0, 0), PersonId(1), frozenset())
    assert (nobody.shown, nobody.half_from, nobody.own_is_upper) == ((), None, False)


def test_the_next_mark_and_what_it_takes() -> None:
    assert Standing(PersonId(1), "", 0, 1001).next_threshold == (Fraction(1, 4), 251)
    assert Standing(PersonId(1), "", 900, 1000).next_threshold == (Fraction(1), 100)
    assert Standing(PersonId(1), "", 2000, 1000).next_threshold is None


def test_who_leads_them_sees_all() -> None:
    board = ranked(_standings(50, 90, 70, 10, 30), PersonId(99), None)
    assert len(board.shown) == 5
    assert board.own is None


def test_equals_share_a_place() -> None:
    board = ranked(_standings(50, 50, 70, 10, 30), PersonId(1), None)
    assert [each.rank for each in board.shown] == [1, 2, 2, 4, 5]


def test_fewer_than_five_are_not_ranked() -> None:
    board = ranked([*_standings(1, 2, 3, 4), Standing(PersonId(9), "No quota", 9, 0)], PersonId(1), None)
    assert board.is_too_small
    assert board.shown == ()
    assert board.own is not None


def test_who_left_the_list_is_not_counted_by_colleagues() -> None:
    standings, gone = _standings(50, 90, 70, 10, 30, 20), frozenset({PersonId(2)})
    board = ranked(standings, PersonId(1), frozenset(), gone)
    assert [(each.rank, each.standing.name) for each in board.shown] == [(1, "P3"), (2, "P1"), (3, "P5")]
    assert board.of == 5
    assert ranked(standings[:5], PersonId(1), frozenset(), gone).is_too_small


def test_who_leads_sees_them_as_everybody_else() -> None:
    standings, gone = _standings(50, 90, 70, 10, 30, 20), frozenset({PersonId(2)})
    for led in (None, frozenset({PersonId(2)})):
        assert ranked(standings, PersonId(99), led, gone) == ranked(standings, PersonId(99), led)


def test_who_left_sees_their_own_result_without_a_place() -> None:
    board = ranked(_standings(50, 90, 70, 10, 30, 20), PersonId(2), frozenset(), frozenset({PersonId(2)}))
    assert board.own is not None
    assert (board.own.rank, board.own.standing.name, board.own_is_upper) == (0, "P2", False)
