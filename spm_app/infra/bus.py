"""What has just happened, for whoever shows it live: small facts, written with the change they speak of.

A fact says that something under a topic changed, never what it is now: whoever hears it asks the service again, with
their own rights. Facts travel through the database (see docs/adr/0002-facts-travel-through-the-database.md): every web
process asks for the ones after the last it saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from spm_app.infra import clock
from spm_app.infra.columns import At, Base, Key
from spm_app.infra.db import reading

if TYPE_CHECKING:
    from spm_app.infra.db import Work

#: How many facts are kept. Who was away longer than that is told of the newest ones and shows everything afresh anyway.
KEPT = 10_000


class FactRow(Base):
    """Something changed."""

    __tablename__ = "fact"
    id: Mapped[Key]
    at: Mapped[At]
    topic: Mapped[str] = mapped_column(String(64))
    about: Mapped[str] = mapped_column(String(120))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something under `topic` changed; `about` names the one thing, or is empty for "look again"."""

    id: int
    topic: str
    about: str = ""


def publish(work: Work, topic: str, about: str = "") -> None:
    """Tell the screens once this transaction is safe; saying the same twice in one transaction is said once."""
    said = work.session.info.setdefault("facts", set[tuple[str, str]]())
    if not said:
        work.before_commit(lambda: _write(work))
    said.add((topic, about))


def latest() -> int:
    """The number of the newest fact; 0 when there is none. Where a listener starts."""
    with reading() as work:
        return work.session.scalar(select(func.max(FactRow.id))) or 0


def after(seen: int) -> tuple[Fact, ...]:
    """The facts newer than the one with that number, in the order of their commits; none is ever skipped."""
    with reading() as work:
        query = select(FactRow.id, FactRow.topic, FactRow.about).where(FactRow.id > seen).order_by(FactRow.id)
        return tuple(Fact(*row) for row in work.session.execute(query))


def _write(work: Work) -> None:
    at = clock.now()
    rows = [FactRow(at=at, topic=topic, about=about) for topic, about in sorted(work.session.info["facts"])]
    work.session.add_all(rows)
    work.session.flush()
    work.session.execute(delete(FactRow).where(FactRow.id <= rows[-1].id - KEPT))
