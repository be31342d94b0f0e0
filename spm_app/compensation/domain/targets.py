"""What a component pays at 100 %: a part of the person's target incentive, or an amount a period; both by days."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.quotas import half_up
from spm_app.compensation.domain.times import Time, months_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spm_app.compensation.domain.enrolment import Stretch
    from spm_app.compensation.domain.inputs import Incentive
    from spm_app.compensation.domain.pays import Limit
    from spm_app.kernel.period import FiscalCalendar, Period


def target_of(
    limit: Limit,
    held: Sequence[Stretch],
    incentives: Sequence[Incentive],
    spans: tuple[Sequence[Time], Period, FiscalCalendar],
) -> Fraction:
    """The target of a payee for some times together, each rounded half up to the minor unit.

    `spans` are the times, the pay period and the calendar; `held` the payee's stretches, `incentives` the payee's own.
    """
    times, period, calendar = spans
    return Fraction(sum(half_up(_exact(limit, held, incentives, (time, period, calendar))) for time in times))


def _exact(
    limit: Limit, held: Sequence[Stretch], incentives: Iterable[Incentive], span: tuple[Time, Period, FiscalCalendar]
) -> Fraction:
    time, period, calendar = span
    months = months_of(time, calendar)
    if limit.amount is not None:
        days = sum(each.days_in(time.start, time.end) for each in held)
        periods = months / months_of(Time(period.start, period.end), calendar)
        return limit.amount * periods * Fraction(days, time.days)
    yearly = sum((_by_days(each, held, time) for each in incentives), Fraction(0))
    return yearly * months / 12 * Fraction(limit.of_target or 0, WHOLE)


def _by_days(incentive: Incentive, held: Sequence[Stretch], time: Time) -> Fraction:
    """The yearly amount for the days of the time on which it holds and the person is in the plan."""
    start, end = max(incentive.start, time.start), min(incentive.end or time.end, time.end)
    return Fraction(incentive.annual * sum(each.days_in(start, end) for each in held), time.days)


def limit_in(limit: Limit | None, target: Fraction) -> Fraction | None:
    """A cap or a floor in minor units."""
    if limit is None:
        return None
    return Fraction(limit.amount) if limit.amount is not None else target * Fraction(limit.of_target or 0, WHOLE)
