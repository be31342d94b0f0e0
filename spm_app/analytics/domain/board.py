"""A leaderboard that helps: who leads is named, who does not is shown to themselves alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.kernel.ids import PersonId

#: Fewer than this are not ranked: everybody would know who is last.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """One seller's quarter: minor units won, against a quota."""

    person_id: PersonId
    name: str
    won: int
    quota: int

    @property
    def attainment(self) -> Fraction:
        """Won against quota."""
        return Fraction(self.won, self.quota)


@dataclass(frozen=True, slots=True)
class Place:
    """A rank; equals share it."""

    rank: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Board:
    """`shown` is the upper half in order, or everybody for who leads them; `own` the reader's place, if any."""

    shown: tuple[Place, ...]
    own: Place | None
    of: int

    @property
    def is_too_small(self) -> bool:
        """Whether there are too few to rank."""
        return self.of < FEWEST


def ranked(standings: Iterable[Standing], reader: PersonId, *, sees_all: bool) -> Board:
    """Places by attainment. Those without a quota are not ranked."""
    order = sorted((each for each in standings if each.quota > 0), key=lambda each: (-each.attainment, each.name))
    places: list[Place] = []
    for at, each in enumerate(order, start=1):
        is_equal = bool(places) and places[-1].standing.attainment == each.attainment
        places.append(Place(places[-1].rank if is_equal else at, each))
    own = next((each for each in places if each.standing.person_id == reader), None)
    if len(places) < FEWEST:
        return Board((), own, len(places))
    shown = places if sees_all else places[: (len(places) + 1) // 2]
    return Board(tuple(shown), own, len(places))
