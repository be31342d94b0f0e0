"""Random terms on random months: the program's settlement and the oracle's agree to the cent."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.settle.terms import (
    Below,
    Ceiling,
    Clawback,
    Deficit,
    Draw,
    DrawKind,
    Hold,
    Level,
    PaidWhen,
    Payment,
    Recovery,
    Residual,
    Settlement,
    TakenBack,
)
from spm_app.compensation.domain.settle.values import Event
from tests.compensation.settle.desk import earned, kept, plan_terms, year_of
from tests.oracle.settlement import Life, Told, paid

MONTHS = 8


def settlement(rng: random.Random) -> Settlement:
    draw = Draw(
        rng.choice(list(DrawKind)),
        rng.randint(1, 300),
        recovery=Recovery(
            periods=rng.randint(1, 3), share=rng.choice([250_000, 333_333, 1_000_000]), keep=rng.choice([0, 40])
        ),
    )
    return Settlement(
        cap=rng.choice([None, Ceiling(Level(rng.randint(100, 600)), rng.random() < 0.5)]),
        draw=rng.choice([None, draw]),
        deficit=rng.choice([Deficit(), Deficit(Below.PAY, 50), Deficit(Below.WRITE_OFF), Deficit(Below.CARRY, 70)]),
    )


def payment(rng: random.Random) -> Payment:
    if rng.random() < 0.3:
        return Payment(
            clawback=Clawback(rng.choice([TakenBack.FULL, TakenBack.PARTIAL]), rng.choice([1_000_000, 300_000]))
        )
    return Payment(
        rng.choice(list(PaidWhen)),
        rng.choice([None, Hold(rng.choice([100_000, 333_333]), periods=rng.randint(1, 3))]),
        residual=rng.choice([None, Residual(rng.choice([100_000, 77_777]), rng.randint(1, 3))]),
    )


def life(rng: random.Random) -> Life:
    names = iter(f"S{at:02}" for at in range(100))
    sold = [[(next(names), rng.randint(-60, 400)) for _ in range(rng.randint(0, 3))] for _ in range(MONTHS)]
    born = {name: month for month, sales in enumerate(sold) for name, _ in sales}
    told = [
        Told(name, kind, rng.randint(born[name], MONTHS - 1), Fraction(rng.randint(1, 5), 5 + rng.randint(0, 2)))
        for name in born
        for kind in ("invoiced", "paid", "cancelled")
        for _ in range(rng.randint(0, 2))
    ]
    return Life(settlement(rng), payment(rng), sold, told)


@pytest.mark.parametrize("seed", range(40))
def test_settlement_and_oracle_agree_to_the_cent(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(10):
        lived = life(rng)
        sold = {month: earned(*sales, day=date(2026, month, 10)) for month, sales in enumerate(lived.sold, 1)}
        events = [Event(each.sale, each.kind, date(2026, each.month + 1, 15), each.part) for each in lived.told]
        rng.shuffle(events)
        months = year_of(plan_terms(lived.settlement, lived.payment), sold, months=MONTHS, events=events)
        expected, owed = paid(lived)
        assert [each.paid for each in months] == expected, lived
        assert kept(months[-1]).get("owed", 0) == owed, lived
        assert all(sum(entry.amount for entry in each.entries) == each.paid for each in months)
        assert all(balance.amount > 0 for each in months for balance in each.balances)
