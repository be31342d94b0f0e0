"""The front door of analytics: KPIs with their comparison, months, pipeline by stage, and the leaderboard."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.analytics.domain.board import Board, Standing, ranked
from spm_app.analytics.domain.facts import Facts, Open, Won
from spm_app.analytics.domain.kpis import KPIS, Figure, Kpi
from spm_app.crm import service as crm
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rate import PPM
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people
from spm_app.planning import service as planning

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from spm_app.crm.domain.deals import Deal
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, TeamId
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import FiscalCalendar

__all__ = ["Overview", "Reading", "board", "choices", "overview", "team_with_code"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One KPI now, in the period before, and the last periods oldest first for its trend."""

    kpi: Kpi
    now: Figure
    before: Figure
    trend: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on a dashboard. Months and stages are in minor units.

    Stages are those of now, so only the running period has them; while it runs, it is not judged against a whole one.
    """

    period: Period
    previous: Period
    currency: Currency
    readings: tuple[Reading, ...]
    months: tuple[tuple[Period, int, int], ...]
    stages: tuple[tuple[str, int, int], ...]
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What a dashboard can be narrowed by."""

    periods: tuple[Period, ...]
    teams: tuple[tuple[TeamId, str], ...]


def choices(actor: Actor) -> Choices:
    """The running quarter, seven before it, the running year and the one before; the teams of whom the actor sees."""
    require(actor, Permission.READ_SALES_TOTALS)
    with reading() as work:
        calendar = people.company(work).calendar
        today = calendar.day_of(clock.now())
        quarters, years = [calendar.containing(today, Grain.QUARTER)], [calendar.containing(today, Grain.YEAR)]
        while len(quarters) < 8:
            quarters.append(calendar.before(quarters[-1]))
        years.append(calendar.before(years[0]))
        seats = people.seats(work, quarters[0], _seen(work, actor, quarters[0]))
        teams = sorted({(each.team_id, each.team_name) for each in seats}, key=lambda each: each[1])
        return Choices((*quarters, *years), tuple(teams))


def team_with_code(actor: Actor, code: str) -> TeamId:
    """The team that other files call so, whatever the case. Raises NotFound."""
    require(actor, Permission.READ_SALES_TOTALS)
    with reading() as work:
        today = people.company(work).calendar.day_of(clock.now())
        found = {each.code.casefold(): each.id for each in people.teams(work, today)}
    if code.casefold() not in found:
        raise NotFound("analytics.no_such_team", code=code)
    return found[code.casefold()]


def overview(actor: Actor, code: str = "", team_id: TeamId | None = None) -> Overview:
    """The figures of a period (by default the running quarter) for all whom the actor sees, or one team of them."""
    require(actor, Permission.READ_SALES_TOTALS)
    with reading() as work:
        company = people.company(work)
        calendar = company.calendar
        today = calendar.day_of(clock.now())
        period = calendar.parse(code) if code else calendar.containing(today, Grain.QUARTER)
        periods = _back(calendar, period, 6)
        span = Period(periods[-1].start, max(today + timedelta(days=1), period.end), "span")
        deals = (*crm.closed_in(work, span), *crm.open_deals(work))
        facts = {each: _facts(work, each, _sellers(work, actor, each, team_id), deals) for each in periods}
    previous = periods[1]
    last_day = min(period.last_day, today)
    readings = tuple(
        Reading(
            kpi=kpi,
            now=kpi.of(facts[period], last_day),
            before=kpi.of(facts[previous], previous.last_day),
            trend=tuple(kpi.of(facts[each], min(each.last_day, today)) for each in reversed(periods)),
        )
        for kpi in KPIS
    )
    months = _months(calendar, period, previous, facts)
    is_running = today in period
    stages = _stages(facts[period]) if is_running else ()
    return Overview(period, previous, company.currency, readings, months, stages, is_running)


def board(actor: Actor, code: str = "") -> tuple[Period, Currency, Board]:
    """Attainment of the quarter among all who carry a quota; the lower half is for who may read everybody's pay."""
    require(actor, Permission.READ_SALES_TOTALS)
    with reading() as work:
        company = people.company(work)
        today = company.calendar.day_of(clock.now())
        period = company.calendar.parse(code) if code else company.calendar.containing(today, Grain.QUARTER)
        names = {each.id: each.name for each in people.persons(work)}
        won = _won_by_person(crm.closed_in(work, period))
        standings = [
            Standing(each.person_id, names.get(each.person_id, ""), won.get(each.person_id, 0), each.amount.minor)
            for each in planning.quotas(work, period)
        ]
    return period, company.currency, ranked(standings, actor.person_id, sees_all=actor.may(Permission.READ_PAY_TOTALS))


def _back(calendar: FiscalCalendar, period: Period, size: int) -> list[Period]:
    found = [period]
    while len(found) < size:
        found.append(calendar.before(found[-1]))
    return found


