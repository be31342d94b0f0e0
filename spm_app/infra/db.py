"""The database: one engine a process, and the unit of work that commits at its edge and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from spm_app.infra.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from sqlalchemy import Connection, Engine

#: PostgreSQL's advisory lock for `Work.before_commit`; any number that nobody else takes.
_LAST_ACTS = 0x5350_4D01


@dataclass(slots=True)
class Work:
    """One transaction. Stores use `session`; nobody but this module commits."""

    session: Session
    _before: list[Callable[[], None]] = field(default_factory=list["Callable[[], None]"])
    _after: list[Callable[[], None]] = field(default_factory=list["Callable[[], None]"])

    def before_commit(self, act: Callable[[], None]) -> None:
        """Write something as the last act of the transaction, one transaction at a time.

        What must be numbered in the order of commits (audit rows, facts) is written here: the lock that makes it so is
        the last one a transaction takes, so it is held for an instant and never part of a deadlock.
        """
        self._before.append(act)

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do something once the data is safe, such as waking a worker; never if the transaction fails."""
        self._after.append(act)

    def finish(self) -> None:
        """Called by `unit_of_work` alone, inside the transaction."""
        if not self._before:
            return
        self.session.flush()
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LAST_ACTS})
        for act in self._before:
            act()

    def announce(self) -> None:
        """Called by `unit_of_work` alone, after the commit."""
        for act in self._after:
            act()


@contextmanager
def unit_of_work() -> Generator[Work]:
    """Read and write: commits when the block ends well, leaves nothing behind when it does not."""
    with Session(engine(), expire_on_commit=False) as session:
        work = Work(session)
        with session.begin():
            session.connection(execution_options={"spm_writes": True})
            yield work
            work.finish()
    work.announce()


@contextmanager
def rehearsal() -> Generator[Work]:
    """Read and write as in `unit_of_work`, and keep nothing: what would happen, found out by doing it."""
    with Session(engine(), expire_on_commit=False) as session:
        session.connection(execution_options={"spm_writes": True})
        yield Work(session)
        session.rollback()


@contextmanager
def reading() -> Generator[Work]:
    """Read only: one consistent view, never committed; the database refuses to write."""
    with Session(engine(), expire_on_commit=False) as session:
        if session.get_bind().dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})
        yield Work(session)
        session.rollback()


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process, from the settings. `engine.cache_clear()` after changing them."""
    return connect(settings().database_url)


def connect(address: str) -> Engine:
    """An engine with the habits we rely on: WAL, full sync and foreign keys on SQLite."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    made = create_engine(url, connect_args={"timeout": 15})
    event.listen(made, "connect", _sqlite_habits)
    event.listen(made, "begin", _sqlite_begin)
    return made


def _sqlite_habits(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    connection.isolation_level = None  # the driver must not begin on its own: `_sqlite_begin` does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    """A writer says so at once, so that it waits for its turn rather than fail half-way; a reader cannot write."""
    writes = connection.get_execution_options().get("spm_writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
