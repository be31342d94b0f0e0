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
