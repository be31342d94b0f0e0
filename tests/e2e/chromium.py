"""A Chromium to drive: one that is on the machine, else Debian's package, else Playwright's own download."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = """No Chromium was found and none could be installed, so the browser tests cannot run. Do one of:
  - install one:       apt-get install chromium
  - point at one:      CHROMIUM=/path/to/chrome make test
  - Playwright's own:  .venv/bin/python -m playwright install chromium
What was tried last said:
"""


def find() -> str | None:
    """The path of a Chromium: `CHROMIUM`, then the usual names, then what Playwright has downloaded."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = next((path for path in map(shutil.which, NAMES) if path), None)
    return on_path or _playwrights_own()


def find_or_install() -> str:
    """A path in any case, or a way out with advice."""
    found = find()
    if found:
        return found
    print("No Chromium here: installing one for the browser tests ...", flush=True)
    said = _install_debians() if _is_debian_root() else _install_playwrights()
    found = find()
    if not found:
        sys.exit(ADVICE + said[-2000:])
    return found


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def _is_debian_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install_debians() -> str:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    said = _say(["apt-get", "update", "-q"], quiet)
    return said + _say(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-dejavu-core"], quiet
    )


def _install_playwrights() -> str:
    return _say([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _say(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
