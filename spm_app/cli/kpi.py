"""`spm kpi`: the figures of the dashboard in the terminal, or for a spreadsheet and another program."""

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from spm_app.analytics import service as analytics
from spm_app.cli import database
from spm_app.cli.words import here
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Actor, Role
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.figures import figure

if TYPE_CHECKING:
    from fractions import Fraction

    from spm_app.analytics.domain.kpis import Figure, Unit
    from spm_app.analytics.service import Overview
    from spm_app.kernel.money import Currency

#: Whoever may use the terminal of the server may read totals, as an executive does: no pay of anybody.
_TERMINAL = Actor(PersonId(0), "spm kpi", frozenset({Role.EXEC}))
_COLUMNS: tuple[str, ...] = ("kpi", "unit", "value", "before", "reason")


def kpi(
    *,
    period: str = "",
    team: str = "",
    shape: Annotated[Literal["table", "json", "csv"], Parameter("--format")] = "table",
) -> None:
    """Print every KPI of a period, beside the period before: of the whole company or of one team.

    A figure that cannot be had is empty (n/a in the table) with its reason, never a zero.

    Parameters
    ----------
    period
        2017-Q4, 2017-10, 2017-H2 or 2017; the running quarter when left out.
    team
        The code of a team; those under it count too.
    shape
        A table to read, or JSON or CSV with plain numbers: money in whole units, rates as ratios.
    """
    database.migrate()
    team_id = analytics.team_with_code(_TERMINAL, team) if team else None
    seen = analytics.overview(_TERMINAL, period, team_id)
    match shape:
        case "json":
            print(json.dumps(_told(seen, team), indent=2))
        case "csv":
            table = csv.DictWriter(sys.stdout, _COLUMNS, lineterminator="\n")
            table.writeheader()
            table.writerows(_rows(seen))
        case "table":
            _print(seen)


def _told(seen: Overview, team: str) -> dict[str, object]:
    return {
        "period": seen.period.code,
        "from": seen.period.start.isoformat(),
        "to": seen.period.last_day.isoformat(),
        "before": seen.previous.code,
        "team": team or None,
        "currency": seen.currency.code,
        "figures": _rows(seen),
    }


def _rows(seen: Overview) -> list[dict[str, object]]:
    return [
        {
            "kpi": each.kpi.code,
            "unit": each.kpi.unit.value,
            "value": _plain(each.now.value, each.kpi.unit, seen.currency),
            "before": _plain(each.before.value, each.kpi.unit, seen.currency),
            "reason": say("en", each.now.reason) if each.now.reason else None,
        }
        for each in seen.readings
    ]


def _plain(value: Fraction | None, unit: Unit, currency: Currency) -> str | None:
    """A number as text, so that no reader makes a float of money: `2802496.00`, `0.602519`, `48.5`, `300`."""
    if value is None:
        return None
    if unit == "money":
        return str(Money.from_minor(round(value), currency).amount)
    digits = {"rate": 6, "days": 1}.get(unit, 0)
    return f"{Decimal(value.numerator) / value.denominator:.{digits}f}"


def _print(seen: Overview) -> None:
    lang = here()

    def shown(found: Figure, unit: Unit) -> str:
        if found.value is None:
            return f"{say(lang, 'analytics.na')} ({say(lang, found.reason)})"
        return figure(found.value, unit, seen.currency, lang)

    lines = [("", words.period(seen.period, lang), words.period(seen.previous, lang))]
    for each in seen.readings:
        unit = each.kpi.unit
        lines.append((say(lang, f"analytics.kpi.{each.kpi.code}"), shown(each.now, unit), shown(each.before, unit)))
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    for name, now, before in lines:
        print(f"{name:<{widths[0]}}  {now:>{widths[1]}}  {before:>{widths[2]}}".rstrip())
