from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spm_app.compensation.domain.inputs import Inputs, Quota, Seat, Share, Transaction, check_inputs
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar

DAY = date(2026, 2, 1)
SOUND = Inputs(
    period=FiscalCalendar().parse("2026-Q1"),
    currency=Currency("EUR"),
    transactions=(Transaction("A", DAY, 100), Transaction("B", DAY, 100), Transaction("C", DAY, 100)),
    shares=(Share("A", 1), Share("B", 1, 250_000), Share("B", 2, 750_000)),
    seats=(Seat(1, "rep", None, date(2026, 1, 1), DAY), Seat(1, "lead", None, DAY), Seat(2, "rep", 1, DAY)),
    quotas=(Quota(1, 100), Quota(2, 0)),
)


def test_sound_inputs_have_no_finding() -> None:
    assert check_inputs(SOUND) == ()


@pytest.mark.parametrize(
    ("inputs", "at", "key"),
    [
        (replace(SOUND, transactions=(*SOUND.transactions, Transaction("A", DAY, 1))), "A", "transaction_twice"),
        (replace(SOUND, transactions=(Transaction("A", DAY, 2**62),)), "", "too_large"),
        (replace(SOUND, shares=(Share("A", 1, 999_999),)), "A", "shares_not_whole"),
        (replace(SOUND, shares=(Share("A", 1), Share("A", 2, 0))), "A", "shares_not_whole"),
        (replace(SOUND, shares=(Share("A", 1, 500_000), Share("A", 1, 500_000))), "A", "owner_twice"),
        (replace(SOUND, seats=(*SOUND.seats, Seat(2, "lead", None, date(2026, 3, 1)))), "2", "two_seats"),
        (replace(SOUND, seats=(Seat(1, "a", None, DAY, date(2026, 3, 1)), Seat(1, "b", None, DAY))), "1", "two_seats"),
        (replace(SOUND, quotas=(*SOUND.quotas, Quota(2, 5))), "2", "two_quotas"),
    ],
)
def test_what_contradicts_itself_is_named(inputs: Inputs, at: str, key: str) -> None:
    assert [(each.at, each.key) for each in check_inputs(inputs)] == [(at, f"compensation.inputs.{key}")]


def _tree(*seats: Seat) -> list[tuple[str, object]]:
    return [(each.at, each.args["day"]) for each in check_inputs(replace(SOUND, seats=seats))]


def test_a_circle_of_managers_is_named_once_with_its_first_day() -> None:
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    start = SOUND.period.start
    assert _tree(Seat(1, "a", 1, start)) == [("1", start)]
    assert _tree(Seat(1, "a", 2, start), Seat(2, "b", 3, start), Seat(3, "c", 1, DAY)) == [("3", DAY)]
    # Two circles, and somebody below one of them, who is in none.
    below = (Seat(1, "a", 2, start), Seat(2, "b", 1, start), Seat(3, "c", 1, start), Seat(4, "d", 4, start))
    assert _tree(*below) == [("1", start), ("4", start)]
    # Before the period, after it, and never on the same day.
    assert _tree(Seat(1, "a", 2, date(2025, 1, 1), start), Seat(2, "b", 1, date(2025, 1, 1))) == []
    assert _tree(Seat(1, "a", 2, DAY), Seat(2, "b", None, DAY, april), Seat(2, "b", 1, april)) == []
    assert _tree(Seat(1, "a", 2, DAY, march), Seat(1, "a", None, march), Seat(2, "b", 1, march)) == []
    assert _tree(Seat(1, "a", 2, DAY, march), Seat(2, "b", 1, march)) == []
