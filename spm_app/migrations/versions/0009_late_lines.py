"""A manual line knows the final period whose late changes it pays, where its remark alone said so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_GUARD = "guard_adjustment_update"
_KNOWN = "UPDATE adjustment SET late_of = remark WHERE reason = 'late'"


def upgrade() -> None:
    """Add the column, and fill it for the lines that there are, those of final periods included."""
    op.add_column("adjustment", sa.Column("late_of", sa.String(16), nullable=True))
    op.create_index("ix_adjustment_late_of", "adjustment", ["late_of"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE adjustment DISABLE TRIGGER {_GUARD}")
        op.execute(_KNOWN)
        op.execute(f"ALTER TABLE adjustment ENABLE TRIGGER {_GUARD}")
        return
    asked = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    guard = str(op.get_bind().scalar(asked, {"name": _GUARD}))
    op.execute(f"DROP TRIGGER {_GUARD}")
    op.execute(_KNOWN)
    op.execute(guard)


def downgrade() -> None:
    """Drop the column; reason and remark still say the same."""
    op.drop_index("ix_adjustment_late_of", "adjustment")
    op.drop_column("adjustment", "late_of")
