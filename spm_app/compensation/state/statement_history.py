"""Beside a statement: the period before, the year so far, and how the statement stood on an earlier day."""

from __future__ import annotations

from datetime import date
from functools import partial

import reflex as rx

from spm_app.compensation.service import history
from spm_app.compensation.service.history import Beside, Change, Past, YearSoFar
from spm_app.compensation.state.printing import component_name
from spm_app.infra import clock
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Currency, Money
from spm_app.ui import clocks, words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


class StatementHistoryState(rx.State):
    """What stands beside the statement that the address names."""

    year: list[dict[str, str]] = []
    year_due: str = ""
    changes: list[dict[str, str]] = []
    earlier: str = ""
    earlier_href: str = ""
    past_day: str = ""
    past: dict[str, str] = {}
    past_parts: list[dict[str, str]] = []
    first_day: str = ""
    last_day: str = ""

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read the year and the period before; a day that was looked at before is forgotten."""
        actor, lang = await actor_of(self), await language_of(self)
        number = number_in(self.router.url.path)
        self.past, self.past_parts, self.past_day = {}, [], ""
        try:
            year = await rx.run_in_thread(partial(history.year_so_far, actor, number))
            beside = await rx.run_in_thread(partial(history.beside_previous, actor, number))
            runs = await rx.run_in_thread(partial(history.runs_of, actor, number))
        except NotFound:
            self.year, self.changes, self.earlier = [], [], ""
            return
        self.first_day = runs[-1].started_at.date().isoformat() if runs else ""
        self.last_day = clock.now().date().isoformat()
        self._show(year, beside, lang)

    @rx.event
    @allow_signed_in()
    async def look_back(self, day: str):
        """Show the statement as it stood when that day ended."""
        actor, lang = await actor_of(self), await language_of(self)
        try:
            asked = date.fromisoformat(day[:10])
        except ValueError:
            self.past, self.past_parts, self.past_day = {}, [], ""
            return
        self.past_day = asked.isoformat()
        found = partial(history.as_it_was, actor, number_in(self.router.url.path), asked)
        was = await rx.run_in_thread(found)
        zone = await rx.run_in_thread(clocks.zone)
        self.past = _past(was, lang, zone)
        self.past_parts = [
            {"name": component_name(each, lang), "earned": words.money(each.earned, lang)} for each in was.components
        ]

    def _show(self, year: YearSoFar, beside: Beside, lang: str) -> None:
        self.year = [
            {
                "period": words.period(each.statement.period_code, lang),
                "href": f"/statements/{each.statement.id}",
                "due": words.money(each.due, lang),
                "state": say(lang, f"compensation.period.{each.state.value}"),
            }
            for each in year.heads
        ]
        self.year_due = words.money(year.due, lang)
        self.earlier = "" if beside.earlier is None else words.period(beside.earlier.period_code, lang)
        self.earlier_href = "" if beside.earlier is None else f"/statements/{beside.earlier.id}"
        self.changes = [_change(each, year.due.currency, lang) for each in beside.changes] if beside.earlier else []


def _change(each: Change, currency: Currency, lang: str) -> dict[str, str]:
    told = each.now or each.before
    return {
        "name": each.code if told is None else component_name(told, lang),
        "before": words.money(each.before.earned if each.before else None, lang),
        "now": words.money(each.now.earned if each.now else None, lang),
        "more": _signed(each.difference, currency, lang),
        "why": " ".join(_because(each, name, Money.from_minor(minor, currency), lang) for name, minor in each.causes)
        or say(lang, "compensation.change.same"),
    }


def _because(each: Change, name: str, makes: Money, lang: str) -> str:
    """One cause as a sentence with what it makes."""
    said: dict[str, object] = {"makes": _signed(makes.minor, makes.currency, lang)}
    if name == "measure" and each.now and each.before:
        said |= {"before": each.before.measure, "now": each.now.measure}
    if name == "quota" and each.now and each.before:
        said |= {"before": words.money(each.before.quota, lang), "now": words.money(each.now.quota, lang)}
    return say(lang, f"compensation.change.{name}", **said)


def _signed(minor: int, currency: Currency, lang: str) -> str:
    return ("+" if minor > 0 else "") + words.money(Money.from_minor(minor, currency), lang)


def _past(was: Past, lang: str, zone: str) -> dict[str, str]:
    if was.run is None or was.statement is None:
        return {"says": say(lang, "compensation.past.none", day=was.day), "due": "", "adjusted": "", "href": ""}
    at = words.instant(was.run.started_at, lang, zone)
    return {
        "says": say(lang, "compensation.past.says", day=was.day, run=int(was.run.id), at=at),
        "due": words.money(was.statement.earned + was.adjusted, lang),
        "adjusted": words.money(was.adjusted, lang) if was.adjusted.minor else "",
        "href": f"/statements/{was.statement.id}",
    }
