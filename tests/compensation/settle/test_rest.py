"""Residuals, lines by hand, pay below nothing, and the order of it all."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest

from spm_app.compensation.domain.settle.days import add_months, days_in
from spm_app.compensation.domain.settle.exact import half_up, spread
from spm_app.compensation.domain.settle.order import settled
from spm_app.compensation.domain.settle.terms import Below, Deficit, Payment, Residual, Settlement
from spm_app.compensation.domain.settle.values import (
    Balance,
    Conversion,
    Earned,
    Earning,
    Event,
    Extra,
    History,
    Kept,
)
from spm_app.kernel.money import Currency
from tests.compensation.settle.desk import ANNA, BRUNO, did, earned, given, kept, one, plan_terms, year_of


def test_a_sale_pays_its_residual_each_period_until_it_is_over_or_cancelled() -> None:
    """A tenth of 200 for three months; another of 100 is half cancelled in February and wholly in March."""
    terms = plan_terms(payment=Payment(residual=Residual(100_000, 3)))
    events = [Event("E", "cancelled", date(2026, each, 3), Fraction(1, 2)) for each in (2, 3)]
    sold = {1: earned(("D", 200_00), ("E", 100_00), ("F", -5_00))}
    months = year_of(terms, sold, months=5, events=events)
    assert [each.paid for each in months] == [295_00, 25_00, 20_00, 20_00, 0]
    assert [kept(each).get("residual", 0) for each in months] == [90_00, 60_00, 20_00, 0, 0]


def test_lines_by_hand_and_late_ones_come_before_what_is_below_nothing() -> None:
    extras = (
        Extra("2", ANNA, -30_00, reason="correction"),
        Extra("1", ANNA, 20_00, is_late=True),
        Extra("3", BRUNO, 7_00),
    )
    first, second = settled(given(1, sold=[earned(5_00)], extras=extras))
    assert did(first) == [("earned", 5_00), ("late", 20_00), ("manual", -30_00), ("carried", 5_00)]
    assert (first.paid, kept(first)) == (0, {"carried": 5_00})
    assert (second.payee_id, second.earned, second.paid) == (BRUNO, 0, 7_00)


@pytest.mark.parametrize(
    ("deficit", "paid", "carried"),
    [
        (Deficit(), [0, 60_00], [40_00, 0]),
        (Deficit(Below.CARRY, 25_00), [0, 75_00], [25_00, 0]),
        (Deficit(Below.CARRY, 50_00), [0, 60_00], [40_00, 0]),
        (Deficit(Below.PAY), [-40_00, 100_00], [0, 0]),
        (Deficit(Below.PAY, 25_00), [-25_00, 100_00], [0, 0]),
        (Deficit(Below.WRITE_OFF), [0, 100_00], [0, 0]),
    ],
)
def test_pay_below_nothing(deficit: Deficit, paid: list[int], carried: list[int]) -> None:
    terms = plan_terms(Settlement(deficit=deficit))
    months = year_of(terms, {1: earned(-40_00), 2: earned(100_00)}, months=2)
    assert [each.paid for each in months] == paid
    assert [kept(each).get("carried", 0) for each in months] == carried


def test_each_plan_is_settled_by_itself_and_the_first_takes_what_belongs_to_none() -> None:
    both = Earned(ANNA, (Earning("a", "sales", -10_00), Earning("b", "sales", 30_00), Earning("b", "sales", 1_00)))
    inputs = given(1, plan_terms(plan="a"), plan_terms(plan="b"), sold=[both], extras=(Extra("1", ANNA, 4_00),))
    done = one(inputs)
    assert (done.earned, done.paid) == (21_00, 31_00)
    assert [(each.plan, each.amount) for each in done.balances] == [("a", 6_00)]
    assert sum(done.codes.values()) == done.paid


def test_who_is_paid_in_other_money_gets_it_at_the_rate_given() -> None:
    """100.00 EUR at 1.2345 are 123.45 USD; at 163.255 they are 16326 JPY, half up."""
    eur = Currency("EUR")
    for code, rate, amount in (("USD", "1.2345", 123_45), ("JPY", "163.255", 16_326)):
        conversion = Conversion(eur, Currency(code), Fraction(rate), date(2026, 1, 31))
        done = one(given(1, sold=[earned(100_00)], pay_in={ANNA: conversion}))
        assert (done.paid, done.payment.amount, done.payment.conversion) == (100_00, amount, conversion)


def test_order_of_what_is_given_never_matters() -> None:
    terms = plan_terms(payment=Payment(residual=Residual(500_000, 2)))
    sold = [earned(("D", 10_00), payee=BRUNO), earned(("E", 7_00))]
    extras = [Extra(str(each), ANNA, each) for each in range(5)]
    events = [Event("D", "cancelled", date(2026, 1, each + 1), Fraction(1, 10)) for each in range(5)]
    first = settled(given(1, terms, sold=sold, extras=tuple(extras), events=tuple(events)))
    shuffle = random.Random(7).shuffle
    for each in (sold, extras, events):
        shuffle(each)
    assert settled(given(1, terms, sold=sold, extras=tuple(extras), events=tuple(events))) == first


def test_a_half_goes_away_from_nothing_and_parts_add_up() -> None:
    assert [half_up(Fraction(each, 2)) for each in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]
    assert spread(10, [1, 1, 1]) == [4, 3, 3]
    assert spread(10, [0, 5, 0]) == [0, 10, 0]
    assert (spread(0, [1]), spread(5, [0, 0])) == ([0], [0, 0])


def test_months_end_where_they_end() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    stretches = [(date(2026, 1, 1), date(2026, 1, 11)), (date(2026, 2, 1), date(2026, 3, 1))]
    assert days_in(stretches, date(2026, 1, 6), date(2026, 2, 3)) == 7


def test_a_residual_that_is_not_due_yet_stays() -> None:
    later = Balance(ANNA, Kept.RESIDUAL, "plan", 30_00, 10_00, date(2026, 1, 1), "sales", "D", due=date(2026, 5, 1))
    done = one(given(3, history=History((later,))))
    assert (done.paid, done.balances) == (0, (later,))


def test_what_the_payee_owes_is_a_debt() -> None:
    assert {each for each in Kept if each.is_debt} == {Kept.OWED, Kept.CARRIED}
