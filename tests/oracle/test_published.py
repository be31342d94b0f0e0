"""The oracle itself, on figures that somebody else has printed: without this it would only agree with the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.domain.inputs import Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.terms import WHOLE
from spm_app.kernel.period import FiscalCalendar
from tests.compensation.plans import plan
from tests.golden.plans import FILES
from tests.oracle import commission

if TYPE_CHECKING:
    from pathlib import Path

    from spm_app.compensation.domain.terms import Example, Plan

PAYEE, BELOW, OTHER = 1, 2, 3


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_published_figures_hold_for_the_oracle(file: Path) -> None:
    read = plan(file.read_text(encoding="utf-8"))
    for example in read.examples:
        paid = commission.pay([read], _inputs(read, example))
        got = {code: paid[PAYEE, read.code, code].earned for code in example.expected}
        assert got == dict(example.expected), example.name


def _inputs(read: Plan, example: Example) -> Inputs:
    """The payee, somebody below who sells what is the team's, and somebody else who has the rest of a shared deal."""
    period = FiscalCalendar().containing(read.start, read.period)
    deals, shares = list[Transaction](), list[Share]()
    for at, sale in enumerate(example.sales):
        name, owner = f"D{at:03}", BELOW if sale.by_team else PAYEE
        deals.append(Transaction(name, period.start, sale.amount, sale.outcome, sale.stage, sale.product, sale.account))
        shares.append(Share(name, owner, sale.share))
        if sale.share < WHOLE:
            shares.append(Share(name, OTHER, WHOLE - sale.share))
    seats = (Seat(PAYEE, read.titles[0], None, read.start), Seat(BELOW, "-", PAYEE, read.start))
    quotas = () if example.quota is None else (Quota(PAYEE, example.quota),)
    return Inputs(period, read.currency, tuple(deals), tuple(shares), seats, quotas)
