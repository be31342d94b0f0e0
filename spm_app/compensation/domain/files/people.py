"""`people` (or `positions`): who holds which title under whom, `from` the first day `to` the last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.files.rows import ALWAYS, Kind, Row
from spm_app.compensation.domain.inputs import Seat
from spm_app.compensation.domain.settle.values import PaidIn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _read(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    return {"seats": tuple(_seat(row) for row in rows if row.needed("person")), "paid_in": _paid_in(rows)}


def _seat(row: Row) -> Seat:
    last = row.day("to")
    return Seat(
        person_id=row.desk.numbers[row.text("person")],
        title=row.needed("title"),
        manager_id=row.person("manager"),
        start=row.day("from") or ALWAYS,
        end=None if last is None else last + timedelta(days=1),
    )


def _paid_in(rows: Sequence[Row]) -> tuple[PaidIn, ...]:
    """Who is paid in other money; of several rows of a person the last says in which."""
    said = {row.person("person"): row.currency("pay_currency") for row in rows if row.text("pay_currency")}
    return tuple(PaidIn(who, money) for who, money in said.items() if who is not None and money is not None)


def _persons(row: Row) -> tuple[str, ...]:
    return row.text("person"), row.text("manager")


PEOPLE = Kind(
    name="people",
    needed=("person", "title"),
    known=("manager", "from", "to", "pay_currency"),
    key=("person", "from"),
    read=_read,
    persons=_persons,
)
