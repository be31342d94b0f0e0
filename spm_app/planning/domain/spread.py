"""Splitting whole minor units among parts so that they always sum to the whole, whatever is held fast."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.kernel.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Won deals at which own history counts as much as everybody's average; see docs/planning.md.
HALF_TRUST = 12
#: What weights sum to where they are no whole numbers; fits a column with room to spare.
_FINE = 10**15


@dataclass(frozen=True, slots=True)
class Share:
    """One part: `weight` is its claim, `floor` and `most` its bounds, `fixed` what it gets in any case."""

    weight: int = 0
    floor: int = 0
    fixed: int | None = None
    most: int | None = None

    def held(self, part: int) -> int:
        """The part within its bounds."""
        return max(self.floor, part if self.most is None else min(part, self.most))


def spread(whole: int, shares: Sequence[Share]) -> tuple[int, ...]:
    """Each part's units; what is not fixed is shared by weight, within its bounds. The sum is exactly `whole`.

    Raises Conflict when what is fixed or must be reached is more than there is, or when what is fixed or bounded cannot
    reach the whole.
    """
    parts = [share.fixed if share.fixed is not None else share.floor for share in shares]
    loose = [at for at, share in enumerate(shares) if share.fixed is None]
    _must_fit(whole, shares)
    while loose:
        room = whole - sum(part for at, part in enumerate(parts) if at not in loose)
        wished = by_weight(room, [shares[at].weight for at in loose])
        for at, part in zip(loose, wished, strict=True):
            parts[at] = shares[at].held(part)
        moved = {at: parts[at] - part for at, part in zip(loose, wished, strict=True)}
        # Those raised to their floor stay when more was raised than cut, those cut when more was cut; then again.
        over = sum(moved.values())
        stay = {at for at, by in moved.items() if by * over > 0} if over else set(loose)
        loose = [at for at in loose if at not in stay]
    return tuple(parts)


def _must_fit(whole: int, shares: Sequence[Share]) -> None:
    least = sum(share.floor if share.fixed is None else share.fixed for share in shares)
    if least > whole:
        raise Conflict("planning.locks_exceed", minor=least - whole)
    bounds = [share.most if share.fixed is None else share.fixed for share in shares]
    most = sum(each for each in bounds if each is not None)
    if None not in bounds and most < whole:
        raise Conflict("planning.locks_fall_short", minor=whole - most)


def by_weight(whole: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Largest remainder: each within one unit of its exact share; equal remainders go to the earlier part.

    Weights that are all nothing mean an even split. `weights` holds at least one, none negative.
    """
    claims = list(weights) if any(weights) else [1] * len(weights)
    exact = [Fraction(whole * claim, sum(claims)) for claim in claims]
    parts = [int(each // 1) for each in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: whole - sum(parts)]:
        parts[at] += 1
    return tuple(parts)


def in_whole(weights: Sequence[Fraction]) -> tuple[int, ...]:
    """The same proportions as whole numbers: exactly where the weights are whole, else to 15 digits of their sum."""
    if all(each.denominator == 1 for each in weights):
        return tuple(int(each) for each in weights)
    return tuple(round(each * _FINE / sum(weights)) for each in weights)


@dataclass(frozen=True, slots=True)
class Past:
    """What somebody won last year, in minor units, and in how many deals."""

    won: int = 0
    deals: int = 0


def trusted(past: Sequence[Past]) -> tuple[int, ...]:
    """Weights between each one's own history and the average of all: the fewer deals, the nearer to the average.

    Own history counts deals / (deals + 12). With no history at all everybody weighs the same. Refunds can leave a
    negative year, which weighs as nothing.
    """
    won = [max(0, each.won) for each in past]
    if not any(won):
        return (1,) * len(past)
    average = Fraction(sum(won), len(won))
    trust = [Fraction(each.deals, each.deals + HALF_TRUST) for each in past]
    return tuple(round(own * much + average * (1 - much)) for own, much in zip(won, trust, strict=True))
