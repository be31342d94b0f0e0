"""The generated company is the same for the same seed and day, and its figures could be a real company's."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from statistics import mean, median

import pytest

from spm_app.demo.company import DemoCompany, generate
from spm_app.demo.guides import GUIDES
from spm_app.demo.service import demo_sign_ins

TODAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def company() -> DemoCompany:
    return generate(TODAY)


@pytest.mark.slow
def test_the_same_seed_and_day_give_the_same_company(company: DemoCompany) -> None:
    assert generate(TODAY) == company
    assert generate(TODAY, seed=21).offers != company.offers


@pytest.mark.slow
@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2027, 2, 28), date(2028, 2, 29), date(2026, 8, 15)])
def test_any_day_will_do(today: date) -> None:
    made = generate(today)
    assert made.today == today
    assert all(offer.opened_on <= today and (offer.closed_on or today) <= today for offer in made.offers)


def test_about_forty_sell_in_three_regions(company: DemoCompany) -> None:
    sellers = [each for each in company.staff if each.is_seller]
    assert 34 <= len(sellers) <= 44
    by_key = {each.key: each for each in company.staff}
    top = {each.key for each in company.staff if not each.seats[0].manager}
    for each in sellers:
        above = each.seats[0].manager
        while above not in top:
            above = by_key[above].seats[0].manager
        assert by_key[above].seats[0].title == "DIRECTOR"


def test_nobody_is_hired_before_their_manager(company: DemoCompany) -> None:
    hired = {each.key: each.hired_on for each in company.staff}
    assert [
        each.key for each in company.staff if each.seats[0].manager and each.hired_on < hired[each.seats[0].manager]
    ] == []


def test_every_guide_is_there_and_the_rep_sits_in_the_managers_team(company: DemoCompany) -> None:
    by_name = {each.name: each for each in company.staff}
    for guide in GUIDES:
        assert guide.role in by_name[guide.name].roles
    assert by_name["Giulia Conti"].seats[-1].manager == by_name["Marco Ferrara"].key


def test_a_third_or_so_of_what_is_decided_is_won(company: DemoCompany) -> None:
    decided = [offer for offer in company.offers if offer.closed_on]
    assert 0.30 < mean(offer.is_won for offer in decided) < 0.50


def test_a_decision_takes_weeks_and_large_deals_take_longer(company: DemoCompany) -> None:
    def days(code: str) -> float:
        return median((o.closed_on - o.opened_on).days for o in company.offers if o.closed_on and o.good.code == code)

    assert 20 < days("RESPIRO") < days("VENTO") < days("SOLE") < days("CENTRALE") < 200


def test_august_is_quiet_and_a_quarters_last_month_is_not(company: DemoCompany) -> None:
    won = Counter(offer.closed_on.month for offer in company.offers if offer.is_won and offer.closed_on)
    assert won[8] < 0.6 * won[7]
    assert won[3] + won[6] + won[9] + won[12] > won[1] + won[4] + won[7] + won[10]


def test_shares_are_whole_and_owners_were_there(company: DemoCompany) -> None:
    by_key = {each.key: each for each in company.staff}
    for offer in company.offers:
        assert sum(part for _, part in offer.owners) == 100
        assert all(by_key[key].hired_on <= offer.opened_on for key, _ in offer.owners)


def test_some_deals_are_shared_and_some_have_no_amount_yet(company: DemoCompany) -> None:
    shared = mean(len(offer.owners) > 1 for offer in company.offers)
    unknown = mean(offer.amount is None for offer in company.offers)
    assert 0.06 < shared < 0.2
    assert 0.02 < unknown < 0.25


def test_outside_the_demo_nobody_is_listed(home: Path) -> None:
    assert demo_sign_ins() == ()
