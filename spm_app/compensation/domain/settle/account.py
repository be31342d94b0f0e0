"""One payee's money under one plan while it is being settled: the steps take from it and write down what they did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from spm_app.compensation.domain.settle.terms import Payment
from spm_app.compensation.domain.settle.values import Balance, Did, Entry, Kept, PaidLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from spm_app.compensation.domain.settle.events import Events
    from spm_app.compensation.domain.settle.terms import Settlement
    from spm_app.compensation.domain.settle.values import Given, Terms

_NO_PAYMENT = Payment()


class Of(Protocol):
    """What an entry is about."""

    @property
    def plan(self) -> str:
        """The plan's code."""
        ...

    @property
    def component(self) -> str:
        """The component's code; empty for the plan as a whole."""
        ...

    @property
    def transaction(self) -> str:
        """The sale's name; empty for what belongs to none."""
        ...


@dataclass(slots=True)
class Part:
    """What is left, after each step, of what one sale earned; without a transaction, of a component as a whole.

    `earned` stays what it was once the plan's cap was applied.
    """

    plan: str
    component: str
    transaction: str
    day: date | None
    amount: int
    earned: int = 0


@dataclass(slots=True)
class Account:
    """`terms` are the plan's own, `plans` all of them.

    `open` are the balances not looked at yet, `after` those that stay, `lines` what is new about paid sales.
    """

    payee_id: int
    terms: Terms
    plans: Mapping[str, Terms]
    given: Given
    events: Events
    parts: list[Part]
    open: list[Balance]
    history: dict[tuple[str, str, str], PaidLine]
    entries: list[Entry] = field(default_factory=list[Entry])
    after: list[Balance] = field(default_factory=list[Balance])
    lines: list[PaidLine] = field(default_factory=list[PaidLine])

    @property
    def plan(self) -> str:
        """The plan's code; empty for who is in none."""
        return self.terms.plan

    @property
    def settlement(self) -> Settlement:
        """The plan's terms."""
        return self.terms.settlement

    @property
    def due(self) -> int:
        """What would be paid if nothing more happened."""
        return sum(each.amount for each in self.entries)

    def payment(self, component: str, plan: str | None = None) -> Payment:
        """The terms of a component of this plan or another; plain ones for what is not known any more."""
        terms = self.terms if plan in {None, self.plan} else self.plans.get(plan or "")
        return _NO_PAYMENT if terms is None else terms.payments.get(component, _NO_PAYMENT)

    def enter(self, kind: Did, amount: int, of: Of | str = "", /, **derivation: object) -> None:
        """Write down a step of a sale or of a component. The code is the component's, or else the plan's."""
        component, transaction, plan = (
            (of, "", None) if isinstance(of, str) else (of.component, of.transaction, of.plan)
        )
        code = self.payment(component, plan).code or self.settlement.code
        self.entries.append(Entry(kind, self.plan, component, transaction, code, amount, derivation))

    def take(self, *kinds: Kept) -> list[Balance]:
        """The open balances of these kinds, oldest first; they are no longer open."""
        found = [each for each in self.open if each.kind in kinds]
        self.open = [each for each in self.open if each.kind not in kinds]
        return sorted(found, key=_age)

    def keep(self, balances: Iterable[Balance]) -> None:
        """These stay for a later period, as far as anything is left of them."""
        self.after += [each for each in balances if each.amount]

    def period_later(self, periods: int) -> date:
        """The first day of the period so many after this one."""
        later = self.given.period
        for _ in range(periods):
            later = self.given.calendar.after(later)
        return later.start


def _age(balance: Balance) -> tuple[date, str, str, str]:
    return balance.since, balance.plan, balance.component, balance.transaction
