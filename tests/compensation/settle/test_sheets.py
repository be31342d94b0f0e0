"""The sheets that a settlement is given, as anyone can write them by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from spm_app.compensation.domain.files import Read, csv_sheet, read_sheets
from spm_app.compensation.domain.settle.currency import ExchangeRate
from spm_app.compensation.domain.settle.values import Balance, Extra, Happened, Kept, PaidIn, PaidLine
from spm_app.kernel.money import Currency
from tests.compensation.settle.desk import month

EUR, USD, JPY = Currency("EUR"), Currency("USD"), Currency("JPY")
PEOPLE = "person,title,pay_currency\nAnna,seller,\nBruno,seller,USD\n"
DEALS = "id,closed_on,amount,owner\nD,2026-01-05,100,Anna\n"


def read(**sheets: str) -> Read:
    given = {"people": PEOPLE, "transactions": DEALS} | sheets
    parts = [csv_sheet(kind, kind, text) for kind, text in given.items()]
    return read_sheets(parts, period=month(1), currency=EUR)


def keys(**sheets: str) -> list[tuple[str, str]]:
    return [(each.at, each.key.removeprefix("compensation.")) for each in read(**sheets).problems]


def test_a_deal_knows_its_money_and_what_became_of_it() -> None:
    header = "id,closed_on,amount,owner,currency,invoiced_on,paid_on,paid_amount,cancelled_on,term_to,term_months\n"
    row = "D,2026-01-05,1000,Anna,JPY,2026-01-06,2026-01-07,400,2026-01-08,2026-12-31,12\n"
    (sale,) = read(transactions=header + row).inputs.transactions
    assert (sale.amount, sale.currency, sale.paid_amount) == (1_000, JPY, 400)
    assert (sale.invoiced_on, sale.paid_on, sale.cancelled_on) == tuple(date(2026, 1, each) for each in (6, 7, 8))
    assert (sale.term_until, sale.term_months) == (date(2027, 1, 1), 12)
    bad = "D,2026-01-05,1000,Anna,yen,,,,,,twelve\n"
    assert keys(transactions=header + bad) == [
        ("transactions:2", "plan.not_a_currency"),
        ("transactions:2", "plan.not_a_number"),
    ]
    assert keys(transactions="id,closed_on,amount,owner\nD,2026-01-05,,Anna\n") == [("transactions:2", "files.missing")]


def test_who_is_paid_in_other_money() -> None:
    assert read().inputs.paid_in == (PaidIn(2, USD),)


def test_events_say_how_much_of_which_sale_and_for_whom() -> None:
    text = "event,day,transaction,amount,currency,share,person\n"
    text += "Paid,2026-01-09,D,40,,,\nrelease,2026-01-10,,,,25 %,Bruno\npaid,2026-01-11,E,400,JPY,,\n"
    assert read(events=text).inputs.happened == (
        Happened("D", "paid", date(2026, 1, 9), amount=40_00),
        Happened("", "release", date(2026, 1, 10), share=250_000, person_id=2),
        Happened("E", "paid", date(2026, 1, 11), amount=400),
    )
    assert keys(events="event,day\n,\n") == [("events:2", "files.missing")] * 2


def test_balances_are_what_an_earlier_period_left() -> None:
    text = "person,kind,amount,since,plan,component,transaction,whole,until,due\n"
    text += "Anna,held,10,2025-12-01,p,c,D,20,delivered,\nBruno,Owed,5,2025-12-01,,,,,,2026-02-01\n"
    assert read(balances=text).inputs.balances == (
        Balance(1, Kept.HELD, "p", 10_00, 20_00, date(2025, 12, 1), "c", "D", "delivered"),
        Balance(2, Kept.OWED, "", 5_00, 5_00, date(2025, 12, 1), due=date(2026, 2, 1)),
    )
    assert keys(balances="person,kind,amount,since\n,lent,1,\n") == [
        ("balances:2", "files.missing"),
        ("balances:2", "plan.not_a_choice"),
        ("balances:2", "files.missing"),
    ]
    assert keys(balances="person,kind,amount,since\nAnna,,1,2026-01-01\n") == [("balances:2", "files.missing")]


def test_paid_lines_are_what_may_be_taken_back() -> None:
    header = "person,plan,component,transaction,day,earned,paid,taken_back\n"
    text = f"{header}Anna,p,c,D,2025-11-02,50,40,10\nAnna,p,c,E,2025-11-02,5,4,\n"
    assert read(paid_lines=text).inputs.paid_lines == (
        PaidLine(1, "p", "c", "D", date(2025, 11, 2), 50_00, 40_00, 10_00),
        PaidLine(1, "p", "c", "E", date(2025, 11, 2), 5_00, 4_00),
    )
    assert keys(paid_lines=f"{header}Anna,p,c,D,,1,1,\n") == [("paid_lines:2", "files.missing")]


def test_rates_are_exact() -> None:
    header = "day,from,to,rate,source\n"
    assert read(rates=f"{header}2026-01-02,USD,EUR,0.9123,ECB\n").inputs.rates == (
        ExchangeRate(date(2026, 1, 2), USD, EUR, Fraction(9123, 10_000), "ECB"),
    )
    bad = [
        "2026-01-02,USD,EUR,0,",
        ",USD,EUR,1,",
        "2026-01-02,,EUR,1,",
        "2026-01-02,USD,euro,1,",
        "2026-01-02,USD,EUR,,",
    ]
    assert keys(rates=header + "\n".join(bad)) == [
        ("rates:2", "files.rate_not_positive"),
        ("rates:3", "files.missing"),
        ("rates:4", "files.missing"),
        ("rates:5", "plan.not_a_currency"),
        ("rates:6", "files.missing"),
    ]


def test_adjustments_of_the_period_or_of_every_one() -> None:
    text = "person,amount,id,period,reason\nAnna,5,,2026-01,bonus\nAnna,-6,x,,Late\nAnna,7,,2026-02,bonus\n"
    assert read(adjustments=text).inputs.extras == (
        Extra("000000", 1, 5_00, reason="bonus"),
        Extra("x", 1, -6_00, is_late=True, reason="Late"),
    )
