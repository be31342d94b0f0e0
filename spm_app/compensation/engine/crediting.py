"""The parts of `4_credit.sql` that depend on what plans ask: roles, shares, counts, and what lies before the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.terms import WHOLE, Aggregate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.engine.meters import Meter
    from spm_app.compensation.engine.streams import Streams

#: Everybody in the plan on the deal's day, or whom the deal names: each the whole, or the named share of it.
_FOR_ALL = """
    UNION ALL
    SELECT rule_no, component_no, payee_id, seq, matched.day, part * {own_share}, sale.amount, {share}, payee_id, 1, 0
    FROM matched JOIN rule r USING (filter_no) JOIN span w USING (component_no) JOIN entitled e USING (plan_no)
    JOIN sale USING (seq){named}
    WHERE r.way = '{way}' AND matched.day >= greatest(e.first, w.first) AND matched.day < least(e.past, w.past)"""
_NAMED = """
    JOIN (SELECT id, role, person_id, CAST(sum(share) AS BIGINT) AS share FROM named GROUP BY ALL) n
      ON n.id = sale.id AND n.role = r.role AND n.person_id = payee_id"""
_PART = """CASE WHEN part = 1000000000000 THEN credit ELSE CAST(
        sign(credit) * ((2 * abs(CAST(credit AS HUGEINT)) * part + 1000000000000) // 2000000000000) AS BIGINT) END"""
_EARLIER = """
UNION ALL
SELECT component_no, payee_id, 0, 0, CAST(sum(credit) AS BIGINT), CAST({moved} AS BIGINT), 0, 0,
       CAST(count(*) AS INTEGER), 0
FROM credited JOIN opening USING (component_no) WHERE day < first GROUP BY component_no, payee_id"""


def pieces_of(asked: Streams, counted: Sequence[Meter], *, cumulative: bool) -> Mapping[str, str]:
    """What the text of the stage is completed with."""
    counts = [str(each.no) for each in counted if each.measure.aggregate is Aggregate.COUNT]
    moved = f"CASE WHEN component_no IN ({', '.join(counts)}) THEN {WHOLE} ELSE credit END" if counts else "credit"
    return {
        "others": "".join(_others(asked)),
        "credit": "credit" if asked.is_whole else _PART,
        "moved": moved,
        "materialized": "MATERIALIZED" if cumulative else "NOT MATERIALIZED",
        "in_period": "JOIN opening USING (component_no) WHERE day >= first" if cumulative else "",
        "earlier": _EARLIER.format(moved=_moved_before(counted, moved)) if cumulative else "",
    }


def _moved_before(counted: Sequence[Meter], moved: str) -> str:
    """What earlier credits come to: their sum, or the largest of them where that is what is measured."""
    largest = [str(each.no) for each in counted if each.measure.aggregate is Aggregate.MAX]
    added = f"sum({moved})"
    return f"CASE WHEN component_no IN ({', '.join(largest)}) THEN max(credit) ELSE {added} END" if largest else added


def _others(asked: Streams) -> list[str]:
    found: list[str] = []
    if "overlay" in asked.ways:
        found.append(_FOR_ALL.format(way="overlay", own_share=WHOLE, share=WHOLE, named=""))
    if "named" in asked.ways:
        found.append(_FOR_ALL.format(way="named", own_share="n.share", share="n.share", named=_NAMED))
    return found
