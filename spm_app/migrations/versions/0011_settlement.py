"""From earned to paid: entries, balances and paid sales of statements; what happened to sales; rates of exchange."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant

revision = "0011"
down_revision = "0010"

_FINAL = (
    "EXISTS (SELECT 1 FROM pay_period p JOIN run r ON r.period_code = p.code"
    " JOIN statement s ON s.run_id = r.id WHERE p.state = 'finalised' AND s.id = NEW.statement_id)"
)
_RESULTS = ("settlement", "settlement_entry", "settlement_balance", "paid_line")
_KEPT = ("deal_event", "exchange_rate")
#: table, act, condition: what the database itself refuses, whoever asks.
_GUARDS = (
    *((table, act, "1 = 1", "results are append-only") for table in _RESULTS for act in ("UPDATE", "DELETE")),
    *((table, "INSERT", _FINAL, "the period is finalised") for table in _RESULTS),
    *((table, "DELETE", "1 = 1", "what was entered is kept") for table in _KEPT),
    ("exchange_rate", "UPDATE", "1 = 1", "what was entered is kept"),
    ("deal_event", "UPDATE", "OLD.withdrawn_at IS NOT NULL OR NEW.day <> OLD.day", "what was entered is kept"),
)


def upgrade() -> None:
    """Create the tables and their guards."""
    _results()
    _facts()
    for table, act, condition, says in _GUARDS:
        _guard(table, act, condition, says)


def downgrade() -> None:
    """Drop guards and tables."""
    for table, act, *_ in _GUARDS:
        name = f"guard_{table}_{act.lower()}"
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            op.execute(f"DROP TRIGGER {name}")
    for table in (*_KEPT, *reversed(_RESULTS)):
        op.drop_table(table)


def _results() -> None:
    op.create_table(
        "settlement",
        sa.Column("statement_id", BigId, sa.ForeignKey("statement.id"), primary_key=True, autoincrement=False),
        _minor("paid_minor"),
        sa.Column("pay_currency", sa.String(3), nullable=False),
        _minor("pay_minor"),
        sa.Column("rate", sa.String(80), nullable=False),
        sa.Column("rate_day", sa.Date, nullable=True),
    )
    op.create_table(
        "settlement_entry",
        *_part_of_statement(),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        *_about(),
        sa.Column("code", sa.String(32), nullable=False),
        _minor("amount_minor"),
        sa.Column("derivation", sa.JSON, nullable=False),
    )
    op.create_table(
        "settlement_balance",
        *_part_of_statement(),
        sa.Column("kind", sa.String(64), nullable=False),
        *_about(),
        _minor("amount_minor"),
        _minor("whole_minor"),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.String(40), nullable=False),
        sa.Column("due", sa.Date, nullable=True),
    )
    op.create_table(
        "paid_line",
        *_part_of_statement(),
        *_about(),
        sa.Column("day", sa.Date, nullable=False),
        _minor("earned_minor"),
        _minor("paid_minor"),
        _minor("taken_minor"),
    )
    op.create_index("ix_paid_line_transaction", "paid_line", ["transaction"])


def _facts() -> None:
    op.create_table(
        "deal_event",
        _key(),
        sa.Column("transaction", sa.String(200), nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("currency", sa.String(3), nullable=True),
        _minor("amount_minor", nullable=True),
        _minor("share", nullable=True),
        _id("payee_id", nullable=True),
        _id("entered_by"),
        sa.Column("entered_at", Instant(), nullable=False),
        _id("withdrawn_by", nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
    )
    op.create_table(
        "exchange_rate",
        _key(),
        sa.Column("day", sa.Date, nullable=False, index=True),
        sa.Column("source", sa.String(3), nullable=False),
        sa.Column("target", sa.String(3), nullable=False),
        sa.Column("rate", sa.String(80), nullable=False),
        sa.Column("origin", sa.String(200), nullable=False),
        _id("entered_by"),
        sa.Column("entered_at", Instant(), nullable=False),
    )


def _guard(table: str, act: str, condition: str, says: str) -> None:
    name = f"guard_{table}_{act.lower()}"
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


def _part_of_statement() -> tuple[sa.Column[int], sa.Column[int]]:
    return _key(), sa.Column("statement_id", BigId, sa.ForeignKey("statement.id"), nullable=False, index=True)


def _about() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("component", sa.String(64), nullable=False),
        sa.Column("transaction", sa.String(220), nullable=False),
    )


def _key() -> sa.Column[int]:
    return sa.Column("id", BigId, primary_key=True, autoincrement=True)


def _id(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, BigId, nullable=nullable, index=True)


def _minor(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)
