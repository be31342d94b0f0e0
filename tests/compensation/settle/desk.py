"""A small desk to settle on: one payee, plans and events by few words, amounts in whole cents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from spm_app.compensation.domain.settle.order import settled
from spm_app.compensation.domain.settle.terms import Payment, Settlement
from spm_app.compensation.domain.settle.values import Earned, EarnedLine, Earning, Given, History, Terms
from spm_app.kernel.period import FiscalCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spm_app.compensation.domain.settle.values import Event, Settled
    from spm_app.kernel.period import Period

CALENDAR = FiscalCalendar()
ANNA, BRUNO = 1, 2
#: A sale and what it earned.
Sale = tuple[str, int]


def month(number: int, year: int = 2026) -> Period:
    return CALENDAR.parse(f"{year}-{number:02}")


def plan_terms(
    settlement: Settlement | None = None,
    payment: Payment | None = None,
    *,
    plan: str = "plan",
    days: Mapping[int, tuple[tuple[date, date], ...]] | None = None,
) -> Terms:
    """A plan with one component, `sales`; everybody is in it all the time unless `days` says otherwise."""
    always = ((date(2000, 1, 1), date(2100, 1, 1)),)
    held = {ANNA: always, BRUNO: always} if days is None else days
    return Terms(plan, settlement or Settlement(), {"sales": payment or Payment()}, held)


def earned(*sales: Sale | int, payee: int = ANNA, plan: str = "plan", day: date = date(2026, 1, 10)) -> Earned:
    """What a payee earned: by sale, or as one amount."""
    lines = tuple(EarnedLine(each[0], day, each[1]) for each in sales if isinstance(each, tuple))
    amount = sum(each if isinstance(each, int) else each[1] for each in sales)
    return Earned(payee, (Earning(plan, "sales", amount, lines),))


def given(number: int, *terms: Terms, sold: Iterable[Earned] = (), **more: object) -> Given:
    """A month's settlement."""
    found = Given(month(number), CALENDAR, terms or (plan_terms(),), tuple(sold))
    return replace(found, **more)  # type: ignore[arg-type]


def one(inputs: Given) -> Settled:
    """The only payee's settlement."""
    (found,) = settled(inputs)
    return found


def year_of(
    terms: Terms,
    earnings: Mapping[int, Earned],
    *,
    months: int,
    events: Iterable[Event] = (),
    targets: Mapping[int, int] | None = None,
) -> list[Settled]:
    """Month after month, each with what the months before left."""
    found: list[Settled] = []
    history = History()
    for number in range(1, months + 1):
        sold = [earnings.get(number, earned(0))]
        more = {"history": history, "events": tuple(events), "targets": targets or {}}
        done = one(given(number, terms, sold=sold, **more))
        found.append(done)
        history = History(done.balances, history.lines + done.lines)
    return found


def did(result: Settled) -> list[tuple[str, int]]:
    """Which steps were taken, with what each did; what does nothing left out."""
    return [(each.kind.value, each.amount) for each in result.entries if each.amount]


def kept(result: Settled) -> dict[str, int]:
    """What stays open, by kind."""
    found: dict[str, int] = {}
    for each in result.balances:
        found[each.kind.value] = found.get(each.kind.value, 0) + each.amount
    return found
