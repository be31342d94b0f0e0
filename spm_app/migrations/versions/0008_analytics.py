"""Who chose not to be on the leaderboard of their colleagues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "board_unlisted",
        sa.Column("person_id", BigId, primary_key=True, autoincrement=False),
        sa.Column("since", Instant(), nullable=False),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("board_unlisted")
