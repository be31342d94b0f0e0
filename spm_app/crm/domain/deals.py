"""A deal and what belongs to it. Amounts of lost deals given as zero mean "not stated" and are None."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from spm_app.kernel.ids import AccountId, DealId, PersonId, ProductId
    from spm_app.kernel.money import Money


class Outcome(StrEnum):
    """How a deal stands, whatever its stage is called."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Forecast(StrEnum):
    """How far an open deal is counted on; closed deals are `CLOSED`, lost ones and doubts `OMITTED`."""

    OMITTED = "omitted"
    PIPELINE = "pipeline"
    BEST_CASE = "best_case"
    COMMIT = "commit"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Owner:
    """A seller's part in a deal, in parts per million; the parts of one deal sum to a million."""

    person_id: PersonId
    share_ppm: int = PPM


@dataclass(frozen=True, slots=True)
class StageStep:
    """A stage and the day from which the deal was in it."""

    stage: str
    outcome: Outcome
    on: date


@dataclass(frozen=True, slots=True)
class Deal:
    """A chance to sell. `expected_close_on` is a hope and is kept after the real `closed_on` is known.

    `amount` is None when nobody said it; a deal without account or product is kept as it came.
    """

    id: DealId
    external_id: str
    name: str
    account_id: AccountId | None
    account_name: str
    product_id: ProductId | None
    product_code: str
    amount: Money | None
    stage: str
    outcome: Outcome
    opened_on: date | None
    expected_close_on: date | None
    closed_on: date | None
    owners: tuple[Owner, ...]
    forecast: Forecast = Forecast.PIPELINE
    extra: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Account:
    """A customer or one who may become it. `parent` is the name of the company it belongs to."""

    id: AccountId
    external_id: str
    name: str
    sector: str = ""
    country: str = ""
    parent: str = ""
    extra: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold; `code` is what other files call it, `family` the range it belongs to."""

    id: ProductId
    external_id: str
    code: str
    name: str
    family: str = ""
    list_price: Money | None = None


def even_shares(owners: Sequence[PersonId]) -> tuple[Owner, ...]:
    """The same share for each, to the last part per million; what cannot be divided goes to the first ones."""
    each, left = divmod(PPM, len(owners)) if owners else (0, 0)
    return tuple(Owner(person, each + (at < left)) for at, person in enumerate(owners))


def shares_are_whole(owners: Sequence[Owner]) -> bool:
    """No owner at all, or different ones with positive shares that sum to 100 %."""
    people = {owner.person_id for owner in owners}
    parts = [owner.share_ppm for owner in owners]
    return not parts or (sum(parts) == PPM and min(parts) > 0 and len(people) == len(parts))
