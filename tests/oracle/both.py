"""One question for the engine and the oracle: what every component pays everybody, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import InForce
from spm_app.compensation.engine import calculate
from tests.oracle import commission
from tests.oracle.around import Paid, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.inputs import Inputs
    from spm_app.compensation.domain.terms import Plan

#: By payee, plan and component.
Result = dict[tuple[int, str, str], Paid]


def by_oracle(plans: Sequence[Plan], inputs: Inputs) -> Result:
    return commission.pay(plans, inputs)


def by_engine(plans: Sequence[Plan], inputs: Inputs) -> Result:
    results = calculate([InForce(at, each) for at, each in enumerate(plans)], inputs)
    return {
        (payee.payee_id, c.plan_code, c.component): Paid(
            c.measure,
            c.quota,
            c.earned,
            [Row(each.role, each.transaction, each.credit, each.amount) for each in c.lines],
        )
        for payee in results.payees()
        for c in payee.components
    }
