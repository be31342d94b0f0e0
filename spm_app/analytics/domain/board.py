"""A leaderboard that helps: who leads is named; who does not sees themselves alone, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spm_app.kernel.ids import PersonId

#: Fewer than this are not ranked: everybody would know who is last.
FEWEST = 5
#: The marks on the way, in per cent of the quota.
THRESHOLDS = tuple(Fraction(each, 100) for each in (25, 50, 75, 90, 100, 110, 125, 150, 200))


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

    @property
    def next_threshold(self) -> tuple[Fraction, int] | None:
        """The next mark and the minor units that it takes, rounded up; None beyond the last."""
        mark = next((each for each in THRESHOLDS if each > self.attainment), None)
        return None if mark is None else (mark, -(-mark * self.quota // 1) - self.won)


@dataclass(frozen=True, slots=True)
class Place:
    """A rank, which equals share; 0 for who left the list."""

    rank: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Board:
    """`shown` is the upper half in order, then whom the reader leads of the lower; `own` is the reader's place, if any.

    `half_from` is the attainment from which one is in the upper half; None when nobody is ranked.
    """

    shown: tuple[Place, ...]
    own: Place | None
    of: int
    half_from: Fraction | None = None

    @property
    def is_too_small(self) -> bool:
        """Whether there are too few to rank."""
        return self.of < FEWEST

    @property
    def own_is_upper(self) -> bool:
        """Whether the reader's own rank is told: of the lower half nobody's is, not even to themselves."""
        own = self.own if self.own and self.own.rank else None
        return bool(own and self.half_from is not None and own.standing.attainment >= self.half_from)


def ranked(
    standings: Iterable[Standing],
    reader: PersonId,
    led: frozenset[PersonId] | None,
    unlisted: frozenset[PersonId] = frozenset(),
) -> Board:
    """Places by attainment of those with a quota; `led` are those whom the reader leads, None is everybody.

    Who chose to be `unlisted` is neither named nor counted, but for those who lead them: to these nothing tells who
    chose so. One's own choice holds for oneself whoever one leads.
    """
    carrying = [each for each in standings if each.quota > 0]
    hidden = unlisted & {reader} if led is None else unlisted - led | (unlisted & {reader})
    places = _places(each for each in carrying if each.person_id not in hidden)
    own = next((each for each in places if each.standing.person_id == reader), None)
    if own is None:
        own = next((Place(0, each) for each in carrying if each.person_id == reader), None)
    if len(places) < FEWEST:
        return Board((), own, len(places))
    upper = places[: _half(places)]
    half_from = upper[-1].standing.attainment if upper else None
    shown = [*upper, *(each for each in places[len(upper) :] if led is None or each.standing.person_id in led)]
    return Board(tuple(shown), own, len(places), half_from)


def _places(standings: Iterable[Standing]) -> list[Place]:
    """In order of attainment; equals share a rank."""
    places: list[Place] = []
    for at, each in enumerate(sorted(standings, key=lambda each: (-each.attainment, each.name)), start=1):
        is_equal = bool(places) and places[-1].standing.attainment == each.attainment
        places.append(Place(places[-1].rank if is_equal else at, each))
    return places


def _half(places: Sequence[Place]) -> int:
    """How many are in the upper half: equals stay together, below it when there is no room for all of them."""
    size = (len(places) + 1) // 2
    while size and places[size - 1].standing.attainment == places[size].standing.attainment:
        size -= 1
    return size
