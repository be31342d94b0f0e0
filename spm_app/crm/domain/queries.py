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
    """A customer in a list: how many deals, how many of them open, and what was won (None: nothing yet)."""

    account: Account
    deals: int
    open: int
    won: Money | None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: its rows, how many match in all, and the sum of what matches, one amount a currency.

    `names` are those of the persons that the rows mention.
    """

    rows: tuple[T, ...]
    total: int
    amounts: tuple[Money, ...]
    names: Mapping[PersonId, str]
