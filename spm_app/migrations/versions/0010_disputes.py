"""Disputes have days by which they are answered, files, and the payee's own calculation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add what a dispute carries, its files, and how long a desk may take."""
    for column in (
        sa.Column("due_on", sa.Date, nullable=True),
        sa.Column("back_to", sa.String(64), nullable=False, server_default=""),
        sa.Column("assignee_id", BigId, nullable=True),
        sa.Column("appealed", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("counter", sa.JSON, nullable=True),
        sa.Column("reminded_on", sa.Date, nullable=True),
    ):
        op.add_column("dispute", column)
    op.create_index("ix_dispute_assignee_id", "dispute", ["assignee_id"])
    op.create_table(
        "dispute_file",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("dispute_id", BigId, sa.ForeignKey("dispute.id"), nullable=False, index=True),
        sa.Column("author_id", BigId, nullable=False, index=True),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
    )
    op.create_table(
        "dispute_policy",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("manager_days", sa.Integer, nullable=False),
        sa.Column("compensation_days", sa.Integer, nullable=False),
        sa.Column("blocks", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Take them away; a dispute that waits for a word goes back to the manager."""
    op.drop_table("dispute_policy")
    op.drop_table("dispute_file")
    op.drop_index("ix_dispute_assignee_id", "dispute")
    op.execute("UPDATE dispute SET state = 'with_manager' WHERE state = 'needs_information'")
    for name in ("reminded_on", "counter", "appealed", "assignee_id", "back_to", "due_on"):
        op.drop_column("dispute", name)
