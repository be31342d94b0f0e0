"""What is known of a sale, told by its own days or beside them, becomes events with their part."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from spm_app.compensation.domain.inputs import Transaction
from spm_app.compensation.domain.settle.events import events_of
from spm_app.compensation.domain.settle.values import Event, Happened

DAYS = [date(2026, 1, each) for each in range(1, 8)]


def test_the_days_of_a_sale_are_its_events() -> None:
    sale = Transaction(
        "D",
        DAYS[0],
        300_00,
        invoiced_on=DAYS[1],
        paid_on=DAYS[2],
        paid_amount=100_00,
        cancelled_on=DAYS[3],
        term_months=12,
        term_until=DAYS[6],
    )
    found, problems = events_of([sale, Transaction("E", DAYS[0], 1)], [])
    term = {"term_until": DAYS[6], "term_months": 12}
    assert problems == ()
    assert found == (
        Event("D", "invoiced", DAYS[1], **term),
        Event("D", "paid", DAYS[2], Fraction(1, 3), **term),
        Event("D", "cancelled", DAYS[3], **term),
    )


def test_amounts_and_shares_told_beside_are_parts_of_the_sale() -> None:
    told = [
        Happened("D", "paid", DAYS[1], amount=50_00),
        Happened("D", "delivered", DAYS[2], share=250_000, person_id=7),
        Happened("", "release", DAYS[3]),
        Happened("unknown", "invoiced", DAYS[4]),
    ]
    found, problems = events_of([Transaction("D", DAYS[0], 200_00)], told)
    assert problems == ()
    assert [(each.kind, each.part, each.payee_id) for each in found] == [
        ("paid", Fraction(1, 4), None),
        ("delivered", Fraction(1, 4), 7),
        ("release", Fraction(1), None),
        ("invoiced", Fraction(1), None),
    ]


def test_an_amount_of_a_sale_without_one_is_a_problem() -> None:
    told = [Happened("D", "paid", DAYS[1], amount=50_00), Happened("E", "paid", DAYS[1], amount=50_00)]
    found, problems = events_of([Transaction("D", DAYS[0], 0)], told)
    assert found == ()
    assert [(each.at, each.key) for each in problems] == [(each, "compensation.inputs.no_part") for each in "DE"]
