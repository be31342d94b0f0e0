"""The demo moves into an empty house only, and says who may be signed in as."""

from __future__ import annotations

import pytest

from spm_app.cli import demo
from spm_app.demo import service
from spm_app.demo.guides import GUIDES
from spm_app.demo.people import DOMAIN
from spm_app.infra.settings import settings
from spm_app.people import service as people


def test_the_demo_refuses_where_somebody_works(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    people.create_administrator("Ada", "ada", "plenty of words here")
    assert demo.demo() == 1
    assert "empty house" in capsys.readouterr().out


def test_the_next_start_fills_nothing(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    people.create_administrator("Ada", "ada", "plenty of words here")
    demo.fill()
    assert capsys.readouterr().out == ""


def test_a_demo_that_was_stopped_half_way_is_made_anew(
    database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_seed: int) -> None:
        people.create_administrator("Half", "half", "plenty of words here", f"half@{DOMAIN}")
        raise KeyboardInterrupt

    monkeypatch.setattr(service, "_live_through", stopped)
    with pytest.raises(KeyboardInterrupt):
        demo.fill()
    monkeypatch.setattr(service, "_live_through", lambda _seed: None)
    assert demo.demo() == 0
    assert "made anew" in capsys.readouterr().out
    assert service.is_empty()  # the half company is gone, and this one is made of nothing
    assert not service.was_cut_short()


def test_a_half_made_demo_in_which_somebody_else_works_is_left_alone(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    service._unfinished().touch()
    people.create_administrator("Ada", "ada", "plenty of words here", "ada@hotel.example")
    assert demo.demo() == 1
    assert not service.is_empty()


def test_the_terminal_names_one_sign_in_a_role(home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert demo.sign_ins() == ""
    monkeypatch.setenv("SPM_DEMO", "1")
    settings.cache_clear()
    assert all(guide.role.value in demo.sign_ins() for guide in GUIDES)
