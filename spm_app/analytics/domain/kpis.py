"""The KPIs, one function each. A figure that cannot be had is None with the reason, never a zero."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.analytics.domain.survival import median_days

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    """A value in minor units, as a ratio, in days or as a count; None with the text key of the reason.

    `left_out` deals belong to it but lack what it is computed from: an amount, or the day they were opened.
    """

    value: Fraction | None
    reason: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Kpi:
    """One entry: texts `analytics.kpi.CODE` and `analytics.kpi.CODE.how` name it and say its formula in words."""

    code: str
    unit: Unit
    direction: Direction
    of: Callable[[Facts], Figure]


def attainment(facts: Facts) -> Figure:
    """Revenue won by those who carry a quota, against these quotas: sum by sum, not the mean of shares."""
    if not facts.target.quota:
        return Figure(None, facts.target.reason)
    return Figure(Fraction(facts.target.credited, facts.target.quota))


def revenue(facts: Facts) -> Figure:
    """The sum of known amounts won; no deal won is an honest zero."""
    return Figure(Fraction(_revenue(facts)))


def win_rate(facts: Facts) -> Figure:
    """Deals won of deals decided."""
    decided = len(facts.won) + facts.lost
    return Figure(Fraction(len(facts.won), decided)) if decided else Figure(None, "analytics.na.none_decided")


def deal_size(facts: Facts) -> Figure:
    """The mean of known amounts won; a deal without amount is left out, not counted as nothing."""
    known = [each.minor for each in facts.won if each.minor is not None]
    left_out = len(facts.won) - len(known)
    return _mean(known, left_out, "analytics.na.no_amounts" if left_out else "analytics.na.none_won")


def days_to_win(facts: Facts) -> Figure:
    """The mean days from opening to winning of deals won in the period. Says nothing of those that drag on."""
    ages = [(each.closed_on - each.opened_on).days for each in facts.won if each.opened_on]
    left_out = len(facts.won) - len(ages)
    return _mean(ages, left_out, "analytics.na.no_dates" if left_out else "analytics.na.none_won")


def days_to_close(facts: Facts) -> Figure:
    """The median days to any decision, by Kaplan and Meier, of the deals opened in the period.

    Those not decided by `as_of` count with the age that they had reached.
    """
    if not facts.opened:
        return Figure(None, "analytics.na.none_opened", facts.undated)
    ended = [(each.closed_on - each.opened_on).days for each in facts.opened if each.closed_on]
    waiting = [(facts.as_of - each.opened_on).days for each in facts.opened if not each.closed_on]
    found = median_days(ended, waiting)
    if found is None:
        return Figure(None, "analytics.na.too_few_closed", facts.undated)
    return Figure(Fraction(found), left_out=facts.undated)


def pipeline(facts: Facts) -> Figure:
    """Known amounts of open deals."""
    known = [each.minor for each in facts.still_open if each.minor is not None]
    left_out = len(facts.still_open) - len(known)
    if left_out and not known:
        return Figure(None, "analytics.na.no_amounts", left_out)
    return Figure(Fraction(sum(known)), left_out=left_out)


def open_deals(facts: Facts) -> Figure:
    """How many deals are open, with or without an amount."""
    return Figure(Fraction(len(facts.still_open)))


def _mean(values: Sequence[int], left_out: int, reason: str) -> Figure:
    return Figure(Fraction(sum(values), len(values)) if values else None, "" if values else reason, left_out)


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
