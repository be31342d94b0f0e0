"""Rows of the CRM. Persons belong to another module: their ids are plain numbers here."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra.columns import (
    At,
    Base,
    BigId,
    Code,
    Key,
    LongText,
    MaybeAt,
    MaybeMinor,
    MaybeRef,
    Name,
    Ppm,
    Ref,
)


class AccountRow(Base):
    """A customer. `extra` holds the columns of the source that we have no field for."""

    __tablename__ = "account"
    id: Mapped[Key]
    external_id: Mapped[Name]
    name: Mapped[str] = mapped_column(String(200), index=True)
    sector: Mapped[Name]
    country: Mapped[Name]
    parent: Mapped[Name]
    extra: Mapped[dict[str, str]] = mapped_column(JSON)


class ProductRow(Base):
    """What is sold."""

    __tablename__ = "product"
    id: Mapped[Key]
    external_id: Mapped[Name]
    code: Mapped[str] = mapped_column(String(200), index=True)
    name: Mapped[Name]
    family: Mapped[Name]
    list_price_minor: Mapped[MaybeMinor]
    currency: Mapped[str] = mapped_column(String(3))
    extra: Mapped[dict[str, str]] = mapped_column(JSON)


class DealRow(Base):
    """A deal. `currency` is empty when the amount is not stated."""

    __tablename__ = "deal"
    __table_args__ = (
        Index("ix_deal_outcome_closed_on", "outcome", "closed_on"),
        Index("ix_deal_outcome_stage", "outcome", "stage"),
    )
    id: Mapped[Key]
    external_id: Mapped[Name]
    name: Mapped[Name]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    amount_minor: Mapped[MaybeMinor]
    currency: Mapped[str] = mapped_column(String(3))
    stage: Mapped[Name]
    outcome: Mapped[Code]
    forecast: Mapped[Code]
    opened_on: Mapped[date | None] = mapped_column(Date, index=True)
    expected_close_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date, index=True)
    extra: Mapped[dict[str, str]] = mapped_column(JSON)


class DealOwnerRow(Base):
    """Whose deal it is, and how much of it; the shares of one deal sum to a million."""

    __tablename__ = "deal_owner"
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, primary_key=True, index=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer)
    share_ppm: Mapped[Ppm]


class StageEventRow(Base):
    """The deal was in this stage from this day on; `import_id` says which import knew."""

    __tablename__ = "stage_event"
    id: Mapped[Key]
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), index=True)
    stage: Mapped[Name]
    outcome: Mapped[Code]
    on: Mapped[date] = mapped_column(Date)
    import_id: Mapped[Ref]


class ExternalRefRow(Base):
    """What a source calls one of our records, and what it last said of it (`fingerprint`)."""

    __tablename__ = "external_ref"
    __table_args__ = (
        UniqueConstraint("source", "kind", "external_id"),
        Index("ix_external_ref_kind_our_id", "kind", "our_id"),
    )
    id: Mapped[Key]
    source: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    external_id: Mapped[Name]
    our_id: Mapped[int] = mapped_column(BigId)
    fingerprint: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[At]
    deleted_at: Mapped[MaybeAt]
    import_id: Mapped[Ref]


class ImportMappingRow(Base):
    """How files of one kind are understood, kept by name: layout and columns; its values are rows of `value_map`."""

    __tablename__ = "import_mapping"
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[Code]
    layout: Mapped[dict[str, Any]] = mapped_column(JSON)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[At]


class ValueMapRow(Base):
    """What one value of the source means to us: a stage's outcome, a seller, a product, an account."""

    __tablename__ = "value_map"
    __table_args__ = (UniqueConstraint("mapping_id", "field", "value"),)
    id: Mapped[Key]
    mapping_id: Mapped[int] = mapped_column(ForeignKey("import_mapping.id"), index=True)
    field: Mapped[Code]
    value: Mapped[Name]
    act: Mapped[Code]
    target: Mapped[Name]


class ImportRow(Base):
    """One import: its files, how they were read, and what came of it. `request` says all that is needed to do it again.

    `counts` has for each kind of record how many rows were read, created, changed, unchanged and refused.
    """

    __tablename__ = "import_batch"
    id: Mapped[Key]
    kind: Mapped[Code]
    source: Mapped[str] = mapped_column(String(64))
    filename: Mapped[Name]
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16), index=True)
    job_id: Mapped[MaybeRef]
    actor_id: Mapped[Ref]
    actor_name: Mapped[Name]
    created_at: Mapped[At]
    ended_at: Mapped[MaybeAt]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    error_key: Mapped[str] = mapped_column(String(120))
    error_args: Mapped[dict[str, Any]] = mapped_column(JSON)


class ImportFindingRow(Base):
    """Why a row was refused, or what to look at in one that was taken."""

    __tablename__ = "import_finding"
    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    row: Mapped[int] = mapped_column(Integer)
    at: Mapped[Name]
    key: Mapped[str] = mapped_column(String(120))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    severity: Mapped[str] = mapped_column(String(16))


class RawRecordRow(Base):
    """A refused row as it stood in the file, so that it can be mended and sent again."""

    __tablename__ = "raw_record"
    import_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    row: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    cells: Mapped[LongText]


class ImportChangeRow(Base):
    """The undo journal: what an import made or changed, with what stood before (None for what is new)."""

    __tablename__ = "import_change"
    __table_args__ = (Index("ix_import_change_kind_our_id", "kind", "our_id"),)
    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    our_id: Mapped[int] = mapped_column(BigId)
    external_id: Mapped[Name]
    fingerprint: Mapped[str] = mapped_column(String(64))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
