"""Which plan versions pay a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from spm_app.compensation.domain.choice import in_force, payable
from spm_app.compensation.domain.life import VersionState
from spm_app.compensation.domain.records import Version
from spm_app.kernel.ids import PersonId, PlanId, PlanVersionId
from spm_app.kernel.period import FiscalCalendar, Grain, Period
from tests.compensation.plans import SELLER

Q1 = Period(date(2026, 1, 1), date(2026, 4, 1), "2026-Q1")
FIRST = Version(
    id=PlanVersionId(1),
    plan_id=PlanId(1),
    plan_code="seller",
    plan_name="Sellers",
    number=1,
    text=SELLER,
    state=VersionState.PUBLISHED,
    author_id=PersonId(1),
    written_at=datetime(2025, 12, 1, tzinfo=UTC),
)
SECOND = replace(FIRST, id=PlanVersionId(2), number=2)


def _chosen(*versions: Version, period: Period = Q1, grain: Grain = Grain.QUARTER) -> list[int]:
    return [each.version_id for each in in_force(versions, period, grain)]


def test_the_newest_version_of_each_plan_is_in_force() -> None:
    other = replace(FIRST, id=PlanVersionId(3), text=SELLER.replace("code: seller", "code: another", 1))
    assert _chosen(FIRST, SECOND, other) == [3, 2]
    assert _chosen(SECOND, FIRST) == [2]


def test_a_plan_holds_from_its_first_day_up_to_its_last() -> None:
    before = Period(date(2025, 10, 1), date(2026, 1, 1), "2025-Q4")
    after = Period(date(2027, 1, 1), date(2027, 4, 1), "2027-Q1")
    assert _chosen(FIRST, period=before) == _chosen(FIRST, period=after) == []
    for_ever = replace(FIRST, text=SELLER.replace(", to: 2026-12-31", ""))
    assert _chosen(for_ever, period=after) == [1]


def test_other_periods_and_unreadable_texts_are_passed_over() -> None:
    assert _chosen(FIRST, grain=Grain.MONTH) == []
    assert _chosen(replace(FIRST, text="code: [")) == []


def _payable(*texts: str, until: date) -> list[str]:
    versions = [replace(FIRST, id=PlanVersionId(at), text=text) for at, text in enumerate(texts)]
    return [each.code for each in payable(versions, FiscalCalendar(), until)]


def test_what_may_be_calculated_is_what_a_plan_pays_newest_first() -> None:
    assert _payable(SELLER, until=date(2026, 8, 1)) == ["2026-Q3", "2026-Q2", "2026-Q1"]
    assert _payable(SELLER, until=date(2031, 1, 1)) == ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"]
    assert _payable(SELLER, "code: [", until=date(2025, 12, 31)) == []


def test_plans_of_different_sizes_of_period_each_have_theirs() -> None:
    monthly = SELLER.replace("period: quarter", "period: month")
    assert _payable(SELLER, monthly, until=date(2026, 2, 1)) == ["2026-02", "2026-Q1", "2026-01"]


def test_a_plan_since_for_ever_does_not_list_for_ever() -> None:
    for_ever = SELLER.replace("from: 2026-01-01, to: 2026-12-31", "from: 1990-01-01")
    found = _payable(for_ever, until=date(2026, 8, 1))
    assert (len(found), found[0], found[-1]) == (40, "2026-Q3", "2016-Q4")


def test_a_version_that_begins_inside_the_period_follows_the_one_before() -> None:
    later = replace(SECOND, text=SELLER.replace("from: 2026-01-01", "from: 2026-02-15"))
    parts = [(each.version_id, each.plan.start, each.plan.end) for each in in_force((FIRST, later), Q1, Grain.QUARTER)]
    assert parts == [(1, date(2026, 1, 1), date(2026, 2, 15)), (2, date(2026, 2, 15), date(2026, 4, 1))]


def test_a_version_that_gives_way_for_a_while_has_two_parts() -> None:
    between = replace(SECOND, text=SELLER.replace("01-01, to: 2026-12-31", "02-01, to: 2026-02-28"))
    parts = [
        (each.version_id, each.plan.start, each.plan.end) for each in in_force((FIRST, between), Q1, Grain.QUARTER)
    ]
    assert parts == [
        (1, date(2026, 1, 1), date(2026, 2, 1)),
        (2, date(2026, 2, 1), date(2026, 3, 1)),
        (1, date(2026, 3, 1), date(2026, 4, 1)),
    ]


def test_days_without_a_version_belong_to_none() -> None:
    alone = replace(FIRST, text=SELLER.replace("01-01, to: 2026-12-31", "02-01, to: 2026-02-28"))
    (part,) = in_force((alone,), Q1, Grain.QUARTER)
    assert (part.plan.start, part.plan.end) == (date(2026, 2, 1), date(2026, 3, 1))
    assert _payable(alone.text, until=date(2026, 8, 1)) == ["2026-Q1"]
