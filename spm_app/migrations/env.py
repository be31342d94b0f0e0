"""Run by Alembic: uses the connection that `spm_app.migrations` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from spm_app.migrations.metadata import every_table

#: PostgreSQL's advisory lock, so that two processes that start together do not both migrate.
_MIGRATING = 0x5350_4D02

connection = context.config.attributes["connection"]
if connection is None:
    message = "run migrations through `spm migrate`"
    raise RuntimeError(message)
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
context.configure(connection=connection, target_metadata=every_table(), render_as_batch=True)
context.run_migrations()
