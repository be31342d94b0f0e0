"""Payroll files are kept as they left, and a person is an employee or an agent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant

revision = "0013"
down_revision = "0012"

_SAME = " OR ".join(
    f"NEW.{name} <> OLD.{name}" for name in ("period_code", "content", "currency", "maker_id", "made_at")
)
#: table, act, condition: what the database itself refuses, whoever asks.
_GUARDS = (
    ("payroll_line", "UPDATE", "1 = 1", "exports are kept as they left"),
    ("payroll_line", "DELETE", "1 = 1", "exports are kept as they left"),
    ("payroll_export", "UPDATE", f"OLD.decider_id IS NOT NULL OR {_SAME}", "exports are kept as they left"),
    ("payroll_export", "DELETE", "1 = 1", "exports are kept as they left"),
)


def upgrade() -> None:
    """Everybody is an employee until somebody says otherwise."""
    op.add_column("person", sa.Column("engagement", sa.String(16), nullable=False, server_default="employee"))
    op.create_table(
        "payroll_template",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
        sa.Column("told", sa.JSON, nullable=False),
    )
    _exports()
    _lines()
    for table, act, condition, says in _GUARDS:
        _guard(table, act, condition, says)


def downgrade() -> None:
    """Drop guards and tables."""
    for table, act, *_ in _GUARDS:
        name = _name(table, act)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            op.execute(f"DROP TRIGGER {name}")
    for table in ("payroll_line", "payroll_export", "payroll_template"):
        op.drop_table(table)
    op.drop_column("person", "engagement")


def _exports() -> None:
    op.create_table(
        "payroll_export",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("period_code", sa.String(16), sa.ForeignKey("pay_period.code"), nullable=False, index=True),
        sa.Column("template", sa.JSON, nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("maker_id", BigId, nullable=False, index=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("decider_id", BigId, nullable=True, index=True),
        sa.Column("decided_at", Instant(), nullable=True),
    )


def _lines() -> None:
    op.create_table(
        "payroll_line",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("export_id", BigId, sa.ForeignKey("payroll_export.id"), nullable=False, index=True),
        sa.Column("payee_id", BigId, nullable=False, index=True),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("is_agent", sa.Boolean, nullable=False),
        sa.Column("component", sa.String(64), nullable=False),
        sa.Column("now_minor", sa.BigInteger, nullable=False),
        sa.Column("before_minor", sa.BigInteger, nullable=False),
    )


def _guard(table: str, act: str, condition: str, says: str) -> None:
    name = _name(table, act)
    if op.get_bind().dialect.name != "postgresql":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
        return
    back = "OLD" if act == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
        f" RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {back}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _name(table: str, act: str) -> str:
    return f"guard_{table}_{act.lower()}"
