"""Questions about accounts and products."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from spm_app.crm.domain.deals import Account, Outcome, Product
from spm_app.crm.domain.queries import AccountLine, Totals
from spm_app.crm.store.rows import account_of, by_outcome, product_of
from spm_app.crm.tables import AccountRow, DealOwnerRow, DealRow, ProductRow
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spm_app.crm.domain.queries import AccountQuery
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import AccountId, PersonId

_SORTS = ("name", "sector", "country")


def page(work: Work, query: AccountQuery, seen: frozenset[PersonId] | None) -> tuple[AccountLine, ...]:
    """One page of accounts with how many deals they have, how many are open, and what was won in each currency.

    Narrowed, deals included, to what the persons `seen` own (None: all, also accounts without any deal). Sorted by what
    was won, amounts of several currencies count as if they were of one.
    """
    deals = func.count(DealRow.id)
    is_open = func.count(case((DealRow.outcome == Outcome.OPEN, 1)))
    won = func.coalesce(func.sum(case((DealRow.outcome == Outcome.WON, DealRow.amount_minor))), 0)
    sorts: dict[str, Any] = {name: func.lower(getattr(AccountRow, name)) for name in _SORTS}
    sort = (sorts | {"deals": deals, "won": won}).get(query.sort, sorts["name"])
    joined = and_(DealRow.account_id == AccountRow.id, _owned(seen))
    found = (
        select(AccountRow, deals, is_open)
        .join(DealRow, joined, isouter=seen is None)
        .where(*_narrowed(query))
        .group_by(AccountRow.id)
        .order_by(sort.desc() if query.descending else sort.asc(), AccountRow.id)
        .limit(query.size)
        .offset((max(query.page, 1) - 1) * query.size)
    )
    rows = work.session.execute(found).all()
    worth = _won(work, [row.id for row, _, _ in rows], seen)
    return tuple(AccountLine(account_of(row), count, pending, tuple(worth[row.id])) for row, count, pending in rows)


def totals(work: Work, query: AccountQuery, seen: frozenset[PersonId] | None) -> Totals:
    """How many accounts match, how many deals lead to them, and what those sum up to by outcome and currency."""
    asked = select(func.count()).select_from(AccountRow).where(*_narrowed(query), _reached(seen))
    rows = work.session.execute(
        select(DealRow.outcome, DealRow.currency, func.count(), func.sum(DealRow.amount_minor))
        .join(AccountRow, AccountRow.id == DealRow.account_id)
        .where(*_narrowed(query), _owned(seen))
        .group_by(DealRow.outcome, DealRow.currency)
        .order_by(DealRow.currency)
    ).all()
    amounts = by_outcome((outcome, code, minor) for outcome, code, _, minor in rows)
    return Totals(work.session.scalar(asked) or 0, amounts, sum(count for _, _, count, _ in rows))


def one(work: Work, account_id: AccountId, seen: frozenset[PersonId] | None) -> Account:
    """One account. Raises NotFound, also when no deal of the persons `seen` leads to it."""
    row = work.session.scalar(select(AccountRow).where(AccountRow.id == account_id, _reached(seen)))
    if row is None:
        raise NotFound("crm.account_unknown")
    return account_of(row)


def sectors(work: Work) -> tuple[str, ...]:
    """Every sector in use."""
    query = select(AccountRow.sector).distinct().where(AccountRow.sector != "").order_by(AccountRow.sector)
    return tuple(work.session.scalars(query))


def every(work: Work) -> tuple[Account, ...]:
    """Every account, by name."""
    return tuple(
        account_of(row) for row in work.session.scalars(select(AccountRow).order_by(AccountRow.name, AccountRow.id))
    )


def products(work: Work) -> tuple[Product, ...]:
    """Every product, by code."""
    return tuple(product_of(row) for row in work.session.scalars(select(ProductRow).order_by(ProductRow.code)))


def _won(work: Work, ids: Sequence[int], seen: frozenset[PersonId] | None) -> defaultdict[int, list[Money]]:
    found: defaultdict[int, list[Money]] = defaultdict(list)
    query = (
        select(DealRow.account_id, DealRow.currency, func.sum(DealRow.amount_minor))
        .where(DealRow.account_id.in_(ids), DealRow.outcome == Outcome.WON, _owned(seen))
        .group_by(DealRow.account_id, DealRow.currency)
        .order_by(DealRow.account_id, DealRow.currency)
    )
    for account_id, code, minor in work.session.execute(query):
        if account_id is not None and code and minor:
            found[account_id].append(Money.from_minor(int(minor), Currency(code)))
    return found


def _narrowed(query: AccountQuery) -> Iterable[ColumnElement[bool]]:
    if query.words.strip():
        places = (AccountRow.name, AccountRow.external_id, AccountRow.country)
        yield or_(*(place.icontains(query.words.strip(), autoescape=True) for place in places))
    if query.sector:
        yield AccountRow.sector == query.sector


def _owned(seen: frozenset[PersonId] | None) -> ColumnElement[bool]:
    if seen is None:
        return DealRow.id.is_not(None)
    return DealRow.id.in_(select(DealOwnerRow.deal_id).where(DealOwnerRow.person_id.in_(seen)))


def _reached(seen: frozenset[PersonId] | None) -> ColumnElement[bool]:
    if seen is None:
        return AccountRow.id.is_not(None)
    return AccountRow.id.in_(select(DealRow.account_id).where(_owned(seen)))
