"""Company, persons, titles, positions, teams, accounts and sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant
from spm_app.migrations.guards import forbid, permit

revision = "0002"
down_revision = "0001"

_TABLES = (
    "sign_in_attempt",
    "user_session",
    "user_account",
    "pay",
    "reporting",
    "seat",
    "position",
    "team_place",
    "team",
    "title",
    "person",
    "company",
)


def upgrade() -> None:
    """Create the tables; recorded pay is replaced by a later record, never changed or deleted."""
    _company_and_persons()
    _organisation()
    _dated()
    _accounts()
    forbid("pay", "UPDATE", "recorded pay does not change", _PAY_CHANGED)
    forbid("pay", "DELETE", "recorded pay is kept")


def downgrade() -> None:
    """Drop them."""
    permit("pay", "DELETE")
    permit("pay", "UPDATE")
    for table in _TABLES:
        op.drop_table(table)


_PAY_CHANGED = (
    "NEW.person_id <> OLD.person_id OR NEW.base <> OLD.base OR NEW.target_incentive <> OLD.target_incentive"
    " OR NEW.currency <> OLD.currency OR NEW.start <> OLD.start OR OLD.replaced_at IS NOT NULL"
)


def _key() -> sa.Column[int]:
    return sa.Column("id", BigId, primary_key=True, autoincrement=True)


def _ref(name: str, to: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, BigId, sa.ForeignKey(to), nullable=nullable, index=True)


def _company_and_persons() -> None:
    op.create_table(
        "company",
        _key(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("first_month", sa.Integer, nullable=False),
        sa.Column("layout", sa.String(16), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
    )
    op.create_table(
        "person",
        _key(),
        sa.Column("external_id", sa.String(64), nullable=True, unique=True),
        sa.Column("name", sa.String(200), nullable=False, index=True),
        sa.Column("email", sa.String(200), nullable=True, unique=True),
        sa.Column("hired_on", sa.Date, nullable=False),
        sa.Column("left_on", sa.Date, nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
    )


def _organisation() -> None:
    for table in ("title", "team"):
        op.create_table(
            table,
            _key(),
            sa.Column("code", sa.String(64), nullable=False, unique=True),
            sa.Column("name", sa.String(200), nullable=False),
        )
    op.create_table(
        "team_place",
        _key(),
        _ref("team_id", "team.id"),
        _ref("parent_id", "team.id", nullable=True),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=True),
    )
    op.create_table(
        "position",
        _key(),
        sa.Column("code", sa.String(64), nullable=False, unique=True),
        _ref("title_id", "title.id"),
    )


def _dated() -> None:
    op.create_table(
        "seat",
        _key(),
        _ref("person_id", "person.id"),
        _ref("position_id", "position.id"),
        _ref("team_id", "team.id"),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=True),
    )
    op.create_table(
        "reporting",
        _key(),
        _ref("person_id", "person.id"),
        _ref("manager_id", "person.id"),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=True),
    )
    op.create_table(
        "pay",
        _key(),
        _ref("person_id", "person.id"),
        sa.Column("base", sa.BigInteger, nullable=False),
        sa.Column("target_incentive", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("replaced_at", Instant, nullable=True),
    )


def _accounts() -> None:
    op.create_table(
        "user_account",
        sa.Column("person_id", BigId, sa.ForeignKey("person.id"), primary_key=True, autoincrement=False),
        sa.Column("sign_in_name", sa.String(120), nullable=False, unique=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("password_set_at", Instant, nullable=False),
        sa.Column("roles", sa.String(200), nullable=False),
        sa.Column("theme", sa.String(8), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("disabled_at", Instant, nullable=True),
    )
    op.create_table(
        "user_session",
        _key(),
        _ref("person_id", "user_account.person_id"),
        sa.Column("token_digest", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("agent", sa.String(300), nullable=False),
    )
    op.create_table(
        "sign_in_attempt",
        _key(),
        sa.Column("key", sa.String(64), nullable=False, index=True),
        sa.Column("at", Instant, nullable=False, index=True),
    )
