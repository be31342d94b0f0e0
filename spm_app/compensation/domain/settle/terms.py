"""How earnings become payments: what a plan says about it as a whole, and what a component says about its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from datetime import date

#: The event by which a person lets go what is held; it releases whatever else was to be waited for.
RELEASE = "release"
#: The event by which a sale is undone, in whole or in part.
CANCELLED = "cancelled"


class PaidWhen(StrEnum):
    """What has to happen to a sale before what it earned is paid."""

    BOOKED = "booked"
    INVOICED = "invoiced"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Hold:
    """A share that is kept back: for so many periods, or until an event of that name (`release` is a person's word)."""

    share: int
    periods: int = 0
    until: str = ""


class TakenBack(StrEnum):
    """How much of a cancelled sale is taken back: all of it, a share, or the part of the term that was still to run."""

    FULL = "full"
    PARTIAL = "partial"
    UNEXPIRED = "unexpired"


@dataclass(frozen=True, slots=True)
class Clawback:
    """What is taken back of a sale that is cancelled within so many days or months; no limit when both are 0.

    `reduces_attainment` lets the cancellation count against the measure of its own period too.
    """

    kind: TakenBack
    share: int = PPM
    within_days: int = 0
    within_months: int = 0
    reduces_attainment: bool = False


@dataclass(frozen=True, slots=True)
class Residual:
    """A share of what a sale earned, paid again in each of so many later periods while it is not cancelled."""

    share: int
    periods: int


@dataclass(frozen=True, slots=True)
class Payment:
    """When and how a component's earnings are paid. `code` is what payroll calls them."""

    when: PaidWhen = PaidWhen.BOOKED
    hold: Hold | None = None
    clawback: Clawback | None = None
    residual: Residual | None = None
    code: str = ""

    @property
    def by_line(self) -> bool:
        """Whether each sale has a fate of its own."""
        terms = (self.hold, self.clawback, self.residual)
        return self.when is not PaidWhen.BOOKED or any(each is not None for each in terms)


@dataclass(frozen=True, slots=True)
class Level:
    """A height of pay: an amount, or a share of the target incentive; both for a whole period."""

    amount: int = 0
    of_target: int | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that a plan pays. A refundable one keeps what it withheld for periods with room."""

    level: Level
    refundable: bool = False


class DrawKind(StrEnum):
    """A draw is added to what is earned, a guarantee tops it up; the recoverable ones are owed back."""

    RECOVERABLE = "recoverable"
    NON_RECOVERABLE = "non_recoverable"
    RECOVERABLE_GUARANTEE = "recoverable_guarantee"
    GUARANTEE = "guarantee"

    @property
    def tops_up(self) -> bool:
        """Whether it only fills what is missing."""
        return self in {DrawKind.RECOVERABLE_GUARANTEE, DrawKind.GUARANTEE}

    @property
    def is_owed(self) -> bool:
        """Whether it is to be paid back out of later earnings."""
        return self in {DrawKind.RECOVERABLE, DrawKind.RECOVERABLE_GUARANTEE}


@dataclass(frozen=True, slots=True)
class Recovery:
    """From a day, or from so many periods after the draw, `share` of earnings goes to what is owed; `keep` is left."""

    start: date | None = None
    periods: int = 1
    share: int = PPM
    keep: int = 0


@dataclass(frozen=True, slots=True)
class Draw:
    """An advance of so much a whole period, on the days from `start` up to `end`; None leaves that side open."""

    kind: DrawKind
    amount: int
    start: date | None = None
    end: date | None = None
    recovery: Recovery = Recovery()


class Below(StrEnum):
    """What becomes of pay below nothing."""

    CARRY = "carry"
    PAY = "pay"
    WRITE_OFF = "write_off"


@dataclass(frozen=True, slots=True)
class Deficit:
    """What becomes of pay below nothing; what is further below than `most` is written off (None: nothing is)."""

    kind: Below = Below.CARRY
    most: int | None = None


class RateDay(StrEnum):
    """Which rate of exchange turns a sale's money into the plan's."""

    TRANSACTION = "transaction"
    PERIOD_AVERAGE = "period_average"
    PERIOD_END = "period_end"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What holds for a plan's payments as a whole. `code` is payroll's for what belongs to no component."""

    cap: Ceiling | None = None
    floor: Level | None = None
    hold: Hold | None = None
    draw: Draw | None = None
    deficit: Deficit = Deficit()
    rate_day: RateDay = RateDay.TRANSACTION
    code: str = ""
