"""The database: one engine a process, and the unit of work that commits at its edge and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from spm_app.infra.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine


@dataclass(slots=True)
class Work:
    """One transaction. Stores use `session`; nobody but this module commits."""

    session: Session
    _after: list[Callable[[], None]] = field(default_factory=list["Callable[[], None]"])

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do something once the data is safe, such as waking a worker; never if the transaction fails."""
        self._after.append(act)

    def run_after_commit(self) -> None:
        """Called by `unit_of_work` alone."""
        for act in self._after:
            act()


@contextmanager
def unit_of_work() -> Iterator[Work]:
    """Read and write: commits when the block ends well, leaves nothing behind when it does not."""
    with Session(engine(), expire_on_commit=False) as session:
        work = Work(session)
        with session.begin():
            _take_write_lock(session)
            yield work
    work.run_after_commit()


@contextmanager
def reading() -> Iterator[Work]:
    """Read only: one consistent view, never committed."""
    with Session(engine(), expire_on_commit=False) as session:
        yield Work(session)
        session.rollback()


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process, from the settings. `engine.cache_clear()` after changing them."""
    return connect(settings().database_url)


def connect(url: str) -> Engine:
    """An engine with the habits we rely on: WAL, full sync and foreign keys on SQLite."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    made = create_engine(url, connect_args={"timeout": 15})
    event.listen(made, "connect", _sqlite_habits)
    event.listen(made, "begin", _sqlite_begin)
    return made


def _sqlite_habits(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    connection.isolation_level = None  # the driver must not begin on its own: `_sqlite_begin` does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Any) -> None:  # noqa: ANN401 - the driver's own type
    connection.exec_driver_sql("BEGIN")


def _take_write_lock(session: Session) -> None:
    """On SQLite a writer says so at once, so that it waits for its turn rather than fail half-way."""
    if session.get_bind().dialect.name == "sqlite":
        connection = session.connection().connection.dbapi_connection
        assert connection is not None  # noqa: S101 - a fresh connection always has one
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
