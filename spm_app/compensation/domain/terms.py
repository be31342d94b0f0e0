"""The terms of a plan: what a plan text says once it has been read. Whole numbers only, so that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE, Accumulate, Aggregate, Credit, DatedBy, Measure, QuotaTerms, To
from spm_app.compensation.domain.pays import Basis, Caps, Gate, Limit, Modifier, Objective, Pays, Pool, Threshold
from spm_app.compensation.domain.rates import Band, Bound, Grid, Key, Kind, Over, RateTable, Worth
from spm_app.compensation.domain.settle.terms import Payment, Settlement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Grain
__all__ = [
    "WHOLE",
    "Accumulate",
    "Aggregate",
    "Band",
    "Basis",
    "Bound",
    "Caps",
    "Component",
    "Credit",
    "DatedBy",
    "Eligible",
    "Example",
    "Gate",
    "Grid",
    "Key",
    "Kind",
    "Limit",
    "Measure",
    "Modifier",
    "NamedMeasure",
    "Objective",
    "Over",
    "Pays",
    "Plan",
    "Pool",
    "QuotaTerms",
    "RateTable",
    "Sale",
    "Threshold",
    "To",
    "Who",
    "Words",
    "Worth",
]


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages; one that was written once is the same in both."""

    en: str
    it: str

    def of(self, language: str) -> str:
        """The name in that language, English for one that is not spoken."""
        return self.it if language == "it" else self.en


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that a plan pays for."""

    code: str
    name: Words
    measure: Measure
    table: RateTable
    pays: Pays = Pays()  # noqa: RUF009 - frozen
    objectives: tuple[Objective, ...] = ()
    pool: Pool | None = None
    payment: Payment = Payment()  # noqa: RUF009 - frozen

    @property
    def credit(self) -> Credit:
        """Its first rule of crediting."""
        return self.measure.credits[0]

    @property
    def accumulate(self) -> Accumulate:
        """Since when it counts."""
        return self.measure.accumulate

    @property
    def needs_quota(self) -> bool:
        """Whether it pays nothing without a quota."""
        own = any(each.over is Over.ATTAINMENT for each in self.table.keys)
        return own or (self.pays.basis is Basis.TARGET and self.table.worth is Worth.RATE)


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """A measure that pays nothing by itself and that tables, gates and modifiers look at."""

    code: str
    name: Words
    measure: Measure


class Who(StrEnum):
    """How a plan says whom it pays."""

    TITLE = "title"
    POSITION = "position"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Eligible:
    """Whoever holds that title or position, or that person: from `start` up to `end`, each None when it is open."""

    who: Who
    code: str
    start: date | None = None
    end: date | None = None


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
    eligible: tuple[Eligible, ...]
    period: Grain
    components: tuple[Component, ...]
    examples: tuple[Example, ...] = ()
    measures: tuple[NamedMeasure, ...] = ()
    settlement: Settlement = Settlement()  # noqa: RUF009 - frozen
    places: Mapping[str, int] = field(default_factory=dict[str, int], compare=False, repr=False)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles whose holders it pays."""
        return tuple(each.code for each in self.eligible if each.who is Who.TITLE)

    def measure_of(self, code: str) -> Measure | None:
        """The measure of that name, or of the component of that name; None when there is none."""
        found = (each.measure for each in (*self.measures, *self.components) if each.code == code)
        return next(found, None)

    def place(self, path: str) -> str:
        """Where a finding about that part of the plan points: `12:components[0].rate`."""
        return f"{self.places.get(path, 1)}:{path}"
