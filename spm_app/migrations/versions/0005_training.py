"""Courses, attempts and badges; what is published or submitted is guarded by triggers."""

import sqlalchemy as sa
from alembic import op

from spm_app.infra.columns import BigId, Instant

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
_GUARDS = {
    "training_version_frozen": (
        "training_course_version",
        "UPDATE OF content, content_hash, number, course_id",
        "OLD.state IN ('published', 'retired')",
        "a published course version does not change",
    ),
    "training_version_kept": (
        "training_course_version",
        "DELETE",
        "OLD.state IN ('published', 'retired')",
        "a published course version is not deleted",
    ),
    "training_answer_frozen": (
        "training_response",
        "UPDATE OF answer, attempt_id, question_id",
        "(SELECT state FROM training_attempt WHERE id = OLD.attempt_id) <> 'in_progress'",
        "answers are frozen once submitted",
    ),
    "training_answer_late": (
        "training_response",
        "INSERT",
        "(SELECT state FROM training_attempt WHERE id = NEW.attempt_id) <> 'in_progress'",
        "answers are frozen once submitted",
    ),
    "training_attempt_graded_once": (
        "training_attempt",
        "UPDATE OF state, score, passed, seed, number",
        "OLD.state = 'graded'",
        "an attempt is graded once",
    ),
}


def upgrade() -> None:
    """Create the tables, then the guards."""
    _courses()
    _learning()
    _attempts()
    _badges()
    for name, guard in _GUARDS.items():
        _guard(name, *guard)


def downgrade() -> None:
    """Drop them."""
    for name, (table, *_rest) in _GUARDS.items():
        _unguard(name, table)
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
        sa.UniqueConstraint("course_id", "number", name="uq_training_course_version_course_id"),
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
        sa.UniqueConstraint("person_id", "course_id", "open_mark", name="uq_training_enrolment_person_id"),
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
        sa.UniqueConstraint("enrolment_id", "activity_id", name="uq_training_progress_enrolment_id"),
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
        sa.UniqueConstraint("enrolment_id", "activity_id", "number", name="uq_training_attempt_enrolment_id"),
    )
    op.create_table(
        "training_response",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("attempt_id", sa.BigInteger(), sa.ForeignKey("training_attempt.id"), nullable=False),
        sa.Column("question_id", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("mark", sa.String(64)),
        sa.UniqueConstraint("attempt_id", "question_id", name="uq_training_response_attempt_id"),
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
        sa.UniqueConstraint("person_id", "version_id", name="uq_training_badge_person_id"),
    )
    _index("training_badge", "person_id", "course_id", "version_id")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _guard(name: str, table: str, act: str, when: str, says: str) -> None:
    """A trigger that refuses the act; the wording differs between the two databases, the rule does not."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
        return
    gives = "OLD" if act == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {when} THEN RAISE EXCEPTION '{says}'; END IF; RETURN {gives}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _unguard(name: str, table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute(f"DROP FUNCTION {name}()")
