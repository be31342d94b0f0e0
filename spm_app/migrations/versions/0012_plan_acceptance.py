"""Payees agree to a published plan; what they agreed to and when stays as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant

revision = "0012"
down_revision = "0011"

_ACTS = ("UPDATE", "DELETE")
_SAYS = "an acceptance is kept"


def upgrade() -> None:
    """Create the table and its guards."""
    op.create_table(
        "plan_acceptance",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("version_id", BigId, sa.ForeignKey("plan_version.id"), nullable=False, index=True),
        sa.Column("person_id", BigId, nullable=False, index=True),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.UniqueConstraint("version_id", "person_id"),
    )
    for act in _ACTS:
        _guard(act)


def downgrade() -> None:
    """Drop both."""
    for act in _ACTS:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {_name(act)}() CASCADE")
        else:
            op.execute(f"DROP TRIGGER {_name(act)}")
    op.drop_table("plan_acceptance")


def _guard(act: str) -> None:
    name = _name(act)
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON plan_acceptance BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON plan_acceptance FOR EACH ROW EXECUTE FUNCTION {name}()")


def _name(act: str) -> str:
    return f"guard_plan_acceptance_{act.lower()}"
