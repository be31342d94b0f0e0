"""The terms of a plan: what a plan text says once it has been read. Whole numbers only, so that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spm_app.compensation.domain.rule import Rule
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Grain

#: Rates and shares are kept in parts per million: 5 % is 50 000.
WHOLE = 1_000_000


class To(StrEnum):
    """Whom a transaction is credited to."""

    OWNER = "owner"
    MANAGER = "manager"


class Kind(StrEnum):
    """How pay is found.

    By rates: one rate; each slice at its own rate; the band reached pays on everything; or one of these two below a
    point and one above it. By amounts: the band reached pays its amount; or each band pays its amount in proportion to
    how far it is filled.
    """

    FLAT = "flat"
    MARGINAL = "marginal"
    WHOLE_AMOUNT = "whole_amount"
    HYBRID = "hybrid"
    STEP = "step"
    INTERPOLATED = "interpolated"


class Over(StrEnum):
    """What the bands are cut over: the measure as a share of the quota, or the measure itself."""

    ATTAINMENT = "attainment"
    AMOUNT = "amount"


class Bound(StrEnum):
    """Which band a measure that stands exactly on a bound belongs to: the upper one, or the lower one."""

    LOWER_INCLUSIVE = "lower_inclusive"
    UPPER_INCLUSIVE = "upper_inclusive"


class Accumulate(StrEnum):
    """What is measured against the bands: everything since the period began, or each transaction by itself."""

    PERIOD = "period"
    TRANSACTION = "transaction"


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages; one that was written once is the same in both."""

    en: str
    it: str

    def of(self, language: str) -> str:
        """The name in that language, English for one that is not spoken."""
        return self.it if language == "it" else self.en


@dataclass(frozen=True, slots=True)
class Band:
    """From `start` up to `end` (None: without end), at `rate` parts per million, or worth `amount` minor units.

    Bounds are parts per million of the quota over attainment, minor units over an amount.
    """

    start: int
    end: int | None
    rate: int
    amount: int = 0


@dataclass(frozen=True, slots=True)
class RateTable:
    """How much of a measure is earned. A flat rate is one band without end, over the amount.

    A hybrid has a `point`, in the unit of bounds, and says how what is `below` it pays and how what is `above`.
    """

    kind: Kind
    over: Over
    bound: Bound
    bands: tuple[Band, ...]
    point: int | None = None
    below: Kind = Kind.MARGINAL
    above: Kind = Kind.WHOLE_AMOUNT

    @property
    def runs(self) -> bool:
        """Whether what a line earns depends on where it stood in the measure."""
        return self.kind in {Kind.MARGINAL, Kind.HYBRID, Kind.INTERPOLATED}

    @property
    def pays_amounts(self) -> bool:
        """Whether its bands are worth amounts rather than rates."""
        return self.kind in {Kind.STEP, Kind.INTERPOLATED}


@dataclass(frozen=True, slots=True)
class Credit:
    """Which transactions count and for whom. `levels` is how far up the tree a manager's credit reaches."""

    when: Rule | None
    to: To
    levels: int = 0


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that a plan pays for."""

    code: str
    name: Words
    credit: Credit
    accumulate: Accumulate
    table: RateTable

    @property
    def needs_quota(self) -> bool:
        """Whether it pays nothing without a quota."""
        return self.table.over is Over.ATTAINMENT


@dataclass(frozen=True, slots=True)
class Sale:
    """A transaction made up for an example. `share` is the payee's, in parts per million."""

    amount: int
    outcome: str = "won"
    stage: str = ""
    product: str = ""
    account: str = ""
    share: int = WHOLE
    by_team: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A case that the plan's author worked out by hand: `expected` is the commission in minor units by component."""

    name: str
    quota: int | None
    sales: tuple[Sale, ...]
    expected: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it was written. In force from `start` up to, not including, `end`; None is until further notice.

    `places` gives the line of the text for each path (`components[0].rate_table.bands[1]`).
    """

    code: str
    name: str
    currency: Currency
    start: date
    end: date | None
    titles: tuple[str, ...]
    period: Grain
    components: tuple[Component, ...]
    examples: tuple[Example, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict[str, int], compare=False, repr=False)

    def place(self, path: str) -> str:
        """Where a finding about that part of the plan points: `12:components[0].rate`."""
        return f"{self.places.get(path, 1)}:{path}"
