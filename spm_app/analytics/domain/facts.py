"""What KPIs are computed from: the deals that a person may see, cut down to the parts that count for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Won:
    """A deal won in the period. `minor` is the part of its amount that counts; None when no amount is known."""

    minor: int | None
    opened_on: date | None
    closed_on: date


@dataclass(frozen=True, slots=True)
class Open:
    """A deal that was open at the end of `Facts.as_of`; an empty stage is one that nobody recorded."""

    minor: int | None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A deal opened in the period. `closed_on` is None when it was not decided by `Facts.as_of`."""

    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What was to be sold, and what those who were to sell it won meanwhile; None with the reason why there is none."""

    quota: int | None = None
    credited: int = 0
    reason: str = "analytics.na.no_quota"


@dataclass(frozen=True, slots=True)
class Facts:
    """A period's deals as they stood at the end of `as_of`; `undated` closed or are open without a known first day."""

    as_of: date
    won: tuple[Won, ...] = ()
    lost: int = 0
    still_open: tuple[Open, ...] = ()
    opened: tuple[Opened, ...] = ()
    undated: int = 0
    target: Target = Target()
