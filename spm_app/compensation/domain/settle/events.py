"""What happened to sales, looked up by sale: how much of one was invoiced, paid, released or cancelled by a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.settle.terms import CANCELLED, PaidWhen
from spm_app.compensation.domain.settle.values import Event, Happened
from spm_app.kernel.problem import Problem
from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from spm_app.compensation.domain.inputs import Transaction

_WHOLE = Fraction(1)


def events_of(
    transactions: Iterable[Transaction], happened: Iterable[Happened]
) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """What the sales themselves say and what was written down besides, each with its part of the sale.

    A problem names each sale of which an amount is told and whose own amount is not known.
    """
    sales = {each.id: each for each in transactions}
    told = [*(one for sale in sales.values() for one in _of_sale(sale)), *happened]
    found: list[Event] = []
    problems: list[Problem] = []
    for each in told:
        sale = sales.get(each.transaction)
        part = _part(each, sale)
        if part is None:
            problems.append(Problem(each.transaction, "compensation.inputs.no_part", {"deal": each.transaction}))
            continue
        until, months = (None, 0) if sale is None else (sale.term_until, sale.term_months)
        found.append(Event(each.transaction, each.kind, each.day, part, each.person_id, until, months))
    return tuple(found), tuple(problems)


def _of_sale(sale: Transaction) -> Iterator[Happened]:
    if sale.invoiced_on is not None:
        yield Happened(sale.id, PaidWhen.INVOICED.value, sale.invoiced_on)
    if sale.paid_on is not None:
        yield Happened(sale.id, PaidWhen.PAID.value, sale.paid_on, sale.paid_amount)
    if sale.cancelled_on is not None:
        yield Happened(sale.id, CANCELLED, sale.cancelled_on)


def _part(event: Happened, sale: Transaction | None) -> Fraction | None:
    """How much of the sale it happened to; None when that cannot be told."""
    if event.share is not None:
        return Fraction(event.share, PPM)
    if event.amount is None:
        return _WHOLE
    return None if sale is None or sale.amount == 0 else Fraction(event.amount, sale.amount)


class Events:
    """The events before a day, by sale and kind."""

    def __init__(self, events: Iterable[Event], before: date) -> None:
        self._by_sale: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
        for each in sorted(events, key=_order):
            if each.day < before:
                self._by_sale[each.transaction, each.kind].append(each)

    def reached(self, kind: str, transaction: str, payee_id: int, since: date) -> Fraction:
        """To how much of the sale it happened, the whole at most; from that day on also what holds for all sales."""
        own = self._by_sale.get((transaction, kind), []) if transaction else []
        every = [each for each in self._by_sale.get(("", kind), ()) if each.day >= since]
        parts = (each.part for each in (*own, *every) if each.payee_id in {None, payee_id})
        return min(_WHOLE, sum(parts, Fraction(0)))

    def cancellations(self, transaction: str) -> list[Event]:
        """When and how far the sale was undone, in order; together never more than the whole."""
        left, found = _WHOLE, list[Event]()
        for each in self._by_sale.get((transaction, CANCELLED), ()):
            found.append(replace(each, part=min(each.part, left)))
            left -= found[-1].part
        return found

    def cancelled(self) -> set[str]:
        """Every sale that was undone, at least in part."""
        return {transaction for transaction, kind in self._by_sale if kind == CANCELLED}


def _order(event: Event) -> tuple[date, str, str, Fraction, int]:
    return event.day, event.kind, event.transaction, event.part, event.payee_id or 0
