"""`quotas`: what a person is to reach; with a `period` where the sheet holds several, else in every one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.files.rows import Kind, Row, person_column
from spm_app.compensation.domain.inputs import Quota

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _read(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    read = [(row, Quota(row.desk.numbers.get(row.needed("person"), 0), row.money("quota"))) for row in rows]
    return {"quotas": tuple(quota for row, quota in read if row.text("period") in {"", row.desk.period.code})}


QUOTAS = Kind(
    name="quotas",
    needed=("person", "quota"),
    known=("period",),
    key=("person", "period"),
    read=_read,
    persons=person_column,
)
