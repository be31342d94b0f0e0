"""The shape of the database and how it came about: `upgrade` brings it to the head, `at_head` tells where it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HERE = Path(__file__).parent


def upgrade(engine: Engine, to: str = "head") -> None:
    """Create or change the tables, all in one transaction; two processes that do it at once take turns."""
    with engine.execution_options(spm_writes=True).begin() as connection:
        command.upgrade(_config(connection), to)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take the tables back to an earlier shape; what only the later shape can hold is lost."""
    with engine.execution_options(spm_writes=True).begin() as connection:
        command.downgrade(_config(connection), to)


def at_head(engine: Engine) -> bool:
    """Whether the tables have the shape that this program expects; it must not serve on any other."""
    expected = set(ScriptDirectory.from_config(_config()).get_heads())
    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == expected


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config
