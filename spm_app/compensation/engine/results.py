"""Results as columns, and the same as values with their derivation for whoever keeps or shows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from spm_app.compensation.domain.derivation import of_component, of_line, of_true_up
from spm_app.compensation.domain.results import ComponentOutcome, LineOutcome, PayeeOutcome
from spm_app.compensation.domain.terms import WHOLE
from spm_app.compensation.engine import arrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spm_app.compensation.domain.inputs import InForce
    from spm_app.compensation.domain.personal import Spread, Tuned
    from spm_app.compensation.domain.shared import Part
    from spm_app.compensation.domain.terms import Component
    from spm_app.compensation.engine.arrow import Table
    from spm_app.compensation.engine.personal import Personal
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period

_LINES_AT_ONCE = 65_536
_Owners: TypeAlias = "dict[str, list[list[int]]]"


@dataclass(frozen=True, slots=True)
class Results:
    """Columns in canonical order: `components` by payee and component, `lines` by payee, component, day and id.

    Exact amounts stand in three columns: whole minor units, and the rest in so many parts of the `unit`.
    """

    period: Period
    currency: Currency
    plans: tuple[InForce, ...]
    components: Table
    lines: Table
    log: tuple[Mapping[str, Any], ...]
    digest: str
    shares: Table
    personal: Personal
    roles: tuple[str, ...]

    @property
    def total_minor(self) -> int:
        """What all payees earned together."""
        return sum(self.components.column("earned").to_pylist())

    def payees(self) -> Iterator[PayeeOutcome]:
        """Statements by payee id, one at a time, so that a million lines need not stand in memory as values."""
        owners = _owners_of_shared(self.shares)
        lines = groupby(arrow.rows(self.lines, _LINES_AT_ONCE), key=itemgetter("payee_id", "component_no"))
        pending = next(lines, None)
        for payee, rows in groupby(arrow.rows(self.components, _LINES_AT_ONCE), key=itemgetter("payee_id")):
            position, components, title = 0, list[ComponentOutcome](), ""
            for row in rows:
                title, own = row["title"], list[dict[str, Any]]()
                if pending is not None and pending[0] == (payee, row["component_no"]):
                    own = list(pending[1])
                    pending = next(lines, None)
                components.append(self._component(row, [_with_split(each, owners) for each in own], position))
                position += len(components[-1].lines)
            yield PayeeOutcome(payee, title, sum(each.earned for each in components), tuple(components))

    def _component(self, row: dict[str, Any], own: list[dict[str, Any]], position: int) -> ComponentOutcome:
        number = int(row["component_no"])
        plan, component = _numbered(self.plans)[number]
        key = number, int(row["payee_id"])
        terms = self.personal.terms.get(key)
        exact = row["exact_whole"], row["exact_rest"], row["unit"]
        derivation = of_component(plan.plan, component, row | {"of": self.period.days}, exact, own=terms)
        lines = [self._line(component, row, each, terms) for each in own]
        lines += [self._apart(each) for each in self.personal.parts.get(key, ())]
        return ComponentOutcome(
            version_id=plan.version_id,
            plan_code=plan.plan.code,
            component=component.code,
            measure=derivation["measure"],
            quota=row["quota"],
            earned=row["earned"],
            derivation=derivation | self.personal.notes.get(key, {}),
            lines=tuple(replace(each, position=position + at) for at, each in enumerate(lines, 1)),
            withheld=derivation.get("withheld", 0),
        )

    def _line(
        self, component: Component, whole: dict[str, Any], row: dict[str, Any], terms: Tuned | Spread | None
    ) -> LineOutcome:
        exact, is_deal = (row["whole"], row["rest"], row["unit"]), row["id"] is not None
        return LineOutcome(
            position=0,
            role=self.roles[int(row["rule_no"])] if is_deal else "true_up",
            transaction=row["id"] or "",
            deal_id=row["deal_id"],
            day=row["day"],
            credit=row["credit"] if is_deal else 0,
            amount=row["amount"],
            derivation=of_line(component, whole, row, exact, own=terms) if is_deal else of_true_up(row, exact),
        )

    def _apart(self, part: Part) -> LineOutcome:
        """What belongs to no deal, on the period's last day."""
        return LineOutcome(0, part.role, part.name, None, self.period.last_day, 0, part.amount, dict(part.derivation))


def _owners_of_shared(shares: Table) -> _Owners:
    """Who owns how much of each deal that is not one person's alone, by person id: what a split can be checked with."""
    found: _Owners = {}
    for each in arrow.rows(shares, _LINES_AT_ONCE):
        if each["share"] != WHOLE:
            found.setdefault(each["id"], []).append([each["person_id"], each["share"]])
    return {name: sorted(owners) for name, owners in found.items()}


def _with_split(line: dict[str, Any], owners: _Owners) -> dict[str, Any]:
    return line | {"split": owners.get(line["id"], [])}


def digest_of(plans: Sequence[InForce], apart: str, *tables: Table) -> str:
    """SHA-256 over the canonical bytes: plan versions, what belongs to no deal, every column of every row in order."""
    digest = hashlib.sha256(repr([each.version_id for each in plans]).encode() + apart.encode())
    for table in tables:
        arrow.write_csv(table, digest.update)
    return digest.hexdigest()


def _numbered(plans: Sequence[InForce]) -> list[tuple[InForce, Component]]:
    """Every component under its number: the order of the plans, and of the components in each."""
    return [(each, component) for each in plans for component in each.plan.components]
