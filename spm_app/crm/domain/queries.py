"""What a list is asked for, and the part of it that comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spm_app.crm.domain.deals import Account, Outcome
    from spm_app.kernel.ids import AccountId, PersonId, TeamId
    from spm_app.kernel.money import Money

T = TypeVar("T")


class DealSort(StrEnum):
    """The columns that deals can be sorted by."""

    NAME = "name"
    ACCOUNT = "account"
    PRODUCT = "product"
    STAGE = "stage"
    AMOUNT = "amount"
    OPENED = "opened"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DealQuery:
    """Which deals, in which order. Empty fields ask for all; `closed_from`, `closed_to` are half-open days.

    `words` are looked for in name, id, account and product.
    """

    words: str = ""
    outcome: Outcome | None = None
    stage: str = ""
    owner_id: PersonId | None = None
    team_id: TeamId | None = None
    account_id: AccountId | None = None
    product: str = ""
    closed_from: date | None = None
    closed_to: date | None = None
    sort: DealSort = DealSort.CLOSED
    descending: bool = True
    page: int = 1
    size: int = 25


@dataclass(frozen=True, slots=True)
class AccountQuery:
    """Which accounts; `sort` is `name`, `sector`, `country`, `deals` or `won`."""

    words: str = ""
    sector: str = ""
    sort: str = "name"
    descending: bool = False
    page: int = 1
    size: int = 25


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A customer in a list: how many deals, how many of them open, and what was won, one amount a currency."""

    account: Account
    deals: int
    open: int
    won: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many match in all, not only on a page, and what their deals sum up to: one amount a currency and outcome."""

    count: int
    amounts: Mapping[Outcome, tuple[Money, ...]]
    deals: int = 0


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list and the totals of all that matches; `names` are those of the persons that the rows mention."""

    rows: tuple[T, ...]
    totals: Totals
    names: Mapping[PersonId, str]

    @property
    def total(self) -> int:
        """How many match in all."""
        return self.totals.count
