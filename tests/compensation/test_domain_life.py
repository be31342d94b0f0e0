"""Which step may follow which, for each kind of thing that has a life."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.life import (
    AdjustmentState,
    DisputeState,
    PeriodState,
    VersionState,
    another_person,
    may_become,
    step,
)
from spm_app.kernel.errors import Conflict
from spm_app.kernel.ids import PersonId


def test_an_approved_plan_can_be_published_and_an_approved_period_finalised() -> None:
    step(VersionState.APPROVED, VersionState.PUBLISHED)
    step(PeriodState.APPROVED, PeriodState.FINALISED)


def test_states_of_the_same_name_do_not_share_a_life() -> None:
    assert not may_become(VersionState.PROPOSED, AdjustmentState.REFUSED)
    assert not may_become(VersionState.PROPOSED, AdjustmentState.APPROVED)
    assert not may_become(AdjustmentState.APPROVED, VersionState.PUBLISHED)
    assert may_become(AdjustmentState.PROPOSED, AdjustmentState.REFUSED)


@pytest.mark.parametrize(
    "end",
    [
        VersionState.RETIRED,
        PeriodState.FINALISED,
        AdjustmentState.APPROVED,
        AdjustmentState.REFUSED,
        DisputeState.ACCEPTED,
        DisputeState.WITHDRAWN,
    ],
)
def test_what_has_ended_stays_ended(end: VersionState | PeriodState | AdjustmentState | DisputeState) -> None:
    assert not any(may_become(end, then) for then in type(end))


def test_a_rejected_dispute_may_be_appealed_and_nothing_else() -> None:
    after = [then for then in DisputeState if may_become(DisputeState.REJECTED, then)]
    assert after == [DisputeState.WITH_COMPENSATION]


def test_an_impossible_step_names_both_ends() -> None:
    with pytest.raises(Conflict) as refused:
        step(PeriodState.OPEN, PeriodState.FINALISED)
    assert refused.value.args_of_text == {"now": "open", "then": "finalised"}


def test_nobody_approves_what_is_theirs() -> None:
    another_person(PersonId(1), [PersonId(2)])
    with pytest.raises(Conflict):
        another_person(PersonId(1), [PersonId(2), PersonId(1)])
