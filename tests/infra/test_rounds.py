"""What a worker does every hour without being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.infra import rounds

if TYPE_CHECKING:
    import pytest


def test_a_round_is_made_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(rounds, "_acts", [])
    monkeypatch.setattr(rounds, "_last", [])
    rounds.hourly(lambda: made.append("done"))
    assert [rounds.make(), rounds.make(), rounds.make(now=True)] == [1, 0, 1]
    assert made == ["done", "done"]
