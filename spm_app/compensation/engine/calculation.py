"""The chain of the calculation: sales > portions > credits > measures > terms > bounds > earnings > lines."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.inputs import Inputs
from spm_app.compensation.domain.rule import conjuncts, written
from spm_app.compensation.engine.frames import Frames, PlanFrames, frames, plan_frames
from spm_app.compensation.engine.pieces import parts_of, pieces_of
from spm_app.compensation.engine.results import Results, digest_of
from spm_app.compensation.engine.rules import Emitted
from spm_app.compensation.engine.session import Session, opened
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.inputs import InForce
    from spm_app.compensation.domain.rule import Rule
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period

#: Deals of payees of the plan that came through a component's condition on a day on which they are not in the plan.
_OUTSIDE = """
SELECT component_no, count(DISTINCT seq)
FROM component c JOIN enrolled e USING (plan_no) JOIN portion p ON p.owner_id = e.payee_id
JOIN matched m USING (filter_no, seq)
WHERE c.levels = 0 AND NOT EXISTS (
    SELECT 1 FROM reach r
    WHERE r.component_no = c.component_no AND r.payee_id = e.payee_id AND r.owner_id = e.payee_id
      AND m.day >= r.first AND m.day < r.past
)
GROUP BY component_no
"""


def calculate(plans: Sequence[InForce], inputs: Inputs | Frames, *, threads: int | None = None) -> Results:
    """What every payee of these plans earns in the period. Pure: the same inputs give the same bytes.

    Raises InvalidInput when a plan is for another currency or size of period, or when inputs contradict each other.
    """
    given = frames(inputs) if isinstance(inputs, Inputs) else inputs
    _refuse_misfits(plans, given)
    terms = plan_frames(plans)
    days: dict[str, Any] = {"start": given.period.start, "finish": given.period.end, "levels": terms.levels}
    days["length"] = given.period.days
    with opened(given.deals.num_rows, threads) as session:
        _give(session, given, terms)
        _sell(session, terms, days)
        for stage in ("2_portion", "3_reach", "4_credit", "5_terms"):
            session.stage(stage, days)
        session.give("part", parts_of(session, plans, terms))
        session.stage("6_bound", {})
        pieces = pieces_of(session, terms)
        for stage in ("7_raw", "8_line"):
            session.stage(stage, {}, **pieces)
        session.stage("9_out", {})
        return _results(session, plans, given, terms)


def _refuse_misfits(plans: Sequence[InForce], given: Frames) -> None:
    grain = FiscalCalendar().grain_of(given.period)
    problems = [
        Problem(each.plan.code, key, {"plan": each.plan.code, "period": given.period})
        for each in plans
        for key, fits in (
            ("compensation.inputs.other_currency", each.plan.currency == given.currency),
            ("compensation.inputs.other_period", each.plan.period is grain),
        )
        if not fits
    ]
    if problems:
        raise InvalidInput("compensation.inputs.unusable", problems, n=len(problems))


def _give(session: Session, given: Frames, terms: PlanFrames) -> None:
    own = {"deals": given.deals, "shares": given.shares, "seats": given.seats, "quotas": given.quotas}
    for name, table in (own | terms.tables).items():
        session.give(name, table)


def _sell(session: Session, terms: PlanFrames, days: Mapping[str, Any]) -> None:
    """The sales of the period, with one column for each part of a condition, and which condition lets which through.

    Equal parts are looked at once, however many components ask.
    """
    emitted = Emitted()
    columns = "".join(f", {emitted.sql(part)} AS p{at}" for at, part in enumerate(terms.parts))
    session.stage("1_sale", {**days, **emitted.values}, parts=columns)
    session.run("CREATE TABLE matched (filter_no BIGINT, seq INTEGER, day DATE)")
    for number, rule in enumerate(terms.filters):
        passed = " AND ".join(f"p{terms.parts.index(part)}" for part in conjuncts(rule)) or "true"
        session.run(f"INSERT INTO matched SELECT {number}, seq, day FROM sale WHERE {passed}")  # noqa: S608 - our own words


def _results(session: Session, plans: Sequence[InForce], given: Frames, terms: PlanFrames) -> Results:
    components, lines = session.table("FROM out_component"), session.table("FROM out_line")
    return Results(
        period=given.period,
        currency=given.currency,
        plans=tuple(plans),
        components=components,
        lines=lines,
        log=_log(session, plans, terms, given.period),
        digest=digest_of(plans, components, lines),
        shares=given.shares,
    )


def _log(
    session: Session, plans: Sequence[InForce], terms: PlanFrames, period: Period
) -> tuple[Mapping[str, Any], ...]:
    """For each component its lines, the deals of the period, and which part of its condition kept how many out.

    `days` of `of` say how much of the period the plan holds for, `partial` how many of its payees are in it on fewer
    days than that, `outside` how many of their own deals fall on other days: what `domain.parts` puts into words.
    """
    counted = [_count(session, rule, terms, plans[0].plan.currency) for rule in terms.filters]
    lines = dict(session.rows("SELECT component_no, count(*) FROM credit GROUP BY component_no"))
    outside = dict(session.rows(_OUTSIDE))
    parts = [_part(session, number, each, period) for number, each in enumerate(plans)]
    named = ((at, each, component) for at, each in enumerate(plans) for component in each.plan.components)
    return tuple(
        {
            "plan": each.plan.code,
            "component": component.code,
            **counted[terms.filters.index(component.credit.when)],
            "lines": lines.get(number, 0),
            **parts[at],
            "outside": outside.get(number, 0),
        }
        for number, (at, each, component) in enumerate(named)
    )


def _part(session: Session, number: int, each: InForce, period: Period) -> dict[str, Any]:
    """The days of the period on which the plan holds; none when it does not at all."""
    first, past = max(each.plan.start, period.start), min(each.plan.end or period.end, period.end)
    days = max(0, (past - first).days)
    counted = f"SELECT count(*) FROM enrolled WHERE plan_no = {number} AND days < {days}"  # noqa: S608 - numbers
    return {
        "start": first.isoformat() if days else "",
        "last": (past - timedelta(days=1)).isoformat() if days else "",
        "days": days,
        "of": period.days,
        "partial": session.rows(counted)[0][0],
    }


def _count(session: Session, rule: Rule | None, terms: PlanFrames, currency: Currency) -> dict[str, Any]:
    """Each deal that fails counts for the first part that it fails on."""
    parts = conjuncts(rule)
    columns = [f"p{terms.parts.index(part)}" for part in parts]
    failing = [" AND ".join([*columns[:at], f"NOT {column}"]) for at, column in enumerate(columns)]
    counts = ", ".join(["count(*)", *(f"count(*) FILTER ({each})" for each in failing)])
    deals, *failed = session.rows(f"SELECT {counts} FROM sale")[0]  # noqa: S608 - our own words
    refused = [{"part": written(part, currency), "n": n} for part, n in zip(parts, failed, strict=True)]
    return {"deals": deals, "matched": deals - sum(failed), "refused": refused}
