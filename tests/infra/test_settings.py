"""Settings: sound without any, and the secret is made once and kept to its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.dialects import sqlite

from spm_app.infra.columns import Instant
from spm_app.infra.settings import settings
from tests.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path


def test_without_settings_everything_lies_in_one_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPM_SECRET_KEY")
    first = settings()
    settings.cache_clear()
    assert first.database_url == f"sqlite:///{home}/traguardo.sqlite"
    assert first.secret_is_generated
    assert first.secret_key == settings().secret_key
    assert len(first.secret_key) == 32
    assert (home / "secret.key").stat().st_mode & 0o077 == 0
    assert (first.demo, first.production) == (False, False)


def test_an_instant_without_offset_is_refused() -> None:
    column = Instant()
    assert column.process_bind_param(None, sqlite.dialect()) is None
    assert column.process_result_value(None, sqlite.dialect()) is None
    assert column.process_result_value(NOW.replace(tzinfo=None), sqlite.dialect()) == NOW
    with pytest.raises(ValueError, match="without offset"):
        column.process_bind_param(NOW.replace(tzinfo=None), sqlite.dialect())
