"""What is taken in can be asked for: facts for the modules above, lists and details for those who may see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome, StageStep
from spm_app.crm.domain.imports import Counts, Kind
from spm_app.crm.domain.queries import AccountQuery, DealQuery, DealSort
from spm_app.infra import audit
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotAllowed, NotFound
from spm_app.kernel.money import Money
from spm_app.kernel.period import Period
from tests.crm.builders import account, batch, deal, open_deal, owned

if TYPE_CHECKING:
    from spm_app.crm.domain.deals import Deal
    from tests.crm.builders import Staff

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def filled(staff: Staff) -> Staff:
    """Rep has a won and an open deal, other a lost one; one deal is shared, one belongs to nobody."""
    rep, other = staff.rep.person_id, staff.other.person_id
    deals = (
        deal("D1", owners=owned(rep)),
        open_deal("O1", owners=owned(rep), close_on=date(2026, 12, 24), account="", amount=Money.of("70.50")),
        deal("L1", owners=owned(other), outcome=Outcome.LOST, stage="Lost", amount=Money.of(0), account="Beta"),
        deal("S1", owners=owned(rep, other), close_on=date(2026, 11, 30), amount=Money.of("10.01"), product=""),
        open_deal("N1", opened_on=None),
    )
    made = batch(*deals)
    crm.load(staff.admin, replace(made, accounts=(*made.accounts, account("Beta", sector="medical"))), "test")
    return staff


def ids(found: tuple[Deal, ...]) -> list[str]:
    return [each.external_id for each in found]


def test_facts_are_asked_by_period(filled: Staff) -> None:
    with reading() as work:
        assert ids(crm.closed_in(work, NOVEMBER)) == ["D1", "L1", "S1"]
        assert ids(crm.closed_in(work, Period(date(2026, 11, 4), date(2026, 11, 30)))) == []
        assert ids(crm.opened_in(work, Period(date(2026, 9, 1), date(2026, 9, 2)))) == ["D1", "O1", "L1", "S1"]
        assert ids(crm.open_deals(work)) == ["O1", "N1"]
        assert [each.code for each in crm.products(work)] == ["GTX Pro"]


def test_a_deal_comes_back_as_it_was_told(filled: Staff) -> None:
    with reading() as work:
        won, lost, shared = crm.closed_in(work, NOVEMBER)
        assert (won.account_name, won.product_code, won.amount) == ("Acme Ltd", "GTX Pro", Money.of("1000"))
        assert lost.amount is None  # a lost deal's zero says nothing
        assert shared.owners == owned(filled.rep.person_id, filled.other.person_id)
        assert (shared.product_id, shared.product_code) == (None, "")
        pending = crm.open_deals(work)[0]
        assert (pending.closed_on, pending.expected_close_on) == (None, date(2026, 12, 24))
        assert crm.deal_by_ids(work, [shared.id, won.id]) == (won, shared)
        assert crm.stages_of(work, won.id) == (StageStep("Won", Outcome.WON, date(2026, 11, 3)),)


def test_the_same_again_changes_nothing(filled: Staff) -> None:
    again = batch(deal("D1", owners=owned(filled.rep.person_id)))
    result = crm.load(filled.admin, again, "test")
    assert result.counts == {kind: Counts(1, unchanged=1) for kind in (Kind.PRODUCT, Kind.ACCOUNT, Kind.DEAL)}
    elsewhere = crm.load(filled.admin, again, "another system")
    assert elsewhere.total == Counts(3, created=3)


def test_a_changed_deal_keeps_its_past(filled: Staff) -> None:
    signed = deal("O1", owners=owned(filled.other.person_id), account="", close_on=date(2026, 11, 12))
    result = crm.load(filled.admin, batch(signed), "test")
    assert result.counts[Kind.DEAL] == Counts(1, changed=1)
    with reading() as work:
        found = next(each for each in crm.closed_in(work, NOVEMBER) if each.external_id == "O1")
        assert (found.expected_close_on, found.closed_on) == (date(2026, 12, 24), date(2026, 11, 12))
        assert found.owners == owned(filled.other.person_id)
        assert [step.stage for step in crm.stages_of(work, found.id)] == ["Proposal", "Won"]


def test_a_source_may_bring_the_whole_history(staff: Staff) -> None:
    steps = (
        StageStep("Proposal", Outcome.OPEN, date(2026, 9, 1)),
        StageStep("Won", Outcome.WON, date(2026, 11, 3)),
    )
    crm.load(staff.admin, batch(deal(history=steps)), "test")
    with reading() as work:
        assert crm.stages_of(work, crm.closed_in(work, NOVEMBER)[0].id) == steps


def test_refused_rows_are_named_and_the_rest_is_taken(staff: Staff) -> None:
    result = crm.load(staff.admin, batch(deal("D1"), deal("D2", close_on=None)), "test")
    assert result.counts[Kind.DEAL] == Counts(2, created=1, refused=1)
    assert [(each.row, each.problem.at) for each in result.findings] == [(2, "close_on")]


def test_only_who_may_import_loads_and_it_is_recorded(staff: Staff) -> None:
    with pytest.raises(NotAllowed):
        crm.load(staff.rep, batch(), "test")
    crm.load(staff.admin, batch(), "test")
    with reading() as work:
        assert audit.page(work, act="crm.imported")[0].actor_name == "Ada Admin"
        assert audit.verify(work) is None


@pytest.mark.parametrize(
    ("who", "seen"), [("admin", "D1 L1 N1 O1 S1"), ("manager", "D1 O1 S1"), ("rep", "D1 O1 S1"), ("other", "L1 S1")]
)
def test_everybody_sees_their_own_part(filled: Staff, who: str, seen: str) -> None:
    actor = getattr(filled, who)
    page = crm.deals_page(actor, DealQuery())
    assert sorted(each.external_id for each in page.rows) == seen.split()
    assert page.total == len(page.rows)
    for name in ("D1", "L1", "N1"):
        with reading() as work:
            (number,) = [each.id for each in crm.deal_by_ids(work, range(1, 9)) if each.external_id == name]
        if name in seen:
            assert crm.deal(actor, number).deal.external_id == name
        else:
            with pytest.raises(NotFound):
                crm.deal(actor, number)


def test_who_does_not_sell_sees_no_deal(filled: Staff) -> None:
    for ask in (
        lambda: crm.deals_page(filled.trainer, DealQuery()),
        lambda: crm.accounts_page(filled.trainer, AccountQuery()),
        lambda: crm.choices(filled.trainer),
        lambda: crm.sectors(filled.trainer),
    ):
        with pytest.raises(NotAllowed):
            ask()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (DealQuery(words="acme"), "S1 D1 N1"),
        (DealQuery(words="%"), ""),
        (DealQuery(outcome=Outcome.OPEN), "O1 N1"),
        (DealQuery(stage="Lost"), "L1"),
        (DealQuery(product="GTX Pro", outcome=Outcome.WON), "D1"),
        (DealQuery(closed_from=date(2026, 11, 30), closed_to=date(2026, 12, 1)), "S1"),
        (DealQuery(sort=DealSort.AMOUNT), "D1 O1 S1 L1 N1"),
        (DealQuery(sort=DealSort.CLOSED, descending=False), "D1 L1 S1 O1 N1"),
        (DealQuery(sort=DealSort.NAME, size=2, page=2, descending=False), "N1 O1"),
    ],
)
def test_deals_are_searched_filtered_sorted_and_paged(filled: Staff, query: DealQuery, expected: str) -> None:
    assert ids(crm.deals_page(filled.admin, query).rows) == expected.split()


def test_deals_are_narrowed_by_owner_account_and_team(filled: Staff) -> None:
    def asked(**narrowed: object) -> list[str]:
        return sorted(ids(crm.deals_page(filled.admin, DealQuery(**narrowed)).rows))  # type: ignore[arg-type]

    assert asked(owner_id=filled.other.person_id) == ["L1", "S1"]
    assert asked(team_id=filled.south) == ["L1", "S1"]
    with reading() as work:
        number = crm.closed_in(work, NOVEMBER)[0].account_id
    assert asked(account_id=number) == ["D1", "N1", "S1"]
    spring = {"closed_from": date(2024, 3, 1), "closed_to": date(2024, 6, 1)}
    assert asked(team_id=filled.north, **spring) == []
    assert crm.deals_page(filled.rep, DealQuery(team_id=filled.south)).total == 0


def test_a_page_sums_up_everything_that_matches(filled: Staff) -> None:
    page = crm.deals_page(filled.admin, DealQuery(size=1))
    assert (len(page.rows), page.total) == (1, 5)
    assert page.totals.amounts == {
        Outcome.WON: (Money.of("1010.01"),),
        Outcome.OPEN: (Money.of("70.50"),),
        Outcome.LOST: (),
    }
    own = crm.deals_page(filled.rep, DealQuery(words="D1", size=1)).totals
    assert (own.count, own.amounts[Outcome.WON], own.amounts[Outcome.OPEN]) == (1, (Money.of("1000"),), ())


def test_two_currencies_are_never_added_up(filled: Staff) -> None:
    crm.load(filled.admin, batch(deal("U1", amount=Money.of("5", "USD"), owners=owned(filled.rep.person_id))), "test")
    both = (Money.of("1010.01"), Money.of("5", "USD"))
    assert crm.deals_page(filled.admin, DealQuery(size=1)).totals.amounts[Outcome.WON] == both
    accounts = crm.accounts_page(filled.admin, AccountQuery(words="Acme"))
    assert accounts.rows[0].won == both
    assert accounts.totals.amounts[Outcome.WON] == both


def test_accounts_sum_up_the_deals_in_sight(filled: Staff) -> None:
    everything = crm.accounts_page(filled.admin, AccountQuery(size=1)).totals
    assert (everything.count, everything.deals) == (2, 4)
    assert (everything.amounts[Outcome.WON], everything.amounts[Outcome.OPEN]) == ((Money.of("1010.01"),), ())
    retail = crm.accounts_page(filled.rep, AccountQuery(sector="retail")).totals
    assert (retail.count, retail.deals, retail.amounts[Outcome.WON]) == (1, 2, (Money.of("1010.01"),))


def test_choices_are_what_can_be_seen(filled: Staff) -> None:
    everything = crm.choices(filled.admin)
    assert [name for _, name in everything.owners] == ["Olga Other", "Rino Rep"]
    assert [name for _, name in everything.teams] == ["North", "South"]
    assert everything.stages == ((Outcome.LOST, "Lost"), (Outcome.OPEN, "Proposal"), (Outcome.WON, "Won"))
    assert [name for _, name in crm.choices(filled.rep).owners] == ["Rino Rep"]
    assert [name for _, name in crm.choices(filled.rep).teams] == ["North"]


def test_accounts_are_those_that_one_sells_to(filled: Staff) -> None:
    page = crm.accounts_page(filled.admin, AccountQuery(sort="won", descending=True))
    assert [(each.account.external_id, each.deals, each.open, each.won) for each in page.rows] == [
        ("Acme", 3, 1, (Money.of("1010.01"),)),
        ("Beta", 1, 0, ()),
    ]
    assert [each.account.name for each in crm.accounts_page(filled.rep, AccountQuery()).rows] == ["Acme Ltd"]
    assert crm.accounts_page(filled.admin, AccountQuery(words="beta", sector="medical")).total == 1
    assert crm.sectors(filled.admin) == ("medical", "retail")


def test_an_account_is_shown_with_the_deals_in_sight(filled: Staff) -> None:
    acme, beta = (each.account.id for each in crm.accounts_page(filled.admin, AccountQuery()).rows)
    assert crm.account(filled.admin, acme).deals.total == 3
    assert crm.account(filled.other, acme).deals.total == 1
    assert crm.account(filled.rep, acme).won == (Money.of("1010.01"),)
    with pytest.raises(NotFound):
        crm.account(filled.rep, beta)
