"""The pipeline as it stood at the end of past days: from stage history and import journal, never from today.

What a later import changed is read from the journal of the first one that changed it, which holds what stood before.
Each source is read once, whatever the number of days and deals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, or_, select

from spm_app.crm.domain.deals import Outcome, Owner
from spm_app.crm.domain.imports import ImportState, Kind
from spm_app.crm.store.deals import CHUNK
from spm_app.crm.tables import DealRow, ImportChangeRow, ImportRow, StageEventRow
from spm_app.kernel.ids import PersonId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from spm_app.crm.domain.sales import Sale
    from spm_app.infra.db import Work


class _Step(NamedTuple):
    """A stage from a day on. `heard_at` is set when the stage is the one of that instant, not known before."""

    on: date
    deal_id: int
    stage: str
    outcome: str
    heard_at: datetime | None


#: By deal, the journal entries that hold what stood before, in order, each with the instant its import ended.
_Changed = dict[int, list[tuple[int, "datetime"]]]


def pipelines(work: Work, sales: Iterable[Sale], ends: Mapping[date, datetime]) -> dict[date, tuple[Sale, ...]]:
    """The sales open at the end of each day, which is the instant beside it, with stage, amount and owners of then.

    `sales` has at least those that were not closed by the first day. A stage that nobody recorded is empty.
    """
    if not ends:
        return {}
    over = min(ends.values())
    stood = _staged(sales, _steps(work, min(ends), max(ends), over), ends)
    changed = _changed(work, over)
    first = {day: {each.id: _first(changed, each, ends[day]) for each in found} for day, found in stood.items()}
    kept = _kept(work, {change for each in first.values() for change in each.values() if change})
    return {
        day: tuple(_with_what_stood(each, kept.get(first[day][each.id])) for each in found)
        for day, found in stood.items()
    }


def _staged(sales: Iterable[Sale], steps: Sequence[_Step], ends: Mapping[date, datetime]) -> dict[date, list[Sale]]:
    """Those open at the end of each day: one walk through the steps and the days, oldest first."""
    pending, newest, at = list(sales), dict[int, _Step](), 0
    stood: dict[date, list[Sale]] = {}
    for day in sorted(ends):
        while at < len(steps) and steps[at].on <= day:
            newest[steps[at].deal_id] = steps[at]
            at += 1
        pending = [each for each in pending if each.closed_on is None or each.closed_on > day]
        there = [(each, newest.get(each.id)) for each in pending]
        stood[day] = [_in_stage(each, step, ends[day]) for each, step in there if _was_open(each, step, day)]
    return stood


def _steps(work: Work, first: date, last: date, over: datetime) -> Sequence[_Step]:
    """The steps until the last day of deals not closed by the first, oldest first.

    What an import that brings no histories says later of an open deal is the stage when it came.
    """
    columns = (StageEventRow.on, StageEventRow.deal_id, StageEventRow.stage, StageEventRow.outcome)
    query = (
        select(*columns, StageEventRow.import_id)
        .join(DealRow, DealRow.id == StageEventRow.deal_id)
        .where(or_(DealRow.closed_on.is_(None), DealRow.closed_on > first), StageEventRow.on <= last)
        .order_by(StageEventRow.on, StageEventRow.id)
    )
    heard = _heard_late(work, over)
    return [
        _Step(on, deal_id, stage, outcome, heard.get(import_id) if outcome == Outcome.OPEN else None)
        for on, deal_id, stage, outcome, import_id in work.session.execute(query)
    ]


def _heard_late(work: Work, over: datetime) -> dict[int, datetime]:
    """When the imports began that came after that instant and told of no more steps than deals: no histories."""
    query = (
        select(ImportRow.id, ImportRow.created_at)
        .join(StageEventRow, StageEventRow.import_id == ImportRow.id)
        .where(ImportRow.created_at >= over)
        .group_by(ImportRow.id, ImportRow.created_at)
        .having(func.count() == func.count(StageEventRow.deal_id.distinct()))
    )
    return dict(work.session.execute(query).all())


def _changed(work: Work, over: datetime) -> _Changed:
    """The journal since that instant, without what stood before: most of it is not needed."""
    done = select(ImportRow.id, ImportRow.ended_at).where(
        ImportRow.state == ImportState.DONE, ImportRow.ended_at >= over
    )
    ended = dict(work.session.execute(done).all())
    query = (
        select(ImportChangeRow.our_id, ImportChangeRow.id, ImportChangeRow.import_id)
        .where(
            ImportChangeRow.kind == Kind.DEAL,
            ImportChangeRow.before.is_not(None),
            ImportChangeRow.import_id.in_(done.with_only_columns(ImportRow.id)),
        )
        .order_by(ImportChangeRow.id)
    )
    found: _Changed = {}
    for deal_id, change_id, import_id in work.session.execute(query):
        if ended_at := ended[import_id]:
            found.setdefault(deal_id, []).append((change_id, ended_at))
    return found


def _first(changed: _Changed, sale: Sale, over: datetime) -> int:
    """The first entry that changed it after that instant; 0 when none did."""
    return next((number for number, ended_at in changed.get(sale.id, ()) if ended_at >= over), 0)


def _kept(work: Work, ids: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """What stood before these entries."""
    found: dict[int, Mapping[str, Any]] = {}
    ordered = sorted(ids)
    for at in range(0, len(ordered), CHUNK):
        asked = ImportChangeRow.id.in_(ordered[at : at + CHUNK])
        rows = work.session.execute(select(ImportChangeRow.id, ImportChangeRow.before).where(asked))
        found |= {number: before for number, before in rows if before}
    return found


def _was_open(sale: Sale, step: _Step | None, day: date) -> bool:
    """Its last step open and there by the day; who has no step must have a first day."""
    if step is None:
        return sale.opened_on is not None and sale.opened_on <= day
    return step.outcome == Outcome.OPEN and (sale.opened_on is None or sale.opened_on <= day)


def _in_stage(sale: Sale, step: _Step | None, over: datetime) -> Sale:
    is_known = step is not None and (step.heard_at is None or step.heard_at < over)
    return sale._replace(stage=step.stage if step and is_known else "", outcome=Outcome.OPEN, closed_on=None)


def _with_what_stood(sale: Sale, before: Mapping[str, Any] | None) -> Sale:
    """The amount and the owners that the journal kept."""
    if before is None:
        return sale
    owners = tuple(Owner(PersonId(person_id), share) for person_id, share in before.get("owners", ()))
    return sale._replace(minor=before["amount_minor"], owners=owners)
