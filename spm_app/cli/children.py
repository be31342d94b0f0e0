"""Processes that live and end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

#: Seconds that a process is given to end what it is doing.
_PATIENCE = 20.0
_TICK = 0.1


def start(module: str, words: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A Python process of ours, out of reach of the terminal's Ctrl-C: its parent tells it when to stop."""
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, env=dict(environment), stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - no shell


def until_stopped(children: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait for Ctrl-C or SIGTERM (0), or for a child that ends by itself (its status, or 1), then stop all of them."""
    stopped = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    while not stopped.wait(_TICK) and all(child.poll() is None for child in children):
        pass
    status = 0 if stopped.is_set() else next((c.returncode for c in children if c.returncode), 1)
    stop(children)
    return status


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, and end those that do not listen."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _PATIENCE
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()


def end_with_parent() -> None:
    """In a child: end when the parent is gone, however it went; its end of our standard input closes then."""

    def watch() -> None:
        os.read(0, 1)  # unbuffered: a lock held here would be inherited by the server's forked workers
        os.kill(os.getpid(), signal.SIGTERM)

    if os.environ.get("SPM_CHILD"):
        threading.Thread(target=watch, daemon=True).start()
