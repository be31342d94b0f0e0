"""What is measured: its unit, and since when it counts."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.measures import Accumulate, Aggregate, Credit, Measure, To
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.value import AMOUNT, Take

OWNER = Credit(None, To.OWNER)
UNITS = Credit(None, To.OWNER, value=Take("units"))


@pytest.mark.parametrize(
    ("measure", "unit", "runs"),
    [
        (Measure((OWNER,)), Type.MONEY, True),
        (Measure((UNITS,)), Type.NUMBER, True),
        (Measure((OWNER,), Aggregate.COUNT), Type.NUMBER, True),
        (Measure((OWNER,), Aggregate.AVERAGE), Type.MONEY, False),
        (Measure((UNITS,), Aggregate.MAX), Type.NUMBER, False),
        (Measure((OWNER,), Aggregate.RATIO, weight=AMOUNT), Type.RATIO, False),
        (Measure((), given=Type.RATIO), Type.RATIO, False),
    ],
)
def test_a_measure_has_a_unit_and_sums_run(measure: Measure, unit: Type, runs: bool) -> None:
    assert (measure.unit, measure.runs) == (unit, runs)


def test_earlier_periods_count_where_it_is_cumulative() -> None:
    alone = {Accumulate.PERIOD, Accumulate.TRANSACTION}
    assert {each for each in Accumulate if not each.is_cumulative} == alone
