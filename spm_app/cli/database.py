"""`spm migrate`: the tables in the shape that this program expects."""

from __future__ import annotations

from spm_app import migrations
from spm_app.infra.db import engine


def migrate() -> None:
    """Create or change the tables; does nothing when they are up to date."""
    if not migrations.at_head(engine()):
        migrations.upgrade(engine())


def start_over() -> None:
    """Throw everything away and make the tables anew."""
    migrations.downgrade(engine())
    migrations.upgrade(engine())
