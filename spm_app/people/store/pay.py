"""Base pay and target incentive, as recorded."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from spm_app.kernel.effective import Dated, Timeline
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency, Money
from spm_app.people.domain import Pay
from spm_app.people.tables import PayRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from spm_app.infra.db import Work


def timelines(work: Work, person_ids: Iterable[PersonId] | None = None) -> dict[PersonId, Timeline[Pay]]:
    """What counts now, by person; each step holds until the next begins."""
    query = select(PayRow).where(PayRow.replaced_at.is_(None)).order_by(PayRow.person_id, PayRow.start)
    if person_ids is not None:
        query = query.where(PayRow.person_id.in_([int(each) for each in person_ids]))
    return {
        PersonId(person_id): Timeline(tuple(_steps(rows)))
        for person_id, rows in groupby(work.session.scalars(query), key=lambda row: row.person_id)
    }


def record(work: Work, person_id: PersonId, pay: Pay, *, start: date, at: datetime) -> int:
    """Keep it from that day on, in place of what was recorded for the same day; the number of the record."""
    same_day = (PayRow.person_id == person_id, PayRow.start == start, PayRow.replaced_at.is_(None))
    work.session.execute(update(PayRow).where(*same_day).values(replaced_at=at))
    row = PayRow(
        person_id=person_id,
        base=pay.base.minor,
        target_incentive=pay.target_incentive.minor,
        currency=pay.base.currency.code,
        start=start,
        recorded_at=at,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def _steps(rows: Iterable[PayRow]) -> Iterator[Dated[Pay]]:
    ordered = list(rows)
    ends = [*(row.start for row in ordered[1:]), None]
    for row, end in zip(ordered, ends, strict=True):
        currency = Currency(row.currency)
        pay = Pay(Money.from_minor(row.base, currency), Money.from_minor(row.target_incentive, currency))
        yield Dated(pay, row.start, end)
