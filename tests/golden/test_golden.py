"""Plans with figures that their sources print: never changed to fit the program."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.domain.checking import check_plan
from spm_app.compensation.domain.inputs import Inputs, Seat, Share, Transaction
from spm_app.compensation.engine.examples import run_examples
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import has_errors
from tests.compensation.plans import plan
from tests.golden.plans import FILES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.golden.company import Reckon

YEAR_ENDS = FiscalCalendar().parse("2017-Q4")
OVERRIDE = """\
code: {title}
name: {title}
currency: USD
effective: {{from: 2017-01-01}}
eligibility: {{titles: [{title}]}}
period: quarter
components:
  - code: pay
    name: Pay
    credit: {{when: "outcome = 'won'", {to}}}
    rate: {rate}
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_published_figures_hold_to_the_cent(file: Path) -> None:
    read = plan(file.read_text(encoding="utf-8"))
    assert not has_errors(check_plan(read))
    verdicts = run_examples(read)
    assert verdicts
    assert [each for each in verdicts if not each.agrees] == []


def test_each_level_above_is_paid_by_the_tree_of_the_day_of_the_sale(reckon: Reckon) -> None:
    """WE51: 50 % to the agent, 2 %, 1.5 % and 1 % to the three levels above; the tree changes on 1 December."""
    terms = [("agent", "to: owner", "50 %"), ("lead", "to: manager", "2 %")]
    terms += [("manager", "to: manager, levels: 2", "1.5 %"), ("director", "to: manager, levels: 3", "1 %")]
    plans = [plan(OVERRIDE.format(title=title, to=to, rate=rate)) for title, to, rate in terms]
    start, change = date(2017, 1, 1), date(2017, 12, 1)
    seats = (
        Seat(1, "agent", 2, start, change),
        Seat(1, "agent", 5, change),
        Seat(2, "lead", 3, start),
        Seat(3, "manager", 4, start),
        Seat(4, "director", None, start),
        Seat(5, "lead", 4, start),
    )
    deals = (Transaction("A", date(2017, 11, 30), 10_000_000), Transaction("B", change, 10_000_000))
    inputs = Inputs(YEAR_ENDS, plans[0].currency, deals, (Share("A", 1), Share("B", 1)), seats)
    paid = {key[0]: [row.amount // 100 for row in found.rows] for key, found in reckon(plans, inputs).items()}
    assert paid == {1: [50_000, 50_000], 2: [2_000], 3: [1_500], 4: [1_000, 1_000], 5: [2_000]}