def _seen(work: Work, actor: Actor, period: Period) -> frozenset[PersonId] | None:
    """Totals are for who reads pay totals or all deals; a manager's are of the team, a seller's are own."""
    if actor.may(Permission.READ_PAY_TOTALS):
        return None
    return people.visible_people(work, actor, period, Permission.READ_ALL_CRM, Permission.READ_TEAM_CRM)


def _sellers(work: Work, actor: Actor, period: Period, team_id: TeamId | None) -> frozenset[PersonId] | None:
    seen = _seen(work, actor, period)
    if team_id is None:
        return seen
    above = {each.id: each.parent_id for each in people.teams(work, period.last_day)}
    members = frozenset(each.person_id for each in people.seats(work, period) if team_id in _up(each.team_id, above))
    return members if seen is None else members & seen


def _up(team_id: TeamId | None, above: Mapping[TeamId, TeamId | None]) -> Iterator[TeamId]:
    """The team and every one that it hangs under."""
    while team_id is not None:
        yield team_id
        team_id = above.get(team_id)


def _facts(work: Work, period: Period, sellers: frozenset[PersonId] | None, deals: Collection[Deal]) -> Facts:
    """The period's deals cut to these sellers, what was open when it ended, and what they were to sell."""
    calendar = people.company(work).calendar
    is_year = calendar.grain_of(period) is Grain.YEAR
    carried = [
        each
        for quarter in (calendar.periods(calendar.year_of(period.start), Grain.QUARTER) if is_year else (period,))
        for each in planning.quotas(work, quarter)
        if sellers is None or each.person_id in sellers
    ]
    return Facts(
        won=tuple(_won(deals, period, sellers)),
        lost=tuple(_lost(deals, period, sellers)),
        still_open=tuple(_open(deals, period, sellers)),
        quota=sum(each.amount.minor for each in carried) or None,
    )


def _won(deals: Collection[Deal], period: Period, sellers: frozenset[PersonId] | None) -> Iterator[Won]:
    for deal in deals:
        part = _part(deal, sellers)
        if part and deal.outcome == "won" and deal.closed_on is not None and deal.closed_on in period:
            yield Won(_minor(deal, part), deal.opened_on, deal.closed_on)


def _lost(
    deals: Collection[Deal], period: Period, sellers: frozenset[PersonId] | None
) -> Iterator[tuple[date | None, date]]:
    for deal in deals:
        if deal.outcome == "lost" and deal.closed_on is not None and deal.closed_on in period and _part(deal, sellers):
            yield deal.opened_on, deal.closed_on


def _open(deals: Collection[Deal], period: Period, sellers: frozenset[PersonId] | None) -> Iterator[Open]:
    """Open when the period ended, or now while it runs: opened before, and not closed until after."""
    for deal in deals:
        part = _part(deal, sellers)
        was_there = deal.opened_on is None or deal.opened_on < period.end
        if part and was_there and (deal.closed_on is None or deal.closed_on >= period.end):
            yield Open(_minor(deal, part), deal.opened_on, deal.stage)


def _minor(deal: Deal, part: int) -> int | None:
    return None if deal.amount is None else deal.amount.minor * part // PPM


def _part(deal: Deal, sellers: frozenset[PersonId] | None) -> int:
    """How much of a deal counts, in parts per million: all of it for everybody, else the shares of those seen."""
    if sellers is None:
        return PPM
    return sum(each.share_ppm for each in deal.owners if each.person_id in sellers)


def _months(
    calendar: FiscalCalendar, period: Period, previous: Period, facts: dict[Period, Facts]
) -> tuple[tuple[Period, int, int], ...]:
    """Won by month, beside the month at the same place of the period before."""
    pairs = zip(calendar.months(period), calendar.months(previous), strict=False)
    return tuple((now, _won_in(facts[period], now), _won_in(facts[previous], then)) for now, then in pairs)


def _won_in(facts: Facts, month: Period) -> int:
    return sum(each.minor or 0 for each in facts.won if each.closed_on in month)


def _stages(facts: Facts) -> tuple[tuple[str, int, int], ...]:
    """Open deals by stage: how many, and what their known amounts come to; the largest first."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each in facts.still_open:
        counts[each.stage][0] += 1
        counts[each.stage][1] += each.minor or 0
    found = [(stage, count, minor) for stage, (count, minor) in counts.items()]
    return tuple(sorted(found, key=lambda each: (-each[2], each[0])))


def _won_by_person(closed: Collection[Deal]) -> dict[PersonId, int]:
    won: defaultdict[PersonId, int] = defaultdict(int)
    for deal in closed:
        if deal.outcome == "won" and deal.amount is not None:
            for owner in deal.owners:
                won[owner.person_id] += deal.amount.minor * owner.share_ppm // PPM
    return won
