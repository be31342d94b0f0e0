"""A payee's own calculation changes one input and leaves everything else as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spm_app.compensation.domain.counter import UNKNOWN_DEAL, Change, Changed, Counted, Counter, changed, read, written
from spm_app.compensation.domain.inputs import Inputs, Quota, Share, Transaction
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import Period

EUR = Currency("EUR")
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1), "2026-Q4")
ME, OTHER, THIRD = 1, 2, 3


def given() -> Inputs:
    return Inputs(
        period=QUARTER,
        currency=EUR,
        transactions=(
            Transaction("D1", date(2026, 10, 5), 100_00),
            Transaction("D2", date(2026, 11, 5), 600_00, product="CRM"),
        ),
        shares=(Share("D1", ME), Share("D2", ME, 400_000), Share("D2", OTHER, 300_000), Share("D2", THIRD, 300_000)),
        seats=(),
        quotas=(Quota(ME, 1_000_00), Quota(OTHER, 900_00), Quota(ME, 5, name="units")),
    )


def test_an_amount_a_day_and_a_product_are_of_that_deal_alone() -> None:
    dearer = changed(given(), ME, Change(Changed.AMOUNT, "D1", amount=Money.of("250")))
    assert [each.amount for each in dearer.transactions] == [250_00, 600_00]
    later = changed(given(), ME, Change(Changed.DAY, "D1", day=date(2026, 12, 31)))
    assert [each.day for each in later.transactions] == [date(2026, 12, 31), date(2026, 11, 5)]
    other = changed(given(), ME, Change(Changed.PRODUCT, "D2", product=" ERP "))
    assert [each.product for each in other.transactions] == [None, "ERP"]
    assert changed(given(), ME, Change(Changed.PRODUCT, "D2")).transactions[1].product is None


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2027, 1, 1)])
def test_a_deal_of_another_period_is_gone_with_its_owners(day: date) -> None:
    found = changed(given(), ME, Change(Changed.DAY, "D2", day=day))
    assert [each.id for each in found.transactions] == ["D1"]
    assert found.shares == (Share("D1", ME),)


def test_shares_still_make_a_whole_and_others_keep_their_proportion() -> None:
    found = changed(given(), ME, Change(Changed.SHARE, "D2", share=500_001))
    of_deal = {each.person_id: each.share for each in found.shares if each.transaction == "D2"}
    assert of_deal == {ME: 500_001, OTHER: 250_000, THIRD: 249_999}
    alone = changed(given(), ME, Change(Changed.SHARE, "D2", share=1_000_000))
    assert [each for each in alone.shares if each.transaction == "D2"] == [Share("D2", ME)]


def test_a_quota_replaces_the_payee_s_main_one() -> None:
    found = changed(given(), ME, Change(Changed.QUOTA, amount=Money.of("800")))
    assert set(found.quotas) == {Quota(OTHER, 900_00), Quota(ME, 5, name="units"), Quota(ME, 800_00)}


def test_a_missing_deal_is_the_payee_s_whole() -> None:
    found = changed(given(), ME, Change(Changed.DEAL, amount=Money.of("70"), day=date(2026, 10, 1), product="CRM"))
    assert found.transactions[-1] == Transaction(UNKNOWN_DEAL, date(2026, 10, 1), 70_00, product="CRM")
    assert found.shares[-1] == Share(UNKNOWN_DEAL, ME)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (Change(Changed.AMOUNT, "D9", amount=Money.of("1")), "transaction"),
        (Change(Changed.AMOUNT, "D1"), "amount"),
        (Change(Changed.AMOUNT, "D1", amount=Money.of("1", Currency("USD"))), "amount"),
        (Change(Changed.DAY, "D1"), "day"),
        (Change(Changed.SHARE, "D2"), "share"),
        (Change(Changed.SHARE, "D2", share=0), "share"),
        (Change(Changed.SHARE, "D2", share=1_000_001), "share"),
        (Change(Changed.SHARE, "D1", share=999_999), "share"),
        (Change(Changed.QUOTA), "amount"),
        (Change(Changed.DEAL, amount=Money.of("1")), "day"),
        (Change(Changed.DEAL, amount=Money.of("1"), day=date(2027, 1, 1)), "day"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(change: Change, at: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        changed(given(), ME, change)
    assert [each.at for each in refused.value.problems] == [at]


@pytest.mark.parametrize(
    "change",
    [
        Change(Changed.SHARE, "D2", share=5),
        Change(Changed.DEAL, amount=Money.of("-1.05"), day=date(2026, 10, 1), product="P"),
    ],
)
def test_what_is_written_down_is_read_again(change: Change) -> None:
    part = Counted("sales", {"en": "Sales", "it": "Vendite"}, Money.of("1"), Money.of("3.50"))
    counter = Counter(change, Money.of("10"), Money.of("2.50"), (part,))
    assert read(written(counter)) == counter
    assert counter.asked == Money.of("12.50")
    assert read(written(replace(counter, parts=()))).parts == ()
