"""What a source says about products, accounts and deals, named by the source's own ids; and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from spm_app.crm.domain.deals import Forecast, Outcome, Owner, StageStep

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spm_app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """A product as the source has it; `code` empty means the external id."""

    external_id: str
    name: str
    code: str = ""
    family: str = ""
    list_price: Money | None = None
    extra: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A customer as the source has it."""

    external_id: str
    name: str
    sector: str = ""
    country: str = ""
    parent: str = ""
    extra: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class DealRecord:
    """A deal as the source has it: `account` and `product` are external ids of the same source, or empty.

    `close_on` is the real day for a closed deal and the expected one for an open deal, as most systems keep it; a
    source that has both gives `expected_close_on` too. `history` may stay empty: then the stage is all that is known.
    """

    external_id: str
    name: str
    stage: str
    outcome: Outcome
    account: str = ""
    product: str = ""
    amount: Money | None = None
    opened_on: date | None = None
    close_on: date | None = None
    expected_close_on: date | None = None
    owners: tuple[Owner, ...] = ()
    forecast: Forecast | None = None
    history: tuple[StageStep, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def closed_on(self) -> date | None:
        """The real day, for a deal that is closed."""
        return None if self.outcome is Outcome.OPEN else self.close_on

    @property
    def expected_on(self) -> date | None:
        """The expected day, when the source says one."""
        return self.expected_close_on or (self.close_on if self.outcome is Outcome.OPEN else None)

    @property
    def counted_as(self) -> Forecast:
        """The forecast category: as stated, or what follows from the outcome."""
        default = {Outcome.OPEN: Forecast.PIPELINE, Outcome.WON: Forecast.CLOSED, Outcome.LOST: Forecast.OMITTED}
        return self.forecast or default[self.outcome]

    def settled(self) -> DealRecord:
        """The same, with a lost deal's zero understood as "not stated", so that no mean counts it."""
        unstated = self.outcome is Outcome.LOST and self.amount is not None and not self.amount
        return replace(self, amount=None) if unstated else self


Record = ProductRecord | AccountRecord | DealRecord


@dataclass(frozen=True, slots=True)
class CrmBatch:
    """Records of one source, to be taken in together; deals may name products and accounts of an earlier batch."""

    products: tuple[ProductRecord, ...] = ()
    accounts: tuple[AccountRecord, ...] = ()
    deals: tuple[DealRecord, ...] = ()

    def __len__(self) -> int:
        """How many records it has."""
        return len(self.products) + len(self.accounts) + len(self.deals)


def fingerprint(record: Record) -> str:
    """The same for the same content, whatever the order of owners or of extra columns."""
    spelled = asdict(record)
    if isinstance(record, DealRecord):
        spelled["owners"] = sorted((owner.person_id, owner.share_ppm) for owner in record.owners)
    return hashlib.sha256(json.dumps(spelled, sort_keys=True, default=str).encode()).hexdigest()
