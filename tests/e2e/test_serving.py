"""`make run` as somebody at a terminal sees it: address and sign-ins, Ctrl-C, the same company on the next start."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from spm_app.demo.guides import GUIDES
from spm_app.demo.people import address
from tests.e2e.served import PATIENCE, ROOT, demo_template, environment, free_port

#: Python runs this first in every process of ours, and notes whom it talks to.
WITNESS = """
import os, socket, sys

def note(event, args):
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event == "socket.connect" and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in (None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0"):
        with open(os.environ["WITNESS"], "a") as file:
            file.write(f"{event} {host}\\n")

sys.addaudithook(note)
"""


class Running:
    """What was started, what it has said so far, and the processes that belong to it."""

    def __init__(self, home: Path, port: int) -> None:
        self.url, self.log = f"http://localhost:{port}", home / "said.log"
        said_to = environment(home) | {"PYTHONPATH": str(home), "WITNESS": str(home / "witness")}
        command = ["make", "run", f"PORT={port}", f"PYTHON={sys.executable}"]
        with self.log.open("wb") as said:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=said_to, stdout=said, stderr=said, start_new_session=True
            )
        begun = time.monotonic()
        while "Sign in as" not in self.said() and self.process.poll() is None and time.monotonic() < begun + PATIENCE:
            time.sleep(0.05)
        self.seconds = time.monotonic() - begun

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def family(self) -> set[int]:
        """Every process whose line of parents leads to the one that was started."""
        parents = {int(p.name): _parent(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
        found, newest = set[int](), {self.process.pid}
        while newest:
            found |= newest
            newest = {pid for pid, parent in parents.items() if parent in newest} - found
        return found

    def interrupt(self) -> int:
        """Ctrl-C: the terminal tells everybody in the foreground group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(30)


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def deals(home: Path) -> int:
    with sqlite3.connect(home / "traguardo.sqlite") as database:
        return database.execute("select count(*) from deal").fetchone()[0]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo company, and the witness beside it."""
    made = tmp_path_factory.mktemp("terminal")
    shutil.copytree(demo_template(), made, dirs_exist_ok=True)
    (made / "sitecustomize.py").write_text(WITNESS)
    return made


def test_it_says_where_it_is_and_stops_without_a_trace_or_an_orphan(home: Path) -> None:
    running = Running(home, free_port())
    with urllib.request.urlopen(f"{running.url}/sign-in", timeout=10) as answer:
        assert "Built with Reflex" not in answer.read().decode()
    family = running.family()
    assert len(family) >= 4  # make, spm, the web server, the worker
    assert running.interrupt() in {0, 130, -signal.SIGINT}
    time.sleep(0.5)
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []
    said = running.said()
    assert f"Traguardo is at {running.url} " in said
    assert all(f"{guide.role.value:<12} {address(guide.name)}" in said for guide in GUIDES)
    assert said.rstrip().endswith("Stopped.")
    assert "Traceback" not in said


def test_the_next_start_builds_and_fills_nothing_and_asks_no_other_host(home: Path) -> None:
    before = deals(home)
    running = Running(home, free_port())
    running.interrupt()
    assert "Building" not in running.said()
    assert "Filling" not in running.said()
    assert deals(home) == before > 1_000
    assert not (home / "witness").exists(), (home / "witness").read_text()


def test_a_port_that_is_taken_is_said_in_a_sentence(home: Path) -> None:
    running = Running(home, free_port())
    second = Running(home, int(running.url.rpartition(":")[2]))
    assert second.process.wait(30) == 2  # make's own status for a recipe that failed
    assert "is taken. Choose another: make run PORT=" in second.said()
    assert "Traceback" not in second.said()
    running.interrupt()
