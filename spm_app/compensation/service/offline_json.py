"""What a calculation on files comes to, as JSON: amounts in minor units, shares and rates in parts per million."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.settle.values import Did

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.results import ComponentOutcome, LineOutcome, PayeeOutcome
    from spm_app.compensation.domain.settle.currency import Converted
    from spm_app.compensation.domain.settle.values import Balance, Conversion, Entry, Settled
    from spm_app.compensation.service.offline import Calculated

FORMAT = "traguardo-calc/1"
_PUT_ASIDE = (Did.WAITS, Did.DUE, Did.HELD, Did.RELEASED)


def told(done: Sequence[Calculated]) -> str:
    """Statements by period and payee, each line with its derivation. The same inputs give the same bytes."""
    currency = done[0].results.currency
    said: dict[str, Any] = {
        "format": FORMAT,
        "currency": currency.code,
        "digits": currency.digits,
        "periods": [_period(each) for each in done],
        "statements": [statement(payee, each) for each in done for payee in each.payees()],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n"


def statement(payee: PayeeOutcome, done: Calculated) -> dict[str, Any]:
    """One payee and period."""
    settled = done.settled.get(payee.payee_id)
    told = {each.transaction: each for each in done.whole.converted}
    return {
        "period": done.results.period.code,
        "payee": done.names[payee.payee_id],
        "title": payee.title_code,
        "lines": [
            _line(component, line, told.get(line.transaction))
            for component in payee.components
            for line in component.lines
        ],
        "components": [_component(each) for each in payee.components],
        "totals": totals(settled, payee.earned),
        "balances": {} if settled is None else _balances(settled),
        "settlement": [] if settled is None else [_entry(each) for each in settled.entries],
        "open": [] if settled is None else [_open(each) for each in settled.balances],
        "codes": {} if settled is None else settled.codes,
        "payment": None if settled is None else _payment(settled),
    }


def totals(settled: Settled | None, earned: int) -> dict[str, int]:
    """From earned to paid in five figures; `held` is what this period put aside, less what it let go."""
    if settled is None:
        return {"earned": earned, "held": 0, "recovered": 0, "adjusted": 0, "paid": earned}
    return {
        "earned": earned,
        "held": -settled.sum_of(*_PUT_ASIDE),
        "recovered": -settled.sum_of(Did.RECOVERED, Did.TAKEN_BACK),
        "adjusted": settled.sum_of(Did.LATE, Did.MANUAL),
        "paid": settled.paid,
    }


def _balances(settled: Settled) -> dict[str, int]:
    """What stays open at the end of the period, by kind."""
    found: dict[str, int] = {}
    for each in settled.balances:
        found[f"{each.kind.value}_after"] = found.get(f"{each.kind.value}_after", 0) + each.amount
    return found


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "plan": entry.plan,
        "component": entry.component,
        "transaction": entry.transaction,
        "code": entry.code,
        "amount": entry.amount,
        "derivation": entry.derivation,
    }


def _open(balance: Balance) -> dict[str, Any]:
    return {
        "kind": balance.kind.value,
        "plan": balance.plan,
        "component": balance.component,
        "transaction": balance.transaction,
        "amount": balance.amount,
        "whole": balance.whole,
        "since": balance.since.isoformat(),
        "until": balance.until,
        "due": None if balance.due is None else balance.due.isoformat(),
    }


def _payment(settled: Settled) -> dict[str, Any] | None:
    """What leaves in the payee's own money; nothing where that is the plan's."""
    conversion = settled.payment.conversion
    return None if conversion is None else {"amount": settled.payment.amount, **_conversion(conversion)}


def _conversion(conversion: Conversion) -> dict[str, Any]:
    """A rate is a fraction in text, exact: so many of the second money for one of the first."""
    return {
        "from": conversion.source.code,
        "to": conversion.target.code,
        "exchange": str(conversion.rate),
        "on": None if conversion.day is None else conversion.day.isoformat(),
        "source": conversion.origin,
    }


def _period(done: Calculated) -> dict[str, Any]:
    results = done.results
    return {
        "period": results.period.code,
        "plans": [each.plan.code for each in results.plans],
        "digest": done.whole.digest,
        "total": results.total_minor,
        "paid": done.whole.paid_minor,
        "log": results.log,
    }


def _component(outcome: ComponentOutcome) -> dict[str, Any]:
    return {
        "plan": outcome.plan_code,
        "component": outcome.component,
        "measure": outcome.measure,
        "quota": outcome.quota,
        "earned": outcome.earned,
        "derivation": outcome.derivation,
    }


def _line(component: ComponentOutcome, line: LineOutcome, converted: Converted | None) -> dict[str, Any]:
    return {
        "position": line.position,
        "plan": component.plan_code,
        "component": component.component,
        "transaction": line.transaction,
        "day": line.day.isoformat(),
        "role": line.role,
        "credit": line.credit,
        "before": line.derivation.get("before"),
        "after": line.derivation.get("after"),
        "rate": _rate(line.derivation),
        "amount": line.amount,
        "derivation": line.derivation,
        "exchanged": None if converted is None else {"amount": converted.amount, **_conversion(converted.conversion)},
    }


def _rate(derivation: Mapping[str, Any]) -> int | None:
    """The one rate that the whole line bears; None when there are several, or amounts instead."""
    rates = {each.get("rate") for each in derivation["slices"]}
    return rates.pop() if len(rates) == 1 else None
