"""The demo moves into an empty house only, and says who may be signed in as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.cli import demo
from spm_app.demo.guides import GUIDES
from spm_app.infra.settings import settings
from spm_app.people import service as people

if TYPE_CHECKING:
    import pytest


def test_the_demo_refuses_where_somebody_works(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    people.create_administrator("Ada", "ada", "plenty of words here")
    assert demo.demo() == 1
    assert "empty house" in capsys.readouterr().out


def test_the_next_start_fills_nothing(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    people.create_administrator("Ada", "ada", "plenty of words here")
    demo.fill()
    assert capsys.readouterr().out == ""


def test_the_terminal_names_one_sign_in_a_role(home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert demo.sign_ins() == ""
    monkeypatch.setenv("SPM_DEMO", "1")
    settings.cache_clear()
    assert all(guide.role.value in demo.sign_ins() for guide in GUIDES)
