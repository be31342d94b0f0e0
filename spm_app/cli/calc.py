"""`spm calc`: the calculation on files alone, with the engine that the server uses."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from spm_app.cli.words import here
from spm_app.compensation.domain.explain import explain_component
from spm_app.compensation.domain.parts import notices
from spm_app.compensation.service import offline
from spm_app.kernel.money import Money
from spm_app.ui import words
from spm_app.ui.catalogue import say, say_problem
from spm_app.ui.sheet import harmless

_COLUMNS = ("payee", "plan", "component", "transaction", "day", "role", "credit", "commission")


def calc(
    *,
    plan: list[Path],
    deals: Path,
    people: Path,
    quotas: Path | None = None,
    period: str,
    as_json: Annotated[bool, Parameter("--json", negative="")] = False,
    as_csv: Annotated[bool, Parameter("--csv", negative="")] = False,
    proof: Path | None = None,
) -> None:
    """Calculate a period from files: statements with their reasons, or every line as JSON or CSV.

    What was in the plan for a part of the period only is said on the error stream.

    Parameters
    ----------
    plan
        A plan text in YAML; may be given several times.
    deals
        CSV: id, closed_on, amount, owner; where known outcome, stage, product, account, opened_on.
    people
        CSV: person, title; where known manager, from, to.
    quotas
        CSV: person, quota; where there are several, period.
    period
        A calendar period: 2026-Q1, 2026-03, 2026-H1, 2026.
    proof
        Write every figure with its derivation to this file.
    """
    texts = [each.read_text(encoding="utf-8") for each in plan]
    sheet = None if quotas is None else _sheet(quotas)
    done = offline.calculated(texts, period, _sheet(deals), _sheet(people), quotas=sheet)
    if proof is not None:
        proof.write_text(offline.proof(done), encoding="utf-8")
    for each in notices(done.results.log):
        print(say_problem(here(), each), file=sys.stderr)
    if as_json:
        print(offline.proof(done), end="")
    elif as_csv:
        _print_lines(done)
    else:
        _print_statements(done)


def _sheet(file: Path) -> offline.Sheet:
    return offline.Sheet(str(file), file.read_text(encoding="utf-8"))


def _print_lines(done: offline.Calculated) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(_COLUMNS)
    currency = done.results.currency
    for payee in done.results.payees():
        for paid in payee.components:
            for line in paid.lines:
                amounts = [Money.from_minor(minor, currency).amount for minor in (line.credit, line.amount)]
                name = done.names[payee.payee_id]
                texts = map(harmless, (name, paid.plan_code, paid.component, line.transaction))
                table.writerow([*texts, line.day, line.role, *amounts])


def _print_statements(done: offline.Calculated) -> None:
    lang, currency = here(), done.results.currency
    for payee in done.results.payees():
        earned = words.money(Money.from_minor(payee.earned, currency), lang)
        print(f"{done.names[payee.payee_id]} ({payee.title_code}): {earned}")
        for paid in payee.components:
            for step in explain_component(paid.derivation, currency, lang):
                print(f"    {say(lang, step.key, **step.args)}")
    total = Money.from_minor(done.results.total_minor, currency)
    print(say(lang, "compensation.calc.total", total=total, period=done.results.period))
    print(say(lang, "compensation.calc.digest", digest=done.results.digest))
