"""The facts of a period: each question is asked of the rooms below once, then cut to the sellers who count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.analytics.domain.facts import Facts, Open, Opened, Target, Won
from spm_app.crm import service as crm
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rate import PPM
from spm_app.kernel.rights import Actor, Permission
from spm_app.people import service as people
from spm_app.planning import service as planning

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from spm_app.crm.domain.deals import Deal
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, TeamId
    from spm_app.kernel.period import FiscalCalendar

    #: The persons whose part counts; None is everybody's, owned or not.
    Sellers = frozenset[PersonId] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A period as the calendar has it, and how far into it: `upto` ends with the day as of which it is looked at."""

    whole: Period
    upto: Period
    sellers: Sellers


@dataclass(frozen=True, slots=True)
class Sold:
    """Every deal that was closed, and every one that was opened, in the span of all periods."""

    closed: tuple[Deal, ...]
    opened: tuple[Deal, ...]


def seen(work: Work, actor: Actor, period: Period) -> Sellers:
    """Totals are for who reads pay totals or all deals; a manager's are of the team, a seller's are own."""
    if actor.may(Permission.READ_PAY_TOTALS):
        return None
    return people.visible_people(work, actor, period, Permission.READ_ALL_CRM, Permission.READ_TEAM_CRM)


def sellers(work: Work, actor: Actor, period: Period, team_id: TeamId | None) -> Sellers:
    """Those whom the actor sees, or of them those who sat in the team or one under it."""
    visible = seen(work, actor, period)
    if team_id is None:
        return visible
    found = members(work, team_id, period)
    return found if visible is None else found & visible


def members(work: Work, team_id: TeamId, period: Period) -> frozenset[PersonId]:
    """Who sat in the team, or in one under it, on at least one day of the period."""
    above = {each.id: each.parent_id for each in people.teams(work, period.last_day)}
    return frozenset(each.person_id for each in people.seats(work, period) if team_id in _up(each.team_id, above))


def facts(work: Work, calendar: FiscalCalendar, asked: Asked, sold: Sold, *, today: date) -> Facts:
    """The period's deals, what was open at its end, and what was to be sold."""
    as_of = asked.upto.last_day
    pending = crm.open_deals(work) if as_of == today else crm.pipeline_at(work, as_of)
    parts = [(deal, part_of(deal, asked.sellers)) for deal in sold.closed if _closed_in(deal, asked.upto)]
    decided = [(deal, part) for deal, part in parts if part]
    still_open = [(deal, part) for deal in pending if (part := part_of(deal, asked.sellers))]
    dated = [deal.opened_on for deal, _ in (*decided, *still_open)]
    return Facts(
        as_of=as_of,
        won=tuple(_won(decided)),
        lost=sum(deal.outcome == "lost" for deal, _ in decided),
        still_open=tuple(Open(minor_of(deal, part), deal.stage) for deal, part in still_open),
        opened=tuple(_opened(sold.opened, asked)),
        undated=dated.count(None),
        target=_target(work, calendar, asked, sold.closed),
    )


def part_of(deal: Deal, sellers: Sellers) -> int:
    """How much of a deal counts, in parts per million: all of it for everybody, else the shares of those seen."""
    if sellers is None:
        return PPM
    return sum(each.share_ppm for each in deal.owners if each.person_id in sellers)


def minor_of(deal: Deal, part: int) -> int | None:
    """The part of the amount in minor units; None when the amount is not known."""
    return None if deal.amount is None else deal.amount.minor * part // PPM


def won_by_person(closed: Iterable[Deal]) -> dict[PersonId, int]:
    """Minor units won, by who has a share in them."""
    won: defaultdict[PersonId, int] = defaultdict(int)
    for deal in closed:
        if deal.outcome == "won":
            for owner in deal.owners:
                won[owner.person_id] += minor_of(deal, owner.share_ppm) or 0
    return won


def _won(decided: Iterable[tuple[Deal, int]]) -> Iterator[Won]:
    for deal, part in decided:
        if deal.outcome == "won" and deal.closed_on:
            yield Won(minor_of(deal, part), deal.opened_on, deal.closed_on)


def _opened(opened: Iterable[Deal], asked: Asked) -> Iterator[Opened]:
    """A close after the day as of which it is looked at has not happened yet."""
    for deal in opened:
        if deal.opened_on and deal.opened_on in asked.upto and part_of(deal, asked.sellers):
            is_over = deal.closed_on is not None and deal.closed_on <= asked.upto.last_day
            yield Opened(deal.opened_on, deal.closed_on if is_over else None)


def _closed_in(deal: Deal, period: Period) -> bool:
    return deal.closed_on is not None and deal.closed_on in period


def _target(work: Work, calendar: FiscalCalendar, asked: Asked, closed: Collection[Deal]) -> Target:
    """The quotas of the quarters inside the period, and what the same people won in the same quarters."""
    if calendar.grain_of(asked.whole) is Grain.MONTH:
        return Target(reason="analytics.na.quota_by_quarter")
    quota = credited = 0
    for quarter in quarters_in(calendar, asked.whole):
        carried = _carried(work, quarter, asked.sellers)
        quota += sum(carried.values())
        carriers = frozenset(each for each, minor in carried.items() if minor)
        inside = [deal for deal in closed if _closed_in(deal, quarter) and _closed_in(deal, asked.upto)]
        credited += sum(minor for each, minor in won_by_person(inside).items() if each in carriers)
    return Target(quota or None, credited)


def _carried(work: Work, quarter: Period, sellers: Sellers) -> Mapping[PersonId, int]:
    return {
        each.person_id: each.amount.minor
        for each in planning.quotas(work, quarter)
        if sellers is None or each.person_id in sellers
    }


def quarters_in(calendar: FiscalCalendar, period: Period) -> Sequence[Period]:
    """The quarters of a quarter, half-year or year; none of a month."""
    found = calendar.periods(calendar.year_of(period.start), Grain.QUARTER)
    return [each for each in found if each.start >= period.start and each.end <= period.end]


def _up(team_id: TeamId | None, above: Mapping[TeamId, TeamId | None]) -> Iterator[TeamId]:
    """The team and every one that it hangs under."""
    while team_id is not None:
        yield team_id
        team_id = above.get(team_id)
