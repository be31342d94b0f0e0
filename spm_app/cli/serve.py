"""`spm serve`: from a fresh folder to a running Traguardo, web server and job worker together."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from spm_app.cli import children, database, frontend
from spm_app.cli import demo as demo_company
from spm_app.infra.settings import settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import Popen


def serve(*, port: int = 3000, host: str = "127.0.0.1", demo: bool = False) -> int:
    """Prepare what is missing (tables, demo company, built pages), then serve until Ctrl-C.

    Parameters
    ----------
    port
        Where to listen; the built pages work on any port.
    host
        The address to listen on. Anything but this machine's own belongs behind a proxy with TLS.
    demo
        Fill an empty database with the demo company and show its sign-ins.
    """
    if _is_taken(host, port):
        sys.exit(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
    os.environ.update(PORT=str(port), SPM_DEMO="1" if demo else os.environ.get("SPM_DEMO", ""))
    _prepare()
    running = _start(host, port)
    threading.Thread(target=_greet, args=(host, port, running), daemon=True).start()
    status = children.until_stopped(running)
    print("Stopped." if status == 0 else "Stopped, because a process ended by itself: see above.", flush=True)
    return status


def _prepare() -> None:
    """Build the pages beside filling the database: on a first start both take a while."""
    with ThreadPoolExecutor(1) as beside:
        built = None if frontend.is_current() else beside.submit(frontend.build)
        if built:
            print("Building the pages, once for each change of them ...", flush=True)
        database.migrate()
        if settings().demo:
            demo_company.fill()
        if built:
            built.result()


def _start(host: str, port: int) -> Sequence[Popen[bytes]]:
    environment = frontend.environment() | {"SPM_CHILD": "1"}
    return (
        children.start("spm_app.cli.web", (host, str(port)), environment),
        children.start("spm_app.cli", ("worker",), environment),
    )


def _greet(host: str, port: int, running: Sequence[Popen[bytes]]) -> None:
    """Once the server answers, say where it is and who may sign in."""
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 - compared, not listened on
    while not _answers(host, port):
        if any(child.poll() is not None for child in running):
            return
        time.sleep(0.1)
    print(f"\nTraguardo is at http://{shown}:{port}   (Ctrl-C stops it)\n{demo_company.sign_ins()}", flush=True)


def _answers(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/ping", timeout=1):
            return True
    except OSError:
        return False


def _is_taken(host: str, port: int) -> bool:
    """Whether somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
