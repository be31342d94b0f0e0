"""From earned to paid, as it is kept: written once with the run, read by statement or as what earlier periods left."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from spm_app.compensation.domain.settle.values import Balance, Conversion, Did, Entry, Kept, Paid, PaidLine
from spm_app.compensation.tables import (
    BalanceRow,
    PaidLineRow,
    PayPeriodRow,
    SettlementEntryRow,
    SettlementRow,
    StatementRow,
)
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from spm_app.compensation.domain.settle.values import Settled
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import RunId

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Settlement:
    """One statement's way from earned to paid."""

    paid: int
    payment: Paid
    entries: tuple[tuple[int, Entry], ...]
    balances: tuple[Balance, ...]


def add(work: Work, found: Iterable[tuple[int, Settled]], currency: Currency) -> None:
    """Keep what of each statement is paid, its entries, what it leaves open and what was paid of which sale."""
    pairs = tuple(found)
    _insert(work, SettlementRow, [_head(at, each, currency) for at, each in pairs])
    entries = [_entry(at, place, one) for at, each in pairs for place, one in enumerate(each.entries, 1)]
    _insert(work, SettlementEntryRow, entries)
    _insert(work, BalanceRow, [_balance(at, one) for at, each in pairs for one in each.balances])
    _insert(work, PaidLineRow, [_line(at, one) for at, each in pairs for one in each.lines])


def of_statement(work: Work, statement_id: int) -> Settlement | None:
    """A statement's settlement; None for one that is older than settlements are."""
    head = work.session.get(SettlementRow, statement_id)
    statement = work.session.get(StatementRow, statement_id)
    if head is None or statement is None:
        return None
    entries = select(SettlementEntryRow).where(SettlementEntryRow.statement_id == statement_id)
    balances = select(BalanceRow).where(BalanceRow.statement_id == statement_id).order_by(BalanceRow.id)
    return Settlement(
        paid=head.paid_minor,
        payment=Paid(head.pay_minor, _conversion(head, Currency(statement.currency))),
        entries=tuple(
            (row.id, _entry_of(row)) for row in work.session.scalars(entries.order_by(SettlementEntryRow.position))
        ),
        balances=tuple(_balance_of(row, statement.payee_id) for row in work.session.scalars(balances)),
    )


def paid_of(work: Work, statement_ids: Collection[int]) -> dict[int, Money]:
    """What of each statement is paid, in its money; those older than settlements are left out."""
    query = select(SettlementRow.statement_id, SettlementRow.paid_minor, StatementRow.currency).join(
        StatementRow, StatementRow.id == SettlementRow.statement_id
    )
    ordered, found = sorted(statement_ids), dict[int, Money]()
    for at in range(0, len(ordered), _AT_ONCE):
        rows = work.session.execute(query.where(SettlementRow.statement_id.in_(ordered[at : at + _AT_ONCE])))
        found |= {key: Money.from_minor(minor, Currency(code)) for key, minor, code in rows}
    return found


