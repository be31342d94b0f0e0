"""How much one may ask: a bucket of tokens that fills again with time, for a tab and for all of somebody's tabs."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter

#: Events at once, and events a second for as long as one likes. A page that loads takes about ten.
BURST = 200.0
RATE = 40.0
#: The same for all the tabs of one sign-in, or of one stranger's address, together: what is more waits its turn.
ALL_TABS, ALL_TABS_RATE = 1000.0, 200.0
#: Buckets that are kept.
_MOST = 4096


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


@dataclass(slots=True)
class Buckets:
    """One bucket for each name."""

    burst: float = BURST
    rate: float = RATE
    _kept: dict[str, _Bucket] = field(default_factory=dict)

    def takes(self, name: str, now: float | None = None) -> bool:
        """Whether there is one left for that name, taking it."""
        bucket = self._filled(name, perf_counter() if now is None else now)
        if bucket.level < 1:
            return False
        bucket.level -= 1
        return True

    def owes(self, name: str, now: float | None = None) -> float:
        """Take one in any case; how many seconds its taker has to wait until it is there."""
        bucket = self._filled(name, perf_counter() if now is None else now)
        bucket.level -= 1
        return max(0.0, -bucket.level / self.rate)

    def _filled(self, name: str, at: float) -> _Bucket:
        bucket = self._kept.setdefault(name, _Bucket(self.burst, at))
        bucket.level = min(self.burst, bucket.level + (at - bucket.at) * self.rate)
        bucket.at = at
        if len(self._kept) > _MOST:
            self._forget(at)
        return bucket

    def _forget(self, now: float) -> None:
        """The fullest half, so that it is seldom done: they would begin full again, and who floods is remembered."""
        levels = {name: each.level + (now - each.at) * self.rate for name, each in self._kept.items()}
        for name in sorted(levels, key=levels.__getitem__, reverse=True)[: _MOST // 2]:
            del self._kept[name]
