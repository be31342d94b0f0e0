"""What becomes known after a period is final: the difference is proposed in an open period, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.life import AdjustmentState, PeriodState
from spm_app.compensation.service import adjustments, runs
from spm_app.compensation.service.adjustments import LATE, Proposal
from spm_app.compensation.store import disputes, periods, statements
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict
from spm_app.kernel.money import Money, total
from spm_app.kernel.rights import Actor, Permission, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId


@dataclass(frozen=True, slots=True)
class Late:
    """One payee of a final period: what was closed, what it would come to now, and what was proposed since."""

    payee_id: PersonId
    closed: Money
    now: Money
    proposed: Money

    @property
    def difference(self) -> Money:
        """What is still to be paid; below nothing it is to be taken back."""
        return self.now - self.closed - self.proposed


def differences(actor: Actor, code: str) -> tuple[Late, ...]:
    """Every payee whose pay of a final period would be another today. Raises Conflict when it is not final.

    Manual lines of the period itself are not part of the comparison: nobody calculated them.
    """
    require(actor, Permission.CALCULATE)
    now = runs.earned_today(actor, code)
    with reading() as work:
        return _differences(work, code, now)


def propose(actor: Actor, code: str, into: str) -> int:
    """Propose each difference as a line of another, open period, and say how many; a second call finds none.

    A line that was refused is proposed again. Raises Conflict when `into` is final.
    """
    require(actor, Permission.CALCULATE)
    now = runs.earned_today(actor, code)
    with unit_of_work() as work:
        found = _differences(work, code, now)
        for each in found:
            line = Proposal(each.payee_id, into, each.difference, LATE, code)
            adjustments.enter(work, actor, line, late_of=code)
    return len(found)


def _differences(work: Work, code: str, now: Mapping[PersonId, Money]) -> tuple[Late, ...]:
    pay = periods.find(work, code)
    if pay is None or pay.run_id is None or pay.state is not PeriodState.FINALISED:
        raise Conflict("compensation.period_not_final", period=code)
    currency = periods.run(work, pay.run_id).total.currency
    nothing = Money.zero(currency)
    closed = statements.earned_in(work, pay.run_id)
    lines = [each for each in disputes.late_lines(work, code) if each.state is not AdjustmentState.REFUSED]
    compared = (
        Late(
            payee,
            closed.get(payee, nothing),
            now.get(payee, nothing),
            total((each.amount for each in lines if each.payee_id == payee), currency),
        )
        for payee in sorted({*closed, *now, *(each.payee_id for each in lines)})
    )
    return tuple(each for each in compared if each.difference)
