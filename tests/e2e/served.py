"""A running Traguardo for tests: the demo company or an empty house, built once, on its own port and folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from spm_app.cli import frontend

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
#: The demo company as it comes out of the generator, kept between runs; a copy of it is what tests may change.
TEMPLATE = ROOT / ".playwright" / "demo"
#: Seconds; generous, because a build and a generated company may be part of it.
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Served:
    """Where it answers, and the folder that holds its database."""

    url: str
    home: Path


@contextmanager
def served(home: Path, *, demo: bool) -> Iterator[Served]:
    """Run `spm serve` in that folder until the block ends. A demo is a copy of the kept one."""
    if demo:
        shutil.copytree(demo_template(), home, dirs_exist_ok=True)
    port = free_port()
    log = home / "serve.log"
    home.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as said:
        process = subprocess.Popen(
            _command(port, demo=demo),
            cwd=ROOT,
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        try:
            url = f"http://localhost:{port}"
            _wait(url, process, log)
            yield Served(url, home)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(120)


def demo_template() -> Path:
    """The filled folder of the demo company, made again when the program has changed."""
    stamp, wanted = TEMPLATE / "made-by", frontend.fingerprint(["spm_app"])
    if stamp.exists() and stamp.read_text() == wanted:
        return TEMPLATE
    shutil.rmtree(TEMPLATE, ignore_errors=True)
    TEMPLATE.mkdir(parents=True)
    command = [sys.executable, "-m", "spm_app.cli", "demo"]
    subprocess.run(command, cwd=ROOT, env=environment(TEMPLATE), check=True)
    stamp.write_text(wanted)
    return TEMPLATE


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _command(port: int, *, demo: bool) -> list[str]:
    return [sys.executable, "-m", "spm_app.cli", "serve", "--port", str(port), *(["--demo"] if demo else [])]


def environment(home: Path) -> dict[str, str]:
    """Of this machine, with nothing about us but where the folder is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPM_")}
    return frontend.environment() | kept | {"SPM_HOME": str(home), "PATH": frontend.environment()["PATH"]}


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers. Fails with what it said when it does not come up."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/ping", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    message = f"Traguardo did not come up:\n{log.read_text(errors='replace')[-4000:]}"
    raise AssertionError(message)


def prepare() -> None:
    """Build the pages, and fill the demo company that stories copy."""
    if not frontend.is_current():
        frontend.build()
    demo_template()


if __name__ == "__main__":
    prepare()
