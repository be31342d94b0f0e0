"""Between rows and values: the three kinds of record that a source can name, as columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date

from spm_app.crm.domain.deals import Account, Deal, Forecast, Outcome, Owner, Product
from spm_app.crm.domain.records import AccountRecord, DealRecord, ProductRecord
from spm_app.crm.tables import AccountRow, DealRow, ProductRow
from spm_app.infra.canonical import plain
from spm_app.kernel.ids import AccountId, DealId, ProductId
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Row

    from spm_app.crm.domain.records import Record

Table = type[ProductRow] | type[AccountRow] | type[DealRow]
TABLES: dict[str, Table] = {"product": ProductRow, "account": AccountRow, "deal": DealRow}


def kind_of(record: Record) -> str:
    """The word under which references name this kind of record."""
    return {ProductRecord: "product", AccountRecord: "account", DealRecord: "deal"}[type(record)]


def columns_of(record: Record, accounts: Mapping[str, int], products: Mapping[str, int]) -> dict[str, Any]:
    """The record as column values; the two maps give our ids for the source's."""
    common = {"external_id": record.external_id, "name": record.name, "extra": dict(record.extra)}
    if isinstance(record, ProductRecord):
        money = {"list_price_minor": _minor(record.list_price), "currency": _code(record.list_price)}
        return common | money | {"code": record.code or record.external_id, "family": record.family}
    if isinstance(record, AccountRecord):
        return common | {"sector": record.sector, "country": record.country, "parent": record.parent}
    return common | {
        "account_id": accounts.get(record.account),
        "product_id": products.get(record.product),
        "amount_minor": _minor(record.amount),
        "currency": _code(record.amount),
        "stage": record.stage,
        "outcome": record.outcome.value,
        "forecast": record.counted_as.value,
        "opened_on": record.opened_on,
        "expected_close_on": record.expected_on,
        "closed_on": record.closed_on,
    }


def kept(values: Mapping[Any, Any]) -> dict[str, Any]:
    """Column values as JSON, for the undo journal."""
    return plain(dict(values))


def restored(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Column values out of the undo journal."""
    days = {column.name for column in table.__table__.columns if isinstance(column.type, Date)}
    return {name: date.fromisoformat(value) if value and name in days else value for name, value in values.items()}


def deal_of(row: Row[*tuple[Any, ...]], owners: tuple[Owner, ...]) -> Deal:
    """From a row of deal joined with account name and product code."""
    deal: DealRow = row[0]
    amount = None if deal.amount_minor is None else Money.from_minor(deal.amount_minor, Currency(deal.currency))
    return Deal(
        id=DealId(deal.id),
        external_id=deal.external_id,
        name=deal.name,
        account_id=None if deal.account_id is None else AccountId(deal.account_id),
        account_name=row[1] or "",
        product_id=None if deal.product_id is None else ProductId(deal.product_id),
        product_code=row[2] or "",
        amount=amount,
        stage=deal.stage,
        outcome=Outcome(deal.outcome),
        opened_on=deal.opened_on,
        expected_close_on=deal.expected_close_on,
        closed_on=deal.closed_on,
        owners=owners,
        forecast=Forecast(deal.forecast),
        extra=deal.extra,
    )


def account_of(row: AccountRow) -> Account:
    """A customer out of its row."""
    return Account(AccountId(row.id), row.external_id, row.name, row.sector, row.country, row.parent, row.extra)


def product_of(row: ProductRow) -> Product:
    """A product out of its row."""
    price = None if row.list_price_minor is None else Money.from_minor(row.list_price_minor, Currency(row.currency))
    return Product(ProductId(row.id), row.external_id, row.code, row.name, row.family, price)


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def _code(amount: Money | None) -> str:
    return "" if amount is None else amount.currency.code


def by_outcome(rows: Iterable[tuple[str, str | None, int | None]]) -> dict[Outcome, tuple[Money, ...]]:
    """Sums of smallest units by outcome and currency, as amounts; an outcome without any has none."""
    found: dict[Outcome, list[Money]] = {each: [] for each in Outcome}
    for outcome, code, minor in rows:
        if code and minor is not None:
            found[Outcome(outcome)].append(Money.from_minor(int(minor), Currency(code)))
    return {each: tuple(sums) for each, sums in found.items()}
