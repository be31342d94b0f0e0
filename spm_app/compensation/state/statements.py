"""Statements in lists: one's own, and those of the people one is responsible for."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

import reflex as rx

from spm_app.compensation.domain.life import PeriodState
from spm_app.compensation.service import statements
from spm_app.compensation.service.statements import Head
from spm_app.kernel.money import total
from spm_app.kernel.rights import Actor
from spm_app.ui import words
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill, Text

OWN_COLUMNS = (
    Column("period", "ui.period", kind="link", sorts=False),
    Column("state", "compensation.state", kind="pill", sorts=False),
    Column("earned", "compensation.earned", kind="number", sorts=False),
    Column("adjusted", "compensation.adjusted", kind="number", sorts=False),
    Column("due", "compensation.due", kind="number", sorts=False),
)
TEAM_COLUMNS = (
    Column("payee", "compensation.payee", kind="link"),
    Column("title", "compensation.title_held"),
    Column("period", "ui.period"),
    Column("state", "compensation.state", kind="pill", sorts=False),
    Column("earned", "compensation.earned", kind="number"),
    Column("adjusted", "compensation.adjusted", kind="number"),
    Column("due", "compensation.due", kind="number"),
)
TONES = {PeriodState.CALCULATED: "accent", PeriodState.APPROVED: "warn", PeriodState.FINALISED: "good"}


def state_pill(state: PeriodState) -> Pill:
    """How far a period has come, in one word."""
    return Pill(Text(f"compensation.period.{state.value}"), TONES.get(state, "neutral"))


class StatementsState(Listing, rx.State):
    """One's own statements, newest first."""

    _columns: ClassVar[tuple[Column, ...]] = OWN_COLUMNS
    _file_name: ClassVar[str] = "statements"

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        found = statements.statements(actor, own=True)
        rows = [_row(each, actor.language) for each in found]
        return Answer(_cut(_matching(rows, ask.search), ask), len(_matching(rows, ask.search)))


class TeamState(Listing, rx.State):
    """Statements of everybody whose pay the person may read, one period at a time."""

    _columns: ClassVar[tuple[Column, ...]] = TEAM_COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("period",)
    _file_name: ClassVar[str] = "team-earnings"

    periods: list[dict[str, str]] = []
    sum_due: str = ""
    payees: int = 0

    async def _prepare(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(statements.statements, actor))
        codes = list(dict.fromkeys(each.statement.period_code for each in found))
        self.periods = [{"value": code, "label": words.period(code, lang)} for code in codes]
        if codes and "period" not in self.chosen:
            self.chosen = {"period": codes[0]}
        shown = [each for each in found if each.statement.period_code == self.chosen.get("period")]
        self.payees = len(shown)
        self.sum_due = words.money(total((each.due for each in shown), shown[0].due.currency), lang) if shown else ""

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        found = statements.statements(actor, ask.filters.get("period", ""))
        if ask.sort:
            found = tuple(sorted(found, key=lambda each: _order(each, ask.sort), reverse=ask.descending))
        rows = _matching([_row(each, actor.language) for each in found], ask.search)
        return Answer(_cut(rows, ask), len(rows))


def _row(each: Head, lang: str) -> dict[str, object]:
    return {
        "href": f"/statements/{each.statement.id}",
        "payee": each.statement.payee_name,
        "title": each.title,
        "period": words.period(each.statement.period_code, lang),
        "state": state_pill(each.state),
        "earned": each.statement.earned,
        "adjusted": each.adjusted,
        "due": each.due,
    }


def _order(each: Head, key: str) -> tuple[int, str]:
    amounts = {"earned": each.statement.earned, "adjusted": each.adjusted, "due": each.due}
    if key in amounts:
        return amounts[key].minor, each.statement.payee_name
    texts = {
        "payee": each.statement.payee_name,
        "title": each.title,
        "period": each.statement.period_code,
    }
    return 0, texts.get(key, "").casefold()


def _matching(rows: list[dict[str, object]], text: str) -> list[dict[str, object]]:
    wanted = text.casefold()
    return [row for row in rows if wanted in f"{row['payee']} {row['period']} {row['title']}".casefold()]


def _cut(rows: list[dict[str, object]], ask: Ask) -> list[dict[str, object]]:
    return rows[ask.offset : ask.offset + ask.size]
