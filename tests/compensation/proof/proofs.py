"""Proof files of plans of every kind, made by the engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.files import Read
from spm_app.compensation.domain.inputs import InForce, Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.engine import calculate_whole
from spm_app.compensation.service import offline, proofs
from spm_app.compensation.service.offline import Calculated
from spm_app.kernel.period import FiscalCalendar
from tests.compensation.plans import SELLER, changed, plan, with_bands

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAYMENTS = Path(__file__).parents[3] / "docs" / "examples" / "payments"
QUARTER = FiscalCalendar().parse("2026-Q1")
_BANDS = ("from: 0 %, to: 50 %, rate: 3 %", "from: 50 %, to: 100 %, rate: 7 %", "from: 100 %, rate: 11 %")
_AMOUNTS = ("from: 0 %, to: 50 %, amount: 10", "from: 50 %, amount: 33.33")
#: A text a kind of table, and of what stands around it.
PLANS = {
    "marginal": SELLER,
    "whole": with_bands(*_BANDS, kind="whole_amount"),
    "flat": changed("rate_table:", "rate: 3.33 %\n    x:", SELLER).split("    x:")[0],
    "step": with_bands(*_AMOUNTS, kind="step"),
    "interpolated": with_bands(
        "from: 0 %, to: 50 %, amount: 10", "from: 50 %, to: 100 %, amount: 25", kind="interpolated"
    ),
    "hybrid": with_bands(*_BANDS, kind="hybrid").replace(
        "kind: hybrid", "kind: hybrid\n      point: 50 %\n      below: whole_amount\n      above: marginal"
    ),
    "overage": with_bands(*_BANDS, kind="retroactive_overage"),
    "alone": changed("    rate_table:", "    accumulate: transaction\n    rate_table:"),
    "upper": changed("lower_inclusive", "upper_inclusive", with_bands(*_BANDS, kind="whole_amount")),
    "team": changed("to: owner", "to: manager, levels: 2"),
    "amount": with_bands("from: 0, to: 500, rate: 3 %", "from: 500, rate: 4.5 %", over="amount"),
}


def inputs(*amounts: int) -> Inputs:
    """Two sellers and their lead, all sellers by title; deals alone, in two and in three; a return; a late joiner."""
    deals = [
        ("A", 30_001, [(1, 1_000_000)]),
        ("B", 45_999, [(1, 333_334), (2, 333_333), (3, 333_333)]),
        ("C", -9_998, [(1, 500_000), (2, 500_000)]),
        ("D", 70_707, [(2, 1_000_000)]),
        ("E", 1, [(1, 250_000), (3, 750_000)]),
        *((f"F{at}", amount, [(1, 1_000_000)]) for at, amount in enumerate(amounts)),
    ]
    return Inputs(
        period=QUARTER,
        currency=plan().currency,
        transactions=tuple(
            Transaction(name, date(2026, 1, 10 + at), amount) for at, (name, amount, _) in enumerate(deals)
        ),
        shares=tuple(Share(name, person, share) for name, _, owners in deals for person, share in owners),
        seats=(
            Seat(1, "seller", 3, date(2026, 1, 1)),
            Seat(2, "seller", 1, date(2026, 1, 8)),
            Seat(3, "seller", None, date(2026, 1, 1)),
            Seat(4, "seller", None, date(2026, 1, 1)),
        ),
        quotas=(Quota(1, 70_000), Quota(2, 100_003), Quota(3, 50_000)),
    )


def proofs_of(text: str, given: Inputs | None = None) -> Iterator[dict[str, Any]]:
    """A proof of every payee."""
    used = given or inputs()
    whole = calculate_whole([InForce(7, plan(text))], used)
    done = Calculated(whole, Read(used, {at: f"P{at}" for at in range(1, 9)}, ()))
    return (proofs.of_outcome(payee, done) for payee in done.payees())


def proofs_of_payments() -> Iterator[dict[str, Any]]:
    """Those of the example of payments: money that waits, is held, let go, guaranteed, paid in another currency."""
    plans = [offline.readable((_PAYMENTS / "payments.yaml").read_text(encoding="utf-8"))]
    sheets = offline.folder(_PAYMENTS / "data").sheets
    done = offline.calculated(plans, FiscalCalendar().parse("2026-Q1"), sheets)
    return (proofs.of_outcome(payee, each) for each in done for payee in each.payees())


def proofs_of_limits() -> Iterator[dict[str, Any]]:
    """What stands around a table: caps of a line and of the component, and a threshold."""
    around = {
        "cap": "    cap: 20",
        "line cap": "    cap: {line: 12}",
        "both": "    cap: {component: 25, line: 12}",
        "threshold": "    threshold: {at: 90 %, pays: first_unit}",
    }
    for more in around.values():
        yield from proofs_of(SELLER.rstrip() + "\n" + more + "\n")
