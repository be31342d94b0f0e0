"""Who is below whom: reporting lines as a tree that changes over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from spm_app.kernel.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.kernel.effective import Dated
    from spm_app.kernel.ids import PersonId


@dataclass(frozen=True, slots=True)
class Line:
    """The person reports to `manager` on the days of that dated value."""

    person_id: PersonId
    manager: Dated[PersonId]


def below(lines: Iterable[Line], manager: PersonId, period: Period) -> frozenset[PersonId]:
    """Everybody under the manager, at any depth, on at least one day of the period; never the manager.

    A chain counts only if all its lines hold on the same day: whoever came to a sub-team after it had moved away
    is not below the former manager.
    """
    reports: dict[PersonId, list[Line]] = {}
    for line in lines:
        reports.setdefault(line.manager.value, []).append(line)
    found: set[PersonId] = set()
    seen: set[tuple[PersonId, Period]] = set()
    waiting = [(manager, period)]
    while waiting:
        at, window = waiting.pop()
        for line in reports.get(at, ()):
            shared = _shared(line.manager, window)
            if shared and line.person_id != manager and (line.person_id, shared) not in seen:
                seen.add((line.person_id, shared))
                found.add(line.person_id)
                waiting.append((line.person_id, shared))
    return frozenset(found)


def closes_circle(lines: Iterable[Line], new: Line) -> bool:
    """Whether the new line would make somebody their own manager, directly or not, on any of its days."""
    if new.person_id == new.manager.value:
        return True
    days = Period(new.manager.start, new.manager.end or date.max)
    return new.manager.value in below(lines, new.person_id, days)


def _shared(step: Dated[PersonId], window: Period) -> Period | None:
    start = max(step.start, window.start)
    end = window.end if step.end is None else min(step.end, window.end)
    return Period(start, end) if start < end else None
