"""Before the calculation: what happened to sales as events, cancellations as sales below nothing, and one money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from spm_app.compensation.domain.settle.clawback import UNDONE
from spm_app.compensation.domain.settle.currency import Converted, in_one_money
from spm_app.compensation.domain.settle.events import events_of
from spm_app.compensation.domain.settle.exact import half_up
from spm_app.compensation.domain.settle.terms import CANCELLED, RateDay
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from spm_app.compensation.domain.inputs import Inputs, Named, Share, Transaction
    from spm_app.compensation.domain.settle.values import Event
    from spm_app.compensation.domain.terms import Plan

S = TypeVar("S", "Share", "Named")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Inputs that a calculation can take, and what the settlement needs to know about how they became so."""

    inputs: Inputs
    events: tuple[Event, ...]
    converted: tuple[Converted, ...]


def prepared(plans: Sequence[Plan], inputs: Inputs) -> Prepared:
    """Inputs in the plans' money, with a sale below nothing for each cancellation that lowers attainment.

    Raises InvalidInput for a sale without a rate of exchange, and for a part of a sale that is not known.
    """
    events, problems = events_of(inputs.transactions, inputs.happened)
    if problems:
        raise InvalidInput("compensation.inputs.unusable", problems, n=len(problems))
    counted = _with_cancellations(plans, inputs, events)
    sales, converted = in_one_money(
        counted.transactions, inputs.rates, _rate_day(plans), (inputs.currency, inputs.period)
    )
    return Prepared(replace(counted, transactions=sales), events, converted)


def _rate_day(plans: Sequence[Plan]) -> RateDay:
    """The one that all plans name."""
    days = sorted({each.settlement.rate_day for each in plans})
    if len(days) > 1:
        problem = Problem("", "compensation.inputs.exchange_differs", {"days": ", ".join(days)})
        raise InvalidInput("compensation.inputs.unusable", [problem], n=1)
    return days[0] if days else RateDay.TRANSACTION


def _with_cancellations(plans: Sequence[Plan], inputs: Inputs, events: Sequence[Event]) -> Inputs:
    terms = (component.payment.clawback for plan in plans for component in plan.components)
    if not any(each is not None and each.reduces_attainment for each in terms):
        return inputs
    sales = {each.id: each for each in inputs.transactions}
    parts: dict[str, tuple[date, Fraction]] = {}
    for each in sorted((one for one in events if one.kind == CANCELLED), key=lambda one: one.day):
        if each.day in inputs.period and each.transaction in sales:
            _, before = parts.get(each.transaction, (each.day, Fraction(0)))
            parts[each.transaction] = each.day, min(before + each.part, Fraction(1))
    undone = [_undone(sales[name], day, part) for name, (day, part) in parts.items()]
    return replace(
        inputs,
        transactions=(*inputs.transactions, *undone),
        shares=(*inputs.shares, *_copies(inputs.shares, parts)),
        named=(*inputs.named, *_copies(inputs.named, parts)),
    )


def _copies(given: Iterable[S], parts: Collection[str]) -> Iterator[S]:
    return (replace(each, transaction=each.transaction + UNDONE) for each in given if each.transaction in parts)


def _undone(sale: Transaction, day: date, part: Fraction) -> Transaction:
    """The same sale on the day of the cancellation, with the part that was undone below nothing."""

    def less(figure: int | None) -> int | None:
        return None if figure is None else -half_up(figure * part)

    return replace(
        sale,
        id=sale.id + UNDONE,
        day=day,
        amount=-half_up(sale.amount * part),
        margin=less(sale.margin),
        units=less(sale.units),
        invoiced_on=sale.invoiced_on and day,
        paid_on=sale.paid_on and day,
        cancelled_on=None,
    )
