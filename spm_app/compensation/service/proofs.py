"""The proof of a statement, from what was kept or from files alone; the script that checks it goes beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.proof import proof_of, verify_proof
from spm_app.compensation.domain.proof.verify_proof import KINDS
from spm_app.compensation.service.offline_json import statement
from spm_app.kernel.money import Currency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.records import ComponentResult, StatementLine
    from spm_app.compensation.domain.results import ComponentOutcome, PayeeOutcome
    from spm_app.compensation.domain.settle.values import Entry, Paid
    from spm_app.compensation.service.offline import Calculated
    from spm_app.compensation.service.whole import Whole


def of_statement(given: Whole) -> dict[str, Any]:
    """The proof of a kept statement. Lines by hand that came after the calculation stand beside its settlement."""
    head, settled = given.view.head, given.view.settlement
    entries = [] if settled is None else [_entry(each) for _, each in settled.entries]
    inside = {each["derivation"].get("id") for each in entries if each["kind"] in KINDS["adjusted"]}
    since = [each for each in given.view.adjustments if each.id not in inside]
    sums = {name: sum(each["amount"] for each in entries if each["kind"] in kinds) for name, kinds in KINDS.items()}
    told: dict[str, Any] = {
        "payee": head.statement.payee_name,
        "title": head.statement.title_code,
        "period": head.statement.period_code,
        **_money(head.due.currency),
        "run": int(given.run.id),
        "totals": {
            "earned": head.statement.earned.minor,
            "held": -sums["held"],
            "recovered": -sums["recovered"],
            "adjusted": sums["adjusted"] + sum(each.amount.minor for each in since),
            "paid": head.due.minor,
        },
        "settlement": entries,
        "payment": None if settled is None or since else _in_other_money(settled.payment),
    }
    extra = [{"amount": each.amount.minor, "reason": each.reason, "remark": each.remark} for each in since]
    return proof_of(told, [_kept(each, given.lines_of(each)) for each in given.view.components], extra)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "component": entry.component,
        "transaction": entry.transaction,
        "amount": entry.amount,
        "derivation": dict(entry.derivation),
    }


def _in_other_money(paid: Paid) -> dict[str, Any] | None:
    into = paid.conversion
    if into is None:
        return None
    told = {"amount": paid.amount, "from": into.source.code, "to": into.target.code, "exchange": str(into.rate)}
    return _payment(told)


def of_outcome(payee: PayeeOutcome, done: Calculated) -> dict[str, Any]:
    """The proof of what was calculated on files."""
    results, said = done.results, statement(payee, done)
    told: dict[str, Any] = {
        "payee": done.names[payee.payee_id],
        "title": payee.title_code,
        "period": results.period.code,
        **_money(results.currency),
        "run": results.digest,
        "totals": said["totals"],
        "settlement": said["settlement"],
        "payment": _payment(said["payment"]),
    }
    return proof_of(told, [_calculated(each) for each in payee.components], [])


def _payment(said: dict[str, Any] | None) -> dict[str, Any] | None:
    """With the power of ten between the minor units of both moneys."""
    if said is None:
        return None
    return {**said, "shift": Currency(said["to"]).digits - Currency(said["from"]).digits}


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
