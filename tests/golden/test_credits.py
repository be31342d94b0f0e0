"""Who is credited with what: owners, managers, overlays, named roles, shares, values and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation.domain.inputs import Named, Person, Share
from tests.golden.company import (
    ANNA,
    BRUNO,
    CARLA,
    DINO,
    component,
    day,
    earned,
    inputs,
    lines,
    seat,
    won,
    written,
)

if TYPE_CHECKING:
    from spm_app.compensation.domain.inputs import Inputs
    from spm_app.compensation.domain.terms import Plan
    from tests.golden.company import Reckon

REPS = tuple(seat(each) for each in (ANNA, BRUNO, CARLA))
SPRING = {"campaign": "spring"}
TEN = written(component("rate: 10 %"))


def credits_of(reckon: Reckon, plan: Plan, data: Inputs) -> dict[int, list[int]]:
    paid = reckon([plan], data)
    return {key[0]: [each.credit for each in found.rows] for key, found in paid.items()}


def test_three_owners_of_a_deal_share_it_to_the_cent(reckon: Reckon) -> None:
    """100.00 in 33.3333 %, 33.3333 % and 33.3334 %: 33.3333, 33.3333 and 33.3334; the cent goes to the largest rest."""
    shares = (Share("A", ANNA, 333_333), Share("A", BRUNO, 333_333), Share("A", CARLA, 333_334))
    found = credits_of(reckon, TEN, inputs("2026-Q1", won("A", "01-10", 100), shares=shares, seats=REPS))
    assert found == {ANNA: [33_33], BRUNO: [33_33], CARLA: [33_34]}


def test_the_cents_of_a_return_are_shared_as_those_of_the_sale(reckon: Reckon) -> None:
    """-100.00 in the same parts: together it is again the whole return."""
    shares = (Share("A", ANNA, 333_333), Share("A", BRUNO, 333_333), Share("A", CARLA, 333_334))
    found = credits_of(reckon, TEN, inputs("2026-Q1", won("A", "01-10", -100), shares=shares, seats=REPS))
    assert sum(sum(each) for each in found.values()) == -100_00


def test_a_manager_is_credited_with_everybody_below_up_to_so_many_levels(reckon: Reckon) -> None:
    """Bruno leads Anna, Carla leads Bruno. Of Anna's 1,000.00 and Bruno's 500.00 at 2 %: Bruno 20.00, Carla 30.00."""
    plan = written(component("rate: 2 %", credit="{to: manager, levels: 2}"), eligibility="{titles: [lead]}")
    seats = (seat(manager_id=BRUNO), seat(BRUNO, "lead", manager_id=CARLA), seat(CARLA, "lead"))
    deals = (won("A", "01-10", 1_000), won("B", "01-11", 500))
    shares = (Share("A", ANNA), Share("B", BRUNO))
    paid = reckon([plan], inputs("2026-Q1", *deals, shares=shares, seats=seats))
    assert (earned(paid, BRUNO), earned(paid, CARLA)) == (20_00, 30_00)
    assert lines(paid, CARLA) == [("A", 20_00), ("B", 10_00)]


def test_a_deal_of_two_below_is_one_line_for_the_manager(reckon: Reckon) -> None:
    """60 % Anna's and 40 % Carla's, both below Bruno: he has the whole 1,000.00, once; 2 % are 20.00."""
    plan = written(component("rate: 2 %", credit="{to: manager}"), eligibility="{titles: [lead]}")
    seats = (seat(manager_id=BRUNO), seat(CARLA, manager_id=BRUNO), seat(BRUNO, "lead"))
    shares = (Share("A", ANNA, 600_000), Share("A", CARLA, 400_000))
    paid = reckon([plan], inputs("2026-Q1", won("A", "01-10", 1_000), shares=shares, seats=seats))
    assert lines(paid, BRUNO) == [("A", 20_00)]


def test_an_overlay_is_credited_with_the_whole_of_what_others_sell(reckon: Reckon) -> None:
    """Bruno, a specialist in clouds, has 1 % of the 8,000.00 of clouds that Anna sold, beside her own 10 %."""
    terms = component("rate: 1 %", credit="{to: overlay, when: \"family = 'cloud'\"}")
    special = replace(written(terms, eligibility="{titles: [specialist]}"), code="special")
    deals = (won("A", "01-10", 8_000, family="cloud"), won("B", "01-11", 5_000, family="desk"))
    seats = (seat(), seat(BRUNO, "specialist"), seat(CARLA, "specialist"))
    paid = reckon([TEN, special], inputs("2026-Q1", *deals, seats=seats))
    assert paid[BRUNO, "special", "pay"].earned == paid[CARLA, "special", "pay"].earned == 80_00
    assert earned(paid) == 1_300_00


def test_who_is_named_in_a_role_is_credited_with_the_named_part(reckon: Reckon) -> None:
    """The deal names Bruno as engineer for 50 % of 1,000.00 and the rule gives half of it: 250.00, of which 10 %."""
    plan = written(component("rate: 10 %", credit="{to: named, role: engineer, share: 50 %}"))
    named = (Named("A", BRUNO, "engineer", 500_000), Named("A", CARLA, "partner"))
    paid = reckon([plan], inputs("2026-Q1", won("A", "01-10", 1_000), named=named, seats=REPS))
    assert (earned(paid, BRUNO), earned(paid, CARLA), earned(paid, ANNA)) == (25_00, 0, 0)


def test_a_rule_may_credit_a_part(reckon: Reckon) -> None:
    """Renewals count for a quarter: 10 % of 1,000.00 and of 250.00."""
    credit = "[{to: owner, when: \"type = 'new'\"}, {to: owner, share: 25 %, when: \"type = 'renewal'\"}]"
    deals = (won("A", "01-10", 1_000, type="new"), won("B", "01-11", 1_000, type="renewal"))
    paid = reckon([written(component("rate: 10 %", credit=credit))], inputs("2026-Q1", *deals))
    assert lines(paid) == [("A", 100_00), ("B", 25_00)]


def test_two_rules_that_both_hold_make_two_lines(reckon: Reckon) -> None:
    """Anna owns A and is named its hunter: 1,000.00 and 100.00 of extra credit."""
    credit = "[{to: owner}, {to: named, role: hunter, share: 10 %}]"
    data = inputs("2026-Q1", won("A", "01-10", 1_000), named=(Named("A", ANNA, "hunter"),))
    paid = reckon([written(component("rate: 10 %", credit=credit))], data)
    assert lines(paid) == [("A", 100_00), ("A", 10_00)]


@pytest.mark.parametrize(
    ("value", "credit"),
    [
        ("amount * 50 %", 500_00),
        ("least(amount, 600)", 600_00),
        ("greatest(amount, 2000)", 2_000_00),
        ("margin", 300_00),
        ("amount - margin", 700_00),
        ("greatest(margin - 400, 0)", 0),
        ("case when type = 'multi' then amount * 120 % else amount end", 1_200_00),
        ("units * 10", 125_00),
        ("amount * 33.3333 %", 333_33),
        ("amount * margin_rate", 300_00),
    ],
)
def test_a_value_says_what_of_a_deal_counts(reckon: Reckon, value: str, credit: int) -> None:
    """A deal of 1,000.00 with a margin of 300.00 and 12.5 units."""
    plan = written(component("rate: 10 %", credit=f'{{to: owner, value: "{value}"}}'))
    deal = won("A", "01-10", 1_000, margin=300_00, units=12_500_000, type="multi")
    assert credits_of(reckon, plan, inputs("2026-Q1", deal))[ANNA] == [credit]


@pytest.mark.parametrize(
    ("when", "counted"),
    [
        ("amount >= 500", "BC"),
        ("not amount >= 500", "A"),
        ("discount < 20 %", "A"),
        ("discount is null", "C"),
        ("not discount < 20 %", "BC"),
        ("type in ('new', 'renewal') and units = 2", "A"),
        ("region = 'north' or region is null", "AC"),
        ("closed_on between date '2026-01-11' and date '2026-01-12'", "BC"),
        ("extra.campaign = 'spring'", "B"),
        ("margin_rate >= 30 %", "B"),
        ("product <> 'desk'", "B"),
        ("not product = 'desk'", "BC"),
    ],
)
def test_a_condition_says_which_deals_count(reckon: Reckon, when: str, counted: str) -> None:
    """What is empty compares with nothing, and its opposite is true."""
    deals = (
        won("A", "01-10", 400, type="new", units=2_000_000, discount=100_000, region="north", product="desk", margin=0),
        won("B", "01-11", 500, discount=200_000, region="south", product="chair", margin=150_00, extra=SPRING),
        won("C", "01-12", 600),
    )
    paid = reckon(
        [written(component("rate: 10 %", credit=f'{{to: owner, when: "{when}"}}'))], inputs("2026-Q1", *deals)
    )
    assert "".join(name for name, _ in lines(paid)) == counted


def test_a_plan_may_pay_when_the_customer_has_paid(reckon: Reckon) -> None:
    """A was won in March and paid in April, B won and paid in March, C has not been paid."""
    plan = written(component("rate: 10 %", credit="{to: owner, date: paid_on}"))
    deals = (
        won("A", "03-20", 1_000, paid_on=day("04-15")),
        won("B", "03-21", 2_000, paid_on=day("03-31")),
        won("C", "03-22", 4_000),
    )
    assert earned(reckon([plan], inputs("2026-Q1", *deals))) == 200_00
    assert earned(reckon([plan], inputs("2026-Q2", *deals))) == 100_00


def test_a_position_and_a_person_may_be_paid_for_some_days(reckon: Reckon) -> None:
    """Anna by her position P-9, Bruno by his code up to 31 January, Carla by neither; each sells twice."""
    who = "{positions: [P-9], people: [{code: B7, from: 2026-01-01, to: 2026-01-31}]}"
    deals = [won(f"{name}{month}", f"0{month}-15", 100) for name in "ABC" for month in (1, 3)]
    owners = {"A": ANNA, "B": BRUNO, "C": CARLA}
    data = inputs(
        "2026-Q1",
        *deals,
        shares=tuple(Share(each.id, owners[each.id[0]]) for each in deals),
        seats=(seat(position="P-9"), seat(BRUNO), seat(CARLA)),
        people=(Person(BRUNO, "B7"), Person(CARLA, "C7")),
    )
    paid = reckon([written(component("rate: 10 %"), eligibility=who)], data)
    assert {key[0]: [name for name, _ in lines(paid, key[0])] for key in paid} == {ANNA: ["A1", "A3"], BRUNO: ["B1"]}


def test_splits_and_overrides_count_by_the_tree_of_the_day(reckon: Reckon) -> None:
    """Dino took over from Bruno on 1 February."""
    plan = written(component("rate: 1 %", credit="{to: manager}"), eligibility="{titles: [lead]}")
    change = date(2026, 2, 1)
    seats = (
        seat(manager_id=BRUNO, end=change),
        seat(manager_id=DINO, start=change),
        seat(BRUNO, "lead"),
        seat(DINO, "lead"),
    )
    deals = (won("A", "01-31", 1_000), won("B", "02-01", 2_000))
    paid = reckon([plan], inputs("2026-Q1", *deals, seats=seats))
    assert (earned(paid, BRUNO), earned(paid, DINO)) == (10_00, 20_00)
