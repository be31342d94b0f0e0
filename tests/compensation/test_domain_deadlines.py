"""Days by which a desk answers, and disputes in figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from spm_app.compensation.domain.deadlines import Asked, Policy, Tally, due_day, is_overdue, tallies, tally
from spm_app.compensation.domain.life import DisputeState
from spm_app.compensation.domain.records import Dispute
from spm_app.kernel.ids import DisputeId, PersonId

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
OPEN = Dispute(DisputeId(1), 1, None, PersonId(1), "rate", DisputeState.WITH_MANAGER, AT, due_on=date(2026, 11, 5))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 2), 3, date(2026, 11, 5)),
        (date(2026, 11, 5), 3, date(2026, 11, 10)),
        (date(2026, 11, 7), 1, date(2026, 11, 9)),
        (date(2026, 11, 6), 0, date(2026, 11, 6)),
    ],
)
def test_weekends_do_not_count(start: date, days: int, due: date) -> None:
    assert due_day(start, days) == due


def test_each_desk_has_its_days() -> None:
    policy = Policy(2, 7)
    assert policy.days_for(DisputeState.WITH_MANAGER) == 2
    assert policy.days_for(DisputeState.WITH_COMPENSATION) == 7


@pytest.mark.parametrize(
    ("dispute", "late"),
    [
        (OPEN, True),
        (replace(OPEN, due_on=date(2026, 11, 6)), False),
        (replace(OPEN, due_on=None), False),
        (replace(OPEN, state=DisputeState.NEEDS_INFORMATION), False),
        (replace(OPEN, state=DisputeState.REJECTED), False),
    ],
)
def test_only_what_lies_on_a_desk_too_long_is_late(dispute: Dispute, late: bool) -> None:
    assert is_overdue(dispute, date(2026, 11, 6)) is late


def settled(state: DisputeState, hours: int, reason: str = "rate") -> Dispute:
    return replace(OPEN, state=state, closed_at=AT + timedelta(hours=hours), reason=reason)


def test_disputes_in_figures() -> None:
    found = [settled(DisputeState.ACCEPTED, 10), settled(DisputeState.REJECTED, 31), OPEN]
    withdrawn = settled(DisputeState.WITHDRAWN, 2)
    assert tally("x", [*found, withdrawn]) == Tally("x", 4, 1, Fraction(1, 2), 10)
    assert tally("x", [OPEN]) == Tally("x", 1, 1, None, None)


def test_groups_come_by_frequency() -> None:
    asked = [
        Asked(settled(DisputeState.ACCEPTED, 1, "split"), "sales", "Sellers"),
        Asked(settled(DisputeState.REJECTED, 3), "sales", "Sellers"),
        Asked(OPEN, "", ""),
    ]
    assert [(each.name, each.asked) for each in tallies(asked, "reason")] == [("rate", 2), ("split", 1)]
    assert [(each.name, each.asked) for each in tallies(asked, "plan")] == [("Sellers", 2), ("", 1)]
    assert [each.name for each in tallies(asked, "component")] == ["sales", ""]
