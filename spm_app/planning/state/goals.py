"""Targets: one's own with progress, those of the team, and for planners every goal and a new one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import reflex as rx

from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.ids import GoalId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import Goal, NewGoal
from spm_app.planning.domain.goal import State as Life
from spm_app.ui import words
from spm_app.ui.amounts import amount_in
from spm_app.ui.catalogue import say, say_error, say_problem
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill, Text

COLUMNS = (
    Column("name", "planning.goal", kind="link", sorts=False),
    Column("year", "planning.year", sorts=False),
    Column("version", "planning.version", kind="number", sorts=False),
    Column("amount", "planning.amount", kind="number", sorts=False),
    Column("state", "planning.state", kind="pill", sorts=False),
)
#: How the boxes of titles begin in the form.
_TITLE = "title."
TONES = {Life.PUBLISHED: "good", Life.PROPOSED: "warn", Life.APPROVED: "accent"}


@dataclass
class Target:
    """One quarter's quota and how far it is: `share` is whole per cent, at most 100, for the drawing."""

    name: str
    quota: str
    won: str
    attainment: str
    share: int
    told: str


class TargetsState(rx.State):
    """The person's own quarters of this year, and this quarter of the teams and people they may read."""

    loaded: bool = False
    own: list[Target] = []
    teams: list[Target] = []
    others: list[Target] = []
    sees_goals: bool = False

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read quotas and what was won towards them."""
        actor, lang = await actor_of(self), await language_of(self)
        self.sees_goals = actor.may(Permission.READ_ALL_TARGETS)
        found = await rx.run_in_thread(partial(planning.progress, actor))
        self.own = [_target(each, words.period(each.period, lang), lang) for each in found.own]
        self.teams = [_target(each, each.name, lang) for each in found.teams]
        self.others = [_target(each, each.name, lang) for each in found.others]
        self.loaded = True


class GoalsState(Listing, rx.State):
    """Every version of every goal, for who may read everybody's targets; nothing for others."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _file_name: ClassVar[str] = "goals"

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        found = planning.goals(actor) if actor.may(Permission.READ_ALL_TARGETS) else ()
        wanted = ask.search.casefold()
        rows = [_row(each) for each in found if wanted in f"{each.name} {each.year}".casefold()]
        return Answer(rows[ask.offset : ask.offset + ask.size], len(rows))


@dataclass
class TitleChoice:
    """A title whose holders may carry the goal; `field` is its name in the form."""

    field: str
    label: str


class NewGoalState(rx.State):
    """The dialog for a new goal."""

    is_open: bool = False
    titles: list[TitleChoice] = []
    problems: dict[str, str] = {}
    refused: str = ""

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def begin(self):
        """Open it, with the titles that there are."""
        actor = await actor_of(self)
        found = await rx.run_in_thread(partial(people.choices, actor))
        self.titles = [TitleChoice(_TITLE + each.code, each.name) for each in found.titles]
        self.is_open, self.problems, self.refused = True, {}, ""

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def close(self, _is_open: bool):
        """Escape and a click outside close it."""
        self.is_open = False

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def create(self, form: dict[str, Any]):
        """Split the year's amount by history and show the draft."""
        actor, lang = await actor_of(self), await language_of(self)
        try:
            goal_id = await rx.run_in_thread(partial(_create, actor, form))
        except InvalidInput as wrong:
            self.problems = {each.at: say_problem(lang, each) for each in wrong.problems}
            self.refused = say_error(lang, wrong)
            return None
        except Conflict as refusal:
            self.refused = say_error(lang, refusal)
            return None
        self.is_open = False
        return [rx.toast.success(say(lang, "planning.created")), rx.redirect(f"/targets/{goal_id}")]


def _create(actor: Actor, form: dict[str, Any]) -> GoalId:
    currency = Currency(people.currency())
    amount = amount_in(str(form.get("amount") or ""), currency) or Money.zero(currency)
    name, year = (str(form.get(field) or "").strip()[:200] for field in ("name", "year"))
    titles = frozenset(field.removeprefix(_TITLE) for field in form if field.startswith(_TITLE))
    return planning.create_goal(actor, NewGoal(year, amount, name, titles))


def _row(goal: Goal) -> dict[str, object]:
    return {
        "id": str(goal.id),
        "href": f"/targets/{goal.id}",
        "name": goal.name,
        "year": goal.year,
        "version": goal.version,
        "amount": goal.amount,
        "state": Pill(Text(f"planning.state.{goal.state.value}"), TONES.get(goal.state, "neutral")),
    }


def _target(line: planning.Line, name: str, lang: str) -> Target:
    reached = line.attainment
    share = 0 if reached is None else max(0, min(100, int(reached * 100)))
    attainment = words.percent(reached, lang)
    quota, won = words.money(line.quota, lang), words.money(line.won, lang)
    told = say(lang, "planning.progress", won=won, quota=quota, attainment=attainment)
    return Target(name, quota, won, attainment, share, told)
