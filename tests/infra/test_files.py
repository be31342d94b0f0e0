"""Private files: what was kept is read back, the same content once, and no name leads out of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.infra import files
from spm_app.kernel.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from pathlib import Path


def kept(home: Path) -> list[str]:
    return [each.name for each in (home / "files").iterdir()]


def test_what_is_kept_is_read_back(home: Path) -> None:
    name = files.keep(b"a,b\n1,2\n")
    assert files.read(name) == b"a,b\n1,2\n"


def test_the_same_content_is_kept_once(home: Path) -> None:
    assert files.keep(b"same") == files.keep(iter([b"sa", b"me"]))
    assert len(kept(home)) == 1


def test_too_large_a_file_is_refused_and_leaves_nothing(home: Path) -> None:
    with pytest.raises(InvalidInput):
        files.keep((b"x" * files.MEGABYTE for _ in range(3)), limit_mb=2)
    assert kept(home) == []


def test_nothing_but_a_name_of_ours_is_read(home: Path) -> None:
    (home).mkdir(exist_ok=True)
    (home / "secret.key").write_bytes(b"secret")
    for name in ("../secret.key", "", "f" * 64, "/etc/passwd"):
        with pytest.raises(NotFound):
            files.read(name)


def test_what_is_removed_is_gone(home: Path) -> None:
    name = files.keep(b"gone soon")
    files.remove(name)
    files.remove(name)
    files.remove("../jobs.sqlite")
    with pytest.raises(NotFound):
        files.path_of(name)


def test_the_folder_is_ours_alone(home: Path) -> None:
    files.keep(b"private")
    assert (home / "files").stat().st_mode & 0o077 == 0
