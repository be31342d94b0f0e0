"""What the home page remembers, as text."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.analytics.service import Overview, Reading
from spm_app.compensation.service.statements import Head
from spm_app.people import service as people
from spm_app.performance import service
from spm_app.performance.service import Home, Task
from spm_app.performance.state import rooms
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.figures import figure
from spm_app.ui.geometry import share_of_scale
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


class HomeState(rx.State):
    """A greeting, the figures one lives by, and what waits."""

    loaded: bool = False
    greeting: str = ""
    pay: dict[str, str] = {}
    cards: list[dict[str, str]] = []
    bar: dict[str, str] = {}
    tasks: list[dict[str, str]] = []
    badges: list[str] = []
    team: list[dict[str, str]] = []
    team_said: str = ""
    plan: dict[str, str] = {}
    costs: list[dict[str, str]] = []
    system: list[dict[str, str]] = []

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Ask once for everything."""
        actor, lang = await actor_of(self), await language_of(self)
        found, zone = await rx.run_in_thread(lambda: (service.home(actor), people.zone()))
        self.greeting = say(lang, "performance.greeting", name=actor.name.split(" ")[0])
        self._show_rooms(found, lang, zone)
        self._show(found, lang)

    def _show_rooms(self, found: Home, lang: str, zone: str) -> None:
        """What is there for those who lead, who steer, and who keep it running."""
        self.team, self.team_said = rooms.team(found.team, lang) if found.team else ([], "")
        self.plan = rooms.plan(found.steering, lang) if found.steering and found.steering.plan else {}
        self.costs = rooms.costs(found.steering, lang) if found.steering else []
        self.system = rooms.system(found.system, lang, zone) if found.system else []

    def _show(self, found: Home, lang: str) -> None:
        self.pay = _pay(found.newest, lang) if found.newest else {}
        self.tasks = [_task(each, lang) for each in found.tasks]
        self.badges = list(found.badges)
        self.cards, self.bar = [], {}
        if found.overview is not None:
            readings = {each.kpi.code: each for each in found.overview.readings}
            self.cards = [_card(readings[code], found.overview, lang) for code in found.figures]
            self.bar = _bar(readings["attainment"], lang)
        self.loaded = True


def _pay(head: Head, lang: str) -> dict[str, str]:
    return {
        "due": words.money(head.due, lang),
        "period": words.period(head.statement.period_code, lang),
        "state": say(lang, f"compensation.period.{head.state.value}"),
        "href": f"/statements/{head.statement.id}",
    }


def _task(task: Task, lang: str) -> dict[str, str]:
    args: dict[str, Any] = dict(task.args)
    if "period" in args:
        args["period"] = words.period(str(args["period"]), lang)
    return {"text": say(lang, task.key, **args), "href": task.href}


def _card(reading: Reading, seen: Overview, lang: str) -> dict[str, str]:
    value, code = reading.now.value, reading.kpi.code
    shown = say(lang, "analytics.na") if value is None else figure(value, reading.kpi.unit, seen.currency, lang)
    return {
        "title": say(lang, f"analytics.kpi.{code}"),
        "value": shown,
        "beside": words.period(seen.period, lang) if value is not None else say(lang, reading.now.reason),
        "how": say(lang, f"analytics.kpi.{code}.how"),
        "href": "/dashboard",
    }


def _bar(reading: Reading, lang: str) -> dict[str, str]:
    """The attainment on a scale that ends at the quota, or where it was passed."""
    value = reading.now.value
    if value is None:
        return {}
    scale = max(value, 1)
    return {
        "share": str(share_of_scale(value, scale)),
        "mark": str(share_of_scale(1, scale)),
        "said": words.percent(value, lang),
    }
