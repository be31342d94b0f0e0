"""The figures of a period with their comparison, the months' revenue, and the pipeline by stage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from spm_app.analytics.domain.kpis import KPIS, Figure, Kpi
from spm_app.analytics.service import gather
from spm_app.analytics.service.gather import Asked
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from spm_app.analytics.domain.facts import Facts
    from spm_app.kernel.ids import TeamId
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import FiscalCalendar

#: How many periods a trend has, the one looked at included.
_TREND = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One KPI now, in the period before, and the last periods oldest first for its trend."""

    kpi: Kpi
    now: Figure
    before: Figure
    trend: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on a dashboard. Months and stages are in minor units; all is as it stood at the end of `as_of`.

    While the period runs, the one before is looked at up to the same day, `before_as_of`; else it is whole.
    """

    period: Period
    previous: Period
    as_of: date
    before_as_of: date
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
    """Eight quarters, two half-years, two years and three months up to today; the teams of whom the actor sees."""
    require(actor, Permission.READ_SALES_TOTALS)
    with reading() as work:
        calendar = people.company(work).calendar
        today = calendar.day_of(clock.now())
        sizes = ((Grain.QUARTER, 8), (Grain.HALF, 2), (Grain.YEAR, 2), (Grain.MONTH, 3))
        periods = [each for grain, size in sizes for each in _back(calendar, calendar.containing(today, grain), size)]
        seats = people.seats(work, periods[0], gather.seen(work, actor, periods[0]))
        teams = sorted({(each.team_id, each.team_name) for each in seats}, key=lambda each: each[1])
        return Choices(tuple(periods), tuple(teams))


def team_with_code(actor: Actor, code: str) -> TeamId:
    """The team that other files call so, whatever the case. Raises NotFound."""
    require(actor, Permission.READ_SALES_TOTALS)
    with reading() as work:
        today = people.company(work).calendar.day_of(clock.now())
        found = {each.code.casefold(): each.id for each in people.teams(work, today)}
    if code.casefold() not in found:
        raise NotFound("analytics.no_such_team", code=code)
    return found[code.casefold()]


def overview(actor: Actor, code: str = "", team_id: TeamId | None = None, *, trend: int = _TREND) -> Overview:
    """The figures of a period (by default the running quarter) for all whom the actor sees, or one team of them.

    `trend` is how many periods are looked at, at least two.
    """
    require(actor, Permission.READ_SALES_TOTALS)
    with reading() as work:
        company = people.company(work)
        calendar = company.calendar
        today = calendar.day_of(clock.now())
        period = calendar.parse(code) if code else calendar.containing(today, Grain.QUARTER)
        periods = _back(calendar, period, trend)
        previous, is_running = periods[1], today in period
        asked = {each: Asked(each, _until(each, today), gather.sellers(work, actor, each, team_id)) for each in periods}
        then = Asked(previous, _same_day(period, previous, today), asked[previous].sellers)
        found = gather.book(work, calendar, (*asked.values(), then), today)
    facts = {each: gather.facts(calendar, asked[each], found) for each in periods}
    before = gather.facts(calendar, then, found) if is_running else facts[previous]
    readings = tuple(
        Reading(kpi, kpi.of(facts[period]), kpi.of(before), tuple(kpi.of(facts[each]) for each in reversed(periods)))
        for kpi in KPIS
    )
    months = _months(calendar, period, previous, facts)
    days = asked[period].upto.last_day, before.as_of
    return Overview(period, previous, *days, company.currency, readings, months, _stages(facts[period]), is_running)


def _back(calendar: FiscalCalendar, period: Period, size: int) -> list[Period]:
    found = [period]
    while len(found) < size:
        found.append(calendar.before(found[-1]))
    return found


def _until(period: Period, today: date) -> Period:
    """The period up to today while it runs, otherwise whole."""
    return Period(period.start, today + timedelta(days=1), period.code) if today in period else period


def _same_day(period: Period, previous: Period, today: date) -> Period:
    """As many days of the period before as have passed of this one, at most all of them."""
    end = previous.start + (today - period.start) + timedelta(days=1)
    return Period(previous.start, min(previous.end, end), previous.code) if today in period else previous


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
