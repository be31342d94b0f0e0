"""By when a dispute is answered, and what all disputes together say about pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median_low
from typing import TYPE_CHECKING

from spm_app.compensation.domain.life import OPEN_DISPUTE, DisputeState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spm_app.compensation.domain.records import Dispute

_WEEKEND = 5
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Policy:
    """Working days that each desk may take; whether a period with open disputes may not become final."""

    manager_days: int = 3
    compensation_days: int = 5
    blocks: bool = False

    def days_for(self, state: DisputeState) -> int:
        """How long the desk of that state may take."""
        return self.manager_days if state is DisputeState.WITH_MANAGER else self.compensation_days


@dataclass(frozen=True, slots=True)
class Asked:
    """A dispute with what statistics group by; `component` and `plan` are empty for a whole statement."""

    dispute: Dispute
    component: str
    plan: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Disputes of one group. `hours` is the median from asked to settled; both are None before any was settled."""

    name: str
    asked: int
    open: int
    accepted: Fraction | None
    hours: int | None


def due_day(from_day: date, working_days: int) -> date:
    """The last day of that many working days after this one; Saturdays and Sundays do not count."""
    day = from_day
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= day.weekday() < _WEEKEND
    return day


def is_overdue(dispute: Dispute, today: date) -> bool:
    """Whether a desk has had it for longer than it may; what waits for the payee is late for nobody."""
    waits = dispute.state is DisputeState.NEEDS_INFORMATION or dispute.state not in OPEN_DISPUTE
    return not waits and dispute.due_on is not None and dispute.due_on < today


def tally(name: str, asked: Sequence[Dispute]) -> Tally:
    """One group in figures: the share accepted is of those that were answered yes or no."""
    answered = [each for each in asked if each.state in {DisputeState.ACCEPTED, DisputeState.REJECTED}]
    yes = sum(each.state is DisputeState.ACCEPTED for each in answered)
    took = [(each.closed_at - each.raised_at) // _HOUR for each in answered if each.closed_at is not None]
    return Tally(
        name=name,
        asked=len(asked),
        open=sum(each.state in OPEN_DISPUTE for each in asked),
        accepted=Fraction(yes, len(answered)) if answered else None,
        hours=median_low(took) if took else None,
    )


def tallies(asked: Iterable[Asked], by: str) -> tuple[Tally, ...]:
    """By `reason`, `plan` or `component`, the most frequent first."""
    groups: dict[str, list[Dispute]] = {}
    for each in asked:
        name = {"reason": each.dispute.reason, "plan": each.plan, "component": each.component}[by]
        groups.setdefault(name, []).append(each.dispute)
    found = (tally(name, disputes) for name, disputes in groups.items())
    return tuple(sorted(found, key=lambda each: (-each.asked, each.name)))
