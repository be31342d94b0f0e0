"""What a calculation on files comes to, as a table and as text for people."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from spm_app.cli.words import here
from spm_app.compensation.domain.explain import explain_component
from spm_app.compensation.domain.settle.explain import explain_entry
from spm_app.compensation.domain.settle.values import Did
from spm_app.kernel.money import Money
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.sheet import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spm_app.compensation.domain.settle.values import Settled
    from spm_app.compensation.service.offline import Calculated
    from spm_app.kernel.money import Currency

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
    for payee in part.payees():
        earned = words.money(Money.from_minor(payee.earned, results.currency), lang)
        yield f"{part.names[payee.payee_id]} ({payee.title_code}): {earned}"
        for paid in payee.components:
            for step in explain_component(paid.derivation, results.currency, lang):
                yield f"    {say(lang, step.key, **step.args)}"
        yield from _settled(part.settled[payee.payee_id], results.currency, lang)
    total = Money.from_minor(results.total_minor, results.currency)
    yield say(lang, "compensation.calc.total", total=total, period=results.period)
    if part.whole.paid_minor != results.total_minor:
        paid_out = Money.from_minor(part.whole.paid_minor, results.currency)
        yield say(lang, "compensation.calc.paid", total=paid_out, period=results.period)
    yield say(lang, "compensation.calc.digest", digest=part.whole.digest)


def _settled(settled: Settled, currency: Currency, lang: str) -> Iterator[str]:
    """From earned to paid, where there is anything between the two or anything stays open."""
    steps = [each for each in settled.entries if each.kind is not Did.EARNED]
    if not (steps or settled.balances or settled.payment.conversion):
        return
    for each in steps:
        about = f" ({', '.join(name for name in (each.component, each.transaction) if name)})"
        said = say(lang, f"compensation.entry.{each.kind.value}") + (about if about != " ()" else "")
        yield f"  {said}: {words.money(Money.from_minor(each.amount, currency), lang)}"
        for step in explain_entry(each.kind.value, each.derivation, each.amount, currency):
            yield f"    {say(lang, step.key, **step.args)}"
    yield f"  {say(lang, 'compensation.calc.is_paid', amount=Money.from_minor(settled.paid, currency))}"
    conversion = settled.payment.conversion
    if conversion is not None:
        own = Money.from_minor(settled.payment.amount, conversion.target)
        yield f"  {say(lang, 'compensation.calc.is_paid', amount=own)}"
    for each in settled.balances:
        amount = Money.from_minor(each.amount, currency)
        yield f"  {say(lang, f'compensation.balance.{each.kind.value}', amount=amount)}"


def balances_csv(done: Sequence[Calculated]) -> str:
    """What the last of the periods leaves open, as a sheet that the next calculation takes."""
    columns = ("person", "kind", "plan", "component", "transaction", "amount", "whole", "since", "until", "due")
    rows: list[list[object]] = []
    part = done[-1]
    for each in part.whole.settled:
        for one in each.balances:
            amounts = [Money.from_minor(minor, part.results.currency).amount for minor in (one.amount, one.whole)]
            texts = [part.names[one.payee_id], one.kind.value, one.plan, one.component, one.transaction]
            rows.append([*texts, *amounts, one.since, one.until, one.due or ""])
    return _sheet(columns, rows)


def paid_lines_csv(done: Sequence[Calculated]) -> str:
    """What was paid, in all of the periods, for sales that may yet be taken back."""
    columns = ("person", "plan", "component", "transaction", "day", "earned", "paid", "taken_back")
    rows: list[list[object]] = []
    for part in done:
        for one in (line for each in part.whole.settled for line in each.lines):
            amounts = [
                Money.from_minor(minor, part.results.currency).amount for minor in (one.earned, one.paid, one.taken)
            ]
            rows.append([part.names[one.payee_id], one.plan, one.component, one.transaction, one.day, *amounts])
    return _sheet(columns, rows)


def _sheet(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)
    return out.getvalue()
