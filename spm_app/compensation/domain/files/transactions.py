"""`transactions`: what happened, and whose it is. Several owners stand with their shares: `Anna 60 %; Bruno 40 %`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.files.rows import ALWAYS, Kind, Row
from spm_app.compensation.domain.inputs import Share, Transaction
from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.errors import SpmError
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_OWNER = re.compile(r"(?P<name>.+?)\s+(?P<share>[0-9.]+) ?%")

#: What became of it later, and the money that it is in.
_FATE = ("currency", "invoiced_on", "paid_on", "paid_amount", "cancelled_on", "term_to", "term_months")


def _read(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    return {
        "transactions": tuple(_transaction(row) for row in rows),
        "shares": tuple(share for row in rows for share in _shares(row)),
    }


def _transaction(row: Row) -> Transaction:
    day = row.day("closed_on") if row.needed("closed_on") else None
    currency, term = row.currency("currency"), row.day("term_to")
    return Transaction(
        id=row.needed("id"),
        day=day or ALWAYS,
        amount=(row.optional_money("amount", currency) or 0) if row.needed("amount") else 0,
        outcome=row.text("outcome").lower() or "won",
        stage=row.text("stage") or None,
        product=row.text("product") or None,
        account=row.text("account") or None,
        opened_on=row.day("opened_on"),
        invoiced_on=row.day("invoiced_on"),
        paid_on=row.day("paid_on"),
        paid_amount=row.optional_money("paid_amount", currency),
        cancelled_on=row.day("cancelled_on"),
        term_until=None if term is None else term + timedelta(days=1),
        term_months=row.months("term_months"),
        currency=currency,
    )


def _shares(row: Row) -> Iterator[Share]:
    row.needed("owner")
    for name, share in _owners(row):
        if share is None:
            row.note("compensation.files.owner_unreadable", value=name)
        yield Share(row.text("id"), row.desk.numbers[name], WHOLE if share is None else share)


def _persons(row: Row) -> tuple[str, ...]:
    return tuple(name for name, _ in _owners(row))


def _owners(row: Row) -> tuple[tuple[str, int | None], ...]:
    """Names and shares, None for what cannot be read. One name alone owns the whole."""
    parts = [part.strip() for part in row.text("owner").split(";") if part.strip()]
    if len(parts) == 1 and not _OWNER.fullmatch(parts[0]):
        return ((parts[0], WHOLE),)
    return tuple(_owner(part) for part in parts)


def _owner(part: str) -> tuple[str, int | None]:
    found = _OWNER.fullmatch(part)
    try:
        return (found["name"], Rate.percent(found["share"]).ppm) if found else (part, None)
    except SpmError:
        return part, None


TRANSACTIONS = Kind(
    name="transactions",
    needed=("id", "closed_on", "amount", "owner"),
    known=("outcome", "stage", "product", "account", "opened_on", *_FATE),
    key=("id",),
    read=_read,
    persons=_persons,
)
