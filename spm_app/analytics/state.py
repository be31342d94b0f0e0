"""What the dashboard and the leaderboard remember; what was chosen stands in the address."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from spm_app.analytics import service
from spm_app.analytics.domain.board import Place
from spm_app.analytics.domain.kpis import Direction, Figure
from spm_app.analytics.service import Overview, Reading
from spm_app.kernel.errors import SpmError
from spm_app.kernel.ids import TeamId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rights import Permission
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.figures import figure
from spm_app.ui.geometry import share_of_scale, spark_points
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
        self.period = seen.period.code
        self.cards = [_card(each, seen, lang, team=self.team, may_open=may_open) for each in seen.readings]
        self.months = [
            {
                "label": words.month(month.start, lang),
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
                "label": stage,
                "minor": minor // 10**seen.currency.digits,
                "minor_text": words.money(Money.from_minor(minor, seen.currency), lang),
                "count": count,
                "count_text": words.number(count, lang),
            }
            for stage, count, minor in seen.stages
        ]
        self.stages_said = say(lang, "analytics.stages.said", n=sum(count for _, count, _ in seen.stages))
        kept = {"period": self.period, "team": self.team}
        self.address, self.loaded = urlencode({name: value for name, value in kept.items() if value}), True


class BoardState(rx.State):
    """The leaderboard of a quarter."""

    loaded: bool = False
    period: str = ""
    periods: list[dict[str, str]] = []
    rows: list[dict[str, str]] = []
    own: dict[str, str] = {}
    is_too_small: bool = False
    of: int = 0
    address: str = ""

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read what the address asks for."""
        self.period = str(dict(self.router.url.query_parameters).get("period", ""))[:16]
        await self._read()

    @rx.event
    @allow_signed_in()
    async def pick_period(self, period: str):
        """Another quarter."""
        self.period = period[:16]
        await self._read()

    async def _read(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(service.choices, actor))
        self.periods = [
            {"value": each.code, "label": words.period(each, lang)} for each in found.periods if "-" in each.code
        ]
        known = {each["value"] for each in self.periods}
        asked = self.period if self.period in known else ""
        period, currency, board = await rx.run_in_thread(partial(service.board, actor, asked))
        self.period, self.of, self.is_too_small = period.code, board.of, board.is_too_small
        self.rows = [_place(each, currency, lang, is_own=each == board.own) for each in board.shown]
        self.own = _place(board.own, currency, lang, is_own=True) if board.own else {}
        self.address, self.loaded = urlencode({"period": self.period}), True


#: Which deals stand behind a figure: the outcome that the list of deals is asked for.
_OUTCOME = {"revenue": "won", "deal_size": "won", "days_to_win": "won", "pipeline": "open", "open_deals": "open"}


def _rows_of(code: str, seen: Overview, team: str) -> str:
    """The list of deals with the filters that give the rows behind the figure."""
    outcome = _OUTCOME.get(code, "")
    asked = {"outcome": outcome, "period": "" if outcome == "open" else seen.period.code, "team": team}
    return "/deals?" + urlencode({name: value for name, value in asked.items() if value})


def _card(reading: Reading, seen: Overview, lang: str, *, team: str, may_open: bool) -> dict[str, str]:
    code, now = reading.kpi.code, reading.now
    value = say(lang, "analytics.na") if now.value is None else figure(now.value, reading.kpi.unit, seen.currency, lang)
    known = [each.value for each in reading.trend if each.value is not None]
    return {
        "title": say(lang, f"analytics.kpi.{code}"),
        "how": say(lang, f"analytics.kpi.{code}.how"),
        "value": value,
        "change": say(lang, now.reason) if now.value is None else _change(reading, seen, lang),
        "tone": "neutral" if seen.is_running else _tone(reading),
        "points": spark_points(known) if len(known) == len(reading.trend) else "",
        "href": _rows_of(code, seen, team) if may_open else "",
    }


def _change(reading: Reading, seen: Overview, lang: str) -> str:
    """How the figure stands to the period before, in words."""
    now, before = reading.now.value, reading.before.value
    named = words.period(seen.previous, lang)
    if now is None or before is None:
        return say(lang, "analytics.no_before", period=named)
    was = figure(before, reading.kpi.unit, seen.currency, lang)
    sign = "=" if now == before else "▲" if now > before else "▼"
    return say(lang, "analytics.against", sign=sign, was=was, period=named)


def _tone(reading: Reading) -> str:
    now, before = reading.now.value, reading.before.value
    if now is None or before is None or now == before or reading.kpi.direction is Direction.NEITHER:
        return "neutral"
    return "good" if (now > before) == (reading.kpi.direction is Direction.UP) else "bad"


def _said(seen: Overview, lang: str) -> str:
    now, before = sum(each[1] for each in seen.months), sum(each[2] for each in seen.months)
    return say(
        lang,
        "analytics.months.said",
        now=words.money(Money.from_minor(now, seen.currency), lang),
        before=words.money(Money.from_minor(before, seen.currency), lang),
        period=words.period(seen.previous, lang),
    )


def _place(place: Place, currency: Currency, lang: str, *, is_own: bool) -> dict[str, str]:
    standing: Figure = Figure(place.standing.attainment)
    missing = place.standing.quota - place.standing.won
    return {
        "rank": str(place.rank),
        "name": place.standing.name,
        "attainment": words.percent(standing.value, lang),
        "share": str(share_of_scale(place.standing.won, max(place.standing.quota, place.standing.won))),
        "mark": str(share_of_scale(place.standing.quota, max(place.standing.quota, place.standing.won))),
        # What is missing, with the attainment, would tell a colleague's quota: it is for the person alone.
        "left": words.rounded_money(Money.from_minor(max(0, missing), currency), lang) if is_own else "",
        "own": "yes" if is_own else "",
    }
