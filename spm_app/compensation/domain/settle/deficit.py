"""Steps 9 and 11: pay below nothing, brought in from the period before and taken on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.settle.terms import Below
from spm_app.compensation.domain.settle.values import Balance, Did, Kept

if TYPE_CHECKING:
    from spm_app.compensation.domain.settle.account import Account


def bring_in(account: Account) -> None:
    """What was below nothing before is taken off first."""
    for each in account.take(Kept.CARRIED):
        account.enter(Did.CARRIED_IN, -each.amount, since=each.since.isoformat())


def carry(account: Account) -> None:
    """Pay below nothing is carried on, paid as it is, or written off, as the plan says."""
    below, terms = -account.due, account.settlement.deficit
    if below <= 0:
        return
    off = below if terms.kind is Below.WRITE_OFF else max(0, below - (below if terms.most is None else terms.most))
    if off:
        account.enter(Did.WRITTEN_OFF, off, below=below, most=terms.most)
    rest = below - off
    if rest and terms.kind is Below.CARRY:
        account.enter(Did.CARRIED, rest, below=below)
        since = account.given.period.start
        account.keep([Balance(account.payee_id, Kept.CARRIED, account.plan, rest, rest, since)])
