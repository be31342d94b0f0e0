"""The first KPIs, one function each. A figure that cannot be had is None with the reason, never a zero."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.analytics.domain.survival import median_days

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from spm_app.analytics.domain.facts import Facts


class Unit(StrEnum):
    """How a figure is written."""

    MONEY = "money"
    RATE = "rate"
    DAYS = "days"
    COUNT = "count"


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in minor units, as a ratio, in days or as a count; None with the text key of the reason."""

    value: Fraction | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One entry: texts `analytics.kpi.CODE` and `analytics.kpi.CODE.how` name it and say its formula in words."""

    code: str
    unit: Unit
    direction: Direction
    of: Callable[[Facts, date], Figure]


def attainment(facts: Facts, _day: date) -> Figure:
    """Won revenue against quota. None without a quota."""
    if not facts.quota:
        return Figure(None, "analytics.na.no_quota")
    return Figure(Fraction(_revenue(facts), facts.quota))


def revenue(facts: Facts, _day: date) -> Figure:
    """The sum of known amounts won; no deal won is an honest zero."""
    return Figure(Fraction(_revenue(facts)))


def win_rate(facts: Facts, _day: date) -> Figure:
    """Deals won of deals decided."""
    decided = len(facts.won) + len(facts.lost)
    return Figure(Fraction(len(facts.won), decided)) if decided else Figure(None, "analytics.na.none_decided")


def deal_size(facts: Facts, _day: date) -> Figure:
    """The mean of known amounts won; a deal without amount is left out, not counted as nothing."""
    known = [each.minor for each in facts.won if each.minor is not None]
    return Figure(Fraction(sum(known), len(known))) if known else Figure(None, "analytics.na.none_won")


def days_to_win(facts: Facts, _day: date) -> Figure:
    """The mean days from opening to winning. Says nothing of those still open: see the median beside it."""
    ages = [(each.closed_on - each.opened_on).days for each in facts.won if each.opened_on]
    return Figure(Fraction(sum(ages), len(ages))) if ages else Figure(None, "analytics.na.none_won")


def days_to_close(facts: Facts, day: date) -> Figure:
    """The median days to any decision by Kaplan and Meier: deals still open count with the age they have reached."""
    closed = [(each.opened_on, each.closed_on) for each in facts.won] + list(facts.lost)
    ended = [(end - start).days for start, end in closed if start]
    waiting = [(day - each.opened_on).days for each in facts.still_open if each.opened_on]
    if not ended:
        return Figure(None, "analytics.na.none_decided")
    found = median_days(ended, waiting)
    return Figure(None, "analytics.na.too_few_closed") if found is None else Figure(Fraction(found))


def pipeline(facts: Facts, _day: date) -> Figure:
    """Known amounts of open deals."""
    known = [each.minor for each in facts.still_open if each.minor is not None]
    if facts.still_open and not known:
        return Figure(None, "analytics.na.no_amounts")
    return Figure(Fraction(sum(known)))


def open_deals(facts: Facts, _day: date) -> Figure:
    """How many deals are open, with or without an amount."""
    return Figure(Fraction(len(facts.still_open)))


def _revenue(facts: Facts) -> int:
    return sum(each.minor or 0 for each in facts.won)


KPIS: tuple[Kpi, ...] = (
    Kpi("attainment", Unit.RATE, Direction.UP, attainment),
    Kpi("revenue", Unit.MONEY, Direction.UP, revenue),
    Kpi("win_rate", Unit.RATE, Direction.UP, win_rate),
    Kpi("deal_size", Unit.MONEY, Direction.UP, deal_size),
    Kpi("days_to_win", Unit.DAYS, Direction.DOWN, days_to_win),
    Kpi("days_to_close", Unit.DAYS, Direction.DOWN, days_to_close),
    Kpi("pipeline", Unit.MONEY, Direction.UP, pipeline),
    Kpi("open_deals", Unit.COUNT, Direction.NEITHER, open_deals),
)
