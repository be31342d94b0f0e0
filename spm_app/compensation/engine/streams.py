"""Deals as the rules of crediting see them: by one of their days, with one of their values, let through or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.rule import conjuncts, fields_of
from spm_app.compensation.domain.terms import WHOLE, DatedBy, Over, To
from spm_app.compensation.domain.times import since
from spm_app.compensation.domain.value import AMOUNT, Value, fields_in
from spm_app.compensation.engine import arrow
from spm_app.compensation.engine.rules import Emitted, column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from spm_app.compensation.domain.rule import Rule
    from spm_app.compensation.engine.arrow import Table
    from spm_app.compensation.engine.frames import Frames
    from spm_app.compensation.engine.meters import Meter
    from spm_app.compensation.engine.session import Session

_RULE = {
    "rule_no": arrow.WHOLE,
    "component_no": arrow.WHOLE,
    "plan_no": arrow.WHOLE,
    "filter_no": arrow.WHOLE,
    "levels": arrow.WHOLE,
    "way": arrow.TEXT,
    "role": arrow.TEXT,
    "part": arrow.WHOLE,
}
_TREE = frozenset({To.OWNER, To.MANAGER})


@dataclass(frozen=True, slots=True)
class Filter:
    """Which deals a rule lets through: of which stream, by which condition, from which day on."""

    stream_no: int
    rule: Rule | None
    since: date


@dataclass(frozen=True, slots=True)
class Streams:
    """The different days and values of deals, conditions and their different parts, and what rules ask of them."""

    streams: tuple[tuple[DatedBy, Value], ...]
    filters: tuple[Filter, ...]
    parts: tuple[Rule, ...]
    rules: Table
    ways: frozenset[str]
    is_whole: bool
    keys: Mapping[int, str]
    since: date

    def filter_of(self, no: int) -> Filter:
        """The filter of that number."""
        return self.filters[no]


def streams(found: Sequence[Meter], given: Frames) -> Streams:
    """Everything that rules of crediting ask of deals, each different thing once."""
    asked = [(each, credit) for each in found for credit in each.measure.credits]
    ways = list(dict.fromkeys((credit.dated_by, credit.value) for _, credit in asked)) or [(DatedBy.CLOSED_ON, AMOUNT)]
    wanted = [
        Filter(ways.index((c.dated_by, c.value)), c.when, since(m.measure, m.plan, given.period, given.facts.calendar))
        for m, c in asked
    ]
    filters = tuple(dict.fromkeys(wanted))
    rows = [
        (no, m.no, m.plan_no, filters.index(want), c.levels, "tree" if c.to in _TREE else c.to.value, c.role, c.share)
        for no, ((m, c), want) in enumerate(zip(asked, wanted, strict=True))
    ]
    return Streams(
        streams=tuple(ways),
        filters=filters,
        parts=tuple(dict.fromkeys(part for each in filters for part in conjuncts(each.rule))),
        rules=arrow.table(_RULE, rows),
        ways=frozenset(row[5] for row in rows),
        is_whole=all(row[5] != To.NAMED.value and row[7] == WHOLE for row in rows),
        keys=_keys(found),
        since=min((each.since for each in filters), default=given.period.start),
    )


def _keys(found: Iterable[Meter]) -> dict[int, str]:
    """The field of a deal by which a component looks its rate up."""
    components = ((each.no, each.component) for each in found if each.component is not None)
    return {no: key.of for no, part in components for key in part.table.keys if key.over is Over.FIELD}


def fields_asked(found: Iterable[Meter]) -> frozenset[str]:
    """Every field that a condition or a value speaks of."""
    credits_ = [credit for each in found for credit in each.measure.credits]
    return frozenset(name for each in credits_ for name in fields_of(each.when) | fields_in(each.value))


def sell(session: Session, found: Streams, days: Mapping[str, Any]) -> None:
    """The sales of the time, with one column for each part of a condition, and which filter lets which through.

    Equal parts are looked at once, however many components ask.
    """
    emitted = Emitted()
    keys = {name: f"k{at}" for at, name in enumerate(dict.fromkeys(found.keys.values()))}
    columns = "".join(f", {emitted.sql(part)} AS p{at}" for at, part in enumerate(found.parts))
    columns += "".join(f", coalesce({emitted.key(name)}, 0) AS {short}" for name, short in keys.items())
    selects = [
        f"SELECT {no} AS stream_no, id, {column(dated.value)} AS day, {emitted.value(value)} AS amount,"  # noqa: S608 - our own words
        f" deal_id{columns} FROM deals WHERE {column(dated.value)} >= $since AND {column(dated.value)} < $finish"
        for no, (dated, value) in enumerate(found.streams)
    ]
    session.stage("1_sale", {**days, **emitted.values}, streams=" UNION ALL ".join(selects))
    session.run("CREATE TABLE matched (filter_no BIGINT, seq INTEGER, day DATE)")
    for number, each in enumerate(found.filters):
        passed = " AND ".join(f"p{found.parts.index(part)}" for part in conjuncts(each.rule)) or "true"
        session.run(
            f"INSERT INTO matched SELECT {number}, seq, day FROM sale"  # noqa: S608 - our own words
            f" WHERE stream_no = {each.stream_no} AND day >= DATE '{each.since.isoformat()}' AND {passed}"
        )
    if keys:
        looked = " ".join(f"WHEN {no} THEN {keys[name]}" for no, name in found.keys.items())
        view = f"SELECT seq, component_no, CASE component_no {looked} END AS key FROM sale, component"  # noqa: S608 - our own words
        session.run(f"CREATE VIEW keyed AS {view}")
