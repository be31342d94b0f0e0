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

    A step that started on that very day is replaced, an earlier one ends; where that one had an end ahead of it, such
    as somebody's leaving, `value` has it too. Raises Conflict when a change on a later day is already known: it would
    be lost silently.
    """
    kept = tuple(steps)
    if any(step.start > day for step in kept):
        raise Conflict("people.later_change_known", day=day)
    before = tuple(_ended(step, day) for step in kept if step.start < day)
    end = next((step.end for step in kept if step.holds_on(day)), None)
    return before if value is None else (*before, Dated(value, day, end))


def replaced(steps: Iterable[Dated[T]], value: T | None, start: date, end: date | None) -> tuple[Dated[T], ...]:
    """The steps when `value` held on the days [start, end) instead of what stood there; None means that nothing did.

    What stood before and after keeps its days, and two neighbours with one value become one.
    """
    kept = [part for step in steps for part in _outside(step, start, end)]
    if value is not None:
        kept.append(Dated(value, start, end))
    return _joined(kept)


def taken_back(steps: Iterable[Dated[T]], day: date) -> tuple[Dated[T], ...]:
    """The steps without the change of that day: what held on the day before goes on until the change's own end.

    Where nothing held on the day before, nothing is changed.
    """
    kept = tuple(steps)
    before = next((step for step in kept if step.end == day), None)
    begun = next((step for step in kept if step.start == day), None)
    if before is None:
        return kept
    end = begun.end if begun else next((step.start for step in kept if step.start > day), None)
    return replaced(kept, before.value, day, end)


def moved_start(steps: Iterable[Dated[T]], day: date, to: date) -> tuple[Dated[T], ...]:
    """The steps when what began on `day` began on another. Raises Conflict when a change lies before that other day."""
    found = tuple(replace(step, start=to) if step.start == day else step for step in steps)
    if any(step.start < to or (step.end is not None and step.end <= to) for step in found):
        raise Conflict("people.change_before_hire", day=to)
    return found


def _outside(step: Dated[T], start: date, end: date | None) -> Iterator[Dated[T]]:
    """What is left of the step without the days [start, end)."""
    if step.start < start:
        yield _ended(step, start)
    if end is not None and (step.end is None or step.end > end):
        yield replace(step, start=max(step.start, end))


def _joined(steps: Iterable[Dated[T]]) -> tuple[Dated[T], ...]:
    found: list[Dated[T]] = []
    for step in sorted(steps, key=lambda each: each.start):
        if found and found[-1].end == step.start and found[-1].value == step.value:
            found[-1] = replace(found[-1], end=step.end)
        else:
            found.append(step)
    return tuple(found)


def _ended(step: Dated[T], day: date) -> Dated[T]:
    return step if step.end is not None and step.end <= day else replace(step, end=day)


def _inside(seat: Seat, day: date) -> bool:
    return seat.start < day and (seat.end is None or day < seat.end)
