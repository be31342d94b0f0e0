"""A goal for a year, the way it goes to be in force, and the quotas that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.kernel.errors import Conflict
from spm_app.kernel.money import Money

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.kernel.ids import GoalId, PersonId
    from spm_app.kernel.period import Period


class State(StrEnum):
    """Draft, proposed, approved, published; then replaced by a newer version, or withdrawn."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


#: From where each step may be taken, and where it leads.
STEPS: dict[str, tuple[frozenset[State], State]] = {
    "propose": (frozenset({State.DRAFT}), State.PROPOSED),
    "approve": (frozenset({State.PROPOSED}), State.APPROVED),
    "publish": (frozenset({State.APPROVED}), State.PUBLISHED),
    "take_back": (frozenset({State.PROPOSED, State.APPROVED}), State.DRAFT),
    "withdraw": (frozenset({State.PUBLISHED}), State.WITHDRAWN),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """One version of a year's goal. `revision` counts its changes, so that nobody overwrites unseen ones."""

    id: GoalId
    name: str
    year: str
    version: int
    state: State
    amount: Money
    revision: int
    made_by: PersonId
    made_at: datetime
    changed_by: PersonId
    proposed_by: PersonId | None = None
    approved_by: PersonId | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewGoal:
    """What is asked for: the year's code (`2027`), its revenue, and a name; carriers by title, or found by history."""

    year: str
    amount: Money
    name: str = ""
    title_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Quota:
    """What one person is to sell in one period, as published; on `days` of it when not on all (None: all)."""

    person_id: PersonId
    period: Period
    amount: Money
    goal_id: GoalId
    days: int | None = None

    @property
    def whole_period(self) -> Money:
        """What it would be on all days of the period: its part by days, half up, is the amount again, to the cent."""
        if not self.days or self.days >= self.period.days:
            return self.amount
        minor = (2 * self.amount.minor * self.period.days + self.days) // (2 * self.days)
        return Money.from_minor(minor, self.amount.currency)


def stepped(goal: Goal, step: str, by: PersonId) -> State:
    """Where the step leads. Raises Conflict when it cannot be taken from here, or not by this person.

    Whoever made, last changed or proposed a goal does not approve it.
    """
    sources, target = STEPS[step]
    if goal.state not in sources:
        raise Conflict("planning.wrong_state", state=goal.state.value)
    if step == "approve" and by in {goal.made_by, goal.changed_by, goal.proposed_by}:
        raise Conflict("planning.approve_own")
    return target


def must_be_draft(goal: Goal, revision: int) -> None:
    """Go on only with a draft that is as it was seen. Raises Conflict."""
    if goal.state is not State.DRAFT:
        raise Conflict("planning.wrong_state", state=goal.state.value)
    if goal.revision != revision:
        raise Conflict("planning.changed_meanwhile")
