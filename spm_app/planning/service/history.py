"""A tree drawn from what was won a year ago, and from who sits where."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from spm_app.crm import service as crm
from spm_app.infra import clock
from spm_app.kernel.errors import Conflict
from spm_app.kernel.period import Grain, Period
from spm_app.people import service as people
from spm_app.planning.domain.making import Carrier, Sale, grown
from spm_app.planning.domain.presence import presences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from spm_app.crm.domain.deals import Deal
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.people.domain import Seat
    from spm_app.planning.domain.goal import NewGoal
    from spm_app.planning.domain.tree import Node


def grown_from_history(work: Work, new: NewGoal) -> Node:
    """The goal's tree. Carriers are those of the titles asked for, else whoever owned a deal that was won.

    Raises Conflict when there is nobody to carry it.
    """
    calendar = people.company(work).calendar
    quarters = calendar.periods(int(new.year) - 1, Grain.QUARTER)
    sales = tuple(_sales(work, quarters))
    carriers = tuple(_carriers(work, new, {each.person_id for each in sales}))
    if not carriers:
        raise Conflict("planning.no_carriers", year=new.year)
    among = {each.person_id for each in carriers}
    return grown(new.year, new.amount.minor, carriers, [each for each in sales if each.person_id in among])


def _sales(work: Work, quarters: tuple[Period, ...]) -> Iterator[Sale]:
    for at, quarter in enumerate(quarters):
        for deal in crm.closed_in(work, quarter):
            if deal.outcome == "won" and deal.amount is not None:
                yield from _parts(deal, deal.amount.minor, at)


def _parts(deal: Deal, minor: int, quarter: int) -> Iterator[Sale]:
    """Each owner's part in whole units; what the division leaves goes to the last, so that a deal counts once."""
    left = minor
    for at, owner in enumerate(deal.owners, start=1):
        part = left if at == len(deal.owners) else minor * owner.share_ppm // 1_000_000
        left -= part
        yield Sale(owner.person_id, part, quarter)


def _carriers(work: Work, new: NewGoal, sellers: set[PersonId]) -> Iterator[Carrier]:
    """Whoever has such a seat on any day of the year, by the days; in the team of the first day, or of today."""
    company = people.company(work)
    year = company.calendar.parse(new.year)
    quarters = company.calendar.periods(int(new.year), Grain.QUARTER)
    day = min(max(company.calendar.day_of(clock.now()), year.start), year.last_day)
    names = {each.id: each.name for each in people.persons(work)}
    held: dict[PersonId, list[Seat]] = defaultdict(list)
    for seat in people.seats(work, year):
        if seat.title_code in new.title_codes if new.title_codes else seat.person_id in sellers:
            held[seat.person_id].append(seat)
    for person_id, seats in held.items():
        seat = _seat_on(day, seats)
        there = presences([(each.start, each.end) for each in seats], quarters)
        yield Carrier(person_id, names[person_id], seat.team_id, seat.team_name, there)


def _seat_on(day: date, seats: Sequence[Seat]) -> Seat:
    """The seat of that day; of who sits in none then, the next one, or else the last."""
    return next((each for each in seats if each.end is None or each.end > day), seats[-1])
