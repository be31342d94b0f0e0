"""What a source's records would change: compared by fingerprint with what the source said before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from spm_app.crm.domain.records import AccountRecord, DealRecord, ProductRecord, fingerprint
from spm_app.kernel.problem import Problem, has_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

R = TypeVar("R", ProductRecord, AccountRecord, DealRecord)


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A row of the source: what it says, or why it cannot be taken. `row` counts as a spreadsheet does."""

    row: int
    record: R | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether an error stands in the way; a warning does not."""
        return self.record is None or has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class Ref:
    """Our record that a source's id stands for, and the fingerprint of what the source last said."""

    our_id: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Change(Generic[R]):
    """A record to be written; `our_id` None makes a new one."""

    row: int
    record: R
    fingerprint: str
    our_id: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison(Generic[R]):
    """Every row of the source in exactly one place: created + changed + unchanged + refused = read."""

    created: tuple[Change[R], ...]
    changed: tuple[Change[R], ...]
    unchanged: int
    refused: tuple[Line[R], ...]
    warned: tuple[Line[R], ...]

    @property
    def read(self) -> int:
        """How many rows there were."""
        return len(self.created) + len(self.changed) + self.unchanged + len(self.refused)


def compare(lines: Sequence[Line[R]], known: Mapping[str, Ref]) -> Comparison[R]:
    """Sort rows into new, changed, unchanged and refused; the order of the rows makes no difference.

    The same row twice counts once; two rows that say different things under one id are both refused.
    """
    prints = {line.row: fingerprint(line.record) for line in lines if line.record is not None}
    judged = _refuse_contradictions(lines, prints)
    taken: dict[str, Change[R]] = {}
    for line in judged:
        if line.record is not None and not line.is_refused and line.record.external_id not in taken:
            ref = known.get(line.record.external_id)
            taken[line.record.external_id] = Change(
                line.row, line.record, prints[line.row], ref.our_id if ref else None
            )
    created = tuple(each for each in taken.values() if each.our_id is None)
    differs = {key for key, ref in known.items() if key in taken and ref.fingerprint != taken[key].fingerprint}
    changed = tuple(each for each in taken.values() if each.record.external_id in differs)
    refused = tuple(line for line in judged if line.is_refused)
    warned = tuple(line for line in judged if line.problems and not line.is_refused)
    return Comparison(created, changed, len(lines) - len(created) - len(changed) - len(refused), refused, warned)


def _refuse_contradictions(lines: Sequence[Line[R]], prints: Mapping[int, str]) -> list[Line[R]]:
    said: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.record is not None and not line.is_refused:
            said[line.record.external_id].add(prints[line.row])
    return [_refused_if(line, contradicts=_contradicts(line, said)) for line in lines]


def _contradicts(line: Line[R], said: Mapping[str, set[str]]) -> bool:
    return line.record is not None and not line.is_refused and len(said[line.record.external_id]) > 1


def _refused_if(line: Line[R], *, contradicts: bool) -> Line[R]:
    if not contradicts or line.record is None:
        return line
    problem = Problem("external_id", "crm.problem.contradicts", {"id": line.record.external_id})
    return replace(line, problems=(*line.problems, problem))
