"""The facts of periods: everything is asked of the rooms below once, then cut to period and sellers who count."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from spm_app.analytics.domain.facts import Facts, Open, Opened, Target, Won
from spm_app.crm import service as crm
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rate import PPM
from spm_app.kernel.rights import Actor, Permission
from spm_app.people import service as people
from spm_app.planning import service as planning

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from spm_app.crm.domain.sales import Sale
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
class Book:
    """What one request's figures are computed from, all of it read once: deals in order of their day, quotas."""

    closed: tuple[Sale, ...]
    opened: tuple[Sale, ...]
    open_at: Mapping[date, tuple[Sale, ...]]
    quotas: Mapping[Period, Mapping[PersonId, int]]


def book(work: Work, calendar: FiscalCalendar, asked: Collection[Asked], today: date) -> Book:
    """Everything that the figures of these periods need. Today's pipeline is what is open; a past day's is of then."""
    sales = crm.sales_since(work, min(each.whole.start for each in asked))
    past = crm.pipelines_at(work, sales, {each.upto.last_day for each in asked} - {today})
    pending = tuple(each for each in sales if each.outcome == "open")
    return Book(
        closed=closed_of(sales),
        opened=tuple(sorted((each for each in sales if each.opened_on), key=_opening)),
        open_at={**past, today: pending},
        quotas=quotas_in(work, {quarter for each in asked for quarter in quarters_of(calendar, each.whole)}),
    )


def quotas_in(work: Work, quarters: Iterable[Period]) -> dict[Period, Mapping[PersonId, int]]:
    """Minor units that each person is to sell, by quarter."""
    found = {quarter: planning.quotas(work, quarter) for quarter in quarters}
    return {quarter: {each.person_id: each.amount.minor for each in quotas} for quarter, quotas in found.items()}


def closed_of(sales: Iterable[Sale]) -> tuple[Sale, ...]:
    """Those won or lost, in order of that day."""
    return tuple(sorted((each for each in sales if each.closed_on and each.outcome != "open"), key=_closing))


def closed_in(closed: Sequence[Sale], period: Period) -> Sequence[Sale]:
    """Those of the period, of deals in order of the day they closed."""
    return _between(closed, period, _closing)


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


def facts(calendar: FiscalCalendar, asked: Asked, found: Book) -> Facts:
    """The period's deals, what was open at its end, and what was to be sold."""
    as_of = asked.upto.last_day
    decided = list(_with_parts(closed_in(found.closed, asked.upto), asked.sellers))
    still_open = list(_with_parts(found.open_at[as_of], asked.sellers))
    return Facts(
        as_of=as_of,
        won=tuple(_won(decided)),
        lost=sum(sale.outcome == "lost" for sale, _ in decided),
        still_open=tuple(Open(minor_of(sale, part), sale.stage) for sale, part in still_open),
        opened=tuple(_opened(found.opened, asked)),
        undated=sum(sale.opened_on is None for sale, _ in (*decided, *still_open)),
        target=_target(calendar, asked, found),
    )


def part_of(sale: Sale, sellers: Sellers) -> int:
    """How much of a deal counts, in parts per million: all of it for everybody, else the shares of those seen."""
    if sellers is None:
        return PPM
    return sum(each.share_ppm for each in sale.owners if each.person_id in sellers)


def minor_of(sale: Sale, part: int) -> int | None:
    """The part of the amount in minor units; None when the amount is not known."""
    return None if sale.minor is None else sale.minor * part // PPM


def won_by_person(closed: Iterable[Sale]) -> dict[PersonId, int]:
    """Minor units won, by who has a share in them."""
    won: defaultdict[PersonId, int] = defaultdict(int)
    for sale in closed:
        if sale.outcome == "won":
            for owner in sale.owners:
                won[owner.person_id] += minor_of(sale, owner.share_ppm) or 0
    return won


def _with_parts(sales: Iterable[Sale], sellers: Sellers) -> Iterator[tuple[Sale, int]]:
    """Those that count, with how much of them does."""
    return ((sale, part) for sale in sales if (part := part_of(sale, sellers)))


def _won(decided: Iterable[tuple[Sale, int]]) -> Iterator[Won]:
    for sale, part in decided:
        if sale.outcome == "won" and sale.closed_on:
            yield Won(minor_of(sale, part), sale.opened_on, sale.closed_on)


def _opened(opened: Sequence[Sale], asked: Asked) -> Iterator[Opened]:
    """A close after the day as of which it is looked at has not happened yet."""
    last_day = asked.upto.last_day
    for sale in _between(opened, asked.upto, _opening):
        if part_of(sale, asked.sellers):
            is_over = sale.closed_on is not None and sale.closed_on <= last_day
            yield Opened(_opening(sale), sale.closed_on if is_over else None)


def _between(sales: Sequence[Sale], period: Period, day_of: Callable[[Sale], date]) -> Sequence[Sale]:
    """Those of the period, of deals in order of that day."""
    return sales[bisect_left(sales, period.start, key=day_of) : bisect_left(sales, period.end, key=day_of)]


def _closing(sale: Sale) -> date:
    return sale.closed_on or date.max


def _opening(sale: Sale) -> date:
    return sale.opened_on or date.max


def _target(calendar: FiscalCalendar, asked: Asked, found: Book) -> Target:
    """The quotas of the quarters inside the period, and what the same people won in the same quarters."""
    if calendar.grain_of(asked.whole) is Grain.MONTH:
        return Target(reason="analytics.na.quota_by_quarter")
    quota = credited = 0
    until = closed_in(found.closed, asked.upto)
    for quarter in quarters_of(calendar, asked.whole):
        carried = {
            person: minor
            for person, minor in found.quotas[quarter].items()
            if minor and (asked.sellers is None or person in asked.sellers)
        }
        quota += sum(carried.values())
        won = won_by_person(closed_in(until, quarter)) if carried else {}
        credited += sum(minor for each, minor in won.items() if each in carried)
    return Target(quota or None, credited)


def quarters_of(calendar: FiscalCalendar, period: Period) -> Sequence[Period]:
    """The quarters of a quarter, half-year or year; none of a month."""
    found = calendar.periods(calendar.year_of(period.start), Grain.QUARTER)
    return [each for each in found if each.start >= period.start and each.end <= period.end]


def _up(team_id: TeamId | None, above: Mapping[TeamId, TeamId | None]) -> Iterator[TeamId]:
    """The team and every one that it hangs under."""
    while team_id is not None:
        yield team_id
        team_id = above.get(team_id)
