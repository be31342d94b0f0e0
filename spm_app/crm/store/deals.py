"""Questions about deals. Each asks for deals and for their owners: two queries, whatever the number of deals."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from spm_app.crm.domain.deals import Deal, Outcome, Owner, StageStep
from spm_app.crm.domain.queries import DealQuery, DealSort, Totals
from spm_app.crm.store.rows import by_outcome, deal_of
from spm_app.crm.tables import AccountRow, DealOwnerRow, DealRow, ProductRow, StageEventRow
from spm_app.kernel.ids import DealId, PersonId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spm_app.infra.db import Work
    from spm_app.kernel.period import Period

#: How many values one statement may name.
CHUNK = 500
_SORTS: dict[DealSort, Any] = {
    DealSort.NAME: func.lower(DealRow.name),
    DealSort.ACCOUNT: func.lower(func.coalesce(AccountRow.name, "")),
    DealSort.PRODUCT: func.lower(func.coalesce(ProductRow.code, "")),
    DealSort.STAGE: DealRow.stage,
    DealSort.AMOUNT: func.coalesce(DealRow.amount_minor, -1),
    DealSort.OPENED: DealRow.opened_on,
    DealSort.CLOSED: func.coalesce(DealRow.closed_on, DealRow.expected_close_on),
}

#: What a deal is called that its source gave no name.
_NUMBERED = re.compile(r"deal-([0-9]{1,18})", re.ASCII)


def closed_in(work: Work, period: Period) -> tuple[Deal, ...]:
    """Deals won or lost on a day of the period, in order of that day."""
    asked = and_(
        DealRow.outcome.in_((Outcome.WON, Outcome.LOST)),
        DealRow.closed_on >= period.start,
        DealRow.closed_on < period.end,
    )
    return _deals(work, asked, DealRow.closed_on, DealRow.id)


def opened_in(work: Work, period: Period) -> tuple[Deal, ...]:
    """Deals opened on a day of the period, in order of that day."""
    asked = and_(DealRow.opened_on >= period.start, DealRow.opened_on < period.end)
    return _deals(work, asked, DealRow.opened_on, DealRow.id)


def open_deals(work: Work) -> tuple[Deal, ...]:
    """Every deal that is still open."""
    return _deals(work, DealRow.outcome == Outcome.OPEN, DealRow.id)


def by_ids(work: Work, ids: Collection[DealId]) -> tuple[Deal, ...]:
    """The deals with these numbers that exist, in order of number."""
    found: list[Deal] = []
    ordered = sorted(ids)
    for at in range(0, len(ordered), CHUNK):
        found += _deals(work, DealRow.id.in_(ordered[at : at + CHUNK]), DealRow.id)
    return tuple(found)


def named(work: Work, names: Collection[str]) -> tuple[Deal, ...]:
    """The deals with these external ids, or without one and called `deal-` and their number, in order of number."""
    numbers = {int(found[1]) for found in map(_NUMBERED.fullmatch, names) if found}
    found = [each for each in by_ids(work, {DealId(each) for each in numbers}) if not each.external_id]
    ordered = sorted(names)
    for at in range(0, len(ordered), CHUNK):
        found += _deals(work, DealRow.external_id.in_(ordered[at : at + CHUNK]), DealRow.id)
    return tuple(sorted(found, key=lambda each: each.id))


def history(work: Work, deal_id: DealId) -> tuple[StageStep, ...]:
    """The stages a deal was in, oldest first."""
    query = select(StageEventRow).where(StageEventRow.deal_id == deal_id).order_by(StageEventRow.on, StageEventRow.id)
    return tuple(StageStep(row.stage, Outcome(row.outcome), row.on) for row in work.session.scalars(query))


def page(work: Work, query: DealQuery, seen: frozenset[PersonId] | None) -> tuple[Deal, ...]:
    """One page of the deals asked for, narrowed to those owned by the persons `seen` (None: all)."""
    sort = _SORTS[query.sort]
    order = (sort.desc() if query.descending else sort.asc()).nulls_last()
    asked = _asked(query, seen)
    return _deals(work, asked, order, DealRow.id, limit=query.size, offset=(max(query.page, 1) - 1) * query.size)


def totals(work: Work, query: DealQuery, seen: frozenset[PersonId] | None) -> Totals:
    """How many deals match, and the sum of their amounts by outcome, one for each currency."""
    rows = work.session.execute(
        _joined(DealRow.outcome, DealRow.currency, func.count(), func.sum(DealRow.amount_minor))
        .where(_asked(query, seen))
        .group_by(DealRow.outcome, DealRow.currency)
        .order_by(DealRow.currency)
    ).all()
    amounts = by_outcome((outcome, code, minor) for outcome, code, _, minor in rows)
    return Totals(sum(count for _, _, count, _ in rows), amounts)


def stages(work: Work) -> tuple[tuple[Outcome, str], ...]:
    """Every stage in use, open ones first."""
    query = select(DealRow.outcome, DealRow.stage).distinct().order_by(DealRow.outcome, DealRow.stage)
    return tuple((Outcome(outcome), stage) for outcome, stage in work.session.execute(query))


def owners(work: Work, seen: frozenset[PersonId] | None) -> frozenset[PersonId]:
    """Those of the persons `seen` (None: of everybody) who have a share in some deal."""
    found = frozenset(PersonId(each) for each in work.session.scalars(select(DealOwnerRow.person_id).distinct()))
    return found if seen is None else found & seen


def _asked(query: DealQuery, seen: frozenset[PersonId] | None) -> ColumnElement[bool]:
    return and_(
        _owned(seen),
        _owned(None if query.owner_id is None else frozenset({query.owner_id})),
        *_narrowed(query),
    )


def _narrowed(query: DealQuery) -> Iterable[ColumnElement[bool]]:
    if query.words.strip():
        places = (DealRow.name, DealRow.external_id, AccountRow.name, ProductRow.code)
        yield or_(*(place.icontains(query.words.strip(), autoescape=True) for place in places))
    if query.outcome:
        yield DealRow.outcome == query.outcome
    if query.stage:
        yield DealRow.stage == query.stage
    if query.account_id:
        yield DealRow.account_id == query.account_id
    if query.product:
        yield ProductRow.code == query.product
    if query.closed_from:
        yield DealRow.closed_on >= query.closed_from
    if query.closed_to:
        yield DealRow.closed_on < query.closed_to


def _owned(seen: frozenset[PersonId] | None) -> ColumnElement[bool]:
    """True for deals in which one of these persons has a share; everybody's for None."""
    if seen is None:
        return DealRow.id.is_not(None)
    return DealRow.id.in_(select(DealOwnerRow.deal_id).where(DealOwnerRow.person_id.in_(seen)))


