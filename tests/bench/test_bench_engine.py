"""How fast the calculation is beside a plain Python loop over the same deals, side by side, agreeing to the cent.

Both are given what they like best: the engine columns, the loop tuples. Times are the best of three, taken in turns.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.compensation.domain.inputs import InForce, Inputs, Quota, Seat
from spm_app.compensation.domain.terms import WHOLE, Kind
from spm_app.compensation.engine import Frames, calculate
from spm_app.compensation.engine.arrow import table
from spm_app.compensation.engine.frames import DEALS, NAMED, NEVER, SHARES
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar
from tests.bench.notebook import note
from tests.compensation.plans import SELLER, changed, plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from spm_app.compensation.domain.terms import Component

QUARTER = FiscalCalendar().parse("2026-Q1")
LEADS = changed("[seller]", "[lead]", changed("code: seller", "code: lead")).replace("to: owner", "to: manager")
ONE = changed("'won'", "'won' and product = 'A'", changed("code: seller", "code: one")).replace(
    "marginal", "whole_amount"
)
_COLUMNS = ("id", "amount", "outcome", "stage", "product", "account", "opened_on", "closed_on", "deal_id")
PLANS = [InForce(at, plan(text)) for at, text in enumerate((SELLER, LEADS, ONE))]


@dataclass
class Company:
    """The same company as tuples and as columns: one in ten is a lead, one deal in five has two owners."""

    deals: list[tuple[Any, ...]]
    shares: list[tuple[str, int, int]]
    seats: list[tuple[Any, ...]]
    quotas: list[tuple[int, int]]

    def frames(self) -> Frames:
        return Frames(
            QUARTER,
            Currency("EUR"),
            table({name: DEALS[name] for name in _COLUMNS}, self.deals),
            table(SHARES, self.shares),
            table(NAMED, ()),
            Inputs(
                QUARTER,
                Currency("EUR"),
                transactions=(),
                shares=(),
                seats=tuple(Seat(person, title, manager, start) for person, title, manager, start, _ in self.seats),
                quotas=tuple(Quota(person, amount) for person, amount in self.quotas),
            ),
        )


def company(size: int, people: int) -> Company:
    dice = random.Random(size)
    deals: list[tuple[Any, ...]] = []
    shares: list[tuple[str, int, int]] = []
    for at in range(size):
        name, day = f"D{at:08}", QUARTER.start + timedelta(days=dice.randrange(QUARTER.days))
        outcome = "won" if dice.random() < 0.92 else "lost"
        amount = int(dice.lognormvariate(12, 1))
        deals.append((name, amount, outcome, None, dice.choice("ABC"), None, None, day, at))
        owner = dice.randrange(people)
        parts = [(owner, 600_000), ((owner + 1) % people, 400_000)] if dice.random() < 0.2 else [(owner, WHOLE)]
        shares += [(name, person, part) for person, part in parts]
    start = date(2020, 1, 1)
    seats = [(p, "seller" if p % 10 else "lead", p - p % 10 if p % 10 else None, start, NEVER) for p in range(people)]
    return Company(deals, shares, seats, [(p, 20_000_000 * size // people) for p in range(people)])


def loop(given: Company) -> dict[tuple[int, int], int]:
    """What a careful programmer would write: dictionaries, whole numbers, one pass a component. Earned by payee."""
    title = {seat[0]: seat[1] for seat in given.seats}
    manager = {seat[0]: seat[2] for seat in given.seats}
    quotas = dict(given.quotas)
    owners: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, person, share in given.shares:
        owners[name].append((person, share))
    ordered = sorted(given.deals, key=lambda deal: (deal[7], deal[0]))
    earned: dict[tuple[int, int], int] = {}
    for version in PLANS:
        component = version.plan.components[0]
        credits_: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for deal in ordered:
            if deal[2] != "won" or (version.version_id == 2 and deal[4] != "A"):
                continue
            for person, part in _credits(component, deal, owners[deal[0]], manager):
                if title[person] in version.plan.titles:
                    credits_[person].append((deal[0], part))
        for person, lines in credits_.items():
            raw = _raw(component, [part for _, part in lines], quotas[person])
            earned[person, version.version_id] = sum(_spread(raw))
    return earned


def _credits(
    component: Component,
    deal: tuple[Any, ...],
    named: list[tuple[int, int]],
    manager: dict[int, int | None],
) -> list[tuple[int, int]]:
    if len(named) == 1:
        parts = [(named[0][0], deal[1])]
    else:
        parts = [(person, deal[1] * share // WHOLE) for person, share in named]
        rests = sorted((-(deal[1] * share % WHOLE), person) for person, share in named)
        lucky = {person for _, person in rests[: deal[1] - sum(part for _, part in parts)]}
        parts = [(person, part + (person in lucky)) for person, part in parts]
    if component.credit.levels == 0:
        return parts
    above: defaultdict[int, int] = defaultdict(int)
    for person, part in parts:
        up = manager[person]
        if up is not None:
            above[up] += part
    return list(above.items())


def _raw(component: Component, parts: list[int], quota: int) -> list[int]:
    """Micro-cents of each line. Quotas of this company are round, so bounds are whole cents."""
    bands = [
        (b.start * quota // WHOLE, None if b.end is None else b.end * quota // WHOLE, b.rate)
        for b in component.table.bands
    ]
    if component.table.kind is Kind.WHOLE_AMOUNT:
        total = sum(parts)
        rate = next(rate for start, _, rate in reversed(bands) if total >= start)
        return [part * rate for part in parts]
    found: list[int] = []
    before = 0
    for part in parts:
        after, pay = before + part, 0
        for start, end, rate in bands:
            low, high = max(before, start), after if end is None else min(after, end)
            if high > low:
                pay += (high - low) * rate
        found.append(pay)
        before = after
    return found


def _spread(raw: list[int]) -> list[int]:
    earned = (2 * sum(raw) + WHOLE) // (2 * WHOLE)
    lines = [each // WHOLE for each in raw]
    queue = sorted(range(len(raw)), key=lambda at: (-(raw[at] % WHOLE), at))
    for at in queue[: earned - sum(lines)]:
        lines[at] += 1
    return lines


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the clock, seconds of both cores, and what came of it."""
    clock, cores = time.perf_counter(), time.process_time()
    done = work()
    return time.perf_counter() - clock, time.process_time() - cores, done


