"""What a settlement needs beside the deals: what happened to them, what earlier periods left, rates, lines by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.files.rows import ALWAYS, Kind, Row, person_column
from spm_app.compensation.domain.settle.currency import ExchangeRate
from spm_app.compensation.domain.settle.values import Balance, Extra, Happened, Kept, PaidLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LATE = "late"


def _events(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    return {"happened": tuple(_event(row) for row in rows)}


def _event(row: Row) -> Happened:
    day = row.day("day") if row.needed("day") else None
    return Happened(
        transaction=row.text("transaction"),
        kind=row.needed("event").lower(),
        day=day or ALWAYS,
        amount=row.optional_money("amount", row.currency("currency")),
        share=row.percent("share"),
        person_id=row.person("person"),
    )


def _balances(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    return {"balances": tuple(_balance(row) for row in rows)}


def _balance(row: Row) -> Balance:
    amount = row.money("amount")
    whole = row.optional_money("whole")
    return Balance(
        payee_id=row.desk.numbers.get(row.needed("person"), 0),
        kind=_kept(row),
        plan=row.text("plan"),
        amount=amount,
        whole=amount if whole is None else whole,
        since=(row.day("since") if row.needed("since") else None) or ALWAYS,
        component=row.text("component"),
        transaction=row.text("transaction"),
        until=row.text("until"),
        due=row.day("due"),
    )


def _kept(row: Row) -> Kept:
    value = row.needed("kind").lower()
    if value and value not in list(Kept):
        row.note("compensation.plan.not_a_choice", value=value, choices=", ".join(Kept))
    return Kept(value) if value in list(Kept) else Kept.HELD


def _paid_lines(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    return {"paid_lines": tuple(_paid_line(row) for row in rows)}


def _paid_line(row: Row) -> PaidLine:
    return PaidLine(
        payee_id=row.desk.numbers.get(row.needed("person"), 0),
        plan=row.needed("plan"),
        component=row.needed("component"),
        transaction=row.needed("transaction"),
        day=(row.day("day") if row.needed("day") else None) or ALWAYS,
        earned=row.money("earned"),
        paid=row.money("paid"),
        taken=row.optional_money("taken_back") or 0,
    )


def _rates(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    return {"rates": tuple(each for row in rows for each in _rate(row))}


def _rate(row: Row) -> tuple[ExchangeRate, ...]:
    day = row.day("day") if row.needed("day") else None
    source, target = (row.currency(name) if row.needed(name) else None for name in ("from", "to"))
    rate = row.number("rate") if row.needed("rate") else None
    if rate is not None and rate <= 0:
        row.note("compensation.files.rate_not_positive", value=rate)
    if day is None or source is None or target is None or rate is None or rate <= 0:
        return ()
    return (ExchangeRate(day, source, target, Fraction(rate), row.text("source")),)


def _adjustments(rows: Sequence[Row]) -> Mapping[str, tuple[Any, ...]]:
    read = [(row, _adjustment(at, row)) for at, row in enumerate(rows)]
    return {"extras": tuple(extra for row, extra in read if row.text("period") in {"", row.desk.period.code})}


def _adjustment(at: int, row: Row) -> Extra:
    return Extra(
        id=row.text("id") or f"{at:06}",
        payee_id=row.desk.numbers.get(row.needed("person"), 0),
        amount=row.money("amount"),
        is_late=row.text("reason").lower() == _LATE,
        reason=row.text("reason"),
    )


EVENTS = Kind(
    name="events",
    needed=("event", "day"),
    known=("transaction", "amount", "currency", "share", "person"),
    key=("transaction", "event", "day", "person"),
    read=_events,
    persons=person_column,
)
BALANCES = Kind(
    name="balances",
    needed=("person", "kind", "amount", "since"),
    known=("plan", "component", "transaction", "whole", "until", "due"),
    key=("person", "kind", "plan", "component", "transaction", "since"),
    read=_balances,
    persons=person_column,
)
PAID_LINES = Kind(
    name="paid_lines",
    needed=("person", "plan", "component", "transaction", "day", "earned", "paid"),
    known=("taken_back",),
    key=("person", "plan", "component", "transaction"),
    read=_paid_lines,
    persons=person_column,
)
RATES = Kind(
    name="rates",
    needed=("day", "from", "to", "rate"),
    known=("source",),
    key=("day", "from", "to"),
    read=_rates,
    persons=lambda _row: (),
)
ADJUSTMENTS = Kind(
    name="adjustments",
    needed=("person", "amount"),
    known=("id", "period", "reason"),
    key=("id", "person", "period"),
    read=_adjustments,
    persons=person_column,
)
