"""A plan's own examples, calculated: a plan is tested like code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import InForce, Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.terms import WHOLE
from spm_app.compensation.engine.calculation import calculate
from spm_app.kernel.money import Money
from spm_app.kernel.period import FiscalCalendar

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Example, Plan, Sale

_PAYEE, _SELLER, _OTHER = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one component of an example came to, beside what its author worked out."""

    at: str
    example: str
    component: str
    expected: Money
    earned: Money

    @property
    def agrees(self) -> bool:
        """Whether both are the same to the smallest coin."""
        return self.expected == self.earned


def run_examples(plan: Plan) -> tuple[Verdict, ...]:
    """Every expectation of every example, in the order of the text; none when the plan has no example.

    Examples are of a whole period, also when the plan begins or ends inside one.
    """
    return tuple(verdict for at, each in enumerate(plan.examples) for verdict in _run(plan, at, each))


def _run(plan: Plan, at: int, example: Example) -> list[Verdict]:
    whole = replace(plan, start=FiscalCalendar().containing(plan.start, plan.period).start, end=None)
    results = calculate([InForce(0, whole)], _inputs(plan, example))
    earned = {c.component: c.earned for payee in results.payees() if payee.payee_id == _PAYEE for c in payee.components}
    return [
        Verdict(
            at=plan.place(f"examples[{at}].expected.{code}"),
            example=example.name,
            component=code,
            expected=Money.from_minor(minor, plan.currency),
            earned=Money.from_minor(earned.get(code, 0), plan.currency),
        )
        for code, minor in example.expected.items()
    ]


def _inputs(plan: Plan, example: Example) -> Inputs:
    """The payee holds the plan's first title, with one seller below; sales fall on the first day in force, in order.

    Who holds the rest of a shared sale is somebody outside the plan.
    """
    period = FiscalCalendar().containing(plan.start, plan.period)
    seats = (
        Seat(_PAYEE, plan.titles[0], None, period.start),
        Seat(_SELLER, "", _PAYEE, period.start),
        Seat(_OTHER, "", None, period.start - timedelta(days=1)),
    )
    return Inputs(
        period=period,
        currency=plan.currency,
        transactions=tuple(
            Transaction(
                id=f"{at:06}",
                day=plan.start,
                amount=sale.amount,
                outcome=sale.outcome,
                stage=sale.stage or None,
                product=sale.product or None,
                account=sale.account or None,
            )
            for at, sale in enumerate(example.sales)
        ),
        shares=tuple(share for at, sale in enumerate(example.sales) for share in _shares(f"{at:06}", sale)),
        seats=seats,
        quotas=() if example.quota is None else (Quota(_PAYEE, example.quota),),
    )


def _shares(name: str, sale: Sale) -> list[Share]:
    owner = _SELLER if sale.by_team else _PAYEE
    parts = [Share(name, owner, sale.share), Share(name, _OTHER, WHOLE - sale.share)]
    return [each for each in parts if each.share > 0]
