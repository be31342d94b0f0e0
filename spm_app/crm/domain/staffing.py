"""Which people an import has to create before it can say whose deals they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from spm_app.crm.domain.transcribe import PersonLine, PersonRecord


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody to be created; `leads` says that others report to them."""

    record: PersonRecord
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is created, managers before their reports; how many rows name people we know, and which are refused."""

    created: tuple[NewStaff, ...]
    known: int
    refused: tuple[PersonLine, ...]


def staffing(lines: Sequence[PersonLine], owners: Iterable[PersonRecord], known: Collection[str]) -> Staffing:
    """Everybody named who is not `known` (by `spoken` name): rows first, then their managers, then `owners`.

    Who reports to themselves, directly or not, is refused; the first of two rows about one person counts.
    """
    good: dict[str, PersonRecord] = {}
    refused = [line for line in lines if line.problems]
    for line in lines:
        if not line.problems:
            good.setdefault(spoken(line.record.name), line.record)
    bosses = {spoken(each.manager): each for each in good.values() if each.manager}
    everybody = good | {
        name: replace(of, name=of.manager, external_id="", email="", manager="", hired_on=None)
        for name, of in bosses.items()
        if name not in good
    }
    everybody = {spoken(each.name): each for each in owners} | everybody
    depth = {name: _depth(name, everybody) for name in everybody}
    refused += [_circular(line) for line in lines if not line.problems and depth[spoken(line.record.name)] < 0]
    new = sorted((name for name in everybody if depth[name] >= 0 and name not in known), key=lambda name: depth[name])
    rows_known = sum(spoken(line.record.name) in known for line in lines if not line.problems)
    return Staffing(tuple(NewStaff(everybody[name], name in bosses) for name in new), rows_known, tuple(refused))


def spoken(name: str) -> str:
    """A name as it is compared: without case, with single spaces."""
    return " ".join(name.casefold().split())


def _depth(name: str, everybody: Mapping[str, PersonRecord]) -> int:
    """How many managers stand above, among these people; -1 in a circle."""
    above: list[str] = []
    while name in everybody and everybody[name].manager:
        if name in above:
            return -1
        above.append(name)
        name = spoken(everybody[name].manager)
    return len(above)


def _circular(line: PersonLine) -> PersonLine:
    return replace(
        line, problems=(Problem("manager", "crm.problem.reports_in_circle", {"value": line.record.manager}),)
    )
