"""The whole company as a value, made from a seed and a day: nothing here touches a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.demo import dice
from spm_app.demo.deals import offers
from spm_app.demo.market import customers
from spm_app.demo.people import staff
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar, Grain, Period

if TYPE_CHECKING:
    from datetime import date

    from spm_app.demo.deals import Offer
    from spm_app.demo.market import Customer
    from spm_app.demo.people import Staff

NAME = "Brezza"
SEED = 20
EUR = Currency("EUR")
CALENDAR = FiscalCalendar()


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """Everything that is true of it on the last day of `window`."""

    seed: int
    window: Period
    staff: tuple[Staff, ...]
    customers: tuple[Customer, ...]
    offers: tuple[Offer, ...]

    @property
    def today(self) -> date:
        """The day on which it is looked at."""
        return self.window.last_day

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The three quarters that are over and paid, and the one that runs."""
        found = [CALENDAR.containing(self.today, Grain.QUARTER)]
        while len(found) < 4:
            found.insert(0, CALENDAR.before(found[0]))
        return tuple(found)


def generate(today: date, seed: int = SEED, scale: int = 1) -> DemoCompany:
    """The company on that day, with eight full quarters of history behind it. The same arguments give the same."""
    first = CALENDAR.containing(today, Grain.QUARTER)
    for _ in range(8):
        first = CALENDAR.before(first)
    window = Period(first.start, today + timedelta(days=1))
    people = staff(dice.stream(seed, today, "people"), window, scale)
    buyers = customers(dice.stream(seed, today, "customers"), scale)
    return DemoCompany(seed, window, people, buyers, offers(dice.stream(seed, today, "deals"), window, people, buyers))
