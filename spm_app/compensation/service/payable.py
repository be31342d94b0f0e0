"""What a final period pays, by payee and component: the one answer that payments are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.life import AdjustmentState
from spm_app.compensation.domain.payroll.entries import ADJUSTMENT, REST, Entry
from spm_app.compensation.service import statements
from spm_app.compensation.store import disputes, payroll, settlements
from spm_app.compensation.store import statements as store
from spm_app.people import service as people
from spm_app.people.domain import Engagement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.compensation.domain.records import PayPeriod
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, RunId
    from spm_app.kernel.money import Money


def payable(work: Work, pay: PayPeriod) -> tuple[Entry, ...]:
    """What is paid by earning code or component, with approved adjustments; together what the statements come to."""
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
    """Each payee's parts; what they do not explain of what is due comes last, so that the sum is what is due."""
    rest = dict(statements.earned(work, pay.period))
    heads = {each.payee_id: each.id for each in store.of_run(work, run_id, None)}
    settled = settlements.settled_adjustments(work, heads.values())
    since = (
        (each.payee_id, ADJUSTMENT, each.amount)
        for each in disputes.adjustments_in(work, pay.period.code)
        if each.state is AdjustmentState.APPROVED and each.id not in settled[heads[each.payee_id]]
    )
    for payee, code, amount in (*payroll.paid_by_code(work, run_id), *since):
        rest[payee] = rest[payee] - amount
        yield payee, code, amount
    yield from ((payee, REST, amount) for payee, amount in rest.items())
