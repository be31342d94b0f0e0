"""Rows of analytics. People are plain ids."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra.columns import At, Base, BigId


class UnlistedRow(Base):
    """A person who chose not to be on the leaderboard of their colleagues, and since when."""

    __tablename__ = "board_unlisted"
    person_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    since: Mapped[At]
