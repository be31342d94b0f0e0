"""A goal's tree made from who sits where and from what was won a year ago."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.planning.domain.presence import Presence
from spm_app.planning.domain.spread import Past, in_whole, trusted
from spm_app.planning.domain.tree import TOP, Level, Node, settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.kernel.ids import PersonId, TeamId

#: Quarters in a year.
QUARTERS = 4
#: Of who is there all the time.
ALL_YEAR = (Presence(1, 1),) * QUARTERS


@dataclass(frozen=True, slots=True)
class Carrier:
    """Somebody who is to carry a quota, the team it counts in, and how much of each quarter they are there."""

    person_id: PersonId
    name: str
    team_id: TeamId
    team_name: str
    there: tuple[Presence, ...] = ALL_YEAR


@dataclass(frozen=True, slots=True)
class Sale:
    """A person's part of one deal won last year: minor units, and the quarter, counted from 0."""

    person_id: PersonId
    minor: int
    quarter: int


def grown(year: str, amount: int, carriers: Sequence[Carrier], sales: Sequence[Sale]) -> Node:
    """The whole tree, split. Teams in order of name, people in theirs.

    People weigh by their own history, held towards the average, and by the days they are there; a team weighs what its
    people weigh; the quarters of everybody follow the company's season, because one person's is mostly chance.
    """
    own, season = _own(sales), _season(sales)
    order = sorted(carriers, key=lambda each: (each.team_name, each.team_id, each.name, each.person_id))
    history = trusted([_past(own[each.person_id]) for each in order]) if order else ()
    claims = [_claims(each, season) for each in order]
    weights = in_whole([w * sum(claim, Fraction()) / sum(season) for w, claim in zip(history, claims, strict=True)])
    teams: dict[TeamId, list[Node]] = defaultdict(list)
    names: dict[TeamId, str] = {}
    for carrier, weight, claim in zip(order, weights, claims, strict=True):
        names[carrier.team_id] = carrier.team_name
        quarters = _quarters(year, carrier, in_whole(claim), own[carrier.person_id])
        teams[carrier.team_id].append(_person(carrier, weight, _past(own[carrier.person_id]).won, quarters))
    below = tuple(_team(team_id, names[team_id], tuple(people)) for team_id, people in teams.items())
    top = Node(TOP, Level.COMPANY, "", past=sum(each.past for each in below), below=below)
    return settled(top, amount)


def _claims(carrier: Carrier, season: Sequence[int]) -> list[Fraction]:
    """What each quarter weighs for the person: the company's season, by the days they are there."""
    return [weight * each.share for weight, each in zip(season, carrier.there, strict=True)]


def _team(team_id: TeamId, name: str, people: tuple[Node, ...]) -> Node:
    weight, past = sum(each.weight for each in people), sum(each.past for each in people)
    return Node(f"t{team_id}", Level.TEAM, name, weight, past, team_id=team_id, below=people)


def _person(carrier: Carrier, weight: int, past: int, quarters: tuple[Node, ...]) -> Node:
    return Node(
        f"p{carrier.person_id}",
        Level.PERSON,
        carrier.name,
        weight,
        past,
        team_id=carrier.team_id,
        person_id=carrier.person_id,
        below=quarters,
    )


def _quarters(year: str, carrier: Carrier, weights: Sequence[int], own: Sequence[Past]) -> tuple[Node, ...]:
    return tuple(
        Node(
            f"p{carrier.person_id}q{at + 1}",
            Level.QUARTER,
            f"{year}-Q{at + 1}",
            weights[at],
            own[at].won,
            person_id=carrier.person_id,
            days=carrier.there[at].in_part,
        )
        for at in range(QUARTERS)
    )


def _own(sales: Sequence[Sale]) -> Mapping[PersonId, list[Past]]:
    found: dict[PersonId, list[Past]] = defaultdict(lambda: [Past()] * QUARTERS)
    for sale in sales:
        before = found[sale.person_id][sale.quarter]
        found[sale.person_id][sale.quarter] = Past(before.won + sale.minor, before.deals + 1)
    return found


def _season(sales: Sequence[Sale]) -> tuple[int, ...]:
    of_quarter = [[each.minor for each in sales if each.quarter == at] for at in range(QUARTERS)]
    weights = trusted([Past(sum(minors), len(minors)) for minors in of_quarter])
    return weights if any(weights) else (1,) * QUARTERS


def _past(quarters: Sequence[Past]) -> Past:
    return Past(sum(each.won for each in quarters), sum(each.deals for each in quarters))
