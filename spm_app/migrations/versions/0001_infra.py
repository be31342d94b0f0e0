"""Audit, jobs and facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant
from spm_app.migrations.guards import forbid, permit

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables; what stands in the audit log cannot be changed."""
    _audit()
    _facts()
    _jobs()
    forbid("audit", "UPDATE", "the audit log is append-only")
    forbid("audit", "DELETE", "the audit log is append-only")


def downgrade() -> None:
    """Drop them."""
    permit("audit", "DELETE")
    permit("audit", "UPDATE")
    for table in ("job", "fact", "audit_head", "audit"):
        op.drop_table(table)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", BigId, primary_key=True, autoincrement=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor_id", BigId, nullable=True, index=True),
        sa.Column("actor_name", sa.String(200), nullable=False),
        sa.Column("act", sa.String(80), nullable=False, index=True),
        sa.Column("subject", sa.String(120), nullable=False, index=True),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("length", BigId, nullable=False),
        sa.Column("last", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )


def _facts() -> None:
    op.create_table(
        "fact",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
    )


def _jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("actor_id", BigId, nullable=False, index=True),
        sa.Column("actor_name", sa.String(200), nullable=False),
        sa.Column("args", sa.JSON, nullable=False),
        sa.Column("held", sa.String(120), nullable=True, unique=True),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("step", sa.String(120), nullable=False),
        sa.Column("result", sa.JSON, nullable=True),
        sa.Column("error_key", sa.String(120), nullable=False),
        sa.Column("error_args", sa.JSON, nullable=False),
        sa.Column("worker", sa.String(120), nullable=False),
        sa.Column("submitted_at", Instant, nullable=False),
        sa.Column("started_at", Instant, nullable=True),
        sa.Column("ended_at", Instant, nullable=True),
    )
