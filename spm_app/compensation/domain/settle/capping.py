"""Step 5: the plan's cap and floor, and what an earlier cap withheld and this period has room for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.settle.exact import half_up, spread
from spm_app.compensation.domain.settle.values import Balance, Did, Kept
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem
from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from spm_app.compensation.domain.settle.account import Account
    from spm_app.compensation.domain.settle.terms import Ceiling, Level


def cap(account: Account) -> None:
    """Withhold what is above the cap, or pay back what was withheld before as far as there is room."""
    ceiling, withheld = account.settlement.cap, account.take(Kept.CAPPED)
    if ceiling is None:
        _refund(account, withheld, room=None)
        return
    most, earned = height(account, ceiling.level), sum(each.amount for each in account.parts)
    if earned > most:
        _cut(account, ceiling, earned, most)
    _refund(account, withheld, room=max(0, most - earned))


def floor(account: Account) -> None:
    """Raise to the floor what is below it."""
    level, reached = account.settlement.floor, account.due
    if level is not None:
        least = height(account, level)
        if reached < least:
            account.enter(Did.RAISED, least - reached, floor=least, reached=reached, **_of(account, level))


def height(account: Account, level: Level) -> int:
    """The level in this period: of the target incentive in it, or the amount as it is.

    Raises InvalidInput when the payee has no target incentive.
    """
    if level.of_target is None:
        return level.amount
    target = account.given.targets.get(account.payee_id)
    if target is None:
        problem = Problem(str(account.payee_id), "compensation.inputs.no_target", {"person": account.payee_id})
        raise InvalidInput("compensation.inputs.unusable", [problem], n=1)
    return half_up(Fraction(target * level.of_target, PPM))


def _cut(account: Account, ceiling: Ceiling, earned: int, most: int) -> None:
    """Every sale gives its part of the cut, so that what is taken back of it later is what was paid of it."""
    cuts = spread(earned - most, [max(0, each.amount) for each in account.parts])
    by_component: dict[str, int] = {}
    for part, own in zip(account.parts, cuts, strict=True):
        part.amount -= own
        by_component[part.component] = by_component.get(part.component, 0) + own
    values: dict[str, Any] = {
        "cap": most,
        "earned": earned,
        "refundable": ceiling.refundable,
        **_of(account, ceiling.level),
    }
    for component, own in by_component.items():
        if own:
            account.enter(Did.CAPPED, -own, component, **values)
    if ceiling.refundable:
        whole = earned - most
        since = account.given.period.start
        account.keep([Balance(account.payee_id, Kept.CAPPED, account.plan, whole, whole, since)])


def _refund(account: Account, withheld: list[Balance], room: int | None) -> None:
    for each in withheld:
        back = each.amount if room is None else min(each.amount, room)
        if back:
            account.enter(Did.REFUNDED, back, since=each.since.isoformat(), withheld=each.amount, room=room)
        room = None if room is None else room - back
        account.keep([replace(each, amount=each.amount - back)])


def _of(account: Account, level: Level) -> dict[str, Any]:
    if level.of_target is None:
        return {}
    return {"of_target": level.of_target, "target": account.given.targets[account.payee_id]}
