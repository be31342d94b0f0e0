"""`people` (or `positions`): who holds which title under whom, `from` the first day `to` the last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.files.rows import ALWAYS, Kind, Row
from spm_app.compensation.domain.inputs import Seat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _read(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    return {"seats": tuple(_seat(row) for row in rows if row.needed("person"))}


def _seat(row: Row) -> Seat:
    last = row.day("to")
    return Seat(
        person_id=row.desk.numbers[row.text("person")],
        title=row.needed("title"),
        manager_id=row.person("manager"),
        start=row.day("from") or ALWAYS,
        end=None if last is None else last + timedelta(days=1),
    )


def _persons(row: Row) -> tuple[str, ...]:
    return row.text("person"), row.text("manager")


PEOPLE = Kind(
    name="people",
    needed=("person", "title"),
    known=("manager", "from", "to"),
    key=("person", "from"),
    read=_read,
    persons=_persons,
)
