"""Accounts, products, deals and imports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant

revision = "0003"
down_revision = "0002"

_TABLES = (
    "import_change",
    "raw_record",
    "import_finding",
    "import_batch",
    "value_map",
    "import_mapping",
    "external_ref",
    "stage_event",
    "deal_owner",
    "deal",
    "product",
    "account",
)


def upgrade() -> None:
    """Create the tables."""
    _sold()
    _deals()
    _references()
    _mappings()
    _imports()


def downgrade() -> None:
    """Drop them."""
    for table in _TABLES:
        op.drop_table(table)


def _sold() -> None:
    op.create_table(
        "account",
        _key(),
        _name("external_id"),
        _name("name", index=True),
        _name("sector"),
        _name("country"),
        _name("parent"),
        sa.Column("extra", sa.JSON, nullable=False),
    )
    op.create_table(
        "product",
        _key(),
        _name("external_id"),
        _name("code", index=True),
        _name("name"),
        _name("family"),
        sa.Column("list_price_minor", sa.BigInteger),
        _text("currency", 3),
        sa.Column("extra", sa.JSON, nullable=False),
    )


def _deals() -> None:
    op.create_table(
        "deal",
        _key(),
        _name("external_id"),
        _name("name"),
        sa.Column("account_id", BigId, sa.ForeignKey("account.id"), index=True),
        sa.Column("product_id", BigId, sa.ForeignKey("product.id"), index=True),
        sa.Column("amount_minor", sa.BigInteger),
        _text("currency", 3),
        _name("stage"),
        _text("outcome", 64),
        _text("forecast", 64),
        sa.Column("opened_on", sa.Date, index=True),
        sa.Column("expected_close_on", sa.Date),
        sa.Column("closed_on", sa.Date, index=True),
        sa.Column("extra", sa.JSON, nullable=False),
    )
    op.create_index("ix_deal_outcome_closed_on", "deal", ["outcome", "closed_on"])
    op.create_index("ix_deal_outcome_stage", "deal", ["outcome", "stage"])
    op.create_table(
        "deal_owner",
        sa.Column("deal_id", BigId, sa.ForeignKey("deal.id"), primary_key=True),
        sa.Column("person_id", BigId, primary_key=True, index=True, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("share_ppm", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "stage_event",
        _key(),
        _to("deal_id", "deal.id"),
        _name("stage"),
        _text("outcome", 64),
        sa.Column("on", sa.Date, nullable=False),
        _ref("import_id"),
    )


def _references() -> None:
    op.create_table(
        "external_ref",
        _key(),
        _text("source", 64),
        _text("kind", 16),
        _name("external_id"),
        sa.Column("our_id", BigId, nullable=False),
        _text("fingerprint", 64),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("deleted_at", Instant),
        _ref("import_id"),
        sa.UniqueConstraint("source", "kind", "external_id"),
    )
    op.create_index("ix_external_ref_kind_our_id", "external_ref", ["kind", "our_id"])


def _mappings() -> None:
    op.create_table(
        "import_mapping",
        _key(),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
        _text("kind", 64),
        sa.Column("layout", sa.JSON, nullable=False),
        sa.Column("columns", sa.JSON, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
    )
    op.create_table(
        "value_map",
        _key(),
        _to("mapping_id", "import_mapping.id"),
        _text("field", 64),
        _name("value"),
        _text("act", 64),
        _name("target"),
        sa.UniqueConstraint("mapping_id", "field", "value"),
    )


def _imports() -> None:
    op.create_table(
        "import_batch",
        _key(),
        _text("kind", 64),
        _text("source", 64),
        _name("filename"),
        sa.Column("request", sa.JSON, nullable=False),
        _text("state", 16, index=True),
        sa.Column("job_id", BigId, index=True),
        _ref("actor_id"),
        _name("actor_name"),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("counts", sa.JSON, nullable=False),
        _text("error_key", 120),
        sa.Column("error_args", sa.JSON, nullable=False),
    )
    op.create_table(
        "import_finding",
        _key(),
        _to("import_id", "import_batch.id"),
        _text("kind", 16),
        sa.Column("row", sa.Integer, nullable=False),
        _name("at"),
        _text("key", 120),
        sa.Column("args", sa.JSON, nullable=False),
        _text("severity", 16),
    )
    op.create_table(
        "raw_record",
        sa.Column("import_id", BigId, sa.ForeignKey("import_batch.id"), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("cells", sa.Text, nullable=False),
    )
    op.create_table(
        "import_change",
        _key(),
        _to("import_id", "import_batch.id"),
        _text("kind", 16),
        sa.Column("our_id", BigId, nullable=False),
        _name("external_id"),
        _text("fingerprint", 64),
        sa.Column("before", sa.JSON),
    )
    op.create_index("ix_import_change_kind_our_id", "import_change", ["kind", "our_id"])


def _key() -> sa.Column[int]:
    return sa.Column("id", BigId, primary_key=True, autoincrement=True)


def _ref(name: str) -> sa.Column[int]:
    return sa.Column(name, BigId, nullable=False, index=True)


def _to(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, BigId, sa.ForeignKey(target), nullable=False, index=True)


def _name(name: str, *, index: bool = False) -> sa.Column[str]:
    return _text(name, 200, index=index)


def _text(name: str, size: int, *, index: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(size), nullable=False, index=index)
