"""Inputs as columns. A caller with a million deals gives columns at once instead of values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.enrolment import NEVER
from spm_app.compensation.domain.inputs import check_inputs
from spm_app.compensation.domain.rule import EXTRA
from spm_app.compensation.engine.arrow import DAY, TEXT, WHOLE, table
from spm_app.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Collection

    from spm_app.compensation.domain.inputs import Inputs, Transaction
    from spm_app.compensation.engine.arrow import Table
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period

__all__ = ["DEALS", "NAMED", "NEVER", "SEATS", "SHARES", "Frames", "frames"]

DEALS = {
    "id": TEXT,
    "amount": WHOLE,
    "outcome": TEXT,
    "stage": TEXT,
    "product": TEXT,
    "account": TEXT,
    "opened_on": DAY,
    "closed_on": DAY,
    "deal_id": WHOLE,
    "type": TEXT,
    "family": TEXT,
    "segment": TEXT,
    "region": TEXT,
    "margin": WHOLE,
    "discount": WHOLE,
    "units": WHOLE,
    "invoiced_on": DAY,
    "paid_on": DAY,
    "cancelled_on": DAY,
}
SHARES = {"id": TEXT, "person_id": WHOLE, "share": WHOLE}
NAMED = {"id": TEXT, "person_id": WHOLE, "role": TEXT, "share": WHOLE}
SEATS = {"person_id": WHOLE, "manager_id": WHOLE, "start": DAY, "finish": DAY}


@dataclass(frozen=True, slots=True)
class Frames:
    """Deals, their owners and whom else they name as columns, in the schemas DEALS, SHARES and NAMED.

    Trusted to be free of contradictions; columns of deals that no plan asks for may be missing. `facts` is everything
    else, without transactions.
    """

    period: Period
    currency: Currency
    deals: Table
    shares: Table
    named: Table
    facts: Inputs


def frames(inputs: Inputs, fields: Collection[str] = ()) -> Frames:
    """Values as columns, with those of `fields` that a source brings beside ours.

    Raises InvalidInput with everything that would make a calculation wrong.
    """
    problems = check_inputs(inputs)
    if problems:
        raise InvalidInput("compensation.inputs.unusable", problems, n=len(problems))
    extra = sorted(each for each in fields if EXTRA.fullmatch(each))
    return Frames(
        period=inputs.period,
        currency=inputs.currency,
        deals=table(DEALS | dict.fromkeys(extra, TEXT), (_deal(each, extra) for each in inputs.transactions)),
        shares=table(SHARES, ((s.transaction, s.person_id, s.share) for s in inputs.shares)),
        named=table(NAMED, ((n.transaction, n.person_id, n.role, n.share) for n in inputs.named)),
        facts=replace(inputs, transactions=(), shares=(), named=()),
    )


def _deal(deal: Transaction, extra: Collection[str]) -> tuple[Any, ...]:
    named = (deal.day if name == "closed_on" else getattr(deal, name) for name in DEALS)
    return (*named, *(deal.extra.get(name.removeprefix("extra.")) for name in extra))


def seats_of(facts: Inputs) -> Table:
    """Who had which manager on which days."""
    return table(SEATS, ((s.person_id, s.manager_id, s.start, s.end or NEVER) for s in facts.seats))
