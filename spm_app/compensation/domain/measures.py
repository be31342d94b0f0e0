"""What is measured: which transactions are credited to whom, how credits become one figure, and against which quota."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.value import AMOUNT, Value, kind_of

if TYPE_CHECKING:
    from spm_app.compensation.domain.rule import Rule

#: Rates and shares are kept in parts per million: 5 % is 50 000.
WHOLE = 1_000_000


class To(StrEnum):
    """Whom a transaction is credited to: owners, managers above them, all in the plan, or who is named in a role."""

    OWNER = "owner"
    MANAGER = "manager"
    OVERLAY = "overlay"
    NAMED = "named"


class DatedBy(StrEnum):
    """Which of its days counts a transaction."""

    CLOSED_ON = "closed_on"
    INVOICED_ON = "invoiced_on"
    PAID_ON = "paid_on"


class Aggregate(StrEnum):
    """How credits become one figure. A ratio is the sum of values over the sum of weights."""

    SUM = "sum"
    COUNT = "count"
    AVERAGE = "average"
    MAX = "max"
    RATIO = "ratio"


class Accumulate(StrEnum):
    """Since when credits are counted: each by itself, or since the pay period, quarter, half, year or plan began.

    What earlier periods have earned is not paid again.
    """

    PERIOD = "period"
    TRANSACTION = "transaction"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    PLAN = "plan"

    @property
    def is_cumulative(self) -> bool:
        """Whether earlier periods count."""
        return self not in {Accumulate.PERIOD, Accumulate.TRANSACTION}


@dataclass(frozen=True, slots=True)
class Credit:
    """Which transactions count, on which of their days, how much of each, and for whom.

    `levels` is how far up the tree a manager's credit reaches; `role` whom a transaction must name; `share` which part
    of the value is credited, in parts per million.
    """

    when: Rule | None
    to: To
    levels: int = 0
    value: Value = AMOUNT
    dated_by: DatedBy = DatedBy.CLOSED_ON
    role: str = ""
    share: int = WHOLE


@dataclass(frozen=True, slots=True)
class QuotaTerms:
    """Which quota a measure is held against: that of the `name` ("" is the only one there is).

    `whole_year` holds a measure since the year began against the quota of the whole year, else of what has passed.
    `ramp` is the part that counts in the first months after hire, in parts per million.
    """

    name: str = ""
    whole_year: bool = False
    ramp: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a payee. Money is in minor units; counts, units and ratios are in millionths.

    `weight` is what a ratio is taken of. A measure that is `given` is not counted from transactions but put in.
    """

    credits: tuple[Credit, ...]
    aggregate: Aggregate = Aggregate.SUM
    accumulate: Accumulate = Accumulate.PERIOD
    weight: Value | None = None
    quota: QuotaTerms = QuotaTerms()
    given: Type | None = None

    @property
    def unit(self) -> Type:
        """What the figure is: money, a number or a ratio."""
        if self.given is not None:
            return self.given
        if self.aggregate is Aggregate.COUNT:
            return Type.NUMBER
        return Type.RATIO if self.aggregate is Aggregate.RATIO else kind_of(self.credits[0].value)

    @property
    def runs(self) -> bool:
        """Whether every credit adds its own part, so that it makes sense to say where a credit stood."""
        return self.given is None and self.aggregate in {Aggregate.SUM, Aggregate.COUNT}