def _joined(*columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - columns of any type
    return select(*columns).select_from(DealRow).outerjoin(AccountRow).outerjoin(ProductRow)


def _deals(
    work: Work,
    asked: ColumnElement[bool],
    *order: Any,  # noqa: ANN401 - columns of any type
    limit: int | None = None,
    offset: int = 0,
) -> tuple[Deal, ...]:
    query = _joined(DealRow, AccountRow.name, ProductRow.code).where(asked).order_by(*order)
    rows = work.session.execute(query.limit(limit).offset(offset) if limit else query).all()
    if limit:
        owners = defaultdict[int, list[Owner]](list)
        ids = [row[0].id for row in rows]
        for at in range(0, len(ids), CHUNK):
            owners |= _owners(work, DealOwnerRow.deal_id.in_(ids[at : at + CHUNK]))
    else:
        ids = select(DealRow.id).outerjoin(AccountRow).outerjoin(ProductRow).where(asked)
        owners = _owners(work, DealOwnerRow.deal_id.in_(ids))
    return tuple(deal_of(row, tuple(owners[row[0].id])) for row in rows)


def _owners(work: Work, asked: ColumnElement[bool]) -> defaultdict[int, list[Owner]]:
    found: defaultdict[int, list[Owner]] = defaultdict(list)
    columns = (DealOwnerRow.deal_id, DealOwnerRow.person_id, DealOwnerRow.share_ppm)
    query = select(*columns).where(asked).order_by(DealOwnerRow.deal_id, DealOwnerRow.position)
    for deal_id, person_id, share in work.session.execute(query):
        found[deal_id].append(Owner(PersonId(person_id), share))
    return found
