"""Who works at Brezza: three regions of two teams each, six sellers a team, and the people around them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from spm_app.demo.guides import GUIDES
from spm_app.demo.names import FIRST_NAMES, SURNAMES
from spm_app.kernel.rights import Role

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from spm_app.demo.guides import Guide
    from spm_app.kernel.period import Period

DOMAIN = "brezza.example"
TITLES = {
    "DIRECTOR": "Sales director",
    "REGIONAL": "Regional manager",
    "LEAD": "Team lead",
    "SENIOR": "Senior account executive",
    "REP": "Account executive",
    "COMPENSATION": "Compensation analyst",
    "FINANCE": "Finance controller",
    "TRAINER": "Sales trainer",
    "AUDIT": "Internal auditor",
    "SYSTEMS": "Systems administrator",
}
#: Code, name, code of the team above.
TEAMS = (
    ("SALES", "Sales", ""),
    ("NORTH", "North", "SALES"),
    ("CENTRE", "Centre", "SALES"),
    ("SOUTH", "South", "SALES"),
    ("MILAN", "Milan", "NORTH"),
    ("VERONA", "Verona", "NORTH"),
    ("ROME", "Rome", "CENTRE"),
    ("BOLOGNA", "Bologna", "CENTRE"),
    ("NAPLES", "Naples", "SOUTH"),
    ("BARI", "Bari", "SOUTH"),
    ("OPERATIONS", "Sales operations", ""),
    ("ACADEMY", "Sales academy", ""),
)
REGION_OF = {code: above for code, _, above in TEAMS if above in {"NORTH", "CENTRE", "SOUTH"}}
#: Yearly base pay and target incentive, whole euros, by title.
PAY = {
    "DIRECTOR": (98_000, 52_000),
    "REGIONAL": (64_000, 36_000),
    "LEAD": (47_000, 25_000),
    "SENIOR": (40_000, 26_000),
    "REP": (32_000, 18_000),
}
SELLING = ("SENIOR", "REP")
LEADING = ("DIRECTOR", "REGIONAL", "LEAD")


@dataclass(frozen=True, slots=True)
class Seating:
    """Where somebody sits from a day on."""

    from_day: date
    title: str
    team: str
    manager: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """One person. `key` is the id that the personnel file would use; `seats` are in order, the first from the hire."""

    key: str
    name: str
    email: str
    language: str
    hired_on: date
    seats: tuple[Seating, ...]
    left_on: date | None = None
    roles: frozenset[Role] = field(default_factory=frozenset[Role])

    def seat_on(self, day: date) -> Seating | None:
        """Their seat on that day; None before the hire and after they left."""
        if self.left_on is not None and day >= self.left_on:
            return None
        return next((seat for seat in reversed(self.seats) if seat.from_day <= day), None)

    def sells_on(self, day: date) -> bool:
        """Whether they sell on that day."""
        seat = self.seat_on(day)
        return seat is not None and seat.title in SELLING

    @property
    def is_seller(self) -> bool:
        """Whether they ever sell."""
        return any(seat.title in SELLING for seat in self.seats)


@dataclass(slots=True)
class _Hiring:
    """Hands out keys, names and addresses, each once."""

    rng: random.Random
    window: Period
    names: list[str]
    waiting: dict[str, Guide] = field(default_factory=lambda: {each.title: each for each in GUIDES})
    staff: list[Staff] = field(default_factory=list[Staff])

    def hire(self, title: str, team: str, manager: str = "", role: Role | None = None) -> str:
        """Somebody new, employed for some years already; their key."""
        key = f"B{len(self.staff) + 1:03d}"
        hired = self._hired_on(title, manager)
        guide = self.waiting.pop(title, None)
        name = guide.name if guide else self.names.pop()
        language = guide.language if guide else "it" if self.rng.random() < 0.75 else "en"
        seat = Seating(hired, title, team, manager)
        roles = frozenset({role} if role else ())
        self.staff.append(Staff(key, name, address(name), language, hired, (seat,), roles=roles))
        return key

    def _hired_on(self, title: str, manager: str) -> date:
        """After their manager; those who lead have been there longest."""
        longest = next(((self.window.start - each.hired_on).days for each in self.staff if each.key == manager), 3300)
        shortest = (200 + longest) // 2 if title in LEADING else 200
        return self.window.start - timedelta(days=self.rng.randint(shortest, longest))


def staff(rng: random.Random, window: Period, scale: int = 1) -> tuple[Staff, ...]:
    """Everybody who works or worked there in the window; `scale` multiplies the sellers of each team."""
    hiring = _Hiring(rng, window, _names(rng, 60 + 36 * scale))
    director = hiring.hire("DIRECTOR", "SALES", role=Role.EXEC)
    for region in ("NORTH", "CENTRE", "SOUTH"):
        regional = hiring.hire("REGIONAL", region, director, Role.MANAGER)
        for team in (code for code, above in REGION_OF.items() if above == region):
            _team(hiring, team, regional, 6 * scale)
    _around(hiring)
    return tuple(_with_moves(rng, window, hiring.staff))


def _team(hiring: _Hiring, team: str, regional: str, size: int) -> None:
    lead = hiring.hire("LEAD", team, regional, Role.MANAGER)
    for at in range(size):
        hiring.hire("SENIOR" if at % 3 == 0 else "REP", team, lead, Role.REP)


def _around(hiring: _Hiring) -> None:
    hiring.hire("COMPENSATION", "OPERATIONS", role=Role.COMP_ADMIN)
    hiring.hire("FINANCE", "OPERATIONS", role=Role.FINANCE)
    hiring.hire("FINANCE", "OPERATIONS", role=Role.FINANCE)
    hiring.hire("TRAINER", "ACADEMY", role=Role.TRAINER)
    hiring.hire("TRAINER", "ACADEMY", role=Role.TRAINER)
    hiring.hire("AUDIT", "OPERATIONS", role=Role.AUDITOR)
    hiring.hire("SYSTEMS", "OPERATIONS", role=Role.SYSADMIN)


def _with_moves(rng: random.Random, window: Period, people: list[Staff]) -> Iterator[Staff]:
    """What two years bring: some are new, some leave, some are promoted, one changes team in the middle of a quarter.

    The first seller of the first team stays as they are: they are who signs in as a rep.
    """
    sellers = [each.key for each in people if each.is_seller][1:]
    reps = [each.key for each in people if each.seats[0].title == "REP"]
    picked = rng.sample([key for key in sellers if key in reps], 8)
    new, leaving, promoted, moving = picked[:3], picked[3:5], picked[5:7], picked[7]
    leads = {each.seats[0].team: each.key for each in people if each.seats[0].title == "LEAD"}
    for person in people:
        if person.key in new:
            yield _hired_later(person, window.start + timedelta(days=rng.randint(200, 560)))
        elif person.key in leaving:
            yield replace(person, left_on=_first_of_month(window.start + timedelta(days=rng.randint(350, 600))))
        elif person.key in promoted:
            yield _seated_again(
                person, _first_of_quarter(window.start + timedelta(days=rng.randint(300, 600))), "SENIOR"
            )
        elif person.key == moving:
            other = {"MILAN": "VERONA", "VERONA": "MILAN", "ROME": "BOLOGNA", "BOLOGNA": "ROME", "NAPLES": "BARI"}
            yield _moved(person, window.end - timedelta(days=130), other.get(person.seats[0].team, "NAPLES"), leads)
        else:
            yield person


def _hired_later(person: Staff, day: date) -> Staff:
    hired = _first_of_month(day)
    return replace(person, hired_on=hired, seats=(replace(person.seats[0], from_day=hired),))


def _seated_again(person: Staff, day: date, title: str) -> Staff:
    return replace(person, seats=(*person.seats, replace(person.seats[-1], from_day=day, title=title)))


def _moved(person: Staff, day: date, team: str, leads: dict[str, str]) -> Staff:
    seat = replace(person.seats[-1], from_day=day, team=team, manager=leads[team])
    return replace(person, seats=(*person.seats, seat))


def _names(rng: random.Random, count: int) -> list[str]:
    taken = {each.name for each in GUIDES}
    every = [f"{first} {last}" for first in FIRST_NAMES for last in SURNAMES if f"{first} {last}" not in taken]
    return rng.sample(every, min(count, len(every)))


def address(name: str) -> str:
    """Their e-mail address, which is also the name by which they sign in."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{plain.replace(' ', '.')}@{DOMAIN}"


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _first_of_quarter(day: date) -> date:
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
