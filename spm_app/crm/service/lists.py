"""Looking at what is sold: lists narrowed to what the actor may see, and one thing with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.crm.domain.deals import Outcome
from spm_app.crm.domain.queries import DealQuery, Page
from spm_app.crm.service.sight import members, seen, this_year
from spm_app.crm.store import accounts, deals
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.period import Grain, Period
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spm_app.crm.domain.deals import Account, Deal, Product, StageStep
    from spm_app.crm.domain.queries import AccountLine, AccountQuery
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import AccountId, DealId, PersonId, TeamId
    from spm_app.kernel.money import Money
    from spm_app.kernel.rights import Actor


@dataclass(frozen=True, slots=True)
class DealFile:
    """One deal with its past; `names` are those of its owners."""

    deal: Deal
    history: tuple[StageStep, ...]
    names: Mapping[PersonId, str]


@dataclass(frozen=True, slots=True)
class AccountFile:
    """One customer with the first page of its deals that the actor may see."""

    account: Account
    deals: Page[Deal]
    won: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list of deals can be narrowed by: only what the actor may see of owners and teams."""

    stages: tuple[tuple[Outcome, str], ...]
    products: tuple[Product, ...]
    owners: tuple[tuple[PersonId, str], ...]
    teams: tuple[tuple[TeamId, str], ...]
    periods: tuple[Period, ...]


def deals_page(actor: Actor, query: DealQuery) -> Page[Deal]:
    """The deals asked for that the actor may see."""
    with reading() as work:
        return _page(work, query, _narrowed(work, query, seen(work, actor)))


def deal(actor: Actor, deal_id: DealId) -> DealFile:
    """One deal. Raises NotFound, also for one that the actor may not see."""
    with reading() as work:
        sight = seen(work, actor)
        found = deals.by_ids(work, [deal_id])
        if not found or not (sight is None or sight & {owner.person_id for owner in found[0].owners}):
            raise NotFound("crm.deal_unknown")
        return DealFile(found[0], deals.history(work, deal_id), _names(work, found))


def accounts_page(actor: Actor, query: AccountQuery) -> Page[AccountLine]:
    """The customers asked for that the actor has deals with, or all for who sees everything."""
    with reading() as work:
        sight = seen(work, actor)
        return Page(accounts.page(work, query, sight), accounts.totals(work, query, sight), {})


def account(actor: Actor, account_id: AccountId) -> AccountFile:
    """One customer. Raises NotFound, also for one that no deal in sight leads to."""
    with reading() as work:
        sight = seen(work, actor)
        found = accounts.one(work, account_id, sight)
        query = DealQuery(account_id=account_id, size=50)
        page = _page(work, query, sight)
        return AccountFile(found, page, page.totals.amounts[Outcome.WON])


def sectors(actor: Actor) -> tuple[str, ...]:
    """Every sector in use."""
    with reading() as work:
        seen(work, actor)
        return accounts.sectors(work)


def choices(actor: Actor) -> Choices:
    """What the actor's list of deals can be narrowed by."""
    with reading() as work:
        sight = seen(work, actor)
        owning = deals.owners(work, sight)
        named = tuple((each.id, each.name) for each in people.persons(work) if each.id in owning)
        seats = people.seats(work, this_year(work), sight)
        teams = sorted({(each.team_id, each.team_name) for each in seats}, key=lambda each: each[1])
        return Choices(deals.stages(work), accounts.products(work), named, tuple(teams), _periods(work))


def _periods(work: Work) -> tuple[Period, ...]:
    """The running quarter, the seven before it, the running year and the two before it."""
    calendar = people.company(work).calendar
    today = calendar.day_of(clock.now())
    quarters, years = [calendar.containing(today, Grain.QUARTER)], [calendar.containing(today, Grain.YEAR)]
    while len(quarters) < 8:
        quarters.append(calendar.before(quarters[-1]))
    while len(years) < 3:
        years.append(calendar.before(years[-1]))
    return (*quarters, *years)


def _page(work: Work, query: DealQuery, sight: frozenset[PersonId] | None) -> Page[Deal]:
    rows = deals.page(work, query, sight)
    return Page(rows, deals.totals(work, query, sight), _names(work, rows))


def _narrowed(work: Work, query: DealQuery, sight: frozenset[PersonId] | None) -> frozenset[PersonId] | None:
    """Those in sight, or of them those who sat in the team (or one under it) in the period asked for."""
    if query.team_id is None:
        return sight
    period = Period(query.closed_from, query.closed_to) if query.closed_from and query.closed_to else this_year(work)
    found = members(work, query.team_id, period)
    return found if sight is None else sight & found


def _names(work: Work, found: Iterable[Deal]) -> dict[PersonId, str]:
    wanted = {owner.person_id for each in found for owner in each.owners}
    return {each.id: each.name for each in people.persons(work) if each.id in wanted} if wanted else {}
