"""What a calculation gives: per payee, component by component, line by line. Amounts are in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """One transaction's part of a component, or a part that belongs to none (an objective, a pool, a floor, a true-up).

    `position` counts from 1 over the whole statement.
    """

    position: int
    role: str
    transaction: str
    deal_id: int | None
    day: date
    credit: int
    amount: int
    derivation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComponentOutcome:
    """What a component came to; its lines add up to `earned`. `quota` None means that none was set.

    The measure is in its own unit. `withheld` is what a cap kept back.
    """

    version_id: int
    plan_code: str
    component: str
    measure: int
    quota: int | None
    earned: int
    derivation: Mapping[str, Any]
    lines: tuple[LineOutcome, ...]
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class PayeeOutcome:
    """One statement. A payee of a plan has one even when nothing was earned; the components say why."""

    payee_id: int
    title_code: str
    earned: int
    components: tuple[ComponentOutcome, ...]
