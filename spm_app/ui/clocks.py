"""By which clock instants are shown. The company knows its time zone, and no room below it may ask the company."""

from __future__ import annotations

from collections.abc import Callable

_zones: list[Callable[[], str]] = []


def read_by(zone: Callable[[], str]) -> None:
    """Say who knows the zone; the composition root does, once."""
    _zones[:] = [zone]


def zone() -> str:
    """The zone in which the company reads its clocks; UTC in a program that was not told."""
    return _zones[0]() if _zones else "UTC"
