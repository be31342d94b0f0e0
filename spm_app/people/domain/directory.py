"""The directory: one line a person as of a day, found, filtered and put in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.people.domain.persons import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from spm_app.kernel.ids import PersonId, TeamId
    from spm_app.people.domain.persons import Person, Seat, Team

SORTS = ("name", "title", "team", "manager", "hired_on", "status")
#: How somebody stands on a day; to be hired, employed, or gone.
COMING, HERE, GONE = "coming", "here", "gone"
STATUSES = (HERE, COMING, GONE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One person as the directory shows them on a day."""

    person: Person
    title: str
    team: str
    team_id: TeamId | None
    manager: str
    manager_id: PersonId | None
    status: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the directory; nothing said is everybody who works here."""

    words: str = ""
    team: str = ""
    status: str = HERE
    sort: str = "name"
    descending: bool = False
    skip: int = 0
    size: int = 25


@dataclass(frozen=True, slots=True)
class OrgTeam:
    """A team on a day: who sits in it, whoever leads first, and the teams that hang under it."""

    team: Team
    members: tuple[Listed, ...]
    below: tuple[OrgTeam, ...]

    @property
    def size(self) -> int:
        """Everybody in it and below."""
        return len(self.members) + sum(each.size for each in self.below)


def status_on(person: Person, day: date) -> str:
    """Coming, here or gone."""
    if day < person.hired_on:
        return COMING
    return HERE if person.works_on(day) else GONE


def listed(persons: Iterable[Person], seats: Sequence[Seat], titles: Mapping[str, str], day: date) -> list[Listed]:
    """Everybody, with their seat on that day if they sit anywhere; `seats` holds those that overlap it."""
    everybody = list(persons)
    names = {each.id: each.name for each in everybody}
    held = {each.person_id: each for each in seats}
    found: list[Listed] = []
    for person in everybody:
        seat, status = held.get(person.id), status_on(person, day)
        if seat is None:
            found.append(Listed(person, "", "", None, "", None, status))
            continue
        manager = "" if seat.manager_id is None else names.get(seat.manager_id, "")
        title = titles.get(seat.title_code, seat.title_code)
        found.append(Listed(person, title, seat.team_name, seat.team_id, manager, seat.manager_id, status))
    return found


def chosen(lines: Iterable[Listed], wanted: Wanted) -> list[Listed]:
    """Those that are asked for, in the order that is asked for."""
    words = normal(wanted.words).split()
    kept = (each for each in lines if _is_wanted(each, wanted, words))
    return sorted(kept, key=lambda each: _place(each, wanted.sort), reverse=wanted.descending)


def chart(teams: Sequence[Team], lines: Sequence[Listed]) -> tuple[OrgTeam, ...]:
    """The tree of teams; whoever others report to comes first. A team without anybody is left out."""
    members: dict[TeamId | None, list[Listed]] = {}
    for each in lines:
        members.setdefault(each.team_id, []).append(each)
    under: dict[TeamId | None, list[Team]] = {}
    for team in teams:
        under.setdefault(team.parent_id, []).append(team)
    leads = {each.manager_id for each in lines}

    def grown(above: TeamId | None) -> tuple[OrgTeam, ...]:
        branches = (
            OrgTeam(team, tuple(sorted(members.get(team.id, []), key=rank)), grown(team.id))
            for team in under.get(above, [])
        )
        return tuple(each for each in branches if each.size)

    def rank(each: Listed) -> tuple[bool, str]:
        return each.person.id not in leads, each.person.name

    return grown(None)


def _is_wanted(line: Listed, wanted: Wanted, words: Sequence[str]) -> bool:
    text = normal(f"{line.person.name} {line.person.email} {line.person.external_id} {line.title} {line.team}")
    right_status = wanted.status in {"", line.status}
    right_team = wanted.team in {"", line.team}
    return right_status and right_team and all(word in text for word in words)


def _place(line: Listed, sort: str) -> tuple[str, str, int]:
    by = {
        "title": line.title,
        "team": line.team,
        "manager": line.manager,
        "hired_on": line.person.hired_on.isoformat(),
        "status": line.status,
    }
    return normal(by.get(sort, line.person.name)), normal(line.person.name), int(line.person.id)
