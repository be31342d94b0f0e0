"""Who is in a plan on which days, and how many days that makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from spm_app.compensation.domain.terms import Eligible, Plan, Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spm_app.compensation.domain.inputs import Inputs, Seat

#: A day after every other: an open end.
NEVER = date(9999, 12, 31)
_ALWAYS = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which a plan's eligibility holds for a person, up to, not including, `end`; the plan's own days aside."""

    person_id: int
    title: str
    start: date
    end: date

    def days_in(self, start: date, end: date) -> int:
        """How many of its days fall into a time."""
        return max(0, (min(self.end, end) - max(self.start, start)).days)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A payee of a plan in a period: the title held last, and on how many days."""

    person_id: int
    title: str
    days: int


def stretches(plan: Plan, inputs: Inputs) -> tuple[Stretch, ...]:
    """Every stretch of every person, by person and day; those of one person do not overlap.

    Nobody is in a plan without a seat.
    """
    codes = {each.code: each.person_id for each in inputs.people}
    found = (each for seat in inputs.seats for each in _of_seat(plan, seat, codes))
    return tuple(sorted(found, key=lambda each: (each.person_id, each.start)))


def _of_seat(plan: Plan, seat: Seat, codes: Mapping[str, int]) -> Iterator[Stretch]:
    """The days of the seat on which at least one entry holds; neighbouring and overlapping ones are one."""
    entries = [each for each in plan.eligible if _means(each, seat, codes)]
    for start, end in _union(_cut(each, seat.start, seat.end or NEVER) for each in entries):
        yield Stretch(seat.person_id, seat.title, start, end)


def _means(entry: Eligible, seat: Seat, codes: Mapping[str, int]) -> bool:
    match entry.who:
        case Who.TITLE:
            return seat.title == entry.code
        case Who.POSITION:
            return seat.position == entry.code
        case _:
            return codes.get(entry.code) == seat.person_id


def _cut(entry: Eligible, start: date, end: date) -> tuple[date, date]:
    return max(start, entry.start or _ALWAYS), min(end, entry.end or NEVER)


def _union(times: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    joined: list[tuple[date, date]] = []
    for start, end in sorted(each for each in times if each[0] < each[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def enrolled(found: Iterable[Stretch], start: date, end: date) -> tuple[Enrolled, ...]:
    """Who is in the plan on at least one day of a time, by person."""
    counted: dict[int, Enrolled] = {}
    for each in found:
        days = each.days_in(start, end)
        if days:
            before = counted.get(each.person_id)
            counted[each.person_id] = Enrolled(each.person_id, each.title, days + (before.days if before else 0))
    return tuple(counted[person] for person in sorted(counted))
