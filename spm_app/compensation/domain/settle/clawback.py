"""Step 6: a cancelled sale gives back what it earned, at the amount of then, and never more than was paid of it.

What is not paid yet goes first: money that waits, money that is held, then what is with the payee. A cancellation that
was seen to before is not seen to again, for what was taken already counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.settle.days import add_months
from spm_app.compensation.domain.settle.exact import half_up
from spm_app.compensation.domain.settle.terms import TakenBack
from spm_app.compensation.domain.settle.values import Balance, Did, Kept, PaidLine
from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from datetime import date

    from spm_app.compensation.domain.settle.account import Account, Part
    from spm_app.compensation.domain.settle.terms import Clawback
    from spm_app.compensation.domain.settle.values import Event

#: What a transaction is called that counts a cancellation against the measure of its own period.
UNDONE = ":cancelled"


def undo(account: Account) -> None:
    """What a cancellation earned below nothing by today's rates is left out: it is taken back at the rate of then."""
    undone = [each for each in account.parts if each.transaction.endswith(UNDONE)]
    account.parts = [each for each in account.parts if not each.transaction.endswith(UNDONE)]
    for each in undone:
        if each.amount:
            account.enter(Did.UNDONE, -each.amount, replace(each, transaction=each.transaction.removesuffix(UNDONE)))


def claw_back(account: Account) -> None:
    """Take back what cancelled sales earned, now and before."""
    cancelled = account.events.cancelled()
    if not cancelled:
        return
    now = {(each.plan, each.component, each.transaction): each for each in account.parts}
    for key in sorted({*account.history, *now}):
        plan, component, transaction = key
        clawback = account.payment(component, plan).clawback
        sale = _sale(key, account.history.get(key), now.get(key))
        if clawback is not None and sale is not None and transaction in cancelled:
            _take_back(account, clawback, sale)


@dataclass(slots=True)
class _Sale:
    """All that is known of one sale's money: what was earned, and where it is now."""

    plan: str
    component: str
    transaction: str
    day: date
    before: PaidLine | None
    part: Part | None

    @property
    def key(self) -> tuple[str, str, str]:
        """Plan, component and sale."""
        return self.plan, self.component, self.transaction

    @property
    def earned(self) -> int:
        """What it earned, before and now."""
        return (self.before.earned if self.before else 0) + (self.part.amount if self.part else 0)


def _sale(key: tuple[str, str, str], before: PaidLine | None, part: Part | None) -> _Sale | None:
    day = before.day if before is not None else part.day if part is not None else None
    return None if day is None else _Sale(*key, day, before, part)


def _take_back(account: Account, clawback: Clawback, sale: _Sale) -> None:
    told = [
        (share, event)
        for event in account.events.cancellations(sale.transaction)
        if (share := _share(clawback, sale.day, event))
    ]
    share = sum((each for each, _ in told), Fraction(0))
    taken = sale.before.taken if sale.before else 0
    wanted = half_up(sale.earned * share) - taken
    if wanted <= 0:
        return
    waiting = _from_balances(account, sale, wanted, Kept.WAITING)
    held = _from_balances(account, sale, wanted - waiting, Kept.HELD)
    now = min(wanted - waiting - held, max(0, sale.part.amount if sale.part else 0))
    paid = min(wanted - waiting - held - now, max(0, sale.before.paid if sale.before else 0))
    if sale.part is not None:
        sale.part.amount -= now
    account.lines.append(_line(account, sale, waiting + held + now + paid, paid))
    where: dict[str, Any] = {"waiting": waiting, "held": held, "now": now, "paid": paid, "taken": taken}
    of = {"earned": sale.earned, "share": str(share), "kind": clawback.kind.value, "sold": sale.day.isoformat()}
    last = max(each.day for _, each in told).isoformat()
    account.enter(Did.TAKEN_BACK, -(now + paid), sale, **of, **where, cancelled=last)


def _line(account: Account, sale: _Sale, taken: int, paid: int) -> PaidLine:
    return PaidLine(account.payee_id, sale.plan, sale.component, sale.transaction, sale.day, 0, -paid, taken)


def _share(clawback: Clawback, sold: date, event: Event) -> Fraction:
    """How much of the sale that cancellation takes back; nothing when it came too late."""
    if _is_late(clawback, sold, event.day):
        return Fraction(0)
    if clawback.kind is TakenBack.UNEXPIRED:
        return event.part * _unexpired(sold, event)
    return event.part * Fraction(clawback.share, PPM)


def _is_late(clawback: Clawback, sold: date, day: date) -> bool:
    if clawback.within_days:
        return (day - sold).days > clawback.within_days
    return bool(clawback.within_months) and day > add_months(sold, clawback.within_months)


def _unexpired(sold: date, event: Event) -> Fraction:
    """The part of the term still to run: of months a begun one has been used, of days that of the cancellation has not.

    A sale without a term has all of it to run.
    """
    if event.term_months:
        used = next(at for at in range(event.term_months + 1) if _is_over(sold, at, event))
        return Fraction(event.term_months - used, event.term_months)
    if event.term_until is None:
        return Fraction(1)
    whole, left = (event.term_until - sold).days, (event.term_until - event.day).days
    return min(Fraction(1), Fraction(max(0, left), max(1, whole)))


def _is_over(sold: date, months: int, event: Event) -> bool:
    return months == event.term_months or event.day <= add_months(sold, months)


def _from_balances(account: Account, sale: _Sale, wanted: int, kind: Kept) -> int:
    """Take from what is kept for that sale, and say how much; a balance that loses a part is of a smaller whole."""
    taken, left = 0, list[Balance]()
    for each in account.open:
        own = 0
        if each.kind is kind and (each.plan, each.component, each.transaction) == sale.key:
            own = min(each.amount, wanted - taken)
        taken += own
        left.append(replace(each, amount=each.amount - own, whole=each.whole - own))
    account.open = [each for each in left if each.amount]
    return taken
