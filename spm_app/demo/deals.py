"""Two years of selling: what was asked, how it went from stage to stage, what was won, lost and is still open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from spm_app.demo import dice, seasons
from spm_app.demo.market import good_for
from spm_app.demo.people import REGION_OF

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from spm_app.demo.market import Customer, Good
    from spm_app.demo.people import Staff
    from spm_app.kernel.period import Period

#: Stages of an open deal and the part of the way at which they begin.
STAGES = (("Prospecting", 0.0), ("Qualified", 0.16), ("Proposal", 0.42), ("Negotiation", 0.72))
WON, LOST = "Won", "Lost"
#: Why deals are lost, and how often.
REASONS = {"price": 30, "competitor": 24, "no budget": 18, "no decision": 16, "timing": 8, "missing feature": 4}
#: New deals a seller and month.
_PACE = 4.6
#: Days that a seller looks ahead for work before the window opens, so that its first quarter is like any other.
WARM_UP = timedelta(days=270)


@dataclass(frozen=True, slots=True)
class Offer:
    """A deal as the company's CRM has it. `amount` is whole euros; None when nobody has reckoned yet.

    `steps` are (stage, first day in it), the last being the present one; `owners` are (key, percent), summing to 100.
    """

    key: str
    customer: Customer
    good: Good
    quantity: int
    amount: int | None
    steps: tuple[tuple[str, date], ...]
    expected_on: date
    closed_on: date | None
    reason: str
    owners: tuple[tuple[str, int], ...]

    @property
    def opened_on(self) -> date:
        """The day it began."""
        return self.steps[0][1]

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.steps[-1][0]

    @property
    def is_won(self) -> bool:
        """Whether it was won."""
        return self.stage == WON


@dataclass(frozen=True, slots=True)
class Desk:
    """A seller with what makes them one: how good they are (1 is usual), and the customers they look after."""

    seller: Staff
    skill: float
    customers: tuple[Customer, ...]


def offers(
    rng: random.Random, window: Period, staff: Sequence[Staff], customers: Sequence[Customer]
) -> tuple[Offer, ...]:
    """Every deal that was alive in the window, whose last day is today; numbered in the order in which they began."""
    by_key = {each.key: each for each in staff}
    found = [
        offer
        for desk in _desks(rng, staff, customers)
        for month in seasons.months(window.start - WARM_UP, window.last_day)
        for offer in _month(rng, desk, month, window.last_day)
        if offer.closed_on is None or offer.closed_on >= window.start
    ]
    shared = [_shared(rng, offer, by_key) for offer in sorted(found, key=_in_order)]
    return tuple(_numbered(shared))


def _desks(rng: random.Random, staff: Sequence[Staff], customers: Sequence[Customer]) -> Iterator[Desk]:
    for person in staff:
        if person.is_seller:
            region = REGION_OF[person.seats[0].team]
            near = [each for each in customers if each.region == region]
            skill = min(1.6, max(0.55, rng.gauss(1.0, 0.2))) + (0.12 if person.seats[0].title == "SENIOR" else 0)
            yield Desk(person, skill, tuple(rng.sample(near, min(len(near), 24))))


def _month(rng: random.Random, desk: Desk, month: date, today: date) -> Iterator[Offer]:
    if not desk.seller.sells_on(month):
        return
    ramp = min(1.0, 0.35 + 0.13 * ((month - desk.seller.hired_on).days / 30))
    for _ in range(dice.how_many(rng, _PACE * seasons.ASKING[month.month - 1] * ramp)):
        opened = seasons.a_working_day(rng, month)
        offer = _offer(rng, desk, opened, today)
        if opened <= today:
            yield offer


def _offer(rng: random.Random, desk: Desk, opened: date, today: date) -> Offer:
    customer = rng.choice(desk.customers)
    good = good_for(rng, customer)
    quantity = min(good.most, 1 + dice.how_many(rng, good.most * 0.28))
    is_won = rng.random() < min(0.85, good.odds * desk.skill)
    reason = "" if is_won else rng.choices(tuple(REASONS), tuple(REASONS.values()))[0]
    patience = {"no decision": 2.6, "timing": 1.6}.get(reason, 1.0)
    due = opened + timedelta(days=round(dice.around(rng, good.days * patience, 0.42)))
    closed = max(opened, seasons.decided_on(rng, due, is_won=is_won))
    path = _path(rng, opened, closed, is_won=is_won)
    steps = tuple(step for step in path if step[1] <= today)
    is_over = closed <= today
    return Offer(
        key="",
        customer=customer,
        good=good,
        quantity=quantity,
        amount=_amount(rng, good, quantity, steps),
        steps=steps,
        expected_on=_expected(rng, opened, closed, good),
        closed_on=closed if is_over else None,
        reason=reason if is_over else "",
        owners=((desk.seller.key, 100),),
    )


def _path(rng: random.Random, opened: date, closed: date, *, is_won: bool) -> list[tuple[str, date]]:
    """All stages for a won deal; a lost one stops somewhere, the longer way the rarer."""
    reached = len(STAGES) if is_won else rng.choices((1, 2, 3, 4), (15, 30, 33, 22))[0]
    whole = (closed - opened).days
    days = [opened]
    for _, part in STAGES[1:reached]:
        days.append(max(days[-1], opened + timedelta(days=round(whole * (part + rng.uniform(-0.06, 0.06))))))
    return [*zip((name for name, _ in STAGES), days, strict=False), (WON if is_won else LOST, closed)]


def _amount(rng: random.Random, good: Good, quantity: int, steps: Sequence[tuple[str, date]]) -> int | None:
    """List price less a discount, to the nearest ten; unknown for some that never came to a proposal."""
    size = rng.uniform(0.7, 1.9) if good.code == "CENTRALE" else 1.0
    discount = max(0.0, rng.gauss(0.06, 0.05))
    unknown = all(stage in {"Prospecting", LOST} for stage, _ in steps) and rng.random() < 0.35
    return None if unknown else max(10, round(good.list_price * size * quantity * (1 - discount) / 10) * 10)


def _expected(rng: random.Random, opened: date, closed: date, good: Good) -> date:
    """What the seller hoped for: near the truth, on the bright side."""
    hope = opened + timedelta(days=round(dice.around(rng, good.days, 0.2)))
    return hope if rng.random() < 0.35 else closed + timedelta(days=rng.randint(-18, 9))


def _shared(rng: random.Random, offer: Offer, staff: dict[str, Staff]) -> Offer:
    """One deal in eight is shared with a colleague of the same region; who left has handed over what was open."""
    (key, _), *_ = offer.owners
    seat = staff[key].seat_on(offer.opened_on)
    assert seat is not None  # noqa: S101 - sellers have a seat on the day they begin a deal
    left = staff[key].left_on
    if left is not None and (offer.closed_on is None or offer.closed_on >= left):
        return replace(offer, owners=((seat.manager, 100),))
    if rng.random() > 0.125:
        return offer
    region = REGION_OF[seat.team]
    near = [each.key for each in staff.values() if _sells_in(each, region, offer.opened_on) and each.key != key]
    part = rng.choice((50, 60, 70, 80))
    return replace(offer, owners=((key, part), (rng.choice(near), 100 - part)))


def _sells_in(person: Staff, region: str, day: date) -> bool:
    seat = person.seat_on(day)
    return seat is not None and person.sells_on(day) and person.left_on is None and REGION_OF.get(seat.team) == region


def _in_order(offer: Offer) -> tuple[date, str, str]:
    return offer.opened_on, offer.owners[0][0], offer.customer.key


def _numbered(found: Sequence[Offer]) -> Iterator[Offer]:
    for number, offer in enumerate(found, 1):
        yield replace(offer, key=f"D{number:05d}")
