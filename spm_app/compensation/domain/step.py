"""One step of an explanation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from spm_app.kernel.money import Money
    from spm_app.kernel.rate import Rate


@dataclass(frozen=True, slots=True)
class Step:
    """`key` names the text, `args` its values. `result` is what the step comes to, when it is an amount."""

    key: str
    args: Mapping[str, object] = field(default_factory=dict[str, object])
    result: Money | Rate | Decimal | None = None
