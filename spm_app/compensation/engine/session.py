"""A DuckDB of our own for one calculation: in memory, without files, network or extensions, and locked."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from spm_app.compensation.engine.arrow import Table

_STAGES = Path(__file__).with_name("stages")
#: Below this many deals one thread is faster than several.
_SMALL = 50_000
_WALL = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


class Session:
    """Runs stages and answers with columns."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Work on an open connection."""
        self._connection = connection

    def give(self, name: str, table: Table) -> None:
        """Make columns known under a name."""
        self._connection.register(name, table)

    def stage(self, name: str, values: Mapping[str, Any], **texts: object) -> None:
        """Run every statement of `stages/<name>.sql`; `texts` are the parts that a fixed text cannot say."""
        sql = (_STAGES / f"{name}.sql").read_text(encoding="utf-8")
        for statement in self._connection.extract_statements(sql.format(**texts) if texts else sql):
            named = {each: values[each] for each in statement.named_parameters}
            self._connection.execute(statement, named or None)

    def run(self, sql: str) -> None:
        """One statement."""
        self._connection.execute(sql)

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """A small answer."""
        return self._connection.execute(sql, dict(values) if values else None).fetchall()

    def table(self, sql: str) -> Table:
        """An answer as columns."""
        answer: Any = self._connection.execute(sql)
        return answer.to_arrow_table()


@contextmanager
def opened(deals: int, threads: int | None) -> Generator[Session]:
    """A session sized for that many deals, gone at the end."""
    wanted = threads or (1 if deals < _SMALL else 0)
    settings = _WALL | ({"threads": str(wanted)} if wanted else {})
    connection = duckdb.connect(":memory:", config=dict[str, Any](settings))
    try:
        connection.execute("SET lock_configuration = true")
        yield Session(connection)
    finally:
        connection.close()
