"""The proof of a statement, from what was kept or from files alone; the script that checks it goes beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.proof import proof_of, verify_proof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.records import ComponentResult, StatementLine
    from spm_app.compensation.domain.results import ComponentOutcome, PayeeOutcome
    from spm_app.compensation.service.offline import Calculated
    from spm_app.compensation.service.whole import Whole
    from spm_app.kernel.money import Currency


def of_statement(given: Whole) -> dict[str, Any]:
    """The proof of a kept statement."""
    head, currency = given.view.head, given.view.head.statement.earned.currency
    earned, adjusted = head.statement.earned.minor, head.adjusted.minor
    told = {
        "payee": head.statement.payee_name,
        "title": head.statement.title_code,
        "period": head.statement.period_code,
        **_money(currency),
        "run": int(given.run.id),
        "totals": {"earned": earned, "held": 0, "recovered": 0, "adjusted": adjusted, "paid": earned + adjusted},
    }
    extra = [
        {"amount": each.amount.minor, "reason": each.reason, "remark": each.remark} for each in given.view.adjustments
    ]
    return proof_of(told, [_kept(each, given.lines_of(each)) for each in given.view.components], extra)


def of_outcome(payee: PayeeOutcome, done: Calculated) -> dict[str, Any]:
    """The proof of what was calculated on files."""
    results = done.results
    told = {
        "payee": done.names[payee.payee_id],
        "title": payee.title_code,
        "period": results.period.code,
        **_money(results.currency),
        "run": results.digest,
        "totals": {"earned": payee.earned, "held": 0, "recovered": 0, "adjusted": 0, "paid": payee.earned},
    }
    return proof_of(told, [_calculated(each) for each in payee.components], [])


def written(proof: dict[str, Any]) -> str:
    """A proof as the text of its file."""
    return json.dumps(proof, ensure_ascii=False, indent=1) + "\n"


def script() -> str:
    """The text of `verify_proof.py`."""
    return Path(verify_proof.__file__).read_text(encoding="utf-8")


def _money(currency: Currency) -> dict[str, Any]:
    return {"currency": currency.code, "digits": currency.digits}


def _kept(part: ComponentResult, found: Sequence[StatementLine]) -> dict[str, Any]:
    return {
        "plan": part.derivation["plan"],
        "version": int(part.plan_version_id),
        "component": part.component,
        "measure": part.measure.minor,
        "quota": None if part.quota is None else part.quota.minor,
        "earned": part.earned.minor,
        "derivation": dict(part.derivation),
        "lines": [
            {
                "position": line.position,
                "transaction": line.transaction,
                "day": None if line.day is None else line.day.isoformat(),
                "role": line.role,
                "credit": line.credit.minor,
                "amount": line.amount.minor,
                "derivation": dict(line.derivation),
            }
            for line in found
        ],
    }


def _calculated(part: ComponentOutcome) -> dict[str, Any]:
    return {
        "plan": part.plan_code,
        "version": part.version_id,
        "component": part.component,
        "measure": part.measure,
        "quota": part.quota,
        "earned": part.earned,
        "derivation": dict(part.derivation),
        "lines": [
            {
                "position": line.position,
                "transaction": line.transaction,
                "day": line.day.isoformat(),
                "role": line.role,
                "credit": line.credit,
                "amount": line.amount,
                "derivation": dict(line.derivation),
            }
            for line in part.lines
        ],
    }
