"""Step 8: what waits for an event and what is held, and what of both is let go in this period."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.settle.exact import half_up
from spm_app.compensation.domain.settle.terms import RELEASE, PaidWhen
from spm_app.compensation.domain.settle.values import Balance, Did, Kept, PaidLine
from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from datetime import date

    from spm_app.compensation.domain.settle.account import Account, Of, Part
    from spm_app.compensation.domain.settle.terms import Hold


def release(account: Account) -> None:
    """Earlier balances first, then what this period earned; what becomes payable may be held in its turn."""
    _let_go(account)
    free = 0
    for balance, amount in _of_waiting(account):
        kept = _component_hold(account, replace(balance, amount=amount, since=account.given.period.start))
        _note_later(account, balance, amount - kept)
        free += _free(account, balance, amount)
    for part, amount in _of_parts(account):
        kept = _component_hold(account, _new(account, part, amount))
        _note(account, part, amount - kept)
        free += _free(account, part, amount)
    own = account.settlement.hold
    if own is not None and free > 0:
        _hold(account, own, _new(account, None, free))


def _component_hold(account: Account, of: Balance) -> int:
    hold = account.payment(of.component, of.plan).hold
    return _hold(account, hold, of) if hold is not None and of.amount > 0 else 0


def _free(account: Account, of: Of, amount: int) -> int:
    """What the plan's own hold may look at: what no component's holds."""
    return 0 if account.payment(of.component, of.plan).hold is not None else amount


def _of_waiting(account: Account) -> list[tuple[Balance, int]]:
    """Waiting money whose event came, in proportion to how far it came; what was paid of it before counts."""
    found: list[tuple[Balance, int]] = []
    for each in account.take(Kept.WAITING):
        share = account.events.reached(each.until, each.transaction, account.payee_id, each.since)
        before = each.whole - each.amount
        now = max(0, half_up(each.whole * share) - before)
        if now:
            values = {"since": each.since.isoformat(), "until": each.until, "whole": each.whole, "share": str(share)}
            account.enter(Did.DUE, now, each, before=before, **values)
            found.append((each, now))
        account.keep([replace(each, amount=each.amount - now)])
    return found


def _of_parts(account: Account) -> list[tuple[Part, int]]:
    """What this period's sales may be paid; what is below nothing waits for nothing."""
    found: list[tuple[Part, int]] = []
    since = account.given.period.start
    for part in account.parts:
        until = account.payment(part.component).when
        now = part.amount
        if until is not PaidWhen.BOOKED and part.amount > 0 and part.transaction:
            share = account.events.reached(until.value, part.transaction, account.payee_id, since)
            now = half_up(part.amount * share)
            _wait(account, part, until, share)
        found.append((part, now))
    return found


def _wait(account: Account, part: Part, until: PaidWhen, share: Fraction) -> None:
    waits = part.amount - half_up(part.amount * share)
    if waits:
        told = {"until": until.value, "whole": part.amount, "share": str(share)}
        account.enter(Did.WAITS, -waits, part, **told)
        account.keep([replace(_new(account, part, waits), whole=part.amount, until=until.value)])


def _let_go(account: Account) -> None:
    """Held money whose period or event came, or that a person let go."""
    for each in account.take(Kept.HELD):
        came = each.due is not None and each.due < account.given.period.end
        share = Fraction(1) if came else _reached(account, each.until, each.transaction, each.since)
        before = each.whole - each.amount
        now = max(0, half_up(each.whole * share) - before)
        if now:
            due = "" if each.due is None else each.due.isoformat()
            values = {"since": each.since.isoformat(), "until": each.until, "whole": each.whole, "share": str(share)}
            account.enter(Did.RELEASED, now, each, due=due, before=before, **values)
            _note_later(account, each, now)
        account.keep([replace(each, amount=each.amount - now)])


def _reached(account: Account, until: str, transaction: str, since: date) -> Fraction:
    """How far the event came or a person went, whichever is further."""
    kinds = {until, RELEASE} - {""}
    return max(account.events.reached(kind, transaction, account.payee_id, since) for kind in kinds)


def _hold(account: Account, hold: Hold, of: Balance) -> int:
    """Keep the hold's share of an amount, as far as what it waits for has not come; says how much is kept."""
    whole = half_up(Fraction(of.amount * hold.share, PPM))
    kept = whole - half_up(whole * _reached(account, hold.until, of.transaction, of.since))
    if kept:
        due = account.period_later(hold.periods) if hold.periods else None
        told = {"of": of.amount, "share": hold.share, "until": hold.until, "due": due.isoformat() if due else ""}
        account.enter(Did.HELD, -kept, of, whole=whole, **told)
        account.keep([replace(of, kind=Kept.HELD, amount=kept, whole=whole, until=hold.until, due=due)])
    return kept


def _new(account: Account, part: Part | None, amount: int) -> Balance:
    """An amount of this period, as a balance that has yet to find its kind."""
    component, transaction = ("", "") if part is None else (part.component, part.transaction)
    since = account.given.period.start
    return Balance(
        account.payee_id,
        Kept.WAITING,
        account.plan,
        amount,
        amount,
        since,
        component=component,
        transaction=transaction,
    )


def _note(account: Account, part: Part, paid: int) -> None:
    """Remember what this period's sale earned and what of it was paid, where a cancellation would take it back."""
    if part.day is not None and part.transaction and account.payment(part.component).clawback is not None:
        sale = account.payee_id, part.plan, part.component, part.transaction
        account.lines.append(PaidLine(*sale, part.day, part.earned, paid))


def _note_later(account: Account, balance: Balance, paid: int) -> None:
    """Remember what was paid later of a sale that is already known."""
    before = account.history.get((balance.plan, balance.component, balance.transaction))
    if before is not None and paid:
        account.lines.append(replace(before, earned=0, paid=paid, taken=0))
