"""Deals as figures need them: columns instead of rows with everything, and two queries whatever is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, or_, select

from spm_app.crm.domain.deals import Outcome, Owner
from spm_app.crm.domain.sales import Sale
from spm_app.crm.tables import DealOwnerRow, DealRow
from spm_app.kernel.ids import DealId, PersonId

if TYPE_CHECKING:
    from datetime import date

    from spm_app.infra.db import Work


def since(work: Work, day: date) -> tuple[Sale, ...]:
    """Whatever is open, or was opened or closed on that day or later; in order of number."""
    columns = (
        DealRow.id,
        DealRow.amount_minor,
        DealRow.stage,
        DealRow.outcome,
        DealRow.opened_on,
        DealRow.closed_on,
    )
    asked = _since(day)
    owners = _owners(work, asked)
    rows = work.session.execute(select(*columns).where(asked).order_by(DealRow.id))
    return tuple(
        Sale(DealId(number), minor, stage, outcome, opened_on, closed_on, owners.get(number, ()))
        for number, minor, stage, outcome, opened_on, closed_on in rows
    )


def _since(day: date) -> ColumnElement[bool]:
    return or_(
        DealRow.outcome == Outcome.OPEN,
        DealRow.closed_on.is_(None),
        DealRow.closed_on >= day,
        DealRow.opened_on >= day,
    )


def _owners(work: Work, asked: ColumnElement[bool]) -> dict[int, tuple[Owner, ...]]:
    """By deal. Most deals have one owner and all of them few: equal ones are one value."""
    columns = (DealOwnerRow.deal_id, DealOwnerRow.person_id, DealOwnerRow.share_ppm)
    query = select(*columns).join(DealRow, DealRow.id == DealOwnerRow.deal_id).where(asked)
    known: dict[tuple[int, int], tuple[Owner, ...]] = {}
    found: dict[int, tuple[Owner, ...]] = {}
    for deal_id, person_id, share in work.session.execute(query.order_by(DealOwnerRow.deal_id, DealOwnerRow.position)):
        part = known.get((person_id, share))
        if part is None:
            part = known[person_id, share] = (Owner(PersonId(person_id), share),)
        found[deal_id] = found[deal_id] + part if deal_id in found else part
    return found
