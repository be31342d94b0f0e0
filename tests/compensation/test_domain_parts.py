"""What is said of a plan or a payee that was there for a part of the period."""

from __future__ import annotations

from datetime import date
from typing import Any

from spm_app.compensation.domain.parts import notices
from spm_app.ui.catalogue import say_problem

WHOLE: dict[str, Any] = {
    "plan": "seller",
    "component": "sales",
    "start": "2026-01-01",
    "last": "2026-03-31",
    "days": 90,
    "of": 90,
    "partial": 0,
    "outside": 0,
}


def _keys(*log: dict[str, Any]) -> list[str]:
    return [each.key.removeprefix("compensation.part.") for each in notices(log)]


def test_a_whole_period_and_a_log_of_before_say_nothing() -> None:
    assert _keys(WHOLE, {"plan": "seller", "component": "sales", "lines": 3}) == []


def test_each_part_is_said_once_a_plan_and_deals_outside_once_a_component() -> None:
    part = WHOLE | {"start": "2026-02-15", "days": 45, "partial": 2, "outside": 1}
    assert _keys(part, part | {"component": "other"}) == ["plan", "payees", "outside", "outside"]
    assert notices([part])[0].args["start"] == date(2026, 2, 15)
    assert "45 of 90 days" in say_problem("en", notices([part])[0])


def test_a_plan_that_is_not_in_force_at_all_says_so() -> None:
    assert _keys(WHOLE | {"start": "", "last": "", "days": 0}) == ["not_in_force"]
