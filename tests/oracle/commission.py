"""Commission worked out slowly and plainly, from the definitions: fractions, loops, one payee and one deal at a time.

It shares with the program only the values that go in. Nothing here is fast, and nothing here is clever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from spm_app.compensation.domain.inputs import Inputs, Seat, Transaction
    from spm_app.compensation.domain.terms import Component, Plan

MILLION = 1_000_000


@dataclass
class Paid:
    """What one component came to for one payee: the deals in order, with credit and amount in minor units."""

    measure: int
    earned: int
    lines: list[tuple[str, int, int]]


def pay(plans: list[Plan], inputs: Inputs) -> dict[tuple[int, str, str], Paid]:
    """By payee, plan and component; payees of a plan who sold nothing included."""
    found: dict[tuple[int, str, str], Paid] = {}
    for plan in plans:
        for payee in sorted({seat.person_id for seat in inputs.seats}):
            if not any(is_in_plan(plan, seat, inputs) for seat in inputs.seats if seat.person_id == payee):
                continue
            for component in plan.components:
                found[payee, plan.code, component.code] = of_component(plan, component, payee, inputs)
    return found


def is_in_plan(plan: Plan, seat: Seat, inputs: Inputs) -> bool:
    """Whether the seat gives the plan's title on at least one day of the period on which the plan is in force."""
    first = max(seat.start, plan.start, inputs.period.start)
    ends = [each for each in (seat.end, plan.end, inputs.period.end) if each is not None]
    return seat.title in plan.titles and first < min(ends)


def of_component(plan: Plan, component: Component, payee: int, inputs: Inputs) -> Paid:
    credited: list[tuple[str, int]] = []
    for deal in sorted(inputs.transactions, key=lambda deal: (deal.day, deal.id)):
        if in_force(plan, deal.day) and deal.day in inputs.period and counts(component, deal):
            credit = credit_of(plan, component, payee, (deal, inputs))
            if credit is not None:
                credited.append((deal.id, credit))
    exact = earn(component, [credit for _, credit in credited], quota_of(plan, payee, inputs))
    earned = half_up(sum(exact, Fraction(0)))
    amounts = spread(exact, earned)
    lines = [(name, credit, amount) for (name, credit), amount in zip(credited, amounts, strict=True)]
    return Paid(sum(credit for _, credit in credited), earned, lines)


def quota_of(plan: Plan, payee: int, inputs: Inputs) -> int | None:
    """The period's quota, or its part when the payee is in the plan on some of the days: counted one by one."""
    quotas = [quota.amount for quota in inputs.quotas if quota.person_id == payee]
    if not quotas or quotas[0] <= 0:
        return quotas[0] if quotas else None
    every = [inputs.period.start + timedelta(days=at) for at in range(inputs.period.days)]
    held = [seat_on(inputs, payee, day) for day in every if in_force(plan, day)]
    own = sum(seat is not None and seat.title in plan.titles for seat in held)
    return max(1, half_up(Fraction(quotas[0] * own, len(every))))


def in_force(plan: Plan, day: date) -> bool:
    return plan.start <= day and (plan.end is None or day < plan.end)


def counts(component: Component, deal: Transaction) -> bool:
    """The tests' plans ask for deals that are won, and perhaps for one product; nothing else is known here."""
    said = repr(component.credit.when)
    return deal.outcome == "won" and ("product" not in said or deal.product == "P1")


def credit_of(plan: Plan, component: Component, payee: int, given: tuple[Transaction, Inputs]) -> int | None:
    """The payee's part of one deal, or None when the deal is no business of the payee's."""
    deal, inputs = given
    seat = seat_on(inputs, payee, deal.day)
    if seat is None or seat.title not in plan.titles:
        return None
    owners = [(share.person_id, share.share) for share in inputs.shares if share.transaction == deal.id]
    parts = split(deal.amount, owners)
    if component.credit.to.value == "owner":
        return parts.get(payee)
    below = [
        part for owner, part in parts.items() if payee in managers(inputs, owner, deal.day, component.credit.levels)
    ]
    return sum(below) if below else None


def split(amount: int, owners: list[tuple[int, int]]) -> dict[int, int]:
    """Whole cents that add up: round down, then one cent each to the largest remainders, lower person first."""
    exact = {owner: Fraction(amount * share, MILLION) for owner, share in owners}
    parts = {owner: floor(part) for owner, part in exact.items()}
    queue = sorted(exact, key=lambda owner: (parts[owner] - exact[owner], owner))
    for owner in queue[: amount - sum(parts.values())]:
        parts[owner] += 1
    return parts


def seat_on(inputs: Inputs, person: int, day: date) -> Seat | None:
    held = [s for s in inputs.seats if s.person_id == person and s.start <= day and (s.end is None or day < s.end)]
    return held[0] if held else None


def managers(inputs: Inputs, person: int, day: date, levels: int) -> list[int]:
    """Up the tree as it stood that day, at most so many steps."""
    found: list[int] = []
    while len(found) < levels:
        seat = seat_on(inputs, person, day)
        if seat is None or seat.manager_id is None:
            break
        person = seat.manager_id
        found.append(person)
    return found


def earn(component: Component, credits_: list[int], quota: int | None) -> list[Fraction]:
    """What each deal earns, unrounded."""
    table = component.table
    over_quota = table.over.value == "attainment"
    if over_quota and not (quota is not None and quota > 0):
        return [Fraction(0)] * len(credits_)
    whole = Fraction(quota or 0, MILLION) if over_quota else Fraction(1)
    bands = [
        (band.start * whole, None if band.end is None else band.end * whole, Fraction(band.rate, MILLION))
        for band in table.bands
    ]
    alone = component.accumulate.value == "transaction"
    so_far, total, found = 0, sum(credits_), list[Fraction]()
    for credit in credits_:
        start = 0 if alone else so_far
        so_far += credit
        if table.kind.value == "marginal":
            found.append(up_to(bands, start + credit) - up_to(bands, start))
        else:
            found.append(credit * reached(bands, credit if alone else total, table.bound.value))
    return found


def up_to(bands: list[tuple[Fraction, Fraction | None, Fraction]], measure: int) -> Fraction:
    """Each slice at its own rate; what is below nothing is at the first rate."""
    if measure < 0:
        return measure * bands[0][2]
    pay = Fraction(0)
    for start, end, rate in bands:
        top = Fraction(measure) if end is None else min(Fraction(measure), end)
        pay += max(top - start, Fraction(0)) * rate
    return pay


def reached(bands: list[tuple[Fraction, Fraction | None, Fraction]], measure: int, bound: str) -> Fraction:
    """The rate of the last band whose start the measure has reached, or passed where bounds belong to the lower."""
    rate = bands[0][2]
    for start, _, own in bands[1:]:
        if measure > start or (measure == start and bound == "lower_inclusive"):
            rate = own
    return rate


def half_up(amount: Fraction) -> int:
    """Away from nothing at the half."""
    return floor(amount + Fraction(1, 2)) if amount >= 0 else -floor(-amount + Fraction(1, 2))


def spread(exact: list[Fraction], earned: int) -> list[int]:
    """Whole cents that add up to what was earned: largest remainders first, earlier deals first among equals."""
    amounts = [floor(each) for each in exact]
    queue = sorted(range(len(exact)), key=lambda at: (amounts[at] - exact[at], at))
    for at in queue[: earned - sum(amounts)]:
        amounts[at] += 1
    return amounts
