"""The tables that migrations make are the tables that the program knows, forth and back, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from spm_app import migrations
from spm_app.infra.db import engine
from spm_app.migrations.metadata import every_table


def test_migrations_make_the_tables_that_the_program_knows(database: str) -> None:
    with engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, every_table()) == []


def test_migrations_go_up_down_and_up_again(database: str) -> None:
    before = set(inspect(engine()).get_table_names())

    migrations.downgrade(engine())
    assert set(inspect(engine()).get_table_names()) == {"alembic_version"}
    assert not migrations.at_head(engine())

    migrations.upgrade(engine())
    assert set(inspect(engine()).get_table_names()) == before
    assert migrations.at_head(engine())
