"""What a calculation is given, as plain values: every question is asked before, none during the arithmetic."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from spm_app.compensation.domain.settle.currency import ExchangeRate
    from spm_app.compensation.domain.settle.values import Balance, Extra, Happened, PaidIn, PaidLine
    from spm_app.compensation.domain.terms import Plan
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period

#: All amounts of a run together stay below this many minor units, so that whole numbers of 64 bits hold every sum.
MOST = 2**62


@dataclass(frozen=True, slots=True)
class InForce:
    """A published plan and the number by which its version is known."""

    version_id: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class Transaction:
    """A deal; `day` is the day on which it was closed. Money is in minor units, negative for what was returned.

    `units` and `discount` are in millionths. `extra` holds texts that a source brings beside our fields. `currency` is
    what it is in (None: the plans'); `paid_amount` how much of it was paid by `paid_on` (None: all); a sale for a term
    says until when (the first day after it), or for how many months.
    """

    id: str
    day: date
    amount: int
    outcome: str = "won"
    stage: str | None = None
    product: str | None = None
    account: str | None = None
    opened_on: date | None = None
    deal_id: int | None = None
    type: str | None = None
    family: str | None = None
    segment: str | None = None
    region: str | None = None
    margin: int | None = None
    discount: int | None = None
    units: int | None = None
    invoiced_on: date | None = None
    paid_on: date | None = None
    cancelled_on: date | None = None
    paid_amount: int | None = None
    term_until: date | None = None
    term_months: int = 0
    currency: Currency | None = None
    extra: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Share:
    """An owner's part of a transaction, in parts per million; those of one transaction make a whole."""

    transaction: str
    person_id: int
    share: int = WHOLE


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a transaction names in some role, with how much of it, in parts per million."""

    transaction: str
    person_id: int
    role: str
    share: int = WHOLE


@dataclass(frozen=True, slots=True)
class Seat:
    """Who holds a title under which manager, from `start` up to, not including, `end` (None: until further notice)."""

    person_id: int
    title: str
    manager_id: int | None
    start: date
    end: date | None = None
    position: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """By which name plans call a person, and when they came."""

    person_id: int
    code: str
    hired_on: date | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """What a person is to reach, in minor units (millionths of counts and units); part of a time has its part, by days.

    Of the whole pay period, unless `start` and `end` say of which other time. `name` tells several quotas apart.
    """

    person_id: int
    amount: int
    name: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Incentive:
    """A person's target incentive: minor units a year, from `start` up to `end` (None: until further notice)."""

    person_id: int
    annual: int
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a measure that is not counted from transactions came to for a person in the period, in its own unit."""

    person_id: int
    measure: str
    figure: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a person has passed, valid from `start` up to `end` (None: for ever)."""

    person_id: int
    code: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How far a person has met an objective in the period, in parts per million."""

    person_id: int
    objective: str
    score: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that results depend on, besides the plans. Order never matters."""

    period: Period
    currency: Currency
    transactions: tuple[Transaction, ...]
    shares: tuple[Share, ...]
    seats: tuple[Seat, ...]
    quotas: tuple[Quota, ...] = ()
    named: tuple[Named, ...] = ()
    people: tuple[Person, ...] = ()
    incentives: tuple[Incentive, ...] = ()
    given: tuple[Given, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    scores: tuple[Score, ...] = ()
    calendar: FiscalCalendar = FiscalCalendar()  # noqa: RUF009 - frozen
    happened: tuple[Happened, ...] = ()
    balances: tuple[Balance, ...] = ()
    paid_lines: tuple[PaidLine, ...] = ()
    extras: tuple[Extra, ...] = ()
    rates: tuple[ExchangeRate, ...] = ()
    paid_in: tuple[PaidIn, ...] = ()


def check_inputs(inputs: Inputs) -> tuple[Problem, ...]:
    """What would make a calculation wrong or ambiguous; nothing when it can go on."""
    return (*_of_transactions(inputs), *_of_seats(inputs), *_of_tree(inputs), *_of_quotas(inputs))


def _of_transactions(inputs: Inputs) -> Iterator[Problem]:
    known = Counter(each.id for each in inputs.transactions)
    for name, times in known.items():
        if times > 1:
            yield Problem(name, "compensation.inputs.transaction_twice", {"id": name})
    if sum(abs(each.amount) for each in inputs.transactions) >= MOST:
        yield Problem("", "compensation.inputs.too_large")

    shared: defaultdict[str, int] = defaultdict(int)
    for share in inputs.shares:
        shared[share.transaction] += share.share if share.share > 0 else 2 * WHOLE
    for name in known:
        if shared.get(name, WHOLE) != WHOLE:
            yield Problem(name, "compensation.inputs.shares_not_whole", {"id": name})
    for (name, _), times in Counter((each.transaction, each.person_id) for each in inputs.shares).items():
        if times > 1:
            yield Problem(name, "compensation.inputs.owner_twice", {"id": name})


def _of_seats(inputs: Inputs) -> Iterator[Problem]:
    held: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in inputs.seats:
        held[seat.person_id].append(seat)
    for person, seats in held.items():
        ordered = sorted(seats, key=lambda each: each.start)
        for earlier, later in pairwise(ordered):
            if earlier.end is None or later.start < earlier.end:
                yield Problem(str(person), "compensation.inputs.two_seats", {"person": person, "day": later.start})


def _of_tree(inputs: Inputs) -> Iterator[Problem]:
    """Nobody is above themselves on any day of the period; each circle is told once, on its first day.

    A circle that comes up on a day goes through somebody whose manager changed that day.
    """
    above: dict[int, int | None] = {}
    told: set[int] = set()
    for day, changes in sorted(_moves(inputs).items()):
        above.update(changes)
        for person in sorted(changes):
            circle = _circle(above, person)
            if circle - told:
                told |= circle
                yield Problem(str(person), "compensation.inputs.circle", {"person": person, "day": day})


def _moves(inputs: Inputs) -> dict[date, dict[int, int | None]]:
    """Who has which manager from which day on, within the period; who leaves a seat has none."""
    first, past = inputs.period.start, inputs.period.end
    found: defaultdict[date, dict[int, int | None]] = defaultdict(dict)
    for seat in inputs.seats:
        if seat.start < past and (seat.end is None or seat.end > first):
            found[max(first, seat.start)][seat.person_id] = seat.manager_id
            if seat.end is not None and seat.end < past:
                found[seat.end].setdefault(seat.person_id, None)
    return found


def _circle(above: dict[int, int | None], person: int) -> set[int]:
    """Everybody on the way from the person back to the person; nobody when the way does not lead back."""
    passed = {person}
    manager = above.get(person)
    while manager is not None and manager not in passed:
        passed.add(manager)
        manager = above.get(manager)
    return passed if manager == person else set()


def _of_quotas(inputs: Inputs) -> Iterator[Problem]:
    asked = Counter((each.person_id, each.name, each.start, each.end) for each in inputs.quotas)
    for (person, *_), times in asked.items():
        if times > 1:
            yield Problem(str(person), "compensation.inputs.two_quotas", {"person": person})
