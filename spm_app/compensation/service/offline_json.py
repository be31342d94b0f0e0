"""What a calculation on files comes to, as JSON: amounts in minor units, shares and rates in parts per million."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.results import ComponentOutcome, LineOutcome, PayeeOutcome
    from spm_app.compensation.service.offline import Calculated

FORMAT = "traguardo-calc/1"


def told(done: Sequence[Calculated]) -> str:
    """Statements by period and payee, each line with its derivation. The same inputs give the same bytes."""
    currency = done[0].results.currency
    said: dict[str, Any] = {
        "format": FORMAT,
        "currency": currency.code,
        "digits": currency.digits,
        "periods": [_period(each) for each in done],
        "statements": [statement(payee, each) for each in done for payee in each.results.payees()],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n"


def statement(payee: PayeeOutcome, done: Calculated) -> dict[str, Any]:
    """One payee and period."""
    return {
        "period": done.results.period.code,
        "payee": done.names[payee.payee_id],
        "title": payee.title_code,
        "lines": [_line(component, line) for component in payee.components for line in component.lines],
        "components": [_component(each) for each in payee.components],
        "totals": {"earned": payee.earned, "held": 0, "recovered": 0, "adjusted": 0, "paid": payee.earned},
        "balances": {},
    }


def _period(done: Calculated) -> dict[str, Any]:
    results = done.results
    return {
        "period": results.period.code,
        "plans": [each.plan.code for each in results.plans],
        "digest": results.digest,
        "total": results.total_minor,
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


def _line(component: ComponentOutcome, line: LineOutcome) -> dict[str, Any]:
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
    }


def _rate(derivation: Mapping[str, Any]) -> int | None:
    """The one rate that the whole line bears; None when there are several, or amounts instead."""
    rates = {each.get("rate") for each in derivation["slices"]}
    return rates.pop() if len(rates) == 1 else None
