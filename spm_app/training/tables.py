"""Rows of courses, enrolments, attempts and badges. People are plain ids."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra.columns import At, Base, Code, Key, LongText, MaybeAt, MaybeRef, Ref


class CourseRow(Base):
    """A course under the code it is known by for ever; `published_id` is the version in the catalogue, if any."""

    __tablename__ = "training_course"

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(String(64), unique=True)
    owner_id: Mapped[Ref]
    created_at: Mapped[At]
    published_id: Mapped[MaybeRef]


class VersionRow(Base):
    """One version. Once it is no longer a draft a trigger refuses every change of its content."""

    __tablename__ = "training_course_version"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("training_course.id"))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int] = mapped_column(Integer)
    content: Mapped[LongText]
    content_hash: Mapped[str] = mapped_column(String(64))
    changed_by: Mapped[Ref]
    changed_at: Mapped[At]
    published_by: Mapped[MaybeRef]
    published_at: Mapped[MaybeAt]


class EnrolmentRow(Base):
    """A person's way through one version. `open_mark` is 1 while open and null after: at most one open a course."""

    __tablename__ = "training_enrolment"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "open_mark"),
        Index("ix_training_enrolment_course_id_state", "course_id", "state"),
    )

    id: Mapped[Key]
    person_id: Mapped[Ref]
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("training_course.id"))
    version_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("training_course_version.id"), index=True)
    source: Mapped[str] = mapped_column(String(16))
    by_id: Mapped[Ref]
    state: Mapped[str] = mapped_column(String(16))
    open_mark: Mapped[int | None] = mapped_column(Integer)
    due_on: Mapped[date | None]
    enrolled_at: Mapped[At]
    closed_at: Mapped[MaybeAt]


class ProgressRow(Base):
    """How far an enrolment is in one activity."""

    __tablename__ = "training_progress"
    __table_args__ = (UniqueConstraint("enrolment_id", "activity_id"),)

    id: Mapped[Key]
    enrolment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("training_enrolment.id"))
    activity_id: Mapped[Code]
    state: Mapped[str] = mapped_column(String(16))
    score: Mapped[str | None] = mapped_column(String(64))
    first_at: Mapped[At]
    last_at: Mapped[At]


class AttemptRow(Base):
    """One go at a quiz. Scores are exact fractions written as text."""

    __tablename__ = "training_attempt"
    __table_args__ = (UniqueConstraint("enrolment_id", "activity_id", "number"),)

    id: Mapped[Key]
    enrolment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("training_enrolment.id"))
    activity_id: Mapped[Code]
    number: Mapped[int] = mapped_column(Integer)
    seed: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[At]
    submitted_at: Mapped[MaybeAt]
    graded_at: Mapped[MaybeAt]
    score: Mapped[str | None] = mapped_column(String(64))
    passed: Mapped[bool | None]


class ResponseRow(Base):
    """An answer to one question. A trigger refuses a new or changed answer once the attempt is submitted."""

    __tablename__ = "training_response"
    __table_args__ = (UniqueConstraint("attempt_id", "question_id"),)

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("training_attempt.id"))
    question_id: Mapped[Code]
    answer: Mapped[LongText]
    saved_at: Mapped[At]
    mark: Mapped[str | None] = mapped_column(String(64))


class BadgeRow(Base):
    """A badge given: once for a person and version. The titles are kept as they read on that day."""

    __tablename__ = "training_badge"
    __table_args__ = (UniqueConstraint("person_id", "version_id"),)

    id: Mapped[Key]
    person_id: Mapped[Ref]
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("training_course.id"), index=True)
    version_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("training_course_version.id"), index=True)
    title: Mapped[LongText]
    course_title: Mapped[LongText]
    issued_at: Mapped[At]
    state: Mapped[str] = mapped_column(String(16))
    revoked_at: Mapped[MaybeAt]
