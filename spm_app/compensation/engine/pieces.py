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

    from spm_app.compensation.engine.arrow import Table
    from spm_app.compensation.engine.meters import Meter
    from spm_app.compensation.engine.session import Session
    from spm_app.compensation.engine.terms import Terms

_NARROW, _WIDE = 2**62, 2**126
_STEPS = """
SELECT coalesce(max(steps), 0) FROM (SELECT sum(abs(step)) AS steps FROM bound GROUP BY component_no, payee_id)
"""
_FACTORS = "SELECT coalesce(max(CAST(num AS HUGEINT)), 1), coalesce(max(CAST(den AS HUGEINT)), 1) FROM own_limit"
_PART = {"component_no": arrow.WHOLE, "payee_id": arrow.WHOLE, "parts": arrow.TEXT}


def parts_of(session: Session, terms: Terms) -> Table:
    """Into how many parts a minor unit is cut, so that every band of a component and payee pays whole parts of it."""
    if terms.plain:
        keys = session.rows("SELECT DISTINCT component_no, payee_id FROM slope")
        return table(_PART, ((*key, str(WHOLE)) for key in keys))
    cut = session.rows("SELECT component_no, payee_id, list(DISTINCT per // gcd(paid, per)) FROM slope GROUP BY ALL")
    return table(_PART, ((component, payee, str(lcm(*map(int, pers)))) for component, payee, pers in cut))


def refuse_too_fine(session: Session, counted: Sequence[Meter]) -> None:
    """Raises InvalidInput for bands whose widths have so little in common that no whole number of 128 bits will do."""
    parts = "SELECT component_no, max(CAST(parts AS HUGEINT)) FROM part GROUP BY component_no"
    found = {counted[int(no)].code for no, most in session.rows(parts) if int(most) * _scale(session) >= 2**90}
    if found:
        problems = [Problem(code, "compensation.inputs.too_fine", {"code": code}) for code in sorted(found)]
        raise InvalidInput("compensation.inputs.unusable", problems, n=len(problems))


def pieces_of(session: Session, terms: Terms, *, limited: bool) -> Mapping[str, object]:
    """What the texts of the stages from `7_raw.sql` on are completed with."""
    scale = _scale(session)
    number, unit_type = _numbers(session, scale, limited=limited)
    steps = ", ".join(
        f"coalesce(CAST(max(step) FILTER (band_no = {k}) AS {number}), 0) AS d{k},"
        f" coalesce(CAST(max(bound) FILTER (band_no = {k}) * {scale} // {WHOLE} AS {number}), 0) AS t{k}"
        for k in range(terms.bands)
    )
    now = _pay(terms, scale, number, ("before", "after", "reached", "paid_on"))
    then = _pay(terms, scale, number, ("0", "prior", "prior", "prior"))
    plain = terms.plain and not limited
    return {
        "number": number,
        "terms": steps,
        "pay": now,
        "gone": f"CASE WHEN seq = 0 AND {_BEGUN} THEN coalesce({then}, 0) ELSE 0 END" if terms.cumulative else "0",
        "unit": scale * WHOLE if plain else "unit",
        "unit_of_row": scale * WHOLE if terms.plain else f"coalesce(parts, 1) * {scale}",
        "unit_type": unit_type,
        "point": "NULL" if terms.plain else _point(scale, number),
    }


_BEGUN = """coalesce((
    SELECT begun FROM own_limit l WHERE l.component_no = placed.component_no AND l.payee_id = placed.payee_id
), true)"""


def _pay(terms: Terms, scale: int, number: str, columns: tuple[str, str, str, str]) -> str:
    """What a stretch of the measure earns: `before` and `after` it, with so much `reached`, on so much of it."""
    before, after, reached = (f"CAST({column} AS {number}) * {scale}" for column in columns[:3])
    rate, marginal = _rate(terms.bands, reached), _marginal(terms.bands, before, after)
    whole = f"CAST({columns[3]} AS {number}) * {scale} * ({rate})"
    other = "" if terms.plain else _other_ways(terms.bands, scale, (before, after, reached))
    return f"CASE {other}WHEN on_everything THEN {whole} ELSE {marginal} END"


def _marginal(bands: int, before: str, after: str) -> str:
    return f"({_broken_line(bands, after)}) - ({_broken_line(bands, before)})"


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
        return f"CASE WHEN {whole} THEN ({ends[1]} - {ends[0]}) * ({rate}) ELSE {_marginal(bands, *ends)} END"

    below = part(low, "below_whole", _rate(bands, reached, "point"))
    above = part(high, "above_whole", _rate(bands, reached))
    each = f"CASE WHEN credit > 0 THEN {scale} * ({_rate(bands, reached)}) ELSE 0 END"
    return f"WHEN fixed AND single THEN {each} WHEN point IS NOT NULL THEN {below} + {above} "


def _scale(session: Session) -> int:
    """The smallest factor under which every bound is a whole number; 1 when quotas are round, as they mostly are."""
    found = session.rows(f"SELECT DISTINCT {WHOLE} // gcd(bound % {WHOLE}, {WHOLE}) FROM place")  # noqa: S608 - a number
    return lcm(1, *(int(row[0]) for row in found))


def _numbers(session: Session, scale: int, *, limited: bool) -> tuple[str, str]:
    """64 bits when nothing in this run can pass them, else 128: the choice changes the speed and never the result.

    Of what is earned, and of the parts that a unit is cut into. Raises InvalidInput when 128 would not do either.
    """
    (moved,), (bound,), (steps,), (parts,) = (
        session.rows("SELECT coalesce(max(moved), 0) FROM measure")[0],
        session.rows("SELECT coalesce(max(abs(bound)), 0) FROM place")[0],
        session.rows(_STEPS)[0],
        session.rows("SELECT coalesce(max(CAST(parts AS HUGEINT)), 1) FROM part")[0],
    )
    largest = max(4 * scale * int(moved) * int(steps), scale * int(bound) // WHOLE)
    unit = scale * int(parts)
    if limited:
        num, den = session.rows(_FACTORS)[0]
        unit, most = unit * int(den), largest * max(int(num), int(den))
    else:
        most = largest
    if most >= _WIDE or unit >= _WIDE:
        raise InvalidInput("compensation.inputs.unusable", [Problem("", "compensation.inputs.too_large")], n=1)
    return "BIGINT" if largest < _NARROW else "HUGEINT", "BIGINT" if unit < _NARROW else "HUGEINT"
