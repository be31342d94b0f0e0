"""All SQL of analytics: who chose not to be listed. Its figures are those of the rooms below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from spm_app.analytics.tables import UnlistedRow
from spm_app.infra import clock
from spm_app.kernel.ids import PersonId

if TYPE_CHECKING:
    from spm_app.infra.db import Work


def unlisted(work: Work) -> frozenset[PersonId]:
    """Who chose not to be listed."""
    return frozenset(map(PersonId, work.session.scalars(select(UnlistedRow.person_id))))


def set_listed(work: Work, person_id: PersonId, *, listed: bool) -> bool:
    """Keep the choice; whether it is another than before."""
    row = work.session.get(UnlistedRow, person_id)
    if listed == (row is None):
        return False
    if row is None:
        work.session.add(UnlistedRow(person_id=person_id, since=clock.now()))
    else:
        work.session.delete(row)
    return True
