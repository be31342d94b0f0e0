"""A payee's own calculation: one input changed, the rest as it is, and what the difference comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.inputs import Inputs, Quota, Share, Transaction
from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a deal is called that only the payee knows of.
UNKNOWN_DEAL = "+"


class Changed(StrEnum):
    """Which input the payee holds to be wrong."""

    AMOUNT = "amount"
    DAY = "day"
    SHARE = "share"
    PRODUCT = "product"
    QUOTA = "quota"
    DEAL = "deal"


@dataclass(frozen=True, slots=True)
class Change:
    """One input as the payee has it: only what `what` names is looked at, and for a missing deal all of it.

    `transaction` is the deal's name among the inputs; `share` is in parts per million.
    """

    what: Changed
    transaction: str = ""
    amount: Money | None = None
    day: date | None = None
    share: int | None = None
    product: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """One component before and after the change; `name` is its name by language."""

    component: str
    name: Mapping[str, str]
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class Counter:
    """What was paid and what the payee asks for, with the components that differ."""

    change: Change
    paid: Money
    difference: Money
    parts: tuple[Counted, ...]

    @property
    def asked(self) -> Money:
        """What the payee would have been paid."""
        return self.paid + self.difference


def changed(inputs: Inputs, payee: int, change: Change) -> Inputs:
    """The inputs with that one change. Raises InvalidInput at the field that is missing or cannot be."""
    match change.what:
        case Changed.AMOUNT:
            return _with(inputs, replace(_found(inputs, change), amount=_amount(inputs, change).minor))
        case Changed.DAY:
            return _moved(inputs, _found(inputs, change), _day(change))
        case Changed.PRODUCT:
            return _with(inputs, replace(_found(inputs, change), product=change.product.strip() or None))
        case Changed.SHARE:
            return _shared(inputs, _found(inputs, change).id, payee, change)
        case Changed.QUOTA:
            amount = _amount(inputs, change).minor
            others = tuple(each for each in inputs.quotas if each.person_id != payee or each.name)
            return replace(inputs, quotas=(*others, Quota(payee, amount)))
        case _:
            return _added(inputs, payee, change)


def written(counter: Counter) -> dict[str, Any]:
    """As it is kept beside the dispute: plain JSON values."""
    change = counter.change
    return {
        "change": {
            "what": change.what.value,
            "transaction": change.transaction,
            "amount": None if change.amount is None else change.amount.minor,
            "day": None if change.day is None else change.day.isoformat(),
            "share": change.share,
            "product": change.product,
        },
        "currency": counter.paid.currency.code,
        "paid": counter.paid.minor,
        "difference": counter.difference.minor,
        "parts": [[each.component, dict(each.name), each.before.minor, each.after.minor] for each in counter.parts],
    }


def read(kept: Mapping[str, Any]) -> Counter:
    """What `written` wrote."""
    said, currency = kept["change"], Currency(kept["currency"])
    return Counter(
        change=Change(
            what=Changed(said["what"]),
            transaction=said["transaction"],
            amount=None if said["amount"] is None else Money.from_minor(said["amount"], currency),
            day=None if said["day"] is None else date.fromisoformat(said["day"]),
            share=said["share"],
            product=said["product"],
        ),
        paid=Money.from_minor(kept["paid"], currency),
        difference=Money.from_minor(kept["difference"], currency),
        parts=tuple(
            Counted(code, name, Money.from_minor(before, currency), Money.from_minor(after, currency))
            for code, name, before, after in kept["parts"]
        ),
    )


def _with(inputs: Inputs, deal: Transaction) -> Inputs:
    return replace(inputs, transactions=tuple(deal if each.id == deal.id else each for each in inputs.transactions))


def _moved(inputs: Inputs, deal: Transaction, day: date) -> Inputs:
    """On another day; out of the period altogether when that day is."""
    if inputs.period.start <= day < inputs.period.end:
        return _with(inputs, replace(deal, day=day))
    return replace(
        inputs,
        transactions=tuple(each for each in inputs.transactions if each.id != deal.id),
        shares=tuple(each for each in inputs.shares if each.transaction != deal.id),
        named=tuple(each for each in inputs.named if each.transaction != deal.id),
    )


def _shared(inputs: Inputs, name: str, payee: int, change: Change) -> Inputs:
    """The payee's part as asked; what is left is split among the other owners as it was, to the last millionth."""
    share = change.share
    if share is None or not 0 < share <= WHOLE:
        raise _refused("share", "share_impossible")
    others = [each for each in inputs.shares if each.transaction == name and each.person_id != payee and each.share > 0]
    if share < WHOLE and not others:
        raise _refused("share", "share_alone")
    rest = tuple(each for each in inputs.shares if each.transaction != name)
    left = _split(WHOLE - share, [each.share for each in others])
    kept = tuple(replace(each, share=part) for each, part in zip(others, left, strict=True) if part)
    return replace(inputs, shares=(*rest, Share(name, payee, share), *kept))


def _split(amount: int, weights: list[int]) -> list[int]:
    """Parts in whole numbers that sum to the amount: the first ones take what is left over."""
    whole = sum(weights)
    parts = [amount * each // whole for each in weights]
    over = amount - sum(parts)
    return [part + (at < over) for at, part in enumerate(parts)]


def _added(inputs: Inputs, payee: int, change: Change) -> Inputs:
    amount, day = _amount(inputs, change), _day(change)
    if not inputs.period.start <= day < inputs.period.end:
        raise _refused("day", "day_outside")
    deal = Transaction(UNKNOWN_DEAL, day, amount.minor, product=change.product.strip() or None)
    return replace(
        inputs,
        transactions=(*inputs.transactions, deal),
        shares=(*inputs.shares, Share(UNKNOWN_DEAL, payee)),
    )


def _found(inputs: Inputs, change: Change) -> Transaction:
    for each in inputs.transactions:
        if each.id == change.transaction:
            return each
    raise _refused("transaction", "deal_not_there")


def _amount(inputs: Inputs, change: Change) -> Money:
    if change.amount is None or change.amount.currency != inputs.currency:
        raise _refused("amount", "amount_unreadable")
    return change.amount.rounded()


def _day(change: Change) -> date:
    if change.day is None:
        raise _refused("day", "day_missing")
    return change.day


def _refused(at: str, key: str) -> InvalidInput:
    return InvalidInput("compensation.form_has_errors", [Problem(at, f"compensation.problem.{key}")])
