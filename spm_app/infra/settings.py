"""Settings: from the environment (`SPM_...`), with defaults that suit one machine and no set-up."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from one installation to another."""

    home: Path
    database_url: str
    redis_url: str
    secret_key: bytes
    secret_is_generated: bool
    demo: bool
    origin: str
    production: bool
    smtp_url: str
    mail_from: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Read once a process. `SPM_HOME` (default `.spm/`) holds database, uploads and the generated secret."""
    home = Path(os.environ.get("SPM_HOME", ".spm")).resolve()
    home.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("SPM_SECRET_KEY", "")
    return Settings(
        home=home,
        database_url=os.environ.get("SPM_DATABASE_URL") or f"sqlite:///{home / 'traguardo.sqlite'}",
        redis_url=os.environ.get("SPM_REDIS_URL", ""),
        secret_key=given.encode() or _kept_secret(home / "secret.key"),
        secret_is_generated=not given,
        demo=os.environ.get("SPM_DEMO", "") == "1",
        origin=os.environ.get("SPM_ORIGIN") or f"http://localhost:{os.environ.get('PORT', '3000')}",
        production=os.environ.get("SPM_PRODUCTION", "") == "1",
        smtp_url=os.environ.get("SPM_SMTP_URL", ""),
        mail_from=os.environ.get("SPM_MAIL_FROM", "Traguardo <traguardo@localhost>"),
    )


def _kept_secret(file: Path) -> bytes:
    """A random secret, made on first start and readable by its owner only; of two starts at once, one makes it."""
    if not file.exists():
        handle, fresh = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as being_written:
            being_written.write(secrets.token_bytes(32))
        with suppress(FileExistsError):
            os.link(fresh, file)
        Path(fresh).unlink()
    return file.read_bytes()
