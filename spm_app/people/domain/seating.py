"""Seats and reporting lines put together, and how a change from a day on cuts what stood before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from spm_app.kernel.effective import Dated
from spm_app.kernel.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from spm_app.kernel.ids import PersonId
    from spm_app.people.domain.persons import Seat

T = TypeVar("T")


def with_managers(seat: Seat, lines: Sequence[Dated[PersonId]]) -> Iterator[Seat]:
    """The seat cut wherever its person's manager changes; days without a manager are stretches of their own."""
    cuts = {day for line in lines for day in (line.start, line.end) if day is not None and _inside(seat, day)}
    starts = sorted({seat.start, *cuts})
    for start, end in zip(starts, [*starts[1:], seat.end], strict=True):
        manager = next((line.value for line in lines if line.holds_on(start)), None)
        yield replace(seat, manager_id=manager, start=start, end=end)


def changed_from(steps: Iterable[Dated[T]], value: T | None, day: date) -> tuple[Dated[T], ...]:
    """The steps when `value` holds from that day on; None means that nothing does.

    A step that started on that very day is replaced, an earlier one ends. Raises Conflict when a change on a later
    day is already known: it would be lost silently.
    """
    kept = tuple(steps)
    if any(step.start > day for step in kept):
        raise Conflict("people.later_change_known", day=day)
    before = tuple(_ended(step, day) for step in kept if step.start < day)
    return before if value is None else (*before, Dated(value, day))


def _ended(step: Dated[T], day: date) -> Dated[T]:
    return step if step.end is not None and step.end <= day else replace(step, end=day)


def _inside(seat: Seat, day: date) -> bool:
    return seat.start < day and (seat.end is None or day < seat.end)
