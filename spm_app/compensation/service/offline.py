"""The same calculation on files alone: no database, no sign-in. What the terminal calls."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.checking import check_plan
from spm_app.compensation.domain.files import Sheet, read_files
from spm_app.compensation.domain.inputs import InForce
from spm_app.compensation.domain.plan import Plan, read_plan
from spm_app.compensation.engine import Results, calculate
from spm_app.compensation.engine.examples import Verdict, run_examples
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import Problem, has_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.results import ComponentOutcome, PayeeOutcome

__all__ = ["Calculated", "Sheet", "Verdict", "calculated", "findings", "proof", "readable", "run_examples"]


@dataclass(frozen=True, slots=True)
class Calculated:
    """Results with the names behind the numbers of persons."""

    results: Results
    names: Mapping[int, str]


def findings(text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a plan text, or worth a look."""
    read, problems = read_plan(text)
    return problems if read is None else check_plan(read)


def readable(text: str) -> Plan:
    """The plan of a text. Raises InvalidInput with every finding when it cannot be used."""
    read, problems = read_plan(text)
    if read is None:
        raise InvalidInput("compensation.plan_unreadable", problems)
    found = check_plan(read)
    if has_errors(found):
        raise InvalidInput("compensation.plan_has_errors", found)
    return read


def calculated(plans: Sequence[str], period: str, deals: Sheet, people: Sheet, *, quotas: Sheet | None) -> Calculated:
    """What everybody earns in the period, by plan texts and CSV files. Raises InvalidInput with every place to mend.

    Periods are those of the calendar year.
    """
    read = [readable(text) for text in plans]
    asked = FiscalCalendar().parse(period)
    given = read_files(deals, people, quotas, period=asked, currency=read[0].currency)
    if given.problems:
        raise InvalidInput("compensation.inputs.unusable", given.problems, n=len(given.problems))

    results = calculate([InForce(at, each) for at, each in enumerate(read, 1)], given.inputs)
    return Calculated(results, given.names)


def proof(done: Calculated) -> str:
    """Every figure with its derivation, as JSON: amounts in minor units, shares and rates in parts per million."""
    results = done.results
    told: dict[str, Any] = {
        "format": "traguardo-proof/1",
        "period": results.period.code,
        "currency": results.currency.code,
        "digits": results.currency.digits,
        "digest": results.digest,
        "total": results.total_minor,
        "statements": [_statement(each, done.names) for each in results.payees()],
        "log": results.log,
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n"


def _statement(payee: PayeeOutcome, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "payee": names[payee.payee_id],
        "title": payee.title_code,
        "earned": payee.earned,
        "components": [_component(each) for each in payee.components],
    }


def _component(outcome: ComponentOutcome) -> dict[str, Any]:
    lines = [
        {
            "position": line.position,
            "role": line.role,
            "transaction": line.transaction,
            "day": line.day.isoformat(),
            "credit": line.credit,
            "amount": line.amount,
            "derivation": line.derivation,
        }
        for line in outcome.lines
    ]
    return {
        "plan": outcome.plan_code,
        "component": outcome.component,
        "measure": outcome.measure,
        "quota": outcome.quota,
        "earned": outcome.earned,
        "derivation": outcome.derivation,
        "lines": lines,
    }
