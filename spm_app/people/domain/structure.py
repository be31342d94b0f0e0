"""Titles and teams as they are looked after: who has them today, and what stands against taking one away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from spm_app.kernel.effective import Dated
    from spm_app.kernel.ids import TeamId
    from spm_app.people.domain.persons import Seat, Team, Title


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A title, how many hold it today, and how many persons ever did or will."""

    title: Title
    now: int
    ever: int


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team, the name of what it hangs under, who sits in it, and how many teams ever hung under it or will."""

    team: Team
    above: str
    now: int
    ever: int
    below: int


def title_lines(titles: Iterable[Title], seats: Sequence[Seat], day: date) -> tuple[TitleLine, ...]:
    """One line a title, in the order given; `seats` are those of all days."""
    now = Counter(each.title_code for each in seats if _holds(each, day))
    ever = Counter(code for code, _ in {(each.title_code, each.person_id) for each in seats})
    return tuple(TitleLine(each, now[each.code], ever[each.code]) for each in titles)


def team_lines(
    teams: Sequence[Team], seats: Sequence[Seat], places: Mapping[TeamId, Sequence[Dated[TeamId | None]]], day: date
) -> tuple[TeamLine, ...]:
    """One line a team, in the order given; `seats` and `places` are those of all days."""
    names = {each.id: each.name for each in teams}
    now = Counter(each.team_id for each in seats if _holds(each, day))
    ever = Counter(team for team, _ in {(each.team_id, each.person_id) for each in seats})
    below = Counter(above for above, _ in {(place.value, team) for team, of_it in places.items() for place in of_it})
    return tuple(
        TeamLine(
            team=each,
            above="" if each.parent_id is None else names[each.parent_id],
            now=now[each.id],
            ever=ever[each.id],
            below=below[each.id],
        )
        for each in teams
    )


def hangs_under_itself(parents: Mapping[TeamId, TeamId | None], team_id: TeamId, above: TeamId | None) -> bool:
    """Whether the team would, under `above`, be reached again on the way up."""
    while above is not None and above != team_id:
        above = parents.get(above)
    return above is not None


def _holds(seat: Seat, day: date) -> bool:
    return seat.start <= day and (seat.end is None or day < seat.end)
