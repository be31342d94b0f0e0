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
    group: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A deal that is open at the end of the period."""

    minor: int | None
    opened_on: date | None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A period's deals. `lost` holds (opened, closed) of those lost; `quota` is None where none was set."""

    won: tuple[Won, ...] = ()
    lost: tuple[tuple[date | None, date], ...] = ()
    still_open: tuple[Open, ...] = ()
    quota: int | None = None
