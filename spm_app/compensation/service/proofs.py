"""The proof of a statement, from what was kept or from files alone; the script that checks it goes beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.proof import proof_of, verify_proof
from spm_app.compensation.service.statements import LineQuery, lines, statement

if TYPE_CHECKING:
    from spm_app.compensation.domain.records import ComponentResult, StatementLine
    from spm_app.compensation.domain.results import ComponentOutcome, PayeeOutcome
    from spm_app.compensation.service.offline import Calculated
    from spm_app.kernel.money import Currency
    from spm_app.kernel.rights import Actor

#: More lines than any statement has.
_ALL = 1_000_000


def of_statement(actor: Actor, statement_id: int) -> dict[str, Any]:
    """The proof of a kept statement. Raises NotFound when it is none of the actor's business."""
    view = statement(actor, statement_id)
    head, currency = view.head, view.head.statement.earned.currency
    found, _ = lines(actor, statement_id, LineQuery(limit=_ALL))
    earned, adjusted = head.statement.earned.minor, head.adjusted.minor
    told = {
        "payee": head.statement.payee_name,
        "title": head.statement.title_code,
        "period": head.statement.period_code,
        **_money(currency),
        "run": int(head.statement.run_id),
        "totals": {"earned": earned, "held": 0, "recovered": 0, "adjusted": adjusted, "paid": earned + adjusted},
    }
    parts = [_kept(each, [line for line in found if line.component_id == each.id]) for each in view.components]
    extra = [{"amount": each.amount.minor, "reason": each.reason, "remark": each.remark} for each in view.adjustments]
    return proof_of(told, parts, extra)


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


def _kept(part: ComponentResult, found: list[StatementLine]) -> dict[str, Any]:
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
