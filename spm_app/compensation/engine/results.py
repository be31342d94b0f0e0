"""Results as columns, and the same as values with their derivation for whoever keeps or shows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from spm_app.compensation.domain.derivation import of_component, of_line
from spm_app.compensation.domain.results import ComponentOutcome, LineOutcome, PayeeOutcome
from spm_app.compensation.domain.terms import WHOLE
from spm_app.compensation.engine import arrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spm_app.compensation.domain.inputs import InForce
    from spm_app.compensation.domain.terms import Component
    from spm_app.compensation.engine.arrow import Table
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
                components.append(self._component(row, own, position, owners))
                position += len(own)
            yield PayeeOutcome(payee, title, sum(each.earned for each in components), tuple(components))

    def _component(
        self, row: dict[str, Any], own: list[dict[str, Any]], position: int, owners: _Owners
    ) -> ComponentOutcome:
        plan, component = _numbered(self.plans)[int(row["component_no"])]
        exact = row["exact_whole"], row["exact_rest"], row["unit"]
        return ComponentOutcome(
            version_id=plan.version_id,
            plan_code=plan.plan.code,
            component=component.code,
            measure=row["measure"],
            quota=row["quota"],
            earned=row["earned"],
            derivation=of_component(plan.plan, component, row | {"of": self.period.days}, exact),
            lines=tuple(
                self._line(component, row, each | {"split": owners.get(each["id"], [])}, position + at)
                for at, each in enumerate(own, 1)
            ),
        )

    def _line(self, component: Component, whole: dict[str, Any], row: dict[str, Any], position: int) -> LineOutcome:
        return LineOutcome(
            position=position,
            role=component.credit.to.value,
            transaction=row["id"],
            deal_id=row["deal_id"],
            day=row["day"],
            credit=row["credit"],
            amount=row["amount"],
            derivation=of_line(component, whole, row, (row["whole"], row["rest"], row["unit"])),
        )


def _owners_of_shared(shares: Table) -> _Owners:
    """Who owns how much of each deal that is not one person's alone, by person id: what a split can be checked with."""
    found: _Owners = {}
    for each in arrow.rows(shares, _LINES_AT_ONCE):
        if each["share"] != WHOLE:
            found.setdefault(each["id"], []).append([each["person_id"], each["share"]])
    return {name: sorted(owners) for name, owners in found.items()}


def digest_of(plans: Sequence[InForce], *tables: Table) -> str:
    """SHA-256 over the canonical bytes: the plans' versions, then every column of every row in order."""
    digest = hashlib.sha256(repr([each.version_id for each in plans]).encode())
    for table in tables:
        arrow.write_csv(table, digest.update)
    return digest.hexdigest()


def _numbered(plans: Sequence[InForce]) -> list[tuple[InForce, Component]]:
    """Every component under its number: the order of the plans, and of the components in each."""
    return [(each, component) for each in plans for component in each.plan.components]
