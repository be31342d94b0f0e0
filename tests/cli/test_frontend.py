"""The pages are built when what they are made of has changed, and not otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.cli import frontend

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spm_app").mkdir()
    (tmp_path / "spm_app" / "page.py").write_text("title = 1")
    return tmp_path / "spm_app"


def test_a_changed_file_changes_the_fingerprint_and_a_cache_does_not(sources: Path) -> None:
    before = frontend.fingerprint(["spm_app"])
    (sources / "page.pyc").write_bytes(b"compiled")
    assert frontend.fingerprint(["spm_app"]) == before
    (sources / "page.py").write_text("title = 2")
    assert frontend.fingerprint(["spm_app"]) != before


def test_a_renamed_file_changes_the_fingerprint(sources: Path) -> None:
    before = frontend.fingerprint(["spm_app"])
    (sources / "page.py").rename(sources / "pages.py")
    assert frontend.fingerprint(["spm_app"]) != before


def test_without_a_build_nothing_is_current(sources: Path) -> None:
    assert not frontend.is_current()


def test_the_runtime_of_the_wheel_is_there() -> None:
    environment = frontend.environment()
    assert environment["REFLEX_TELEMETRY_ENABLED"] == "false"
    assert environment["REFLEX_BUN_PATH"].rsplit("/", 1)[-1].startswith("bun")
