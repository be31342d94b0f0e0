"""Goals and their trees; once a goal is published its amounts are guarded by triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant
from spm_app.migrations.guards import forbid, permit

revision = "0004"
down_revision = "0003"

_FIXED = "(SELECT state FROM planning_goal WHERE id = OLD.goal_id) <> 'draft'"


def upgrade() -> None:
    """Create the tables, then the guards."""
    op.create_table(
        "planning_goal",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("year", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_by", BigId, nullable=False, index=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_by", BigId, nullable=False, index=True),
        sa.Column("proposed_by", BigId, index=True),
        sa.Column("approved_by", BigId, index=True),
        sa.Column("published_at", Instant()),
        sa.UniqueConstraint("year", "version"),
    )
    op.create_table(
        "planning_node",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("goal_id", BigId, sa.ForeignKey("planning_goal.id"), nullable=False, index=True),
        sa.Column("parent", sa.String(64), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("team_id", BigId, index=True),
        sa.Column("person_id", BigId, index=True),
        sa.Column("weight", sa.BigInteger, nullable=False),
        sa.Column("past", sa.BigInteger, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("is_locked", sa.Boolean, nullable=False),
        sa.UniqueConstraint("goal_id", "code"),
    )
    forbid("planning_node", "UPDATE", "a goal that is no draft does not change", _FIXED)
    forbid("planning_node", "DELETE", "a goal that is no draft does not change", _FIXED)


def downgrade() -> None:
    """Drop them."""
    for act in ("UPDATE", "DELETE"):
        permit("planning_node", act)
    op.drop_table("planning_node")
    op.drop_table("planning_goal")
