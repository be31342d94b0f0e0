"""Who is named on the leaderboard."""

from __future__ import annotations

from spm_app.analytics.domain.board import Standing, ranked
from spm_app.kernel.ids import PersonId


def _standings(*won: int) -> list[Standing]:
    return [Standing(PersonId(at), f"P{at}", amount, 100) for at, amount in enumerate(won, start=1)]


def test_the_upper_half_is_named_and_the_reader_knows_their_own_place() -> None:
    board = ranked(_standings(50, 90, 70, 10, 30), PersonId(4), sees_all=False)
    assert [(each.rank, each.standing.name) for each in board.shown] == [(1, "P2"), (2, "P3"), (3, "P1")]
    assert board.own is not None
    assert (board.own.rank, board.of) == (5, 5)
    assert not board.is_too_small


def test_who_leads_them_sees_all() -> None:
    board = ranked(_standings(50, 90, 70, 10, 30), PersonId(99), sees_all=True)
    assert len(board.shown) == 5
    assert board.own is None


def test_equals_share_a_place() -> None:
    board = ranked(_standings(50, 50, 70, 10, 30), PersonId(1), sees_all=True)
    assert [each.rank for each in board.shown] == [1, 2, 2, 4, 5]


def test_fewer_than_five_are_not_ranked() -> None:
    board = ranked([*_standings(1, 2, 3, 4), Standing(PersonId(9), "No quota", 9, 0)], PersonId(1), sees_all=True)
    assert board.is_too_small
    assert board.shown == ()
    assert board.own is not None
