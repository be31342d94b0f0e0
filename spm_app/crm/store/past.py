"""The pipeline as it stood at the end of a past day: from stage history and import journal, never from today.

What a later import changed is read from the journal of the first one that changed it, which holds what stood before.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select

from spm_app.crm.domain.deals import Deal, Forecast, Outcome, Owner
from spm_app.crm.domain.imports import ImportState, Kind
from spm_app.crm.store.rows import deal_of
from spm_app.crm.tables import (
    AccountRow,
    DealOwnerRow,
    DealRow,
    ImportChangeRow,
    ImportRow,
    ProductRow,
    StageEventRow,
)
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from spm_app.infra.db import Work


def pipeline_at(work: Work, day: date, over: datetime) -> tuple[Deal, ...]:
    """The deals open at the end of the day, which is the instant `over`, with stage, amount and owners of then.

    A stage that nobody recorded is empty. One query, whatever the number of deals.
    """
    step, change = _steps(day, over), _changes(over)
    columns = (DealRow, AccountRow.name, ProductRow.code, step.c.stage, step.c.known, ImportChangeRow.before)
    query = (
        select(*columns, DealOwnerRow.person_id, DealOwnerRow.share_ppm)
        .select_from(DealRow)
        .outerjoin(AccountRow, AccountRow.id == DealRow.account_id)
        .outerjoin(ProductRow, ProductRow.id == DealRow.product_id)
        .outerjoin(step, and_(step.c.deal_id == DealRow.id, step.c.place == 1))
        .outerjoin(change, change.c.our_id == DealRow.id)
        .outerjoin(ImportChangeRow, ImportChangeRow.id == change.c.id)
        .outerjoin(DealOwnerRow, DealOwnerRow.deal_id == DealRow.id)
        .where(_was_open(day, step))
        .order_by(DealRow.id, DealOwnerRow.position)
    )
    rows = groupby(work.session.execute(query), key=lambda row: row[0].id)
    return tuple(_as_of_then(list(found)) for _, found in rows)


def _steps(day: date, over: datetime) -> Subquery:
    """The last steps until the day, the newest of each deal in place 1.

    What an import that brings no histories says later of an open deal is the stage when it came: not `known` then.
    """
    told = (
        select(StageEventRow.import_id)
        .group_by(StageEventRow.import_id)
        .having(func.count() > func.count(StageEventRow.deal_id.distinct()))
    )
    came_later = and_(ImportRow.created_at >= over, StageEventRow.outcome == Outcome.OPEN)
    all_steps = (
        select(
            StageEventRow.id,
            StageEventRow.deal_id,
            StageEventRow.stage,
            StageEventRow.outcome,
            StageEventRow.on,
            or_(~came_later, StageEventRow.import_id.in_(told)).label("known"),
        )
        .join(ImportRow, ImportRow.id == StageEventRow.import_id)
        .join(DealRow, DealRow.id == StageEventRow.deal_id)
        .where(_not_closed(day))
        .subquery()
    )
    newest = (all_steps.c.on.desc(), all_steps.c.id.desc())
    place = func.row_number().over(partition_by=all_steps.c.deal_id, order_by=newest).label("place")
    return select(all_steps, place).where(all_steps.c.on <= day).subquery()


def _changes(over: datetime) -> Subquery:
    """For each deal, the first journal entry that changed it after that instant."""
    return (
        select(ImportChangeRow.our_id, func.min(ImportChangeRow.id).label("id"))
        .join(ImportRow, ImportRow.id == ImportChangeRow.import_id)
        .where(
            ImportChangeRow.kind == Kind.DEAL,
            ImportChangeRow.before.is_not(None),
            ImportRow.state == ImportState.DONE,
            ImportRow.ended_at >= over,
        )
        .group_by(ImportChangeRow.our_id)
        .subquery()
    )


def _was_open(day: date, step: Subquery) -> ColumnElement[bool]:
    """There by the day, its last step open, and not closed until later; who has no step must have a first day."""
    return and_(
        _not_closed(day),
        or_(
            and_(step.c.outcome == Outcome.OPEN, or_(DealRow.opened_on.is_(None), DealRow.opened_on <= day)),
            and_(step.c.deal_id.is_(None), DealRow.opened_on <= day),
        ),
    )


def _not_closed(day: date) -> ColumnElement[bool]:
    return or_(DealRow.closed_on.is_(None), DealRow.closed_on > day)


def _as_of_then(rows: list[Any]) -> Deal:
    first = rows[0]
    owners = tuple(Owner(PersonId(row.person_id), row.share_ppm) for row in rows if row.person_id is not None)
    found = deal_of(first, owners)
    deal = replace(
        found,
        stage=(first.stage or "") if first.known else "",
        outcome=Outcome.OPEN,
        forecast=found.forecast if found.outcome is Outcome.OPEN else Forecast.PIPELINE,
        closed_on=None,
    )
    return deal if first.before is None else _with_what_stood(deal, first.before)


def _with_what_stood(deal: Deal, before: Mapping[str, Any]) -> Deal:
    """The amount, the owners and the forecast that the journal kept."""
    minor = before["amount_minor"]
    return replace(
        deal,
        amount=None if minor is None else Money.from_minor(minor, Currency(before["currency"])),
        forecast=Forecast(before["forecast"]),
        owners=tuple(Owner(PersonId(person_id), share) for person_id, share in before.get("owners", ())),
    )
