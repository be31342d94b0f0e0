"""What lines earn by a rate table, unrounded: the table is walked from nothing to where the measure stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.oracle import grids
from tests.oracle.conditions import field as field_of
from tests.oracle.exact import MILLION
from tests.oracle.measures import together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.inputs import Transaction
    from spm_app.compensation.domain.terms import Band, Component, Key
    from tests.oracle.credits import Line

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Rung:
    """A band in the unit of the measure: what each unit in it earns, and what it is worth at once."""

    start: Fraction
    end: Fraction | None
    each: Fraction
    worth: Fraction


@dataclass(frozen=True)
class Terms:
    """Everything that a component's table depends on besides its own lines.

    `others` are the measures that it looks at; `held` is the point from which a shut gate keeps the accelerator back.
    """

    component: Component
    quota: int | None
    target: int
    others: Mapping[Key, Fraction | None] = field(default_factory=dict)
    held: int | None = None

    @property
    def has_quota(self) -> bool:
        return self.quota is not None and self.quota > 0

    @property
    def cap(self) -> Fraction | None:
        """Where the measure stops paying."""
        most = self.component.pays.caps.attainment
        return Fraction(most * (self.quota or 0), MILLION) if most is not None and self.has_quota else None


def earn(terms: Terms, lines: Sequence[Line]) -> list[Fraction]:
    """What each line earns when these are all there are."""
    table, measure = terms.component.table, terms.component.measure
    if terms.component.needs_quota and not terms.has_quota:
        return [NOTHING] * len(lines)
    by_field = any(key.over.value == "field" for key in table.keys)
    if measure.accumulate.value == "transaction" or by_field:
        return [piece(terms, (0, line.counts), line.counts, line.deal) for line in lines]
    figure = together(measure, lines)
    if is_one_figure(terms):
        whole, total = piece(terms, (0, figure), figure, None), sum(line.credit for line in lines)
        return [whole * Fraction(each.credit, total) if total > 0 else NOTHING for each in lines]
    so_far, found = 0, list[Fraction]()
    for line in lines:
        found.append(piece(terms, (so_far, so_far + line.counts), figure, line.deal))
        so_far += line.counts
    return found


def is_one_figure(terms: Terms) -> bool:
    """Whether it is earned at once and shared by credit: by an amount, or by an average or the largest.

    A rate that a ratio decides is of everything credited.
    """
    table, measure = terms.component.table, terms.component.measure
    if measure.accumulate.value == "transaction" or any(key.over.value == "field" for key in table.keys):
        return False
    if table.kind.value in {"step", "curve"} or (table.kind.value == "grid" and table.worth.value == "amount"):
        return True
    return measure.aggregate.value in {"average", "max"}


def of_no_line(terms: Terms, lines: Sequence[Line]) -> Fraction:
    """What is earned at once by lines that together are nothing or less: it belongs to none of them."""
    no_quota = terms.component.needs_quota and not terms.has_quota
    if not is_one_figure(terms) or no_quota or not lines or sum(line.credit for line in lines) > 0:
        return NOTHING
    figure = together(terms.component.measure, lines)
    return piece(terms, (0, figure), figure, None)


def piece(terms: Terms, stretch: tuple[int, int], measure: int, deal: Transaction | None) -> Fraction:
    """What the stretch of the measure earns when the whole measure has come so far."""
    table, threshold = terms.component.table, terms.component.pays.threshold
    reached = stand(terms, table.keyed, measure, deal)
    if reached is None or (threshold is not None and reached < threshold.at):
        return NOTHING
    start, end = (clamped(terms, each) for each in stretch)
    part = Fraction(stretch[1] - stretch[0], measure) if measure > 0 else NOTHING
    if table.kind.value == "grid":
        return grids.cell(terms, (start, end), part, [stand(terms, key, measure, deal) for key in table.keys])
    rungs = ladder(terms)
    match table.kind.value:
        case "marginal" | "interpolated" | "flat":
            return up_to(rungs, end) - up_to(rungs, start)
        case "whole_amount":
            return (end - start) * reached_rung(terms, rungs, in_measure(terms, table.keyed, reached)).each
        case "step":
            return part * reached_rung(terms, rungs, in_measure(terms, table.keyed, reached)).worth
        case "curve":
            return part * along(terms, reached)
        case _:
            return hybrid(terms, rungs, (start, end), in_measure(terms, table.keyed, reached))


def stand(terms: Terms, key: Key, measure: int, deal: Transaction | None) -> Fraction | None:
    """Where the key stands, in the unit of bounds; None for an attainment that there is not."""
    match key.over.value:
        case "amount":
            return capped(terms, measure)
        case "attainment":
            return capped(terms, measure) * MILLION / (terms.quota or 1) if terms.has_quota else None
        case "field":
            found = None if deal is None else field_of(deal, key.of)
            return Fraction(found) if isinstance(found, int) else NOTHING
        case _:
            return terms.others[key]


def capped(terms: Terms, measure: int) -> Fraction:
    return Fraction(measure) if terms.cap is None else min(Fraction(measure), terms.cap)


def clamped(terms: Terms, place: int) -> Fraction:
    """The place in the measure, but not above the cap on attainment, nor below a threshold that pays from there on."""
    threshold, key = terms.component.pays.threshold, terms.component.table.keyed
    low = capped(terms, place)
    if threshold is None or threshold.from_first or not key.is_own:
        return low
    return max(low, in_measure(terms, key, Fraction(threshold.at)))


def in_measure(terms: Terms, key: Key, place: Fraction) -> Fraction:
    """A place on the key as a place in the measure, when bounds are shares of the own quota."""
    return place * (terms.quota or 0) / MILLION if key.over.value == "attainment" else place


def ladder(terms: Terms) -> list[Rung]:
    """The table's bands; from the point on as the last band below it when the accelerator is held back."""
    key, found = terms.component.table.keyed, list[Rung]()
    held = held_from(terms)
    for band in terms.component.table.bands:
        start = in_measure(terms, key, Fraction(band.start))
        end = None if band.end is None else in_measure(terms, key, Fraction(band.end))
        own = Rung(start, end, each_unit(terms, band, end), worth(terms, band))
        keeps = held is not None and start >= held and found
        found.append(Rung(start, end, found[-1].each, found[-1].worth) if keeps else own)
    return found


