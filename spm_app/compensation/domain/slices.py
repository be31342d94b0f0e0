"""A stretch of a measure cut where its pay changes: what an explanation shows, and the drawing of a pay curve.

Money is in minor units, rates in parts per million; amounts are fractions in text. A slice of a band that is worth an
amount says which part of it counts: `amount` of `width` of what the band `pays`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.lookups import reached as reached_band
from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.rates import Kind, Over, Worth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spm_app.compensation.domain.rates import RateTable

Slice = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Base:
    """What a table is applied to: the quota over attainment, the target, and what a rate is of when not of credit."""

    quota: int | None = None
    target: Fraction = Fraction(0)
    icr: Fraction | None = None

    def unit(self, table: RateTable) -> Fraction:
        """How much of the measure one unit of a bound is."""
        return Fraction(self.quota or 0, WHOLE) if table.over is Over.ATTAINMENT else Fraction(1)


def slices(table: RateTable, start: int, end: int, *, reached: int, base: Base) -> list[Slice]:
    """The parts of the stretch from `start` to `end` that bear one rate each; nothing when there is no rate.

    A stretch that runs backward (a return) has slices with a minus. `reached` says which band pays on everything.
    """
    if table.over is Over.ATTAINMENT and not (base.quota or 0) > 0:
        return []
    unit = base.unit(table)
    priced = _priced(table, base)
    match table.kind:
        case Kind.STEP:
            return _step(priced, Fraction(end - start), Fraction(reached), unit)
        case Kind.HYBRID:
            return [*_hybrid(priced, (Fraction(start), Fraction(end)), Fraction(reached), unit)]
        case Kind.MARGINAL | Kind.INTERPOLATED:
            return [*_marginal(priced, Fraction(start), Fraction(end), unit)]
        case _:
            at = _reached(priced, Fraction(reached), unit)
            return [_slice(priced, at, Fraction(end - start))]


@dataclass(frozen=True, slots=True)
class _Priced:
    """A table with what its bands are worth: of a unit of the measure, or in minor units."""

    table: RateTable
    rates: tuple[Fraction, ...]
    amounts: tuple[Fraction, ...]
    icr: Fraction | None


def _priced(table: RateTable, base: Base) -> _Priced:
    of = Fraction(1) if base.icr is None else base.icr
    match table.worth:
        case Worth.EACH:
            rates, amounts = [Fraction(each.amount, WHOLE) for each in table.bands], [Fraction(0)] * len(table.bands)
        case Worth.TARGET:
            rates = [Fraction(0)] * len(table.bands)
            amounts = [base.target * each.rate / WHOLE for each in table.bands]
        case _:
            rates = [of * each.rate / WHOLE for each in table.bands]
            amounts = [Fraction(each.amount) for each in table.bands]
    return _Priced(table, tuple(rates), tuple(amounts), base.icr)


def _marginal(priced: _Priced, start: Fraction, end: Fraction, unit: Fraction) -> Iterator[Slice]:
    """Each slice at the rate of its own band, or in proportion to how far it fills the band."""
    table = priced.table
    sign, low, high = (1, start, end) if start <= end else (-1, end, start)
    for at, band in enumerate(table.bands):
        floor = low if at == 0 else max(low, band.start * unit)
        ceiling = high if band.end is None else min(high, band.end * unit)
        if ceiling <= floor:
            continue
        amount = sign * (ceiling - floor)
        if table.kind is Kind.INTERPOLATED:
            yield _share(priced, at, amount, ((band.end or 0) - band.start) * unit)
        else:
            yield _slice(priced, at, amount)


def _step(priced: _Priced, amount: Fraction, reached: Fraction, unit: Fraction) -> list[Slice]:
    """The part of the amount of the band that was reached; nothing was reached by less than nothing."""
    at = _reached(priced, reached, unit)
    return [_share(priced, at, amount, reached)] if reached > 0 else []


def _hybrid(priced: _Priced, ends: tuple[Fraction, Fraction], reached: Fraction, unit: Fraction) -> Iterator[Slice]:
    """What lies below the point pays in its way, what lies above it in its own."""
    table = priced.table
    point = (table.point or 0) * unit
    low, high = ((cut(ends[0], point), cut(ends[1], point)) for cut in (min, max))
    if table.below is Kind.MARGINAL:
        yield from _marginal(priced, *low, unit)
    elif low[0] != low[1]:
        begun = [at for at, band in enumerate(table.bands) if at == 0 or band.start * unit < point]
        at = min(_reached(priced, reached, unit), begun[-1])
        yield {**_slice(priced, at, low[1] - low[0]), "part": "below"}
    if table.above is Kind.MARGINAL:
        yield from _marginal(priced, *high, unit)
    elif high[0] != high[1]:
        at = _reached(priced, reached, unit)
        yield {**_slice(priced, at, high[1] - high[0]), "part": "above"}


def _reached(priced: _Priced, measure: Fraction, unit: Fraction) -> int:
    """The band that a measure falls into; what is below the first bound falls into the first."""
    return reached_band([band.start * unit for band in priced.table.bands], measure, priced.table.bound)


def _slice(priced: _Priced, at: int, amount: Fraction) -> Slice:
    """So much at the rate of a band; `icr` is said when the rate is of the individual commission rate."""
    band, earned = priced.table.bands[at], amount * priced.rates[at]
    said: Slice = {"band": at, "amount": str(amount), "rate": band.rate, "earned": str(earned)}
    if priced.table.worth is Worth.EACH:
        said["each"] = band.amount
    return said if priced.icr is None else {**said, "icr": str(priced.icr)}


def _share(priced: _Priced, at: int, amount: Fraction, width: Fraction) -> Slice:
    """A part of what a band is worth."""
    pays = priced.amounts[at]
    said: Slice = {"band": at, "amount": str(amount), "width": str(width), "earned": str(amount / width * pays)}
    return {**said, "pays": int(pays) if pays.denominator == 1 else str(pays)}


def total_of(found: Iterable[Slice]) -> Fraction:
    """What slices earn together."""
    return sum((Fraction(each["earned"]) for each in found), Fraction(0))
