"""The first way in, and the log checked from the terminal, on each database."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import text

from spm_app.cli import commands
from spm_app.infra.db import unit_of_work
from spm_app.kernel.rights import Role
from spm_app.people import service as people


@pytest.fixture(autouse=True)
def terminal(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    del database
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setattr("sys.stdin", io.StringIO())


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert commands.run(words) == 0
    return capsys.readouterr().out


def test_the_first_administrator_signs_in_with_a_password_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "admin", "create", "ada", "--name", "Ada Prima")
    (password,) = re.findall(r"this once: (\S+)", told)
    begun = people.sign_in("ada", password)
    assert (begun.who.actor.name, begun.who.actor.roles) == ("Ada Prima", {Role.SYSADMIN})


def test_a_second_of_the_same_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "admin", "create", "ada")
    assert commands.run(["admin", "create", "ada"]) == 1
    assert "by this name already" in capsys.readouterr().err


def test_a_whole_log_is_whole_and_passes_through_its_anchor(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "admin", "create", "ada")
    anchor = said(capsys, "audit", "head").strip()
    said(capsys, "admin", "create", "bea")
    assert "The log is whole" in said(capsys, "audit", "verify", "--anchor", anchor)


def test_an_entry_that_was_changed_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "admin", "create", "ada")
    with unit_of_work() as work:
        if work.session.get_bind().dialect.name == "postgresql":
            work.session.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        else:
            names = work.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            for name in [each for each in names if "audit" in each]:
                work.session.execute(text(f'DROP TRIGGER "{name}"'))
        work.session.execute(text("UPDATE audit SET actor_name = 'somebody else' WHERE id = 1"))
    assert commands.run(["audit", "verify"]) == 1
    assert capsys.readouterr().out.startswith("Entry 1:")


def test_what_is_no_anchor_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["audit", "verify", "--anchor", "7"]) == 1
    assert "no anchor" in capsys.readouterr().err
