"""Courses, attempts and badges; what is published or submitted is guarded by triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant
from spm_app.migrations.guards import forbid, permit

revision = "0005"
down_revision = "0004"

_TABLES = (
    "training_badge",
    "training_response",
    "training_attempt",
    "training_progress",
    "training_enrolment",
    "training_course_version",
    "training_course",
)
_FROZEN = "OLD.state IN ('published', 'retired')"
_REWRITTEN = (
    "(NEW.content <> OLD.content OR NEW.content_hash <> OLD.content_hash OR NEW.number <> OLD.number"
    " OR NEW.course_id <> OLD.course_id OR NEW.state NOT IN ('published', 'retired'))"
)
_GUARDS = (
    (
        "training_course_version",
        "UPDATE",
        "a published course version does not change",
        f"{_FROZEN} AND {_REWRITTEN}",
    ),
    ("training_course_version", "DELETE", "a published course version is not deleted", _FROZEN),
    (
        "training_response",
        "UPDATE",
        "answers are frozen once submitted",
        "NEW.answer <> OLD.answer AND (SELECT state FROM training_attempt WHERE id = OLD.attempt_id) <> 'in_progress'",
    ),
    (
        "training_response",
        "INSERT",
        "answers are frozen once submitted",
        "(SELECT state FROM training_attempt WHERE id = NEW.attempt_id) <> 'in_progress'",
    ),
    ("training_attempt", "UPDATE", "an attempt is graded once", "OLD.state = 'graded'"),
)


def upgrade() -> None:
    """Create the tables, then the guards."""
    _courses()
    _learning()
    _attempts()
    _badges()
    for table, act, says, when in _GUARDS:
        forbid(table, act, says, when)


def downgrade() -> None:
    """Drop them."""
    for table, act, *_rest in _GUARDS:
        permit(table, act)
    for table in _TABLES:
        op.drop_table(table)


def _courses() -> None:
    op.create_table(
        "training_course",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("owner_id", BigId, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("published_id", BigId),
        sa.UniqueConstraint("code", name="uq_training_course_code"),
    )
    _index("training_course", "owner_id", "published_id")
    op.create_table(
        "training_course_version",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("course_id", sa.BigInteger(), sa.ForeignKey("training_course.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("changed_by", BigId, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("published_by", BigId),
        sa.Column("published_at", Instant()),
        sa.UniqueConstraint("course_id", "number", name="uq_training_course_version_course_id_number"),
    )
    _index("training_course_version", "changed_by", "published_by")


def _learning() -> None:
    op.create_table(
        "training_enrolment",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("course_id", sa.BigInteger(), sa.ForeignKey("training_course.id"), nullable=False),
        sa.Column("version_id", sa.BigInteger(), sa.ForeignKey("training_course_version.id"), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("by_id", BigId, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("open_mark", sa.Integer()),
        sa.Column("due_on", sa.Date()),
        sa.Column("enrolled_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant()),
        sa.UniqueConstraint(
            "person_id", "course_id", "open_mark", name="uq_training_enrolment_person_id_course_id_open_mark"
        ),
    )
    _index("training_enrolment", "person_id", "version_id", "by_id")
    op.create_index("ix_training_enrolment_course_id_state", "training_enrolment", ["course_id", "state"])
    op.create_table(
        "training_progress",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("enrolment_id", sa.BigInteger(), sa.ForeignKey("training_enrolment.id"), nullable=False),
        sa.Column("activity_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("score", sa.String(64)),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.UniqueConstraint("enrolment_id", "activity_id", name="uq_training_progress_enrolment_id_activity_id"),
    )


def _attempts() -> None:
    op.create_table(
        "training_attempt",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("enrolment_id", sa.BigInteger(), sa.ForeignKey("training_enrolment.id"), nullable=False),
        sa.Column("activity_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("submitted_at", Instant()),
        sa.Column("graded_at", Instant()),
        sa.Column("score", sa.String(64)),
        sa.Column("passed", sa.Boolean()),
        sa.UniqueConstraint(
            "enrolment_id", "activity_id", "number", name="uq_training_attempt_enrolment_id_activity_id_number"
        ),
    )
    op.create_table(
        "training_response",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("attempt_id", sa.BigInteger(), sa.ForeignKey("training_attempt.id"), nullable=False),
        sa.Column("question_id", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("mark", sa.String(64)),
        sa.UniqueConstraint("attempt_id", "question_id", name="uq_training_response_attempt_id_question_id"),
    )


def _badges() -> None:
    op.create_table(
        "training_badge",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("course_id", sa.BigInteger(), sa.ForeignKey("training_course.id"), nullable=False),
        sa.Column("version_id", sa.BigInteger(), sa.ForeignKey("training_course_version.id"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("course_title", sa.Text(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revoked_at", Instant()),
        sa.UniqueConstraint("person_id", "version_id", name="uq_training_badge_person_id_version_id"),
    )
    _index("training_badge", "person_id", "course_id", "version_id")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
