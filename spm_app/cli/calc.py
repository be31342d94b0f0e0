"""`spm calc`: the calculation on files alone, with the engine that the server uses."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from spm_app.cli.calc_print import balances_csv, lines_csv, paid_lines_csv, statements_text
from spm_app.cli.words import here
from spm_app.compensation.domain.parts import notices
from spm_app.compensation.service import offline, offline_json, proofs
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.period import FiscalCalendar
from spm_app.ui.catalogue import say_problem


class Format(StrEnum):
    """For a program, for a spreadsheet, or for a person."""

    JSON = "json"
    CSV = "csv"
    TEXT = "text"


_WRITE = {
    Format.JSON: (offline_json.told, "statements.json"),
    Format.CSV: (lines_csv, "lines.csv"),
    Format.TEXT: (statements_text, "statements.txt"),
}


def calc(
    *,
    plan: list[Path],
    data: Path,
    period: str,
    as_of: str | None = None,
    as_format: Annotated[Format, Parameter("--format")] = Format.TEXT,
    out: Path | None = None,
) -> None:
    """Calculate periods from files: statements with their reasons, or every line as JSON or CSV.

    What was in the plan for a part of the period only is said on the error stream.

    Parameters
    ----------
    plan
        A plan text in YAML; may be given several times.
    data
        A folder of CSV files: transactions, people; also quotas, events, balances, paid_lines, rates, adjustments.
    period
        A calendar period: 2026-Q1, 2026-03, 2026-H1, 2026. Each pay period of the plans within it is calculated.
    as_of
        Leave out rows recorded after this instant; a day alone counts to its end (UTC).
    as_format
        How to say it: text for people, csv with a line for each deal and component, json with everything.
    out
        Write into this folder instead of the terminal, with a proof of each statement and the script that checks it,
        and with the balances and the paid sales that the next period's calculation asks for.
    """
    texts = [each.read_text(encoding="utf-8") for each in plan]
    given = offline.folder(data)
    instant = None if as_of is None else _instant(as_of)
    asked = FiscalCalendar().parse(period)
    done = offline.calculated([offline.readable(each) for each in texts], asked, given.sheets, as_of=instant)

    said = (*given.notices, *(each for part in done for each in notices(part.results.log)))
    for each in dict.fromkeys(say_problem(here(), each) for each in said):
        print(each, file=sys.stderr)
    write, name = _WRITE[as_format]
    if out is None:
        print(write(done), end="")
    else:
        out.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(write(done), encoding="utf-8", newline="")
        for name, text in (("balances.csv", balances_csv(done)), ("paid_lines.csv", paid_lines_csv(done))):
            (out / name).write_text(text, encoding="utf-8", newline="")
        _write_proofs(done, out)


def _write_proofs(done: Sequence[offline.Calculated], out: Path) -> None:
    """One a payee and period, by their number in it, beside the script that checks them."""
    (out / "verify_proof.py").write_text(proofs.script(), encoding="utf-8")
    for part in done:
        for payee in part.results.payees():
            file = out / f"proof-{part.results.period.code}-{payee.payee_id}.json"
            file.write_text(proofs.written(proofs.of_outcome(payee, part)), encoding="utf-8")


def _instant(text: str) -> datetime:
    """An instant as it is written; without an offset it is UTC, a day alone is its last instant."""
    try:
        if len(text) == len("2026-01-31"):
            day = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
            return day + timedelta(days=1) - timedelta.resolution
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput("compensation.calc.not_an_instant", value=text) from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
