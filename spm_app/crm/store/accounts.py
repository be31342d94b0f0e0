"""Questions about accounts and products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from spm_app.crm.domain.deals import Account, Outcome, Product
from spm_app.crm.domain.queries import AccountLine
from spm_app.crm.store.rows import account_of, product_of
from spm_app.crm.tables import AccountRow, DealOwnerRow, DealRow, ProductRow
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.crm.domain.queries import AccountQuery
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import AccountId, PersonId

_SORTS = ("name", "sector", "country")


def page(work: Work, query: AccountQuery, seen: frozenset[PersonId] | None) -> tuple[AccountLine, ...]:
    """One page of accounts with how many deals they have, how many are open, and what was won in the main currency.

    Narrowed, deals included, to what the persons `seen` own (None: all, also accounts without any deal).
    """
    deals = func.count(DealRow.id)
    is_open = func.count(case((DealRow.outcome == Outcome.OPEN, 1)))
    won = func.sum(case((DealRow.outcome == Outcome.WON, DealRow.amount_minor)))
    currency = func.max(DealRow.currency)
    sorts: dict[str, Any] = {name: func.lower(getattr(AccountRow, name)) for name in _SORTS}
    sort = (sorts | {"deals": deals, "won": func.coalesce(won, 0)}).get(query.sort, sorts["name"])
    joined = and_(DealRow.account_id == AccountRow.id, _owned(seen))
    found = (
        select(AccountRow, deals, is_open, won, currency)
        .join(DealRow, joined, isouter=seen is None)
        .where(*_narrowed(query))
        .group_by(AccountRow.id)
        .order_by(sort.desc() if query.descending else sort.asc(), AccountRow.id)
        .limit(query.size)
        .offset((max(query.page, 1) - 1) * query.size)
    )
    return tuple(
        AccountLine(
            account_of(row), count, pending, Money.from_minor(int(minor), Currency(code)) if code and minor else None
        )
        for row, count, pending, minor, code in work.session.execute(found)
    )


def count(work: Work, query: AccountQuery, seen: frozenset[PersonId] | None) -> int:
    """How many accounts match."""
    asked = select(func.count()).select_from(AccountRow).where(*_narrowed(query), _reached(seen))
    return work.session.scalar(asked) or 0


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


def products(work: Work) -> tuple[Product, ...]:
    """Every product, by code."""
    return tuple(product_of(row) for row in work.session.scalars(select(ProductRow).order_by(ProductRow.code)))


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
