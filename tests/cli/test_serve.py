"""Processes that start together, end together, however they are stopped; and what is said when they cannot start."""

from __future__ import annotations

import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from spm_app import cli
from spm_app.cli import serve

ROOT = Path(__file__).parents[2]
#: A child as ours are: it says its number and works until it is told to end, or until its parent is gone.
CHILD = """
import os, sys, time
from spm_app.cli.children import end_with_parent
end_with_parent()
os.write(1, f"{os.getpid()}\\n".encode())  # in one piece, as the other child writes too
time.sleep(0.3 if sys.argv[1] == "short" else 60)
sys.exit(3)
"""
PARENT = """
import os, sys
from spm_app.cli import children
env = os.environ | {"SPM_CHILD": "1"}
sys.exit(children.until_stopped([children.start("a_child", (each,), env) for each in sys.argv[1:]]))
"""


Start = Callable[..., tuple[subprocess.Popen[str], list[int]]]


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[Start]:
    (tmp_path / "a_child.py").write_text(CHILD)
    started: list[subprocess.Popen[str]] = []

    def start(*children: str) -> tuple[subprocess.Popen[str], list[int]]:
        env = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
        command = [sys.executable, "-c", PARENT, *children]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
        started.append(process)
        assert process.stdout is not None
        return process, [int(process.stdout.readline()) for _ in children]

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: list[int], patience: float = 10.0) -> bool:
    deadline = time.monotonic() + patience
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(map(is_alive, pids))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_all_end_and_that_is_success(parent: Start, number: signal.Signals) -> None:
    process, children = parent("long", "long")
    os.killpg(process.pid, number)  # as a terminal does it: to everybody in its group
    assert process.wait(20) == 0
    assert gone(children, patience=0)


def test_when_one_ends_by_itself_the_other_ends_too_and_its_status_is_told(parent: Start) -> None:
    process, children = parent("long", "short")
    assert process.wait(20) == 3
    assert gone(children, patience=0)


def test_a_parent_that_is_killed_leaves_nobody_behind(parent: Start) -> None:
    process, children = parent("long", "long")
    process.kill()
    assert gone(children)


def test_a_port_that_is_taken_is_said_with_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=f"^Port {port} is taken. Choose another: make run PORT={port + 1}$"):
            serve.serve(port=port)


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.9"):
        cli.main()


def test_without_a_new_python_the_installation_says_which_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    install = runpy.run_path(str(ROOT / "requirements" / "install.py"))
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.8\. Install one \(or name it"):
        install["suitable_python"]()
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name == "python3.12" else None)
    assert install["suitable_python"]() == "/bin/python3.12"


def test_make_tells_what_it_can_do() -> None:
    alone = {
        name: value for name, value in os.environ.items() if not name.startswith("MAKE")
    }  # else one make in another
    told = subprocess.run(["make", "help"], cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout
    names = [line.split()[1] for line in told.splitlines()]
    assert names[:2] == ["help", "run"]
    assert {"setup", "check", "test", "e2e", "bench", "screenshots", "format", "lock", "clean"} <= set(names)