def settled_adjustments(work: Work, statement_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Which lines by hand each statement's settlement has in its order already."""
    found: dict[int, set[int]] = {each: set() for each in statement_ids}
    ordered = sorted(statement_ids)
    query = select(SettlementEntryRow.statement_id, SettlementEntryRow.derivation).where(
        SettlementEntryRow.kind.in_((Did.MANUAL.value, Did.LATE.value))
    )
    for at in range(0, len(ordered), _AT_ONCE):
        chunk = query.where(SettlementEntryRow.statement_id.in_(ordered[at : at + _AT_ONCE]))
        for statement_id, derivation in work.session.execute(chunk):
            found[statement_id].add(int(derivation["id"]))
    return {each: frozenset(ids) for each, ids in found.items()}


def plain(work: Work, statement_ids: Collection[int]) -> frozenset[int]:
    """Those of these statements where everything earned is paid and nothing is open, but for lines by hand."""
    ordered, more = sorted(statement_ids), set[int]()
    simple = (Did.EARNED.value, Did.MANUAL.value, Did.LATE.value)
    for at in range(0, len(ordered), _AT_ONCE):
        chunk = ordered[at : at + _AT_ONCE]
        entries = select(SettlementEntryRow.statement_id).where(
            SettlementEntryRow.statement_id.in_(chunk), SettlementEntryRow.kind.not_in(simple)
        )
        balances = select(BalanceRow.statement_id).where(BalanceRow.statement_id.in_(chunk))
        more |= {*work.session.scalars(entries), *work.session.scalars(balances)}
    return frozenset(statement_ids) - more


def balances_of(work: Work, run_id: RunId) -> tuple[Balance, ...]:
    """Everything that a run leaves open."""
    query = (
        select(BalanceRow, StatementRow.payee_id)
        .join(StatementRow, StatementRow.id == BalanceRow.statement_id)
        .where(StatementRow.run_id == run_id)
        .order_by(BalanceRow.id)
    )
    return tuple(_balance_of(row, payee) for row, payee in work.session.execute(query))


def paid_lines(work: Work, transactions: Collection[str], codes: Collection[str]) -> tuple[PaidLine, ...]:
    """What was paid of these sales in the runs of these periods that count, summed over them."""
    found: list[PaidLine] = []
    named = sorted(transactions)
    query = (
        select(
            StatementRow.payee_id,
            PaidLineRow.plan,
            PaidLineRow.component,
            PaidLineRow.transaction,
            func.min(PaidLineRow.day),
            func.sum(PaidLineRow.earned_minor),
            func.sum(PaidLineRow.paid_minor),
            func.sum(PaidLineRow.taken_minor),
        )
        .join(StatementRow, StatementRow.id == PaidLineRow.statement_id)
        .join(PayPeriodRow, PayPeriodRow.run_id == StatementRow.run_id)
        .where(PayPeriodRow.code.in_(sorted(codes)))
        .group_by(StatementRow.payee_id, PaidLineRow.plan, PaidLineRow.component, PaidLineRow.transaction)
    )
    for at in range(0, len(named), _AT_ONCE):
        rows = work.session.execute(query.where(PaidLineRow.transaction.in_(named[at : at + _AT_ONCE])))
        found += [
            PaidLine(int(payee), plan, part, sale, day, *map(int, sums)) for payee, plan, part, sale, day, *sums in rows
        ]
    return tuple(found)


def _insert(work: Work, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        work.session.execute(insert(table), [dict(row) for row in rows])


def _head(statement_id: int, settled: Settled, currency: Currency) -> dict[str, Any]:
    conversion = settled.payment.conversion
    return {
        "statement_id": statement_id,
        "paid_minor": settled.paid,
        "pay_currency": currency.code if conversion is None else conversion.target.code,
        "pay_minor": settled.payment.amount,
        "rate": "1" if conversion is None else str(conversion.rate),
        "rate_day": None if conversion is None else conversion.day,
    }


def _about(of: Entry | Balance | PaidLine) -> dict[str, Any]:
    return {"plan": of.plan, "component": of.component, "transaction": of.transaction}


def _entry(statement_id: int, position: int, entry: Entry) -> dict[str, Any]:
    return {
        "statement_id": statement_id,
        "position": position,
        "kind": entry.kind.value,
        **_about(entry),
        "code": entry.code,
        "amount_minor": entry.amount,
        "derivation": dict(entry.derivation),
    }


def _balance(statement_id: int, balance: Balance) -> dict[str, Any]:
    return {
        "statement_id": statement_id,
        "kind": balance.kind.value,
        **_about(balance),
        "amount_minor": balance.amount,
        "whole_minor": balance.whole,
        "since": balance.since,
        "until": balance.until,
        "due": balance.due,
    }


def _line(statement_id: int, line: PaidLine) -> dict[str, Any]:
    return {
        "statement_id": statement_id,
        **_about(line),
        "day": line.day,
        "earned_minor": line.earned,
        "paid_minor": line.paid,
        "taken_minor": line.taken,
    }


def _conversion(row: SettlementRow, source: Currency) -> Conversion | None:
    target = Currency(row.pay_currency)
    return None if target == source else Conversion(source, target, Fraction(row.rate), row.rate_day)


def _entry_of(row: SettlementEntryRow) -> Entry:
    about = row.plan, row.component, row.transaction
    return Entry(Did(row.kind), *about, row.code, row.amount_minor, row.derivation)


def _balance_of(row: BalanceRow, payee: int) -> Balance:
    return Balance(
        payee_id=payee,
        kind=Kept(row.kind),
        plan=row.plan,
        amount=row.amount_minor,
        whole=row.whole_minor,
        since=row.since,
        component=row.component,
        transaction=row.transaction,
        until=row.until,
        due=row.due,
    )
