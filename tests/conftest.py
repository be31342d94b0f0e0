"""What every test may ask for: a migrated, empty database of its own, on SQLite and on PostgreSQL, and a clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from hypothesis import settings as property_settings

from spm_app.infra import clock, db, queue
from spm_app.infra.settings import settings
from spm_app.people.service import passwords
from tests.databases import DATABASES, is_made, make_empty, place_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spm_app.infra.db import Work

#: The instant at which tests take place: a Monday morning in the middle of a quarter.
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)

property_settings.register_profile("spm", deadline=None, derandomize=True)
property_settings.load_profile("spm")


#: Hashing takes its time on purpose; in tests that is only waiting.
_quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords of tests are hashed in no time; what the product asks for is looked at by a test of its own."""
    monkeypatch.setattr(passwords, "_hasher", _quick)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Settings of an installation of its own: folder, secret, nothing else from outside."""
    for name in ("SPM_DATABASE_URL", "SPM_REDIS_URL", "SPM_DEMO", "SPM_ORIGIN", "SPM_PRODUCTION", "SPM_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SPM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SPM_SECRET_KEY", "a secret that only tests have")
    forget_settings()
    yield tmp_path / "home"
    forget_settings()


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address that `unit_of_work` and `reading` use, with nothing there yet; the test runs on each kind."""
    home.mkdir(exist_ok=True)
    with place_for(request.param, home) as address:
        monkeypatch.setenv("SPM_DATABASE_URL", address)
        forget_settings()
        yield address
        db.engine().dispose()


@pytest.fixture
def database(place: str) -> str:
    """The same with a migrated, empty database, if nobody has put a furnished one there."""
    if not is_made(place):
        make_empty(place)
    return place


@pytest.fixture
def fixed_clock() -> Iterator[datetime]:
    """It is NOW, and stays so."""
    with clock.at(NOW):
        yield NOW


@pytest.fixture
def work(database: str, fixed_clock: datetime) -> Iterator[Work]:
    """One open transaction at NOW."""
    del database, fixed_clock
    with db.unit_of_work() as opened:
        yield opened


def forget_settings() -> None:
    """The environment has changed: read it again."""
    for kept in (settings, db.engine, queue.broker):
        kept.cache_clear()
