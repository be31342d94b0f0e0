"""The parts of stages that a fixed text cannot say: units that divide without rest, and formulas as long as tables."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from spm_app.compensation.domain.terms import WHOLE
from spm_app.compensation.engine import arrow
from spm_app.compensation.engine.arrow import table
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.inputs import InForce
    from spm_app.compensation.engine.arrow import Table
    from spm_app.compensation.engine.frames import PlanFrames
    from spm_app.compensation.engine.session import Session

_NARROW, _WIDE = 2**62, 2**126
_STEPS = """
SELECT coalesce(max(steps), 0) FROM (SELECT sum(abs(step)) AS steps FROM bound GROUP BY component_no, payee_id)
"""
_PART = {"component_no": arrow.WHOLE, "payee_id": arrow.WHOLE, "parts": arrow.WHOLE}


def parts_of(session: Session, plans: Sequence[InForce], terms: PlanFrames) -> Table:
    """Into how many parts a minor unit is cut, so that every band of a component and payee pays whole parts of it.

    Raises InvalidInput for bands whose widths have so little in common that no whole number of 64 bits will do.
    """
    scale = _scale(session)
    if terms.plain:
        keys = session.rows("SELECT DISTINCT component_no, payee_id FROM slope")
        return table(_PART, ((*key, WHOLE) for key in keys))
    cut = session.rows("SELECT component_no, payee_id, list(DISTINCT per // gcd(paid, per)) FROM slope GROUP BY ALL")
    found: list[tuple[int, int, int]] = [(component, payee, lcm(*map(int, pers))) for component, payee, pers in cut]
    named = [component for each in plans for component in each.plan.components]
    fine = {named[component].code for component, _, parts in found if parts * scale >= _NARROW}
    if fine:
        problems = [Problem(code, "compensation.inputs.too_fine", {"code": code}) for code in sorted(fine)]
        raise InvalidInput("compensation.inputs.unusable", problems, n=len(problems))
    return table(_PART, found)


def pieces_of(session: Session, terms: PlanFrames) -> Mapping[str, object]:
    """What the texts of `7_raw.sql` and `8_line.sql` are completed with."""
    scale = _scale(session)
    number = _number(session, scale)
    steps = ", ".join(
        f"coalesce(CAST(max(step) FILTER (band_no = {k}) AS {number}), 0) AS d{k},"
        f" coalesce(CAST(max(bound) FILTER (band_no = {k}) * {scale} // {WHOLE} AS {number}), 0) AS t{k}"
        for k in range(terms.bands)
    )
    before, after, reached = (f"CAST({column} AS {number}) * {scale}" for column in ("before", "after", "reached"))
    rate = _rate(terms.bands, reached)
    return {
        "number": number,
        "scale": scale,
        "terms": steps,
        "rate": rate,
        "f_before": _broken_line(terms.bands, before),
        "f_after": _broken_line(terms.bands, after),
        "unit": scale * WHOLE if terms.plain else "unit",
        "unit_of_row": scale * WHOLE if terms.plain else f"coalesce(parts, 1) * {scale}",
        "point": "NULL" if terms.plain else _point(scale, number),
        "other_ways": "" if terms.plain else _other_ways(terms.bands, scale, (before, after, reached)),
    }


def _broken_line(bands: int, x: str) -> str:
    """What the measure up to x earns, each slice at its own rate."""
    return " + ".join([f"d0 * {x}", *(f"d{k} * greatest({x} - t{k}, 0)" for k in range(1, bands))])


def _rate(bands: int, x: str, below: str = "") -> str:
    """The rate of the band that x falls into; `below` leaves out the bands that do not begin below that place."""

    def reached(k: int) -> str:
        place = f"t{k} < {below} AND " if below else ""
        return f"CASE WHEN {place}({x} > t{k} OR ({x} = t{k} AND NOT upper_wins)) THEN d{k} ELSE 0 END"

    return " + ".join(["d0", *(reached(k) for k in range(1, bands))])


def _point(scale: int, number: str) -> str:
    unit = "CASE WHEN over_quota THEN quota ELSE 1000000 END"
    return f"CAST(CAST(point AS HUGEINT) * {unit} * {scale} // {WHOLE} AS {number})"


def _other_ways(bands: int, scale: int, columns: tuple[str, str, str]) -> str:
    """An amount for each line by itself, and what lies below and above a point."""
    before, after, reached = columns
    low, high = ([f"{cut}({x}, point)" for x in (before, after)] for cut in ("least", "greatest"))

    def part(ends: Sequence[str], whole: str, rate: str) -> str:
        marginal = f"({_broken_line(bands, ends[1])}) - ({_broken_line(bands, ends[0])})"
        return f"CASE WHEN {whole} THEN ({ends[1]} - {ends[0]}) * ({rate}) ELSE {marginal} END"

    below = part(low, "below_whole", _rate(bands, reached, "point"))
    above = part(high, "above_whole", _rate(bands, reached))
    each = f"CASE WHEN credit > 0 THEN {scale} * ({_rate(bands, reached)}) ELSE 0 END"
    return f"WHEN fixed AND single THEN {each} WHEN point IS NOT NULL THEN {below} + {above} "


def _scale(session: Session) -> int:
    """The smallest factor under which every bound is a whole number; 1 when quotas are round, as they mostly are."""
    found = session.rows(f"SELECT DISTINCT {WHOLE} // gcd(bound % {WHOLE}, {WHOLE}) FROM place")  # noqa: S608 - a number
    return lcm(1, *(int(row[0]) for row in found))


def _number(session: Session, scale: int) -> str:
    """64 bits when nothing in this run can pass them, else 128: the choice changes the speed and never the result.

    Raises InvalidInput when 128 would not do either.
    """
    (moved,), (bound,), (steps,) = (
        session.rows("SELECT coalesce(max(moved), 0) FROM measure")[0],
        session.rows("SELECT coalesce(max(abs(bound)), 0) FROM place")[0],
        session.rows(_STEPS)[0],
    )
    largest = max(4 * scale * int(moved) * int(steps), scale * int(bound) // WHOLE)
    if largest >= _WIDE:
        raise InvalidInput("compensation.inputs.unusable", [Problem("", "compensation.inputs.too_large")], n=1)
    return "BIGINT" if largest < _NARROW else "HUGEINT"
