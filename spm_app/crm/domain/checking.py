"""What a record must be like to be taken in; every finding, each with its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.crm.domain.deals import Outcome, shares_are_whole
from spm_app.crm.domain.records import DealRecord, ProductRecord, Record
from spm_app.kernel.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from spm_app.kernel.money import Money

#: Names longer than this do not fit the tables.
LONGEST = 200
#: No deal is worth as much; a column of such amounts still adds up within a database's whole number.
MOST = 10**13


def check(record: Record) -> tuple[Problem, ...]:
    """What is wrong with a record taken by itself; nothing when it can be kept."""
    return tuple(_findings(record))


def check_links(record: DealRecord, accounts: Collection[str], products: Collection[str]) -> tuple[Problem, ...]:
    """A problem for a named account or product that nobody knows; naming none is allowed."""
    pairs = (("account", record.account, accounts), ("product", record.product, products))
    return tuple(
        Problem(field, f"crm.problem.unknown_{field}", {"value": value})
        for field, value, known in pairs
        if value and value not in known
    )


def _findings(record: Record) -> Iterator[Problem]:
    for field in ("external_id", "name"):
        value: str = getattr(record, field)
        if not value.strip():
            yield Problem(field, "crm.problem.missing")
        if len(value) > LONGEST:
            yield Problem(field, "crm.problem.too_long", {"most": LONGEST})
    if isinstance(record, ProductRecord):
        yield from _unpayable("list_price", record.list_price)
    if isinstance(record, DealRecord):
        yield from _of_deal(record)


def _of_deal(record: DealRecord) -> Iterator[Problem]:
    yield from _unpayable("amount", record.amount)
    if not record.stage.strip():
        yield Problem("stage", "crm.problem.missing")
    if len(record.stage) > LONGEST:
        yield Problem("stage", "crm.problem.too_long", {"most": LONGEST})
    if not shares_are_whole(record.owners):
        yield Problem("owner", "crm.problem.shares_not_whole")
    if record.outcome is not Outcome.OPEN and record.close_on is None:
        yield Problem("close_on", "crm.problem.closed_without_day")
    if record.opened_on and record.closed_on and record.closed_on < record.opened_on:
        yield Problem("close_on", "crm.problem.closed_before_opened", severity=Severity.WARNING)


def _unpayable(field: str, amount: Money | None) -> Iterator[Problem]:
    if amount is None:
        return
    if abs(amount.amount) >= MOST:
        yield Problem(field, "crm.problem.too_large")
    elif amount != amount.rounded():
        yield Problem(field, "crm.problem.too_fine", {"amount": amount.amount, "currency": amount.currency.code})
