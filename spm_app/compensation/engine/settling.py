"""The whole way: inputs made ready, earned by the engine, settled by the plans' terms."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.enrolment import stretches as enrolled_days
from spm_app.compensation.domain.settle.currency import Rates
from spm_app.compensation.domain.settle.days import days_in
from spm_app.compensation.domain.settle.exact import half_up
from spm_app.compensation.domain.settle.order import settled
from spm_app.compensation.domain.settle.prepare import prepared
from spm_app.compensation.domain.settle.values import (
    Conversion,
    Earned,
    EarnedLine,
    Earning,
    Given,
    History,
    Settled,
    Terms,
)
from spm_app.compensation.engine import arrow
from spm_app.compensation.engine.calculation import calculate
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spm_app.compensation.domain.inputs import InForce, Inputs
    from spm_app.compensation.domain.settle.currency import Converted
    from spm_app.compensation.domain.settle.prepare import Prepared
    from spm_app.compensation.domain.settle.values import PaidIn, Stretch
    from spm_app.compensation.domain.terms import Component, Plan
    from spm_app.compensation.engine.results import Results

_LINES_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class Whole:
    """What everybody earned, and what of it is paid. `digest` is over both."""

    results: Results
    settled: tuple[Settled, ...]
    converted: tuple[Converted, ...]
    digest: str

    @property
    def paid_minor(self) -> int:
        """What all payees are paid together, in the plans' money."""
        return sum(each.paid for each in self.settled)


def calculate_whole(
    plans: Sequence[InForce], inputs: Inputs, *, earlier: Sequence[Plan] = (), threads: int | None = None
) -> Whole:
    """Earned and settled. Pure: the same inputs give the same bytes. `earlier` are plans that only old sales know.

    Raises InvalidInput for what `calculate` refuses, a missing rate of exchange and a missing target incentive.
    """
    ready = prepared([each.plan for each in plans], inputs)
    results = calculate(plans, ready.inputs, threads=threads)
    found = settled(_given(plans, earlier, ready, results))
    _refuse_without_rate(inputs, found)
    digest = hashlib.sha256(results.digest.encode())
    for each in found:
        digest.update(repr(each).encode())
    for one in ready.converted:
        digest.update(repr(one).encode())
    return Whole(results, found, ready.converted, digest.hexdigest())


def _given(plans: Sequence[InForce], earlier: Sequence[Plan], ready: Prepared, results: Results) -> Given:
    inputs = ready.inputs
    known = {each.code: each for each in (*earlier, *(each.plan for each in plans))}
    days = {code: _days([each.plan for each in plans if each.plan.code == code], inputs) for code in known}
    return Given(
        period=inputs.period,
        calendar=inputs.calendar,
        terms=tuple(_terms(known[code], days[code]) for code in sorted(known)),
        earned=tuple(_earned(results)),
        history=History(inputs.balances, inputs.paid_lines),
        events=ready.events,
        extras=inputs.extras,
        targets=_targets(inputs, days),
        pay_in=_pay_in(inputs),
    )


def _terms(plan: Plan, days: Mapping[int, tuple[Stretch, ...]]) -> Terms:
    return Terms(plan.code, plan.settlement, {each.code: each.payment for each in plan.components}, days)


def _days(parts: Sequence[Plan], inputs: Inputs) -> dict[int, tuple[Stretch, ...]]:
    """On which days of the period each payee is in the plan, whichever of its versions."""
    found: dict[int, list[Stretch]] = {}
    for plan in parts:
        first, past = max(plan.start, inputs.period.start), min(plan.end or inputs.period.end, inputs.period.end)
        for each in enrolled_days(plan, inputs):
            start, end = max(each.start, first), min(each.end, past)
            if start < end:
                found.setdefault(each.person_id, []).append((start, end))
    return {payee: tuple(held) for payee, held in found.items()}


def _targets(inputs: Inputs, days: Mapping[str, Mapping[int, tuple[Stretch, ...]]]) -> dict[int, int]:
    """Each payee's target incentive in the period, by the days in any plan: a twelfth of the year's for each month."""
    months = sum(1 for _ in inputs.calendar.months(inputs.period))
    found: dict[int, Fraction] = {}
    for each in inputs.incentives:
        held = next((own[each.person_id] for own in days.values() if each.person_id in own), ())
        first = max(each.start, inputs.period.start)
        past = min(each.end or inputs.period.end, inputs.period.end)
        part = Fraction(each.annual * months * days_in(held, first, past), 12 * inputs.period.days)
        found[each.person_id] = found.get(each.person_id, Fraction(0)) + part
    return {payee: half_up(amount) for payee, amount in found.items()}


def _pay_in(inputs: Inputs) -> dict[int, Conversion]:
    """For who is paid in other money the rate of the period's last day, where there is one."""
    rates = Rates(inputs.rates)
    found = {each.person_id: _pay_rate(rates, inputs, each) for each in inputs.paid_in}
    return {person: rate for person, rate in found.items() if rate is not None}


def _pay_rate(rates: Rates, inputs: Inputs, paid_in: PaidIn) -> Conversion | None:
    return rates.on(inputs.currency, paid_in.currency, inputs.period.last_day)


def _refuse_without_rate(inputs: Inputs, found: Sequence[Settled]) -> None:
    """Whoever is paid something in other money needs a rate for it."""
    paid_in = {each.person_id: each.currency for each in inputs.paid_in if each.currency != inputs.currency}
    missing = [
        Problem(
            str(each.payee_id),
            "compensation.inputs.no_pay_rate",
            {
                "person": each.payee_id,
                "source": inputs.currency.code,
                "target": paid_in[each.payee_id].code,
                "day": inputs.period.last_day,
            },
        )
        for each in found
        if each.paid and each.payment.conversion is None and each.payee_id in paid_in
    ]
    if missing:
        raise InvalidInput("compensation.inputs.unusable", missing, n=len(missing))


def _earned(results: Results) -> Iterator[Earned]:
    """What each payee earned, with lines only where a component's payment asks for them."""
    named = [(each.plan.code, component) for each in results.plans for component in each.plan.components]
    lines = _lines(results, named)
    for payee, rows in groupby(arrow.rows(results.components, _LINES_AT_ONCE), key=itemgetter("payee_id")):
        yield Earned(payee, tuple(_earning(row, named, lines) for row in rows))


def _earning(
    row: Mapping[str, Any], named: Sequence[tuple[str, Component]], lines: Mapping[tuple[int, int], list[EarnedLine]]
) -> Earning:
    plan, component = named[int(row["component_no"])]
    own = lines.get((row["payee_id"], row["component_no"]), ())
    return Earning(plan, component.code, int(row["earned"]), tuple(own))


def _lines(results: Results, named: Sequence[tuple[str, Component]]) -> dict[tuple[int, int], list[EarnedLine]]:
    asked = {at for at, (_, component) in enumerate(named) if component.payment.by_line}
    found: dict[tuple[int, int], list[EarnedLine]] = {}
    if asked:
        for row in arrow.rows(results.lines, _LINES_AT_ONCE):
            if row["component_no"] in asked:
                line = EarnedLine(row["id"], row["day"], int(row["amount"]))
                found.setdefault((row["payee_id"], row["component_no"]), []).append(line)
    return found
