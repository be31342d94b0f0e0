"""One goal as a table: amounts changed in place, locks, undo, and its way into force."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import Conflict, InvalidInput, NotFound
from spm_app.kernel.ids import GoalId
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.planning import service as planning
from spm_app.planning.domain import grid, tree
from spm_app.planning.domain.goal import State as Life
from spm_app.planning.service import GoalView
from spm_app.planning.state.goals import TONES
from spm_app.planning.state.lines import Row, rows_of, sheet_of
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.amounts import amount_in
from spm_app.ui.catalogue import say, say_error
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.sheet import csv_file, xlsx_file

#: Who may read everybody's targets.
READERS = (Role.COMP_ADMIN, Role.FINANCE, Role.EXEC, Role.AUDITOR)
#: While a version is on its way, it is changed or taken back, not doubled.
_UNDER_WAY = (Life.DRAFT, Life.PROPOSED, Life.APPROVED)
#: How many changes can be undone.
_REMEMBERED = 50
_TITLES = ("planning.who", "planning.whole_year", "planning.q1", "planning.q2", "planning.q3", "planning.q4")


class GoalState(rx.State):
    """The goal that the address names."""

    found: bool = True
    loaded: bool = False
    name: str = ""
    total: str = ""
    version: str = ""
    state: str = ""
    tone: str = "neutral"
    people: dict[str, str] = {}
    rows: list[Row] = []
    steps: list[str] = []
    may_edit: bool = False
    may_undo: bool = False
    may_renew: bool = False
    #: Grows whenever fields must forget what was typed into them.
    shown: int = 0
    _goal_id: int = 0
    _view: GoalView | None = None
    _undo: list[dict[str, tuple[int, bool]]] = []

    @rx.event
    @allow(*READERS)
    async def load(self):
        """Read it; what was done to another version of it can no longer be undone here."""
        asked = number_in(self.router.url.path)
        before = self._view.goal.revision if self._view and asked == self._goal_id else 0
        self._goal_id = asked
        await self._read()
        if self._view is None or self._view.goal.revision != before:
            self._undo = []
            self.may_undo = False

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def edit(self, key: str, typed: str):
        """Set one amount; the others follow. What cannot be read is said and forgotten."""
        lang, view = await language_of(self), self._view
        if view is None:
            return None
        amount = amount_in(typed, view.goal.amount.currency)
        if amount is None:
            self.shown += 1
            return rx.toast.error(say(lang, "planning.amount_unreadable"))
        if amount.minor == grid.amount_at(view.top, key):
            return None
        return await self._change(partial(planning.edit, key=key, minor=amount.minor))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def toggle(self, key: str):
        """Hold an amount fast, or let it go."""
        if self._view is None:
            return None
        is_locked = not grid.is_locked_at(self._view.top, key)
        return await self._change(partial(planning.lock, key=key, is_locked=is_locked))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def undo(self):
        """Take back the last change that was made here."""
        if not self._undo:
            return None
        *self._undo, last = self._undo
        return await self._change(partial(planning.put_back, amounts=last), is_undo=True)

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def take(self, step: str):
        """Propose, approve, publish, take back or withdraw."""
        actor, lang = await actor_of(self), await language_of(self)
        if step not in self.steps:
            return None
        try:
            await rx.run_in_thread(partial(planning.step, actor, GoalId(self._goal_id), step))
        except Conflict as refusal:
            await self._read()
            return rx.toast.error(say_error(lang, refusal))
        await self._read()
        return rx.toast.success(say(lang, f"planning.done.{step}"))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def renew(self):
        """Begin the next version with these amounts."""
        actor, lang = await actor_of(self), await language_of(self)
        goal_id = await rx.run_in_thread(partial(planning.renew, actor, GoalId(self._goal_id)))
        return [rx.toast.success(say(lang, "planning.renewed")), rx.redirect(f"/targets/{goal_id}")]

    @rx.event
    @allow(*READERS)
    async def export(self, kind: str):
        """The table as `csv` or `xlsx`, numbers as numbers."""
        lang, view = await language_of(self), self._view
        if view is None:
            return None
        titles = [say(lang, each) for each in (*_TITLES, "planning.last_year")]
        cells = sheet_of(view.top, view.goal.amount.currency, say(lang, "planning.company"))
        made, end = (xlsx_file, "xlsx") if kind == "xlsx" else (csv_file, "csv")
        data = await rx.run_in_thread(partial(made, titles, cells))
        return rx.download(data=data, filename=f"targets-{view.goal.year}-v{view.goal.version}.{end}")

    async def _change(self, act: Callable[..., None], *, is_undo: bool = False) -> Any:
        actor, lang, view = await actor_of(self), await language_of(self), self._view
        if view is None:
            return None
        try:
            await rx.run_in_thread(partial(act, actor, GoalId(self._goal_id), revision=view.goal.revision))
        except (Conflict, InvalidInput) as refusal:
            self.shown += 1
            await self._read()
            return rx.toast.error(say_error(lang, refusal))
        if not is_undo:
            self._undo = [*self._undo, tree.snapshot(view.top)][-_REMEMBERED:]
        await self._read()
        self.may_undo = bool(self._undo)
        return None

    async def _read(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        self.loaded, self._view = True, None
        try:
            view = await rx.run_in_thread(partial(planning.goal, actor, GoalId(self._goal_id)))
        except NotFound:
            self.found = False
            return
        self.found, self._view = True, view
        self._show(actor, view, lang)

    def _show(self, actor: Actor, view: GoalView, lang: str) -> None:
        goal = view.goal
        self.name, self.total = goal.name, words.money(goal.amount, lang)
        self.version = f"{goal.year} · {say(lang, 'planning.version_n', n=goal.version)}"
        self.state, self.tone = say(lang, f"planning.state.{goal.state.value}"), TONES.get(goal.state, "neutral")
        self.may_edit = goal.state is Life.DRAFT and actor.may(Permission.WRITE_TARGETS)
        self.may_renew = goal.state not in _UNDER_WAY and actor.may(Permission.WRITE_TARGETS)
        self.steps = _open_steps(actor, view)
        self.people = {
            "made": view.names.get(goal.made_by, words.NOTHING),
            "proposed": view.names.get(goal.proposed_by or 0, words.NOTHING),
            "approved": view.names.get(goal.approved_by or 0, words.NOTHING),
        }
        self.rows = rows_of(view.top, view.lengths, goal.amount.currency, lang)


def _open_steps(actor: Actor, view: GoalView) -> list[str]:
    """What this person may do next, as the service will judge it once more."""
    goal, writes = view.goal, actor.may(Permission.WRITE_TARGETS)
    may_approve = actor.may(Permission.APPROVE_PLANS)
    approves = may_approve and actor.person_id not in {goal.made_by, goal.changed_by, goal.proposed_by}
    match goal.state:
        case Life.DRAFT:
            return ["propose"] if writes else []
        case Life.PROPOSED:
            return [*(["approve"] if approves else []), *(["take_back"] if writes or may_approve else [])]
        case Life.APPROVED:
            return [*(["publish"] if writes else []), *(["take_back"] if writes or may_approve else [])]
        case Life.PUBLISHED:
            return ["withdraw"] if writes else []
        case _:
            return []
