"""What is final stays so for whoever holds the database: the database itself refuses, on both kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from spm_app.compensation.service import periods, runs
from spm_app.infra.db import unit_of_work
from tests.compensation.office import QUARTER

if TYPE_CHECKING:
    from tests.compensation.office import Office

_LINE = (
    "INSERT INTO component_result SELECT 1000, statement_id, plan_version_id, component, measure_minor, quota_minor,"
    " earned_minor, derivation FROM component_result LIMIT 1"
)
_ADJUSTMENT = (
    "INSERT INTO adjustment (payee_id, period_code, currency, amount_minor, reason, remark, state, proposer_id,"
    " proposed_at, approver_id) VALUES (1, '2026-Q4', 'EUR', 5, 'other', 'x', 'approved', 1,"
    " '2026-11-11 00:00:00+00:00', 2)"
)
_STATEMENT = (
    "INSERT INTO statement (run_id, payee_id, payee_name, title_code, currency, earned_minor)"
    " VALUES (1, 99, 'x', 'REP', 'EUR', 1)"
)


def test_a_final_period_takes_nothing_back_and_nothing_more(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    periods.approve(office.finance, QUARTER)
    periods.finalise(office.controller, QUARTER)
    for spoiled in (
        _STATEMENT,
        _LINE,
        _ADJUSTMENT,
        "UPDATE pay_period SET state = 'calculated'",
        "UPDATE pay_period SET run_id = NULL",
        "DELETE FROM pay_period",
        "UPDATE run SET total_minor = 0",
        "DELETE FROM run",
        "UPDATE component_result SET earned_minor = 1",
        "DELETE FROM component_result",
        "UPDATE plan_version SET text = 'x'",
        "DELETE FROM plan_version",
    ):
        with pytest.raises(DBAPIError, match=r"finalised|append-only|kept|does not change"), unit_of_work() as work:
            work.session.execute(text(spoiled))
