"""What happened when: acts of two years, done in the order of their days with the clock set to each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spm_app.infra import clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    _Act = tuple[datetime, Callable[[], object]]


@dataclass(slots=True)
class Diary:
    """Acts noted in any order. Of one day and hour, what was noted first is done first."""

    zone: str
    _acts: list[tuple[datetime, Callable[[], object]]] = field(
        default_factory=list["tuple[datetime, Callable[[], object]]"]
    )

    def on(self, day: date, act: Callable[[], object], hour: int = 9) -> None:
        """Note what is to be done on that day, at that hour of the company."""
        self._acts.append((datetime.combine(day, time(hour), ZoneInfo(self.zone)).astimezone(UTC), act))

    def live(self, until: datetime) -> None:
        """Do it all. What would lie after `until` is done at `until`: nothing in the company comes from the future."""
        for instant, act in sorted(self._acts, key=lambda noted: noted[0]):
            with clock.at(min(instant, until)):
                act()
        self._acts.clear()
