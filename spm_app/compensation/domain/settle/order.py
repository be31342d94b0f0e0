"""From earned to paid, step by step, in the one order that there is; each payee and plan by itself.

5 cap and floor, 6 clawbacks and late differences, 7 residuals and lines by hand, 8 gates and holds, 9 what was carried,
recovery and draws, 10 currency, 11 what is below nothing, and payment.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple, replace
from typing import TYPE_CHECKING

from spm_app.compensation.domain.settle import capping, clawback, deficit, draw, release, residual
from spm_app.compensation.domain.settle.account import Account, Part
from spm_app.compensation.domain.settle.events import Events
from spm_app.compensation.domain.settle.terms import Settlement
from spm_app.compensation.domain.settle.values import Did, Paid, PaidLine, Settled, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spm_app.compensation.domain.settle.values import Balance, Earned, Earning, Extra, Given

#: Where lines and balances are seen to whose plan pays nothing any more.
_NO_PLAN = Terms("", Settlement(), {}, {})


def settled(given: Given) -> tuple[Settled, ...]:
    """Every payee with earnings, open balances or lines by hand, by number.

    Raises InvalidInput when a target incentive is asked for that nobody gave.
    """
    files = _Files.of(given)
    return tuple(_settle(files, payee) for payee in sorted(files.payees))


class _Files:
    """What is given, by payee."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.terms = {each.plan: each for each in given.terms}
        self.events = Events(given.events, given.period.end)
        self.earned: dict[int, Earned] = {each.payee_id: each for each in given.earned}
        self.extras: defaultdict[int, list[Extra]] = defaultdict(list)
        self.balances: defaultdict[int, list[Balance]] = defaultdict(list)
        self.lines: defaultdict[int, list[PaidLine]] = defaultdict(list)

    @classmethod
    def of(cls, given: Given) -> _Files:
        """Everything in its place, in an order that does not depend on how it came."""
        files = cls(given)
        for extra in sorted(given.extras, key=lambda each: (not each.is_late, each.id, each.amount)):
            files.extras[extra.payee_id].append(extra)
        for balance in sorted(given.history.balances, key=_order):
            files.balances[balance.payee_id].append(balance)
        for line in given.history.lines:
            files.lines[line.payee_id].append(line)
        return files

    @property
    def payees(self) -> set[int]:
        """Everybody there is something to do for."""
        return {*self.earned, *self.extras, *self.balances}


def _order(balance: Balance) -> tuple[str, ...]:
    return tuple(map(str, astuple(balance)))


def _settle(files: _Files, payee: int) -> Settled:
    accounts = list(_accounts(files, payee))
    for at, account in enumerate(accounts):
        _run(account, files.extras.get(payee, []) if at == 0 else [])
    paid = sum(each.due for each in accounts)
    conversion = files.given.pay_in.get(payee)
    earned = files.earned.get(payee)
    return Settled(
        payee_id=payee,
        earned=sum(each.amount for each in earned.earnings) if earned else 0,
        paid=paid,
        entries=tuple(entry for each in accounts for entry in each.entries),
        balances=tuple(sorted((one for each in accounts for one in each.after), key=_order)),
        lines=_merged(line for each in accounts for line in each.lines),
        payment=Paid(paid if conversion is None else conversion.of(paid), conversion),
    )


def _accounts(files: _Files, payee: int) -> Iterator[Account]:
    """One for each plan that the payee is in; the first sees to lines and balances that belong to none of them."""
    earned = files.earned.get(payee)
    by_plan: dict[str, list[Earning]] = {}
    for each in earned.earnings if earned else ():
        by_plan.setdefault(each.plan, []).append(each)
    plans = [*by_plan] or [""]
    for at, plan in enumerate(plans):
        mine = {plan} if at else {plan, *(each.plan for each in files.balances[payee] if each.plan not in by_plan)}
        mine |= set() if at else {each.plan for each in files.lines[payee] if each.plan not in by_plan}
        past = (each for each in files.lines[payee] if each.plan in mine)
        yield Account(
            payee_id=payee,
            terms=files.terms.get(plan, _NO_PLAN),
            plans=files.terms,
            given=files.given,
            events=files.events,
            parts=_parts(by_plan.get(plan, ())),
            open=[each for each in files.balances[payee] if each.plan in mine],
            history={(each.plan, each.component, each.transaction): each for each in _merged(past)},
        )


def _parts(earnings: Iterable[Earning]) -> list[Part]:
    """The earnings by sale, or as a whole where no sale has a fate of its own."""
    found: dict[tuple[str, str], Part] = {}
    for each in earnings:
        rest = each.amount - sum(line.amount for line in each.lines)
        for line in each.lines:
            own = found.setdefault(
                (each.component, line.transaction), Part(each.plan, each.component, line.transaction, line.day, 0)
            )
            own.amount += line.amount
        if rest or not each.lines:
            found.setdefault((each.component, ""), Part(each.plan, each.component, "", None, 0)).amount += rest
    return list(found.values())


def _merged(lines: Iterable[PaidLine]) -> tuple[PaidLine, ...]:
    """One line for each sale: what periods, and steps of one, say of it adds up."""
    found: dict[tuple[str, str, str], PaidLine] = {}
    for each in lines:
        key = each.plan, each.component, each.transaction
        found[key] = _sum(found[key], each) if key in found else each
    return tuple(found[key] for key in sorted(found))


def _sum(one: PaidLine, other: PaidLine) -> PaidLine:
    """Both together; the earlier day is the sale's."""
    return replace(
        one,
        day=min(one.day, other.day),
        earned=one.earned + other.earned,
        paid=one.paid + other.paid,
        taken=one.taken + other.taken,
    )


def _run(account: Account, extras: Iterable[Extra]) -> None:
    _enter_earned(account)
    clawback.undo(account)
    capping.cap(account)
    capping.floor(account)
    for part in account.parts:
        part.earned = part.amount
    clawback.claw_back(account)
    residual.pay_again(account)
    for each in extras:
        account.enter(Did.LATE if each.is_late else Did.MANUAL, each.amount, id=each.id, reason=each.reason)
    residual.promise(account)
    release.release(account)
    deficit.bring_in(account)
    draw.draw(account)
    deficit.carry(account)


def _enter_earned(account: Account) -> None:
    by_component: dict[str, int] = {}
    for part in account.parts:
        by_component[part.component] = by_component.get(part.component, 0) + part.amount
    for component, amount in by_component.items():
        account.enter(Did.EARNED, amount, component)