def held_from(terms: Terms) -> Fraction | None:
    """The place from which an accelerator is held back: a share of the own quota, or of what another attains."""
    key = terms.component.table.keyed
    if terms.held is None or key.over.value in {"measure", "field"}:
        return None
    if key.over.value == "attainment_of":
        return Fraction(terms.held)
    return Fraction(terms.held * (terms.quota or 0), MILLION) if terms.has_quota else None


def each_unit(terms: Terms, band: Band, end: Fraction | None) -> Fraction:
    """What each unit of the measure earns: a rate, an amount for a whole one, or its part of filling the band."""
    table = terms.component.table
    if table.kind.value == "interpolated":
        start = in_measure(terms, table.keyed, Fraction(band.start))
        assert end is not None
        return worth(terms, band) / (end - start)
    if table.worth.value == "each":
        return Fraction(band.amount, MILLION)
    return rated(terms, Fraction(band.rate))


def rated(terms: Terms, rate: Fraction) -> Fraction:
    """A rate of what is credited, or of the individual commission rate."""
    if terms.component.pays.basis.value == "target":
        return rate / MILLION * terms.target / (terms.quota or 1)
    return rate / MILLION


def worth(terms: Terms, band: Band) -> Fraction:
    """What the band pays at once: an amount, or a share of the target."""
    of_target = terms.component.table.worth.value == "target"
    return Fraction(band.rate * terms.target, MILLION) if of_target else Fraction(band.amount)


def up_to(rungs: Sequence[Rung], measure: Fraction) -> Fraction:
    """Each slice at its own rate; what is below nothing is at the first rate."""
    if measure < 0:
        return measure * rungs[0].each
    pay = NOTHING
    for rung in rungs:
        top = measure if rung.end is None else min(measure, rung.end)
        pay += max(top - rung.start, NOTHING) * rung.each
    return pay


def reached_rung(terms: Terms, rungs: Sequence[Rung], place: Fraction) -> Rung:
    """The last band whose start has been reached, or passed where bounds belong to the lower."""
    inclusive = terms.component.table.bound.value == "lower_inclusive"
    return [rungs[0], *(each for each in rungs[1:] if place > each.start or (inclusive and place == each.start))][-1]


def hybrid(terms: Terms, rungs: Sequence[Rung], stretch: tuple[Fraction, Fraction], reached: Fraction) -> Fraction:
    """The part of the stretch below the point in one way, the part above it in another."""
    table = terms.component.table
    point = in_measure(terms, table.keyed, Fraction(table.point or 0))
    low, high = ([cut(each, point) for each in stretch] for cut in (min, max))
    if table.below.value == "marginal":
        pay = up_to(rungs, low[1]) - up_to(rungs, low[0])
    else:
        below = [each for each in rungs if each.start < point or each.start == 0]
        pay = (low[1] - low[0]) * reached_rung(terms, below, reached).each
    if table.above.value == "marginal":
        return pay + up_to(rungs, high[1]) - up_to(rungs, high[0])
    return pay + (high[1] - high[0]) * reached_rung(terms, rungs, reached).each


def along(terms: Terms, place: Fraction) -> Fraction:
    """What the curve pays there: nothing before the first point, level after the last."""
    points = [(Fraction(band.start), worth(terms, band)) for band in terms.component.table.bands]
    if terms.held is not None and terms.component.table.keyed.is_attainment:
        place = min(place, Fraction(terms.held))
    return NOTHING if place < points[0][0] else between(points, place)


def between(points: Sequence[tuple[Fraction, Fraction]], place: Fraction) -> Fraction:
    """On the straight lines between the points; level before the first and after the last."""
    if place <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if place <= right:
            return low + (high - low) * (place - left) / (right - left)
    return points[-1][1]
