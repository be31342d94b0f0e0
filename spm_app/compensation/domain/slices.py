"""A stretch of a measure cut where its pay changes: what an explanation shows, and the drawing of a pay curve.

Money is in minor units, rates in parts per million; amounts are fractions in text. A slice of a band that is worth an
amount says which part of it counts: `amount` of `width` of what the band `pays`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.terms import WHOLE, Bound, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.compensation.domain.terms import Band, Component, RateTable

Slice = dict[str, Any]


def slices(component: Component, start: int, end: int, *, quota: int | None, reached: int) -> list[Slice]:
    """The parts of the stretch from `start` to `end` that bear one rate each; nothing when there is no rate.

    A stretch that runs backward (a return) has slices with a minus. `reached` says which band pays on everything.
    """
    if component.needs_quota and not (quota or 0) > 0:
        return []
    table = component.table
    unit = Fraction(quota or 0, WHOLE) if component.needs_quota else Fraction(1)
    match table.kind:
        case Kind.STEP:
            return _step(table, Fraction(end - start), Fraction(reached), unit)
        case Kind.HYBRID:
            return [*_hybrid(table, (Fraction(start), Fraction(end)), Fraction(reached), unit)]
        case Kind.MARGINAL | Kind.INTERPOLATED:
            return [*_marginal(table, Fraction(start), Fraction(end), unit)]
        case _:
            at = _reached(table, Fraction(reached), unit)
            return [_slice(at, Fraction(end - start), table.bands[at].rate)]


def _marginal(table: RateTable, start: Fraction, end: Fraction, unit: Fraction) -> Iterator[Slice]:
    """Each slice at the rate of its own band, or in proportion to how far it fills the band."""
    sign, low, high = (1, start, end) if start <= end else (-1, end, start)
    for at, band in enumerate(table.bands):
        floor = low if at == 0 else max(low, band.start * unit)
        ceiling = high if band.end is None else min(high, band.end * unit)
        if ceiling <= floor:
            continue
        amount = sign * (ceiling - floor)
        if table.kind is Kind.INTERPOLATED:
            yield _share(at, amount, ((band.end or 0) - band.start) * unit, band)
        else:
            yield _slice(at, amount, band.rate)


def _step(table: RateTable, amount: Fraction, reached: Fraction, unit: Fraction) -> list[Slice]:
    """The part of the amount of the band that was reached; nothing was reached by less than nothing."""
    at = _reached(table, reached, unit)
    return [_share(at, amount, reached, table.bands[at])] if reached > 0 else []


def _hybrid(table: RateTable, ends: tuple[Fraction, Fraction], reached: Fraction, unit: Fraction) -> Iterator[Slice]:
    """What lies below the point pays in its way, what lies above it in its own."""
    point = (table.point or 0) * unit
    low, high = ((cut(ends[0], point), cut(ends[1], point)) for cut in (min, max))
    if table.below is Kind.MARGINAL:
        yield from _marginal(table, *low, unit)
    elif low[0] != low[1]:
        begun = [at for at, band in enumerate(table.bands) if at == 0 or band.start * unit < point]
        at = min(_reached(table, reached, unit), begun[-1])
        yield {**_slice(at, low[1] - low[0], table.bands[at].rate), "part": "below"}
    if table.above is Kind.MARGINAL:
        yield from _marginal(table, *high, unit)
    elif high[0] != high[1]:
        at = _reached(table, reached, unit)
        yield {**_slice(at, high[1] - high[0], table.bands[at].rate), "part": "above"}


def _reached(table: RateTable, measure: Fraction, unit: Fraction) -> int:
    """The band that a measure falls into; what is below the first bound falls into the first."""
    from_below = table.bound is Bound.LOWER_INCLUSIVE
    passed = [
        at
        for at, band in enumerate(table.bands)
        if measure > band.start * unit or (from_below and measure == band.start * unit)
    ]
    return max(passed, default=0)


def _slice(band: int, amount: Fraction, rate: int) -> Slice:
    return {"band": band, "amount": str(amount), "rate": rate, "earned": str(amount * rate / WHOLE)}


def _share(at: int, amount: Fraction, width: Fraction, band: Band) -> Slice:
    earned = amount / width * band.amount
    return {"band": at, "amount": str(amount), "width": str(width), "pays": band.amount, "earned": str(earned)}
