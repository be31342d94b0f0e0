"""Step 9: what is owed from before is recovered, and the period's draw is added or tops up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.settle.days import days_in
from spm_app.compensation.domain.settle.exact import half_up
from spm_app.compensation.domain.settle.terms import Recovery
from spm_app.compensation.domain.settle.values import Balance, Did, Kept
from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.settle.account import Account
    from spm_app.compensation.domain.settle.terms import Draw


def draw(account: Account) -> None:
    """Recovery comes first, from what was earned; then the draw of this period."""
    terms = account.settlement.draw
    amount, days = _this_period(account, terms)
    _recover(account, terms, amount)
    if terms is None or not amount:
        return
    if not terms.kind.tops_up:
        account.enter(Did.DRAWN, amount, kind=terms.kind.value, draw=terms.amount, **days)
    elif account.due < amount:
        reached, amount = account.due, amount - account.due
        told: dict[str, Any] = {"kind": terms.kind.value, "draw": terms.amount, "reached": reached, **days}
        account.enter(Did.TOPPED_UP, amount, **told)
    else:
        return
    if terms.kind.is_owed:
        _owe(account, terms, amount)


def _this_period(account: Account, terms: Draw | None) -> tuple[int, Mapping[str, int]]:
    """The draw for the days that the payee is in the plan and the draw is on, of all days of the period."""
    if terms is None:
        return 0, {}
    period = account.given.period
    first, past = max(period.start, terms.start or period.start), min(period.end, terms.end or period.end)
    days = days_in(account.terms.days.get(account.payee_id, ()), first, past)
    return half_up(Fraction(terms.amount * days, period.days)), {"n": days, "of_days": period.days}


def _owe(account: Account, terms: Draw, amount: int) -> None:
    due = terms.recovery.start or account.period_later(terms.recovery.periods)
    since = account.given.period.start
    account.keep([Balance(account.payee_id, Kept.OWED, account.plan, amount, amount, since, due=due)])


def _recover(account: Account, terms: Draw | None, drawn: int) -> None:
    """A share of what was earned, the oldest debt first: never more than is owed, and what is to be kept stays.

    While a guarantee is on, only what lies above it is there to recover from.
    """
    recovery = Recovery() if terms is None else terms.recovery
    is_topped = terms is not None and terms.kind.tops_up
    keep = max(recovery.keep, drawn if is_topped else 0)
    reached = account.due
    room = reached - keep if is_topped else reached + drawn - keep
    most = max(0, min(half_up(Fraction(max(0, reached) * recovery.share, PPM)), room))
    for each in account.take(Kept.OWED):
        is_due = each.due is None or each.due < account.given.period.end
        back = min(each.amount, most) if is_due else 0
        if back:
            told: dict[str, Any] = {
                "since": each.since.isoformat(),
                "owed": each.amount,
                "share": recovery.share,
                "keep": keep,
            }
            account.enter(Did.RECOVERED, -back, reached=reached, **told)
        most -= back
        account.keep([replace(each, amount=each.amount - back)])
