"""A deal as figures need it: many thousands are read for one screen, so it has no names and nothing to compute."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from spm_app.crm.domain.deals import Owner
    from spm_app.kernel.ids import DealId


class Sale(NamedTuple):
    """`minor` are the smallest units of its amount, None when nobody said it; `outcome` is a value of `Outcome`."""

    id: DealId
    minor: int | None
    stage: str
    outcome: str
    opened_on: date | None
    closed_on: date | None
    owners: tuple[Owner, ...]
