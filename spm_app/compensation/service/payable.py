"""What a final period pays, by payee and component: the one answer that payments are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.life import AdjustmentState
from spm_app.compensation.domain.payroll.entries import ADJUSTMENT, REST, Entry
from spm_app.compensation.store import disputes, payroll, statements
from spm_app.people import service as people
from spm_app.people.domain import Engagement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.compensation.domain.records import PayPeriod
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, RunId
    from spm_app.kernel.money import Money


def payable(work: Work, pay: PayPeriod) -> tuple[Entry, ...]:
    """Earned by component, with approved adjustments; all entries together are what the statements come to."""
    if pay.run_id is None:
        return ()
    known = {each.id: each for each in people.persons(work)}
    sums: dict[tuple[PersonId, str], Money] = {}
    for payee, component, amount in _amounts(work, pay, pay.run_id):
        key = (payee, component)
        sums[key] = sums[key] + amount if key in sums else amount
    return tuple(
        Entry(
            payee_id=payee,
            number=known[payee].external_id or str(int(payee)),
            name=known[payee].name,
            is_agent=known[payee].engagement is Engagement.AGENT,
            component=component,
            amount=amount,
        )
        for (payee, component), amount in sums.items()
        if amount
    )


def _amounts(work: Work, pay: PayPeriod, run_id: RunId) -> Iterator[tuple[PersonId, str, Money]]:
    rest = {each.payee_id: each.earned for each in statements.of_run(work, run_id, None)}
    for payee, component, amount in payroll.earned_by_component(work, run_id):
        rest[payee] = rest[payee] - amount
        yield payee, component, amount
    yield from ((payee, REST, amount) for payee, amount in rest.items())
    for each in disputes.adjustments_in(work, pay.period.code):
        if each.state is AdjustmentState.APPROVED:
            yield each.payee_id, ADJUSTMENT, each.amount
