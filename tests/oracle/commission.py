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
    from spm_app.compensation.domain.terms import Component, Plan, RateTable

MILLION = 1_000_000
#: Start, end, and what one unit earns in each.
Bands = list[tuple[Fraction, Fraction | None, Fraction]]


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
    alone = component.accumulate.value == "transaction"
    so_far, total, found = 0, sum(credits_), list[Fraction]()
    for credit in credits_:
        start = 0 if alone else so_far
        so_far += credit
        found.append(one_deal(table, whole, (start, credit), credit if alone else total))
    return found


def one_deal(table: RateTable, whole: Fraction, deal: tuple[int, int], measure: int) -> Fraction:
    """What one deal earns that stands at `start` in the measure; `measure` is what is looked up in the table."""
    (start, credit), kind, bound = deal, table.kind.value, table.bound.value
    ends = [None if band.end is None else band.end * whole for band in table.bands]
    rates = [
        (band.start * whole, end, Fraction(band.rate, MILLION)) for band, end in zip(table.bands, ends, strict=True)
    ]
    if kind == "marginal":
        return up_to(rates, start + credit) - up_to(rates, start)
    if kind == "interpolated":
        slopes = [
            (band.start * whole, end, band.amount / (end - band.start * whole))
            for band, end in zip(table.bands, ends, strict=True)
            if end is not None
        ]
        return up_to(slopes, start + credit) - up_to(slopes, start)
    if kind == "step":
        worth = [(band.start * whole, end, Fraction(band.amount)) for band, end in zip(table.bands, ends, strict=True)]
        return reached(worth, measure, bound) * Fraction(credit, measure) if measure > 0 else Fraction(0)
    if kind == "hybrid":
        point = (table.point or 0) * whole
        return hybrid(table, rates, point, (start, credit, measure))
    return credit * reached(rates, measure, bound)


def hybrid(table: RateTable, rates: Bands, point: Fraction, deal: tuple[int, int, int]) -> Fraction:
    """The part of the deal below the point in one way, the part above it in another."""
    start, credit, measure = deal
    ends, bound = (Fraction(start), Fraction(start + credit)), table.bound.value
    low = [min(each, point) for each in ends]
    high = [max(each, point) for each in ends]
    if table.below.value == "marginal":
        below = up_to(rates, low[1]) - up_to(rates, low[0])
    else:
        below = (low[1] - low[0]) * reached([each for each in rates if each[0] < point or each[0] == 0], measure, bound)
    if table.above.value == "marginal":
        return below + up_to(rates, high[1]) - up_to(rates, high[0])
    return below + (high[1] - high[0]) * reached(rates, measure, bound)


def up_to(bands: Bands, measure: int | Fraction) -> Fraction:
    """Each slice at its own rate; what is below nothing is at the first rate."""
    if measure < 0:
        return measure * bands[0][2]
    pay = Fraction(0)
    for start, end, rate in bands:
        top = Fraction(measure) if end is None else min(Fraction(measure), end)
        pay += max(top - start, Fraction(0)) * rate
    return pay


def reached(bands: Bands, measure: int, bound: str) -> Fraction:
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
