"""Rows of people: who works where and since when, and who may sign in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra.columns import At, Base, Instant, Key, MaybeAt, Minor, Name


class CompanyRow(Base):
    """The one company of this installation."""

    __tablename__ = "company"
    id: Mapped[Key]
    name: Mapped[Name]
    currency: Mapped[str] = mapped_column(String(3))
    first_month: Mapped[int] = mapped_column(Integer)
    layout: Mapped[str] = mapped_column(String(16))
    zone: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))


class PersonRow(Base):
    """Somebody who works here or did. `left_on` is the first day without them."""

    __tablename__ = "person"
    id: Mapped[Key]
    external_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    email: Mapped[str | None] = mapped_column(String(200), unique=True)
    hired_on: Mapped[date] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)
    language: Mapped[str] = mapped_column(String(8))
    engagement: Mapped[str] = mapped_column(String(16))


class TitleRow(Base):
    """A kind of work, such as account executive; plans pay titles."""

    __tablename__ = "title"
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Name]


class TeamRow(Base):
    """A team; where it hangs in the tree is dated, see TeamPlaceRow."""

    __tablename__ = "team"
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Name]


class TeamPlaceRow(Base):
    """Under which team another one hangs, from `start` up to, not including, `end`; no parent is the top."""

    __tablename__ = "team_place"
    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    start: Mapped[date] = mapped_column(Date)
    end: Mapped[date | None] = mapped_column(Date)


class PositionRow(Base):
    """A chair: it keeps its code and title when the person in it changes."""

    __tablename__ = "position"
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    title_id: Mapped[int] = mapped_column(ForeignKey("title.id"), index=True)


class SeatRow(Base):
    """A person in a position of a team, dated."""

    __tablename__ = "seat"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    start: Mapped[date] = mapped_column(Date)
    end: Mapped[date | None] = mapped_column(Date)


class ReportingRow(Base):
    """To whom a person reports, dated."""

    __tablename__ = "reporting"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    start: Mapped[date] = mapped_column(Date)
    end: Mapped[date | None] = mapped_column(Date)


class PayRow(Base):
    """Base pay and target incentive of a year, from `start` until the next one. A correction replaces, never edits."""

    __tablename__ = "pay"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    base: Mapped[Minor]
    target_incentive: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    start: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[At]
    replaced_at: Mapped[MaybeAt]


class UserAccountRow(Base):
    """How a person signs in. `roles` are words separated by spaces, in order of the alphabet."""

    __tablename__ = "user_account"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    sign_in_name: Mapped[str] = mapped_column(String(120), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    password_set_at: Mapped[At]
    roles: Mapped[str] = mapped_column(String(200))
    theme: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[At]
    disabled_at: Mapped[MaybeAt]


class UserSessionRow(Base):
    """Somebody who is signed in. Only the digest of the token is kept: a copy of this table opens nothing."""

    __tablename__ = "user_session"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("user_account.person_id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[At]
    seen_at: Mapped[At]
    expires_at: Mapped[At]
    address: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(300))


class SignInAttemptRow(Base):
    """An attempt to sign in that has not succeeded, counted under a name or an address (`key`, a digest)."""

    __tablename__ = "sign_in_attempt"
    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
