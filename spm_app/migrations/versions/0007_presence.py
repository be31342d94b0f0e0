"""A quarter of a goal keeps how many days of it the person is there, where that is not the whole of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; goals made before were split as if everybody were there all the time."""
    op.add_column("planning_node", sa.Column("days", sa.Integer))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("planning_node", "days")
