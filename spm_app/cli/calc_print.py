"""What a calculation on files comes to, as a table and as text for people."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from spm_app.cli.words import here
from spm_app.compensation.domain.explain import explain_component
from spm_app.kernel.money import Money
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.sheet import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spm_app.compensation.service.offline import Calculated

_COLUMNS = ("period", "payee", "plan", "component", "transaction", "day", "role", "credit", "commission")


def lines_csv(done: Sequence[Calculated]) -> str:
    """A row for each deal and component, amounts in the currency's own units."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COLUMNS)
    for part in done:
        for payee in part.results.payees():
            for paid in payee.components:
                for line in paid.lines:
                    credit, amount = (
                        Money.from_minor(minor, part.results.currency).amount for minor in (line.credit, line.amount)
                    )
                    names = part.names[payee.payee_id], paid.plan_code, paid.component, line.transaction
                    table.writerow(
                        [part.results.period.code, *map(harmless, names), line.day, line.role, credit, amount]
                    )
    return out.getvalue()


def statements_text(done: Sequence[Calculated]) -> str:
    """Each payee with the reasons of each component, and the sum of each period."""
    return "\n".join([line for part in done for line in _statements(part)]) + "\n"


def _statements(part: Calculated) -> Iterator[str]:
    lang, results = here(), part.results
    for payee in results.payees():
        earned = words.money(Money.from_minor(payee.earned, results.currency), lang)
        yield f"{part.names[payee.payee_id]} ({payee.title_code}): {earned}"
        for paid in payee.components:
            for step in explain_component(paid.derivation, results.currency, lang):
                yield f"    {say(lang, step.key, **step.args)}"
    total = Money.from_minor(results.total_minor, results.currency)
    yield say(lang, "compensation.calc.total", total=total, period=results.period)
    yield say(lang, "compensation.calc.digest", digest=results.digest)
