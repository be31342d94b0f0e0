"""Every entry says how it came about, in both languages, with nothing left out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.settle.explain import explain_entry
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
from spm_app.compensation.domain.settle.values import Did, Earned, Event, Extra
from spm_app.kernel.money import Currency, Money
from spm_app.ui.catalogue import say
from tests.compensation.settle.desk import ANNA, earned, given, one, plan_terms, year_of

EUR = Currency("EUR")
FULL = Clawback(TakenBack.FULL)


def event(kind: str, month: int, part: Fraction = Fraction(1)) -> Event:
    return Event("D", kind, date(2026, month, 5), part, term_months=12)


#: Terms, what was earned by month, and what happened: together they take every step that there is.
STORIES: list[tuple[Settlement, Payment, dict[int, Earned], list[Event]]] = [
    (Settlement(cap=Ceiling(Level(50_00))), Payment(), {1: earned(90_00)}, []),
    (Settlement(cap=Ceiling(Level(of_target=500_000), refundable=True)), Payment(), {1: earned(90_00)}, []),
    (Settlement(floor=Level(5_00)), Payment(), {}, []),
    (Settlement(floor=Level(of_target=100_000)), Payment(), {}, []),
    (
        Settlement(),
        Payment(clawback=FULL),
        {1: earned(("D", 9_00)), 2: earned(("D:cancelled", -1_00))},
        [event("cancelled", 2)],
    ),
    (Settlement(), Payment(clawback=Clawback(TakenBack.UNEXPIRED)), {1: earned(("D", 9_00))}, [event("cancelled", 2)]),
    (
        Settlement(),
        Payment(PaidWhen.PAID, Hold(100_000, periods=3), Clawback(TakenBack.PARTIAL, 500_000)),
        {1: earned(("D", 90_00))},
        [
            event("paid", 1, Fraction(1, 2)),
            event("cancelled", 2, Fraction(1, 3)),
            event("cancelled", 3, Fraction(2, 3)),
        ],
    ),
    (Settlement(), Payment(PaidWhen.INVOICED), {1: earned(("D", 9_00))}, [event("invoiced", 2)]),
    (Settlement(), Payment(PaidWhen.PAID, Hold(100_000, periods=1)), {1: earned(("D", 9_00))}, [event("paid", 2)]),
    (Settlement(), Payment(hold=Hold(100_000, until="delivered")), {1: earned(("D", 9_00))}, [event("delivered", 2)]),
    (Settlement(), Payment(hold=Hold(100_000, until="release")), {1: earned(("D", 9_00))}, [event("release", 2)]),
    (
        Settlement(),
        Payment(residual=Residual(100_000, 3)),
        {1: earned(("D", 9_00))},
        [event("cancelled", 3, Fraction(1, 2))],
    ),
    (Settlement(draw=Draw(DrawKind.RECOVERABLE, 9_00, end=date(2026, 2, 1))), Payment(), {2: earned(20_00)}, []),
    (
        Settlement(draw=Draw(DrawKind.RECOVERABLE_GUARANTEE, 9_00, recovery=Recovery(keep=1_00))),
        Payment(),
        {2: earned(20_00)},
        [],
    ),
    (Settlement(deficit=Deficit(Below.CARRY, 5_00)), Payment(), {1: earned(-9_00)}, []),
    (Settlement(deficit=Deficit(Below.WRITE_OFF)), Payment(), {1: earned(-9_00)}, []),
]


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_step_is_said_in_full_and_ends_in_its_amount(language: str) -> None:
    seen: set[str] = {"late", "manual", "refunded"}
    for settlement, payment, sold, events in STORIES:
        for month in year_of(plan_terms(settlement, payment), sold, months=4, events=events, targets={ANNA: 100_00}):
            for entry in month.entries:
                steps = explain_entry(entry.kind.value, entry.derivation, entry.amount, EUR)
                said = [say(language, step.key, **step.args) for step in steps]
                assert not [each for each in said if "{" in each or each.startswith("compensation.")], said
                assert steps[-1].result == Money.from_minor(entry.amount, EUR)
                seen.add(entry.kind.value)
    assert seen == {each.value for each in Did}


def test_lines_by_hand_and_refunds_say_so() -> None:
    extras = (Extra("1", ANNA, 5_00, is_late=True), Extra("2", ANNA, 6_00, reason="bonus"))
    done = one(given(1, sold=[earned(0)], extras=extras))
    said = [
        say("en", explain_entry(e.kind.value, e.derivation, e.amount, EUR)[-1].key, amount=e.amount)
        for e in done.entries
    ]
    assert "final" in said[1]
    assert "approved by another" in said[2]
    terms = plan_terms(Settlement(cap=Ceiling(Level(50_00), refundable=True)))
    _, second = year_of(terms, {1: earned(90_00), 2: earned(30_00)}, months=2)
    (step,) = explain_entry("refunded", second.entries[1].derivation, 20_00, EUR)
    assert say("en", step.key, **step.args) == (
        "€40.00 was above the cap of the period that began on 1 Jan 2026. This one has room for €20.00: €20.00 is paid."
    )
    (all_of_it,) = explain_entry("refunded", {"since": "2026-01-01", "withheld": 5, "room": None}, 5, EUR)
    assert all_of_it.key == "compensation.settle.refunded_all"
