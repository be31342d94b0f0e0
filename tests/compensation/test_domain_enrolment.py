"""Who is in a plan on which days: by title, position and name, and counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from spm_app.compensation.domain.enrolment import NEVER, Enrolled, Stretch, enrolled, stretches
from spm_app.compensation.domain.inputs import Inputs, Person, Seat
from spm_app.compensation.domain.terms import Eligible, Who
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar
from tests.compensation.plans import plan

JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (1, 2, 3, 4))
SELLERS = Eligible(Who.TITLE, "seller")


def held(*eligible: Eligible, seats: tuple[Seat, ...]) -> list[Stretch]:
    inputs = Inputs(
        FiscalCalendar().parse("2026-Q1"),
        Currency("EUR"),
        transactions=(),
        shares=(),
        seats=seats,
        people=(Person(1, "P1"), Person(2, "P2")),
    )
    return [*stretches(replace(plan(), eligible=eligible), inputs)]


def test_whoever_holds_the_title_is_in_while_they_hold_it() -> None:
    seats = (Seat(2, "seller", None, FEBRUARY), Seat(1, "seller", None, JANUARY, MARCH), Seat(3, "boss", None, JANUARY))
    assert held(SELLERS, seats=seats) == [
        Stretch(1, "seller", JANUARY, MARCH),
        Stretch(2, "seller", FEBRUARY, NEVER),
    ]


def test_a_position_and_a_person_are_meant_by_their_code() -> None:
    seats = (Seat(1, "a", None, JANUARY, position="N1"), Seat(2, "a", None, JANUARY, position="N2"))
    assert held(Eligible(Who.POSITION, "N2"), seats=seats) == [Stretch(2, "a", JANUARY, NEVER)]
    assert held(Eligible(Who.PERSON, "P1"), seats=seats) == [Stretch(1, "a", JANUARY, NEVER)]
    assert held(Eligible(Who.PERSON, "P9"), seats=seats) == []


def test_an_entry_holds_on_its_own_days() -> None:
    seats = (Seat(1, "seller", None, JANUARY, APRIL),)
    assert held(replace(SELLERS, start=FEBRUARY, end=MARCH), seats=seats) == [Stretch(1, "seller", FEBRUARY, MARCH)]
    assert held(replace(SELLERS, start=APRIL), seats=seats) == []
    assert held(replace(SELLERS, end=JANUARY), seats=seats) == []


def test_entries_that_touch_or_overlap_are_one_and_others_are_not() -> None:
    seats = (Seat(1, "seller", None, JANUARY, APRIL),)
    first, second = replace(SELLERS, end=FEBRUARY), Eligible(Who.PERSON, "P1", FEBRUARY)
    assert held(first, second, seats=seats) == [Stretch(1, "seller", JANUARY, APRIL)]
    assert held(SELLERS, replace(second, end=MARCH), seats=seats) == [Stretch(1, "seller", JANUARY, APRIL)]
    assert held(first, replace(second, start=MARCH), seats=seats) == [
        Stretch(1, "seller", JANUARY, FEBRUARY),
        Stretch(1, "seller", MARCH, APRIL),
    ]


def test_days_are_counted_within_a_time() -> None:
    stretch = Stretch(1, "seller", FEBRUARY, MARCH)
    assert stretch.days_in(JANUARY, APRIL) == 28
    assert stretch.days_in(date(2026, 2, 20), date(2026, 2, 25)) == 5
    assert stretch.days_in(MARCH, APRIL) == stretch.days_in(JANUARY, FEBRUARY) == 0


def test_a_payee_has_the_title_held_last_and_all_days() -> None:
    found = (
        Stretch(2, "seller", JANUARY, NEVER),
        Stretch(1, "seller", JANUARY, FEBRUARY),
        Stretch(1, "closer", MARCH, NEVER),
        Stretch(3, "seller", APRIL, NEVER),
    )
    assert enrolled(found, JANUARY, APRIL) == (Enrolled(1, "closer", 62), Enrolled(2, "seller", 90))
