"""A goal's way to being in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import Conflict
from spm_app.kernel.ids import GoalId, PersonId
from spm_app.kernel.money import Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.planning.domain.goal import Goal, Quota, State, must_be_draft, stepped

AUTHOR, OTHER = PersonId(1), PersonId(2)
GOAL = Goal(
    id=GoalId(1),
    name="2026",
    year="2026",
    version=1,
    state=State.DRAFT,
    amount=Money.of("100"),
    revision=3,
    made_by=AUTHOR,
    made_at=datetime(2026, 1, 1, tzinfo=UTC),
    changed_by=AUTHOR,
)


def test_it_goes_step_by_step() -> None:
    assert stepped(GOAL, "propose", AUTHOR) is State.PROPOSED
    proposed = replace(GOAL, state=State.PROPOSED, proposed_by=AUTHOR)
    assert stepped(proposed, "approve", OTHER) is State.APPROVED
    assert stepped(proposed, "take_back", AUTHOR) is State.DRAFT
    assert stepped(replace(GOAL, state=State.APPROVED), "publish", AUTHOR) is State.PUBLISHED
    assert stepped(replace(GOAL, state=State.PUBLISHED), "withdraw", AUTHOR) is State.WITHDRAWN


def test_nobody_approves_their_own_or_skips_a_step() -> None:
    with pytest.raises(Conflict, match="approve_own"):
        stepped(replace(GOAL, state=State.PROPOSED), "approve", AUTHOR)
    with pytest.raises(Conflict, match="wrong_state"):
        stepped(GOAL, "publish", OTHER)


def test_a_change_needs_the_draft_that_was_seen() -> None:
    must_be_draft(GOAL, 3)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        must_be_draft(GOAL, 2)
    with pytest.raises(Conflict, match="wrong_state"):
        must_be_draft(replace(GOAL, state=State.PUBLISHED), 3)


@given(st.integers(0, 10**12), st.integers(1, 92))
def test_a_part_of_the_quota_of_the_whole_period_is_the_quota_to_the_cent(minor: int, days: int) -> None:
    """What the calculation does with it: the part by days, half up."""
    quarter = FiscalCalendar().parse("2026-Q4")
    quota = Quota(AUTHOR, quarter, Money.from_minor(minor, Money.of("1").currency), GoalId(1), days)
    whole = quota.whole_period.minor
    assert (2 * whole * days + quarter.days) // (2 * quarter.days) == minor


def test_a_quota_of_all_days_is_that_of_the_period() -> None:
    quarter = FiscalCalendar().parse("2026-Q4")
    whole, half = (Quota(AUTHOR, quarter, Money.of("100"), GoalId(1), days) for days in (None, 46))
    assert (whole.whole_period, half.whole_period) == (Money.of("100"), Money.of("200"))
