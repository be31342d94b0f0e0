"""The chain of the calculation: sales > portions > credits > measures > terms > bounds > earnings > limits > lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.inputs import Inputs
from spm_app.compensation.engine import arrow, crediting
from spm_app.compensation.engine.frames import Frames, frames, seats_of
from spm_app.compensation.engine.log import log_of
from spm_app.compensation.engine.meters import meters
from spm_app.compensation.engine.people import people, quota_table, quotas, tables
from spm_app.compensation.engine.personal import Personal, is_needed, personal
from spm_app.compensation.engine.pieces import parts_of, pieces_of, refuse_too_fine
from spm_app.compensation.engine.results import Results, digest_of
from spm_app.compensation.engine.session import Session, opened
from spm_app.compensation.engine.standings import Standings
from spm_app.compensation.engine.streams import fields_asked, sell, streams
from spm_app.compensation.engine.terms import terms_of
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.inputs import InForce
    from spm_app.compensation.engine.meters import Meter
    from spm_app.compensation.engine.people import People
    from spm_app.compensation.engine.streams import Streams
    from spm_app.compensation.engine.terms import Terms

_EXTRA = {"component_no": arrow.WHOLE, "payee_id": arrow.WHOLE, "amount": arrow.WHOLE}


def calculate(plans: Sequence[InForce], inputs: Inputs | Frames, *, threads: int | None = None) -> Results:
    """What every payee of these plans earns in the period. Pure: the same inputs give the same bytes.

    Raises InvalidInput when a plan is for another currency or size of period, or when inputs contradict each other.
    """
    counted = meters(plans)
    given = frames(inputs, fields_asked(counted)) if isinstance(inputs, Inputs) else inputs
    _refuse_misfits(plans, given)
    asked, terms, found = streams(counted, given), terms_of(counted), people(plans, given)
    days: dict[str, Any] = {"start": given.period.start, "finish": given.period.end}
    days |= {"since": asked.since, "levels": terms.levels}
    with opened(given.deals.num_rows, threads) as session:
        _give(session, given, (terms, asked), tables(found, counted, given))
        session.give("quota", quota_table(quotas(found, counted, given)))
        sell(session, asked, days)
        for stage in ("2_portion", "3_reach"):
            session.stage(stage, days)
        session.stage("4_credit", days, **crediting.pieces_of(asked, counted, cumulative=terms.cumulative))
        own = personal(counted, found, Standings(session, counted, found, given)) if is_needed(counted) else Personal()
        _earn(session, counted, (terms, asked), own)
        _lines(session, own, days, _out(plans, terms, asked))
        return _results(session, plans, given, (counted, asked, found, own))


def _out(plans: Sequence[InForce], terms: Terms, asked: Streams) -> dict[str, object]:
    """What the text of `10_out.sql` is completed with."""
    return {
        "components": sum(len(each.plan.components) for each in plans),
        "sale_join": "LEFT" if terms.cumulative else "",
        "key": "keyed.key" if asked.keys else "CAST(NULL AS BIGINT)",
        "keyed": " LEFT JOIN keyed USING (component_no, seq)" if asked.keys else "",
    }


def _refuse_misfits(plans: Sequence[InForce], given: Frames) -> None:
    grain = given.facts.calendar.grain_of(given.period)
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


def _give(session: Session, given: Frames, asked: tuple[Terms, Streams], who: Mapping[str, arrow.Table]) -> None:
    terms, rules = asked
    own = {"deals": given.deals, "shares": given.shares, "named": given.named, "seats": seats_of(given.facts)}
    for name, table in (own | terms.tables | {"rule": rules.rules} | dict(who)).items():
        session.give(name, table)


def _earn(session: Session, counted: Sequence[Meter], asked: tuple[Terms, Streams], own: Personal) -> None:
    """What every line earns before it is rounded."""
    terms, rules = asked
    for name, table in own.tables().items():
        session.give(name, table)
    session.stage("5_terms", {}, own_slopes=_OWN_SLOPES if own.slopes else "")
    session.give("part", parts_of(session, terms))
    session.stage("6_bound", {})
    refuse_too_fine(session, counted)
    limited = bool(own.limits)
    pieces = pieces_of(session, terms, limited=limited)
    session.stage(
        "7_raw",
        {},
        **pieces,
        kept="TABLE" if limited else "VIEW",
        reached=_REACHED.format(key="WHEN by_key THEN keyed.key " if rules.keys else ""),
        paid_on="CASE WHEN per_unit THEN run.moved ELSE credit END" if terms.counting else "credit",
        keyed=" LEFT JOIN keyed USING (component_no, seq)" if rules.keys else "",
    )
    if limited:
        session.stage("8_limit", {}, **pieces)
    session.stage(
        "9_line",
        {},
        **pieces,
        paid="paid" if limited else "raw",
        uncapped=" uncapped," if limited else "",
        withheld=_WITHHELD if limited else "0",
    )


_OWN_SLOPES = """
UNION ALL
SELECT component_no, payee_id, band_no, CAST(bound AS HUGEINT), CAST(paid AS HUGEINT), CAST(per AS HUGEINT)
FROM own_slope"""
_REACHED = "CASE {key}WHEN single THEN run.moved ELSE measure END"
_WITHHELD = """CAST(
    (2 * (sum(uncapped) - sum(CAST(whole AS HUGEINT) * unit + rest)) + any_value(unit))
    // (2 * any_value(unit)) AS BIGINT
)"""


def _lines(session: Session, own: Personal, days: Mapping[str, Any], out: Mapping[str, object]) -> None:
    """The results as they leave, with what belongs to no deal."""
    rows = session.rows("SELECT component_no, payee_id, earned FROM earning") if own.floors else []
    own.raise_to_floors({(component, payee): earned for component, payee, earned in rows})
    extra = ((*key, sum(part.amount for part in parts)) for key, parts in own.parts.items())
    session.give("extra", arrow.table(_EXTRA, extra))
    session.stage("10_out", days, **out)


def _results(
    session: Session,
    plans: Sequence[InForce],
    given: Frames,
    found: tuple[Sequence[Meter], Streams, People, Personal],
) -> Results:
    counted, asked, who, own = found
    components, lines = session.table("FROM out_component"), session.table("FROM out_line")
    return Results(
        period=given.period,
        currency=given.currency,
        plans=tuple(plans),
        components=components,
        lines=lines,
        log=log_of(session, (counted, asked, who), plans, given),
        digest=digest_of(plans, own.told(), components, lines),
        personal=own,
        roles=tuple(credit.to.value for each in counted for credit in each.measure.credits),
        shares=given.shares,
    )
