"""Plans, runs, results, adjustments and disputes, with triggers that keep what is final as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant

revision = "0006"
down_revision = "0005"

_FINAL = "EXISTS (SELECT 1 FROM pay_period WHERE code = {code} AND state = 'finalised')"
_FINAL_RUN = (
    "EXISTS (SELECT 1 FROM pay_period p JOIN run r ON r.period_code = p.code"
    " WHERE p.state = 'finalised' AND r.id = {run})"
)
_FINAL_STATEMENT = (
    "EXISTS (SELECT 1 FROM pay_period p JOIN run r ON r.period_code = p.code"
    " JOIN statement s ON s.run_id = r.id WHERE p.state = 'finalised' AND s.id = NEW.statement_id)"
)
_RESULTS = ("run", "statement", "component_result", "statement_line")
#: table, act, condition: what the database itself refuses, whoever asks.
_GUARDS = (
    *((table, act, "1 = 1", "results are append-only") for table in _RESULTS for act in ("UPDATE", "DELETE")),
    ("run", "INSERT", _FINAL.format(code="NEW.period_code"), "the period is finalised"),
    ("statement", "INSERT", _FINAL_RUN.format(run="NEW.run_id"), "the period is finalised"),
    ("component_result", "INSERT", _FINAL_STATEMENT, "the period is finalised"),
    ("statement_line", "INSERT", _FINAL_STATEMENT, "the period is finalised"),
    ("adjustment", "INSERT", _FINAL.format(code="NEW.period_code"), "the period is finalised"),
    ("adjustment", "UPDATE", _FINAL.format(code="OLD.period_code"), "the period is finalised"),
    ("adjustment", "DELETE", "1 = 1", "adjustments are withdrawn, not deleted"),
    ("pay_period", "UPDATE", "OLD.state = 'finalised'", "the period is finalised"),
    ("pay_period", "DELETE", "1 = 1", "periods are kept"),
    (
        "plan_version",
        "UPDATE",
        (
            "OLD.published_at IS NOT NULL AND (NEW.text <> OLD.text OR NEW.number <> OLD.number"
            " OR NEW.plan_id <> OLD.plan_id OR NEW.published_at IS NULL OR NEW.author_id <> OLD.author_id)"
        ),
        "a published plan version does not change",
    ),
    ("plan_version", "DELETE", "OLD.published_at IS NOT NULL", "a published plan version does not change"),
)


def upgrade() -> None:
    """Create the tables and their guards."""
    _plans()
    _results()
    _people_s_part()
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
    for table in (
        "dispute_remark",
        "dispute",
        "adjustment",
        "team_review",
        "statement_line",
        "component_result",
        "statement",
        "run",
        "pay_period",
        "plan_version",
        "plan",
    ):
        op.drop_table(table)


def _plans() -> None:
    op.create_table(
        "plan",
        _key(),
        sa.Column("code", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
    )
    op.create_table(
        "plan_version",
        _key(),
        _to("plan_id", "plan.id"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        _id("author_id"),
        _at("written_at"),
        _id("approver_id", nullable=True),
        _at("approved_at", nullable=True),
        _at("published_at", nullable=True),
        sa.UniqueConstraint("plan_id", "number"),
    )


def _results() -> None:
    op.create_table(
        "pay_period",
        sa.Column("code", sa.String(16), primary_key=True),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        _id("run_id", nullable=True),
        _id("approver_id", nullable=True),
        _at("approved_at", nullable=True),
        _id("finaliser_id", nullable=True),
        _at("finalised_at", nullable=True),
    )
    op.create_table(
        "run",
        _key(),
        sa.Column("period_code", sa.String(16), sa.ForeignKey("pay_period.code"), nullable=False, index=True),
        _id("starter_id"),
        _at("started_at"),
        sa.Column("digest", sa.String(64), nullable=False),
        _currency(),
        _minor("total_minor"),
        sa.Column("payees", sa.Integer, nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("versions", sa.JSON, nullable=False),
        sa.Column("log", sa.JSON, nullable=False),
    )
    op.create_table(
        "statement",
        _key(),
        _to("run_id", "run.id"),
        _id("payee_id"),
        sa.Column("payee_name", sa.String(200), nullable=False),
        sa.Column("title_code", sa.String(64), nullable=False),
        _currency(),
        _minor("earned_minor"),
        sa.UniqueConstraint("run_id", "payee_id"),
    )
    op.create_table(
        "component_result",
        _key(),
        _to("statement_id", "statement.id"),
        sa.Column("plan_version_id", BigId, sa.ForeignKey("plan_version.id"), nullable=False),
        sa.Column("component", sa.String(64), nullable=False),
        _minor("measure_minor"),
        _minor("quota_minor", nullable=True),
        _minor("earned_minor"),
        sa.Column("derivation", sa.JSON, nullable=False),
    )
    op.create_table(
        "statement_line",
        _key(),
        _to("statement_id", "statement.id"),
        _to("component_id", "component_result.id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("transaction", sa.String(200), nullable=False, index=True),
        _id("deal_id", nullable=True),
        sa.Column("day", sa.Date, nullable=True),
        _minor("credit_minor"),
        _minor("amount_minor"),
        sa.Column("derivation", sa.JSON, nullable=False),
    )


def _people_s_part() -> None:
    op.create_table(
        "team_review",
        _key(),
        _to("run_id", "run.id"),
        _id("reviewer_id"),
        _at("at"),
        sa.Column("agreed", sa.Boolean, nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.UniqueConstraint("run_id", "reviewer_id"),
    )
    op.create_table(
        "adjustment",
        _key(),
        _id("payee_id"),
        sa.Column("period_code", sa.String(16), sa.ForeignKey("pay_period.code"), nullable=False, index=True),
        _currency(),
        _minor("amount_minor"),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        _id("proposer_id"),
        _at("proposed_at"),
        _id("approver_id", nullable=True),
        _at("decided_at", nullable=True),
        _id("dispute_id", nullable=True),
    )
    op.create_table(
        "dispute",
        _key(),
        _to("statement_id", "statement.id"),
        sa.Column("line_id", BigId, sa.ForeignKey("statement_line.id"), nullable=True),
        _id("payee_id"),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        _at("raised_at"),
        _at("closed_at", nullable=True),
    )
    op.create_table(
        "dispute_remark",
        _key(),
        _to("dispute_id", "dispute.id"),
        _id("author_id"),
        sa.Column("author_name", sa.String(200), nullable=False),
        _at("at"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
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


def _key() -> sa.Column[int]:
    return sa.Column("id", BigId, primary_key=True, autoincrement=True)


def _to(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, BigId, sa.ForeignKey(target), nullable=False, index=True)


def _id(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, BigId, nullable=nullable, index=True)


def _minor(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _currency() -> sa.Column[str]:
    return sa.Column("currency", sa.String(3), nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, Instant(), nullable=nullable)
