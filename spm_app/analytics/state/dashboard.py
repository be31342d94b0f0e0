"""What the dashboard remembers; what was chosen stands in the address."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from spm_app.analytics import service
from spm_app.analytics.domain.kpis import Direction
from spm_app.analytics.service import Overview, Reading
from spm_app.kernel.errors import SpmError
from spm_app.kernel.ids import TeamId
from spm_app.kernel.money import Money
from spm_app.kernel.period import Period
from spm_app.kernel.rights import Permission
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.figures import figure
from spm_app.ui.geometry import spark_points
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


class DashboardState(rx.State):
    """The figures of a period, for everybody whom the person sees or for one team."""

    loaded: bool = False
    period: str = ""
    team: str = ""
    periods: list[dict[str, str]] = []
    teams: list[dict[str, str]] = []
    cards: list[dict[str, str]] = []
    months: list[dict[str, Any]] = []
    months_said: str = ""
    stages: list[dict[str, Any]] = []
    stages_said: str = ""
    note: str = ""
    address: str = ""

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read what the address asks for."""
        asked = dict(self.router.url.query_parameters)
        self.period, self.team = str(asked.get("period", ""))[:16], str(asked.get("team", ""))[:12]
        await self._read()

    @rx.event
    @allow_signed_in()
    async def pick_period(self, period: str):
        """Another period."""
        self.period = period[:16]
        await self._read()

    @rx.event
    @allow_signed_in()
    async def pick_team(self, team: str):
        """One team, or everybody."""
        self.team = team[:12]
        await self._read()

    async def _read(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(service.choices, actor))
        self.periods = [{"value": each.code, "label": words.period(each, lang)} for each in found.periods]
        self.teams = [{"value": str(each), "label": name} for each, name in found.teams]
        team = TeamId(int(self.team)) if self.team.isascii() and self.team.isdecimal() else None
        try:
            seen = await rx.run_in_thread(partial(service.overview, actor, self.period, team))
        except SpmError:
            seen = await rx.run_in_thread(partial(service.overview, actor, "", team))
        self._show(seen, lang, may_open=actor.may(Permission.READ_CRM))

    def _show(self, seen: Overview, lang: str, *, may_open: bool) -> None:
        self.period, self.note = seen.period.code, _note(seen, lang)
        self.cards = [_card(each, seen, lang, team=self.team, may_open=may_open) for each in seen.readings]
        self.months = [
            {
                "label": _month(month, seen, lang),
                "now": now // 10**seen.currency.digits,
                "now_text": words.money(Money.from_minor(now, seen.currency), lang),
                "before": before // 10**seen.currency.digits,
                "before_text": words.money(Money.from_minor(before, seen.currency), lang),
            }
            for month, now, before in seen.months
        ]
        self.months_said = _said(seen, lang)
        self.stages = [
            {
                "label": stage or say(lang, "analytics.stages.unknown"),
                "minor": minor // 10**seen.currency.digits,
                "minor_text": words.money(Money.from_minor(minor, seen.currency), lang),
                "count": count,
                "count_text": words.number(count, lang),
            }
            for stage, count, minor in seen.stages
        ]
        many = sum(count for _, count, _ in seen.stages)
        self.stages_said = say(lang, "analytics.stages.said", n=many, day=words.day(seen.as_of, lang))
        kept = {"period": self.period, "team": self.team}
        self.address, self.loaded = urlencode({name: value for name, value in kept.items() if value}), True


#: Which deals stand behind a figure: the outcome that the list of deals is asked for.
_OUTCOME = {"revenue": "won", "deal_size": "won", "days_to_win": "won", "pipeline": "open", "open_deals": "open"}
#: What a deal lacks that is left out of a figure.
_LACKS = {"deal_size": "amount", "pipeline": "amount", "days_to_win": "date", "days_to_close": "date"}


def _note(seen: Overview, lang: str) -> str:
    """As of when the figures are, and up to when the period before is looked at."""
    if not seen.is_running:
        return say(lang, "analytics.as_of", day=words.day(seen.as_of, lang))
    return say(
        lang,
        "analytics.running",
        period=words.period(seen.period, lang),
        day=words.day(seen.as_of, lang),
        previous=words.period(seen.previous, lang),
        then=words.day(seen.before_as_of, lang),
    )


def _month(month: Period, seen: Overview, lang: str) -> str:
    """Its name; of the running one with the word that it is not over, since the one beside it is whole."""
    name = words.month(month.start, lang)
    is_part = seen.is_running and seen.as_of in month and seen.as_of != month.last_day
    return say(lang, "analytics.month_so_far", month=name) if is_part else name


def _rows_of(code: str, seen: Overview, team: str) -> str:
    """The list of deals with the filters that give the rows behind the figure; it knows the open ones of today only."""
    outcome = _OUTCOME.get(code, "")
    if outcome == "open" and not seen.is_running:
        return ""
    asked = {"outcome": outcome, "period": "" if outcome == "open" else seen.period.code, "team": team}
    return "/deals?" + urlencode({name: value for name, value in asked.items() if value})


def _card(reading: Reading, seen: Overview, lang: str, *, team: str, may_open: bool) -> dict[str, str]:
    code, now = reading.kpi.code, reading.now
    value = say(lang, "analytics.na") if now.value is None else figure(now.value, reading.kpi.unit, seen.currency, lang)
    known = [each.value for each in reading.trend if each.value is not None]
    beside = [say(lang, now.reason) if now.value is None else change_of(reading, seen, lang)]
    if now.left_out:
        beside.append(say(lang, f"analytics.left_out.{_LACKS[code]}", n=now.left_out))
    return {
        "title": say(lang, f"analytics.kpi.{code}"),
        "how": say(lang, f"analytics.kpi.{code}.how"),
        "value": value,
        "change": " · ".join(beside),
        "tone": _tone(reading),
        "points": spark_points(known) if len(known) == len(reading.trend) else "",
        "href": _rows_of(code, seen, team) if may_open else "",
    }


def change_of(reading: Reading, seen: Overview, lang: str) -> str:
    """How the figure stands to the period before, in words; to the same day of it while the period runs."""
    now, before = reading.now.value, reading.before.value
    named = words.period(seen.previous, lang)
    if now is None or before is None:
        return say(lang, "analytics.no_before", period=named)
    was = figure(before, reading.kpi.unit, seen.currency, lang)
    sign = "=" if now == before else "▲" if now > before else "▼"
    if seen.is_running:
        return say(lang, "analytics.against_by", sign=sign, was=was)
    return say(lang, "analytics.against", sign=sign, was=was, period=named)


def _tone(reading: Reading) -> str:
    now, before = reading.now.value, reading.before.value
    if now is None or before is None or now == before or reading.kpi.direction is Direction.NEITHER:
        return "neutral"
    return "good" if (now > before) == (reading.kpi.direction is Direction.UP) else "bad"


def _said(seen: Overview, lang: str) -> str:
    """Won so far, against the period before, up to the same day while this one runs."""
    won = next(each for each in seen.readings if each.kpi.code == "revenue")
    now, before = (figure(each.value or Fraction(0), "money", seen.currency, lang) for each in (won.now, won.before))
    if seen.is_running:
        return say(lang, "analytics.months.said_by", now=now, before=before, day=words.day(seen.before_as_of, lang))
    return say(lang, "analytics.months.said", now=now, before=before, period=words.period(seen.previous, lang))
