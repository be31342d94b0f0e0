"""Rows of goals. People and teams are plain ids; a node keeps the name it had when the goal was made."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra.columns import At, Base, Code, Key, MaybeAt, MaybeRef, Minor, Name, Ref


class GoalRow(Base):
    """One version of a year's goal."""

    __tablename__ = "planning_goal"
    __table_args__ = (UniqueConstraint("year", "version"),)

    id: Mapped[Key]
    name: Mapped[Name]
    year: Mapped[str] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    amount: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    revision: Mapped[int] = mapped_column(Integer)
    made_by: Mapped[Ref]
    made_at: Mapped[At]
    changed_by: Mapped[Ref]
    proposed_by: Mapped[MaybeRef]
    approved_by: Mapped[MaybeRef]
    published_at: Mapped[MaybeAt]


class NodeRow(Base):
    """One amount of the tree. A trigger refuses changes once the goal is no draft any more."""

    __tablename__ = "planning_node"
    __table_args__ = (UniqueConstraint("goal_id", "code"),)

    id: Mapped[Key]
    goal_id: Mapped[int] = mapped_column(ForeignKey("planning_goal.id"), index=True)
    parent: Mapped[Code]
    code: Mapped[Code]
    place: Mapped[int] = mapped_column(Integer)
    level: Mapped[str] = mapped_column(String(16))
    name: Mapped[Name]
    team_id: Mapped[MaybeRef]
    person_id: Mapped[MaybeRef]
    weight: Mapped[Minor]
    past: Mapped[Minor]
    amount: Mapped[Minor]
    is_locked: Mapped[bool] = mapped_column(Boolean)
    days: Mapped[int | None] = mapped_column(Integer)
