"""What a settlement is given and what it gives, as plain values. Money is in minor units, `part` an exact fraction."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.settle.exact import half_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spm_app.compensation.domain.settle.terms import Payment, Settlement
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import FiscalCalendar, Period

Stretch = tuple["date", "date"]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a sale: `invoiced`, `paid`, `cancelled`, `release`, or a word that a plan waits for.

    `part` says to how much of it; several add up, and never to more than the whole. No `transaction` means that it
    holds for all of them, `payee_id` narrows it to one payee. A cancellation knows the term that was sold: the day on
    which it would have ended, or its whole months.
    """

    transaction: str
    kind: str
    day: date
    part: Fraction = Fraction(1)
    payee_id: int | None = None
    term_until: date | None = None
    term_months: int = 0


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as it is written down: of an `amount` of the sale, in its own money, or of a `share`, or else of all."""

    transaction: str
    kind: str
    day: date
    amount: int | None = None
    share: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class EarnedLine:
    """What one sale earned. `transaction` is empty for what belongs to no sale."""

    transaction: str
    day: date | None
    amount: int


@dataclass(frozen=True, slots=True)
class Earning:
    """What one component came to for one payee; lines only where its payment asks for them, and then all."""

    plan: str
    component: str
    amount: int
    lines: tuple[EarnedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Earned:
    """What a payee earned under all plans, in their order."""

    payee_id: int
    earnings: tuple[Earning, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan says about payment: `payments` by component. `days` are each payee's stretches in it, half open."""

    plan: str
    settlement: Settlement
    payments: Mapping[str, Payment]
    days: Mapping[int, tuple[Stretch, ...]]


@dataclass(frozen=True, slots=True)
class Extra:
    """A line by a person, or the late difference of an earlier period; `id` is by what it is known."""

    id: str
    payee_id: int
    amount: int
    is_late: bool = False
    reason: str = ""


class Kept(StrEnum):
    """What a balance is: money that waits, or a debt."""

    WAITING = "waiting"
    HELD = "held"
    CAPPED = "capped"
    RESIDUAL = "residual"
    OWED = "owed"
    CARRIED = "carried"

    @property
    def is_debt(self) -> bool:
        """Whether it is the payee who owes it."""
        return self in {Kept.OWED, Kept.CARRIED}


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left of `whole` for later: since which period, and until which event or from which day on.

    It says everything that its payment depends on, so that it outlives the plan it came from. Of a residual `whole`
    is what one period pays.
    """

    payee_id: int
    kind: Kept
    plan: str
    amount: int
    whole: int
    since: date
    component: str = ""
    transaction: str = ""
    until: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What a sale earned, what of it was paid and is still with the payee, and what was taken back; periods add up."""

    payee_id: int
    plan: str
    component: str
    transaction: str
    day: date
    earned: int
    paid: int
    taken: int = 0


class Did(StrEnum):
    """What an entry does with the money, in the order of the calculation."""

    EARNED = "earned"
    UNDONE = "undone"
    CAPPED = "capped"
    REFUNDED = "refunded"
    RAISED = "raised"
    TAKEN_BACK = "taken_back"
    LATE = "late"
    MANUAL = "manual"
    RESIDUAL = "residual"
    WAITS = "waits"
    DUE = "due"
    HELD = "held"
    RELEASED = "released"
    CARRIED_IN = "carried_in"
    RECOVERED = "recovered"
    DRAWN = "drawn"
    TOPPED_UP = "topped_up"
    WRITTEN_OFF = "written_off"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step from earned to paid: entries of a payee add up to what is paid."""

    kind: Did
    plan: str
    component: str
    transaction: str
    code: str
    amount: int
    derivation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conversion:
    """One money as another: `rate` units of `target` for one of `source`, as of a day (None: an average)."""

    source: Currency
    target: Currency
    rate: Fraction
    day: date | None
    origin: str = ""

    def of(self, minor: int) -> int:
        """The amount in the other money, half up, once."""
        return half_up(minor * self.rate * Fraction(10) ** (self.target.digits - self.source.digits))


@dataclass(frozen=True, slots=True)
class PaidIn:
    """The money that a person is paid in, where it is not the plans'."""

    person_id: int
    currency: Currency


@dataclass(frozen=True, slots=True)
class Paid:
    """What leaves, in the payee's own money; `conversion` None when that is the plan's."""

    amount: int
    conversion: Conversion | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """One payee's way from earned to paid, and what stays open."""

    payee_id: int
    earned: int
    paid: int
    entries: tuple[Entry, ...]
    balances: tuple[Balance, ...]
    lines: tuple[PaidLine, ...]
    payment: Paid

    def sum_of(self, *kinds: Did) -> int:
        """What entries of these kinds come to together."""
        return sum(each.amount for each in self.entries if each.kind in kinds)

    @property
    def codes(self) -> dict[str, int]:
        """What is paid by payroll's code, in the order in which codes first come up."""
        found: dict[str, int] = {}
        for each in self.entries:
            found[each.code] = found.get(each.code, 0) + each.amount
        return found


@dataclass(frozen=True, slots=True)
class History:
    """What earlier periods left: open balances, and what was paid for sales that may be taken back."""

    balances: tuple[Balance, ...] = ()
    lines: tuple[PaidLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """Everything that a settlement depends on. Order never matters."""

    period: Period
    calendar: FiscalCalendar
    terms: tuple[Terms, ...]
    earned: tuple[Earned, ...]
    history: History = History()
    events: tuple[Event, ...] = ()
    extras: tuple[Extra, ...] = ()
    targets: Mapping[int, int] = field(default_factory=dict[int, int])
    pay_in: Mapping[int, Conversion] = field(default_factory=dict[int, Conversion])
