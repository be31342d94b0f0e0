"""What the leaderboard remembers; what was chosen stands in the address."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from urllib.parse import urlencode

import reflex as rx

from spm_app.analytics import service
from spm_app.analytics.domain.board import Board, Place, Standing
from spm_app.analytics.service import Ranking
from spm_app.kernel.ids import TeamId
from spm_app.kernel.money import Currency, Money
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.geometry import share_of_scale, spark_points
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


class BoardState(rx.State):
    """The leaderboard of a quarter, of everybody or of one team."""

    loaded: bool = False
    period: str = ""
    team: str = ""
    periods: list[dict[str, str]] = []
    teams: list[dict[str, str]] = []
    rows: list[dict[str, str]] = []
    own: dict[str, str] = {}
    is_too_small: bool = False
    is_listed: bool = True
    of: int = 0
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
        """Another quarter."""
        self.period = period[:16]
        await self._read()

    @rx.event
    @allow_signed_in()
    async def pick_team(self, team: str):
        """One team, or everybody."""
        self.team = team[:12]
        await self._read()

    @rx.event
    @allow_signed_in()
    async def set_listed(self, listed: bool):
        """Be shown to colleagues, or not."""
        actor, lang = await actor_of(self), await language_of(self)
        await rx.run_in_thread(partial(service.set_listed, actor, listed=listed))
        await self._read()
        return rx.toast.success(say(lang, "analytics.board.joined" if listed else "analytics.board.left"))

    async def _read(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(service.choices, actor))
        quarters = [each for each in found.periods if "-Q" in each.code]
        self.periods = [{"value": each.code, "label": words.period(each, lang)} for each in quarters]
        self.teams = [{"value": "", "label": say(lang, "analytics.all_teams")}]
        self.teams += [{"value": str(each), "label": name} for each, name in found.teams]
        asked = self.period if self.period in {each.code for each in quarters} else ""
        self.team = self.team if self.team in {each["value"] for each in self.teams} else ""
        team = TeamId(int(self.team)) if self.team else None
        self._show(await rx.run_in_thread(partial(service.board, actor, asked, team)), lang)

    def _show(self, found: Ranking, lang: str) -> None:
        board, self.is_listed = found.board, found.is_listed
        self.period, self.of, self.is_too_small = found.period.code, board.of, board.is_too_small
        scale = max([Fraction(1), *(each.standing.attainment for each in board.shown)])
        self.rows = [_place(each, lang, scale, is_own=each == board.own) for each in board.shown]
        self.own = _own(board.own, found, lang) if board.own else {}
        kept = {"period": self.period, "team": self.team}
        self.address, self.loaded = urlencode({name: value for name, value in kept.items() if value}), True


def _place(place: Place, lang: str, scale: Fraction, *, is_own: bool) -> dict[str, str]:
    """A line of the list. What is missing would, with the attainment, tell a colleague's quota: it is not in it."""
    return {
        "rank": str(place.rank),
        "name": place.standing.name,
        "own": "yes" if is_own else "",
        **_bar(place.standing, lang, scale),
    }


def _own(place: Place, found: Ranking, lang: str) -> dict[str, str]:
    """Oneself: what was reached, how it went over the last quarters, and what comes next."""
    trend = [value for _, value in found.trend]
    told = [f"{words.period(quarter, lang)} {words.percent(value, lang)}" for quarter, value in found.trend]
    return {
        **_bar(place.standing, lang, max(Fraction(1), place.standing.attainment)),
        "place": _said_place(place, found.board, lang),
        "next": _next(place.standing, found.currency, lang),
        "points": spark_points(trend),
        "trend": ", ".join(told) if len(told) > 1 else "",
    }


def _said_place(place: Place, board: Board, lang: str) -> str:
    """The rank in the upper half; below it, where that half begins. Nobody is told how many are behind them."""
    if not place.rank:
        return say(lang, "analytics.board.unlisted")
    if board.own_is_upper:
        return say(lang, "analytics.board.own", rank=place.rank, n=board.of)
    if board.half_from is None:
        return ""
    return say(lang, "analytics.board.half_from", share=words.percent(board.half_from, lang))


def _next(standing: Standing, currency: Currency, lang: str) -> str:
    found = standing.next_threshold
    if found is None:
        return say(lang, "analytics.board.beyond")
    mark, missing = found
    amount = words.rounded_money(Money.from_minor(missing, currency), lang)
    return say(lang, "analytics.board.next", amount=amount, share=words.percent(mark, lang))


def _bar(standing: Standing, lang: str, scale: Fraction) -> dict[str, str]:
    """On one scale for all that stand below each other: equal lengths are equal attainment."""
    return {
        "attainment": words.percent(standing.attainment, lang),
        "share": str(share_of_scale(standing.attainment, scale)),
        "mark": str(share_of_scale(1, scale)),
    }
