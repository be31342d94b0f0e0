"""Who reaches the quota: the leaderboard, and a manager's team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.analytics import store
from spm_app.analytics.domain.board import Board, Standing, ranked
from spm_app.analytics.service import gather
from spm_app.crm import service as crm
from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, TeamId
    from spm_app.kernel.money import Currency

#: How many quarters one's own trend has.
_TREND = 6


@dataclass(frozen=True, slots=True)
class Ranking:
    """The leaderboard of a quarter, with the reader's own attainment over the last quarters, oldest first.

    `is_listed` is False for a reader who chose not to be shown to colleagues.
    """

    period: Period
    currency: Currency
    board: Board
    trend: tuple[tuple[Period, Fraction], ...]
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Team:
    """Those whom a manager leads who carry a quota in the running quarter, by name, each with the quarter before."""

    period: Period
    currency: Currency
    rows: tuple[tuple[Standing, Standing | None], ...]


def board(actor: Actor, code: str = "", team_id: TeamId | None = None) -> Ranking:
    """Attainment of the quarter among all who carry a quota, or those of one team.

    The lower half is shown to who may read everybody's pay, and to managers as far as they lead it.
    """
    require(actor, Permission.READ_SALES_TOTALS)
    with reading() as work:
        company = people.company(work)
        today = company.calendar.day_of(clock.now())
        period = company.calendar.parse(code) if code else company.calendar.containing(today, Grain.QUARTER)
        quarters = [period]
        while len(quarters) < _TREND:
            quarters.append(company.calendar.before(quarters[-1]))
        standings = _standings(work, quarters[::-1])
        members = None if team_id is None else gather.members(work, team_id, period)
        led, unlisted = _led(work, actor, period), store.unlisted(work)
    ranked_now = [each for each in standings[period] if members is None or each.person_id in members]
    trend = tuple(
        (quarter, each.attainment)
        for quarter, found in standings.items()
        for each in found
        if each.person_id == actor.person_id and each.quota
    )
    found = ranked(ranked_now, actor.person_id, led, unlisted)
    return Ranking(period, company.currency, found, trend, actor.person_id not in unlisted)


def set_listed(actor: Actor, *, listed: bool) -> None:
    """Be shown to colleagues on the leaderboard, or not: everybody's own choice, at any time."""
    require(actor, Permission.READ_SALES_TOTALS)
    with unit_of_work() as work:
        if not store.set_listed(work, actor.person_id, listed=listed):
            return
        if listed:
            audit.record(work, actor, "board.joined", f"person:{actor.person_id}")
        else:
            audit.record(work, actor, "board.left", f"person:{actor.person_id}")
        bus.publish(work, "targets")


def team(actor: Actor) -> Team:
    """How those whom the actor leads stand in the running quarter. Nobody for who leads nobody."""
    require(actor, Permission.READ_TEAM_CRM)
    with reading() as work:
        company = people.company(work)
        period = company.calendar.containing(company.calendar.day_of(clock.now()), Grain.QUARTER)
        led = people.people_below(work, actor.person_id, period)
        previous = company.calendar.before(period)
        standings = _standings(work, (previous, period))
    before = {each.person_id: each for each in standings[previous] if each.quota}
    now = [each for each in standings[period] if each.person_id in led and each.quota]
    rows = tuple((each, before.get(each.person_id)) for each in sorted(now, key=lambda each: each.name))
    return Team(period, company.currency, rows)


def _standings(work: Work, quarters: Sequence[Period]) -> dict[Period, list[Standing]]:
    """By quarter, oldest first: everybody with a quota. Names and deals are read once for all of them."""
    names = {each.id: each.name for each in people.persons(work)}
    closed = gather.closed_of(crm.sales_since(work, quarters[0].start))
    won = {each: gather.won_by_person(gather.closed_in(closed, each)) for each in quarters}
    return {
        quarter: [
            Standing(person, names.get(person, ""), won[quarter].get(person, 0), quota)
            for person, quota in quotas.items()
        ]
        for quarter, quotas in gather.quotas_in(work, quarters).items()
    }


def _led(work: Work, actor: Actor, period: Period) -> frozenset[PersonId] | None:
    """Whom the actor leads; None is everybody."""
    if actor.may(Permission.READ_PAY_TOTALS):
        return None
    if not actor.may(Permission.READ_TEAM_CRM):
        return frozenset()
    return people.people_below(work, actor.person_id, period)
