"""The pay curve and a what-if say the very same as the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from spm_app.compensation.domain.curve import Threshold, curve_of, earned_with, explained, is_plain, pay_at
from spm_app.compensation.domain.inputs import InForce, Share, Transaction
from spm_app.compensation.engine import calculate
from tests.compensation.plans import SELLER, plan
from tests.compensation.proof.proofs import PLANS, inputs

OWN = [kind for kind in PLANS if kind != "team"]


def of(text: str, payee: int, *amounts: int) -> dict[str, Any]:
    given = inputs(*amounts)
    found = calculate([InForce(7, plan(text))], given).payees()
    return dict(next(each for each in found if each.payee_id == payee).components[0].derivation)


@pytest.mark.parametrize("kind", OWN)
@pytest.mark.parametrize("amounts", [(5_000,), (33_333, 1), (200_001, -40_000, 7)])
def test_more_deals_earn_what_the_engine_would_pay(kind: str, amounts: tuple[int, ...]) -> None:
    before, after = of(PLANS[kind], 1), of(PLANS[kind], 1, *amounts)
    assert is_plain(before)
    assert earned_with(before, amounts) == after["earned"]


@pytest.mark.parametrize("kind", [kind for kind in OWN if kind != "alone"])
def test_the_curve_goes_through_where_the_payee_stands(kind: str) -> None:
    told = of(PLANS[kind], 1)
    curve = curve_of(told, 100)
    assert curve is not None
    assert curve.here == (told["measure"], told["earned"])
    places = [place for place, _ in curve.points]
    assert places == sorted(set(places))
    assert all(pay_at(told, place) == pay for place, pay in curve.points)


def test_the_next_threshold_says_how_much_is_missing_and_what_it_is_worth() -> None:
    told = of(SELLER, 1)  # 40,335 of a quota of 70,000: 75 % begins at 52,500
    curve = curve_of(told, 100)
    assert curve is not None
    assert (told["measure"], curve.quota) == (40_335, 70_000)
    assert curve.threshold == Threshold(52_500, 12_165, 608)
    assert curve.next_unit * 100 == 5


def test_on_an_upper_bound_the_next_band_begins_just_above() -> None:
    curve = curve_of(of(PLANS["upper"], 1), 100)
    assert curve is not None
    assert curve.threshold is not None
    assert (curve.threshold.at, curve.threshold.worth) == (70_001, 4_877)


def test_above_the_last_bound_there_is_no_threshold() -> None:
    curve = curve_of(of(SELLER, 1, 100_000), 100)
    assert curve is not None
    assert curve.threshold is None


def test_there_is_no_curve_without_a_quota_or_where_each_deal_stands_alone() -> None:
    assert curve_of(of(SELLER, 4), 100) is None
    assert curve_of(of(PLANS["alone"], 1), 100) is None
    assert not is_plain({**of(SELLER, 1), "cap": {}})


def test_one_payee_is_enough() -> None:
    """A slice of the inputs gives what the whole gives: what a what-if rests on."""
    whole = inputs(5_000)
    own = {each.transaction for each in whole.shares if each.person_id == 1}
    part = replace(
        whole,
        transactions=tuple(each for each in whole.transactions if each.id in own),
        shares=tuple(each for each in whole.shares if each.transaction in own),
    )
    results = [
        next(each for each in calculate([InForce(7, plan())], given).payees() if each.payee_id == 1).earned
        for given in (whole, part)
    ]
    assert results[0] == results[1]
    assert Transaction("F0", date(2026, 1, 15), 5_000) in part.transactions
    assert Share("F0", 1) in part.shares


def test_a_difference_is_explained_to_the_last_cent() -> None:
    before, now = of(SELLER, 1), of(SELLER.replace("rate: 5 %", "rate: 6 %"), 1, 20_000)
    now["quota"] = 60_000
    now["earned"] = earned_with(now, ())
    causes = explained(before, now)
    assert causes is not None
    assert [name for name, _ in causes] == ["rule", "quota", "measure"]
    assert sum(amount for _, amount in causes) == now["earned"] - before["earned"]
    assert causes[0] == ("rule", 403)
    assert explained(before, before) == ()


def test_what_each_deal_earns_alone_is_not_explained_by_a_measure() -> None:
    alone = of(PLANS["alone"], 1)
    assert explained(alone, alone) is None
    assert explained({**alone, "cap": {}}, alone) is None