@pytest.mark.bench
def test_the_engine_beside_a_plain_loop() -> None:
    rows = [_compared(size, people) for size, people in ((10_000, 100), (100_000, 500), (1_000_000, 2_000))]
    note(
        "The calculation beside a plain Python loop",
        ("deals", "people", "lines", "loop", "engine", "times faster", "loop, of the cores", "engine, of the cores"),
        rows,
        "Three plans over one quarter; every payee's earning agrees to the cent. The engine also makes the"
        " lines, the loop only their sums.",
    )


def _compared(size: int, people: int) -> tuple[str, ...]:
    given = company(size, people)
    frames = given.frames()
    slow, fast = [], []
    for _ in range(3 if size < 1_000_000 else 2):
        *by_loop, earned = timed(lambda: loop(given))
        *by_engine, results = timed(lambda: calculate(PLANS, frames))
        slow.append(by_loop)
        fast.append(by_engine)
    columns = (results.components.column(name).to_pylist() for name in ("payee_id", "component_no", "earned"))
    by_payee = {(payee, no): amount for payee, no, amount in zip(*columns, strict=True) if amount}
    assert by_payee == {key: amount for key, amount in earned.items() if amount}
    (loop_clock, loop_cores), (clock, cores) = (map(min, zip(*each, strict=True)) for each in (slow, fast))
    counts = (f"{size:,}", f"{people:,}", f"{results.lines.num_rows:,}")
    seconds = (f"{each:.2f} s" for each in (loop_cores, cores))
    return (*counts, f"{loop_clock:.2f} s", f"{clock:.2f} s", f"{loop_clock / clock:.1f}", *seconds)
