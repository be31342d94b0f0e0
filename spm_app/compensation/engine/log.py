"""What a run has to say about itself: how many deals each component saw, kept out and credited, and on which days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.rule import conjuncts, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.inputs import InForce
    from spm_app.compensation.engine.frames import Frames
    from spm_app.compensation.engine.meters import Meter
    from spm_app.compensation.engine.people import People
    from spm_app.compensation.engine.session import Session
    from spm_app.compensation.engine.streams import Streams
    from spm_app.kernel.period import Period

#: Deals of payees of the plan that came through a component's condition on a day on which they are not in the plan.
_OUTSIDE = """
SELECT r.component_no, count(DISTINCT seq)
FROM rule r JOIN enrolled e USING (plan_no) JOIN portion p ON p.owner_id = e.payee_id
JOIN matched m USING (filter_no, seq)
WHERE r.way = 'tree' AND r.levels = 0 AND m.day >= $start AND NOT EXISTS (
    SELECT 1 FROM reach
    WHERE reach.rule_no = r.rule_no AND reach.payee_id = e.payee_id AND reach.owner_id = e.payee_id
      AND m.day >= reach.first AND m.day < reach.past
)
GROUP BY r.component_no
"""


def log_of(
    session: Session, found: tuple[Sequence[Meter], Streams, People], plans: Sequence[InForce], given: Frames
) -> tuple[Mapping[str, Any], ...]:
    """For each component its lines, the deals of the period, and which part of its condition kept how many out.

    `days` of `of` say how much of the period the plan holds for, `partial` how many of its payees are in it on fewer
    days than that, `outside` how many of their own deals fall on other days: what `domain.parts` puts into words. With
    several rules of crediting, what is told is of the first.
    """
    counted, asked, who = found
    lines = dict(session.rows("SELECT component_no, count(*) FROM credit WHERE seq > 0 GROUP BY component_no"))
    outside = dict(session.rows(_OUTSIDE, {"start": given.period.start}))
    filters = dict(session.rows("SELECT component_no, arg_min(filter_no, rule_no) FROM rule GROUP BY component_no"))
    parts = [_part(who, no, each, given.period) for no, each in enumerate(plans)]
    told = {no: _count(session, no, asked, given) for no in sorted(set(filters.values()))}
    nothing: dict[str, Any] = {"deals": 0, "matched": 0, "refused": []}
    return tuple(
        {
            "plan": each.plan.code,
            "component": each.code,
            **(told[filters[each.no]] if each.no in filters else nothing),
            "lines": lines.get(each.no, 0),
            **parts[each.plan_no],
            "outside": outside.get(each.no, 0),
        }
        for each in counted
        if each.component is not None
    )


def _part(who: People, number: int, each: InForce, period: Period) -> dict[str, Any]:
    """The days of the period on which the plan holds; none when it does not at all."""
    first, past = max(each.plan.start, period.start), min(each.plan.end or period.end, period.end)
    days = max(0, (past - first).days)
    return {
        "start": first.isoformat() if days else "",
        "last": (past - timedelta(days=1)).isoformat() if days else "",
        "days": days,
        "of": period.days,
        "partial": sum(payee.days < days for payee in who.enrolled[number]),
    }


def _count(session: Session, number: int, asked: Streams, given: Frames) -> dict[str, Any]:
    """Each deal that fails counts for the first part that it fails on."""
    wanted = asked.filters[number]
    parts = conjuncts(wanted.rule)
    columns = [f"p{asked.parts.index(part)}" for part in parts]
    failing = [" AND ".join([*columns[:at], f"NOT {column}"]) for at, column in enumerate(columns)]
    counts = ", ".join(["count(*)", *(f"count(*) FILTER ({each})" for each in failing)])
    query = f"SELECT {counts} FROM sale WHERE stream_no = {wanted.stream_no} AND day >= $start"  # noqa: S608 - our words
    deals, *failed = session.rows(query, {"start": given.period.start})[0]
    refused = [{"part": written(part, given.currency), "n": n} for part, n in zip(parts, failed, strict=True)]
    return {"deals": deals, "matched": deals - sum(failed), "refused": refused}
