"""A small company for figures worked out by hand: Anna sells, unless a test says more. Amounts are in euros."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from spm_app.compensation.domain.inputs import Incentive, Inputs, Person, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.terms import Plan
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar
from tests.compensation.plans import plan
from tests.oracle.around import Paid

#: Either of the two that work it out.
Reckon = Callable[[Sequence[Plan], Inputs], dict[tuple[int, str, str], Paid]]

ANNA, BRUNO, CARLA, DINO = 1, 2, 3, 4
EUR, CALENDAR = Currency("EUR"), FiscalCalendar()
LONG_AGO = date(2020, 1, 1)
WON = "outcome = 'won'"


def day(text: str) -> date:
    """A day of 2026 written `03-31`, or any other in full."""
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def won(name: str, on: str, euros: int, **fields: Any) -> Transaction:
    """A deal that was won."""
    return Transaction(name, day(on), euros * 100, **fields)


def seat(person: int = ANNA, title: str = "rep", **fields: Any) -> Seat:
    """Held for long, under nobody, unless it is said."""
    return Seat(**{"person_id": person, "title": title, "manager_id": None, "start": LONG_AGO, **fields})


def quota(euros: int, person: int = ANNA, time: str | None = None, name: str = "") -> Quota:
    """Of this pay period, or of the time that is said."""
    if time is None:
        return Quota(person, euros * 100, name)
    of = CALENDAR.parse(time)
    return Quota(person, euros * 100, name, of.start, of.end)


def incentive(euros: int, person: int = ANNA, start: date = LONG_AGO) -> Incentive:
    """A year's target incentive."""
    return Incentive(person, euros * 100, start)


def hired(on: str, person: int = ANNA) -> Person:
    return Person(person, f"P{person}", day(on))


def inputs(period: str, *deals: Transaction, **more: Any) -> Inputs:
    """Everything Anna's, in one seat, unless `shares`, `seats` or another part says more."""
    shares = tuple(Share(each.id, ANNA) for each in deals)
    given = {"shares": shares, "seats": (seat(),), **more}
    return Inputs(period=CALENDAR.parse(period), currency=EUR, transactions=deals, **given)


def written(*components: str, measures: str = "", **head: str) -> Plan:
    """A plan for reps, paid by the quarter, unless the head says otherwise; each component is a map in one line."""
    said = {"period": "quarter", "effective": "{from: 2020-01-01}", "eligibility": "{titles: [rep]}", **head}
    lines = ["code: plan", "name: Plan", "currency: EUR", *(f"{name}: {value}" for name, value in said.items())]
    lines += ["measures:", *_listed(measures.splitlines())] if measures else []
    return plan("\n".join([*lines, "components:", *_listed(components)]) + "\n")


def _listed(maps: Sequence[str]) -> list[str]:
    return [f"  - {{{each.strip()}}}" for each in maps if each.strip()]


def component(rest: str, code: str = "pay", credit: str = f'{{to: owner, when: "{WON}"}}') -> str:
    """One that counts what its owner won, unless the credit says otherwise."""
    return f"code: {code}, name: Pay, credit: {credit}, {rest}"


def earned(paid: dict[tuple[int, str, str], Paid], person: int = ANNA, code: str = "pay") -> int:
    """In cents."""
    return paid[person, "plan", code].earned


def lines(paid: dict[tuple[int, str, str], Paid], person: int = ANNA, code: str = "pay") -> list[tuple[str, int]]:
    """Deal by deal, in cents; what is no deal is called by its role."""
    return [(each.transaction or each.role, each.amount) for each in paid[person, "plan", code].rows]
