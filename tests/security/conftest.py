"""The running app on each database, with one signed-in person a role."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from spm_app.cli import frontend
from spm_app.infra import db, queue
from spm_app.infra.settings import settings
from spm_app.people import service as people
from tests.databases import DATABASES, fresh_database
from tests.e2e.served import free_port
from tests.security import house, wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Role

ROOT = Path(__file__).parents[2]


@dataclass
class Running:
    """Where it answers, who is in it, and what it has written into its log."""

    base: str
    house: house.House
    log: Path
    _cookies: dict[str, str] = field(default_factory=dict)

    @property
    def held(self) -> Mapping[Role, PersonId]:
        """Who holds each role."""
        return self.house.held

    def cookie(self, name: str) -> str:
        """Of a session of that sign-in name, begun once, and again when a test has ended it."""
        kept = self._cookies.get(name, "")
        if people.who(kept.partition("=")[2]) is None:
            self._cookies[name] = self.fresh_cookie(name)
        return self._cookies[name]

    def fresh_cookie(self, name: str) -> str:
        """Of a session of its own."""
        answer = wire.sign_in(self.base, name, house.PASSWORD)
        assert "set-cookie" in answer.headers, answer.text or answer.headers.get("location")
        return answer.headers["set-cookie"].split(";")[0]

    def tab(self, name: str = "", *, token: str = "") -> wire.Tab:
        """A tab of that person; of a stranger without a name."""
        tab = wire.Tab(self.base, self.cookie(name) if name else "", origin=self.base)
        tab.token = token or tab.token
        return tab


@pytest.fixture(scope="package", params=DATABASES)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home, patch = tmp_path_factory.mktemp("house"), pytest.MonkeyPatch()
    with patch.context() as env, fresh_database(request.param, home) as address:
        env.setenv("SPM_HOME", str(home))
        env.setenv("SPM_SECRET_KEY", "of the security suite")
        env.setenv("SPM_DATABASE_URL", address)
        _forget()
        built, port = house.build(), free_port()
        env.setenv("PORT", str(port))
        base, log = f"http://localhost:{port}", home / "serve.log"
        process = _start(port, log)
        try:
            _wait(base, process, log)
            yield Running(base, built, log)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(120)
            db.engine().dispose()
    _forget()


def _start(port: int, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.security.serve", str(port)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=frontend.environment() | dict(os.environ),
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
    )


def _wait(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{base}/ping", timeout=1)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text(errors="replace")[-3000:])


def _forget() -> None:
    for kept in (settings, db.engine, queue.broker):
        kept.cache_clear()
