"""All sheets together become the inputs of a calculation, or findings with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.files.payments import ADJUSTMENTS, BALANCES, EVENTS, PAID_LINES, RATES
from spm_app.compensation.domain.files.people import PEOPLE
from spm_app.compensation.domain.files.quotas import QUOTAS
from spm_app.compensation.domain.files.rows import Desk, rows_of
from spm_app.compensation.domain.files.transactions import TRANSACTIONS
from spm_app.compensation.domain.inputs import Inputs
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from spm_app.compensation.domain.files.rows import Kind, Row, Sheet
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period

_ALL = (TRANSACTIONS, PEOPLE, QUOTAS, EVENTS, BALANCES, PAID_LINES, RATES, ADJUSTMENTS)
#: Every sheet there is, by its name; only the first two must be there.
KINDS: Mapping[str, Kind] = {each.name: each for each in _ALL}
_NEEDED = (TRANSACTIONS, PEOPLE)
#: Other names of sheets.
_ALSO = {"positions": "people"}


@dataclass(frozen=True, slots=True)
class Read:
    """What the sheets say, and the name behind each person's number."""

    inputs: Inputs
    names: Mapping[int, str]
    problems: tuple[Problem, ...]


def kind_of(name: str) -> str | None:
    """Which sheet a file of that name (without its ending) holds; None for none."""
    known = _ALSO.get(name, name)
    return known if known in KINDS else None


def read_sheets(sheets: Iterable[Sheet], *, period: Period, currency: Currency, as_of: datetime | None = None) -> Read:
    """Inputs of a period's calculation as they were known at an instant, with everything that cannot be used.

    Persons are numbered in the order of their names, over all sheets. A sheet may come in several files.
    """
    desk, given = Desk(period, currency), tuple(sheets)
    desk.problems.extend(
        Problem(kind.name, "compensation.files.no_sheet", {"name": f"{kind.name}.csv"})
        for kind in _NEEDED
        if all(each.kind != kind.name for each in given)
    )
    rows: dict[str, list[Row]] = {name: [] for name in KINDS}
    for sheet in given:
        rows[sheet.kind] += rows_of(sheet, KINDS[sheet.kind], desk, as_of)
    named = {name for kind in KINDS.values() for row in rows[kind.name] for name in kind.persons(row) if name}
    desk.numbers.update({name: at for at, name in enumerate(sorted(named), 1)})
    fields: dict[str, Any] = {}
    for kind in KINDS.values():
        fields.update(kind.read(rows[kind.name]))
    inputs = Inputs(period=period, currency=currency, **fields)
    return Read(inputs, {at: name for name, at in desk.numbers.items()}, tuple(desk.problems))
