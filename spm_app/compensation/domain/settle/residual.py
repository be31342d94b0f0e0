"""Step 7: sales that pay again, a share each period, while they are not cancelled."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.settle.exact import half_up
from spm_app.compensation.domain.settle.terms import CANCELLED
from spm_app.compensation.domain.settle.values import Balance, Did, Kept
from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from spm_app.compensation.domain.settle.account import Account


def pay_again(account: Account) -> None:
    """This period's part of earlier sales; what of a sale is cancelled pays no more."""
    for each in account.take(Kept.RESIDUAL):
        if each.due is not None and each.due >= account.given.period.end:
            account.keep([each])
            continue
        gone = account.events.reached(CANCELLED, each.transaction, account.payee_id, each.since)
        now = half_up(min(each.whole, each.amount) * (1 - gone))
        told = {"since": each.since.isoformat(), "each": each.whole, "gone": str(gone)}
        left = 0 if gone == 1 else each.amount - min(each.whole, each.amount)
        account.enter(Did.RESIDUAL, now, each, left=left, **told)
        account.keep([replace(each, amount=left, due=account.period_later(1))])


def promise(account: Account) -> None:
    """What this period's sales will pay again, from the next period on."""
    for part in account.parts:
        residual = account.payment(part.component).residual
        if residual is None or part.amount <= 0 or not part.transaction:
            continue
        each = half_up(Fraction(part.amount * residual.share, PPM))
        balance = Balance(
            account.payee_id,
            Kept.RESIDUAL,
            account.plan,
            each * residual.periods,
            each,
            account.given.period.start,
            component=part.component,
            transaction=part.transaction,
            due=account.period_later(1),
        )
        account.keep([balance])
