"""A plan as prose, and what changes against the version in force: what everybody reads who may read the plan."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import reflex as rx

from spm_app.compensation.domain.prose import changes, prose_of
from spm_app.compensation.service import members
from spm_app.compensation.service.members import Roll
from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.compensation.state.plan_words import document, said
from spm_app.kernel.rights import Role
from spm_app.ui import words
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of

TABS = ("write", "document", "pay", "changes", "members", "agreed")


class PlanReadingState(rx.State):
    """Which side of the plan is shown."""

    tab: str = "document"
    lines: list[dict[str, str]] = []
    has_base: bool = False
    base_number: str = ""
    base_text: str = ""
    changes: list[str] = []
    members: list[dict[str, str]] = []
    twice: list[dict[str, str]] = []
    nowhere: list[str] = []
    _text: str = ""
    _base: str = ""
    _is_draft: bool = False

    @rx.event
    @allow_signed_in()
    async def choose(self, tab: str):
        """Show another side; a draft is told as it stands now, saved or not."""
        if tab in TABS:
            self.tab = tab
            await self._tell()

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def list_members(self):
        """Who is in the plan on which days, who is in two, and who is in none."""
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(members.roll, actor, await self._now()))
        self._list(found, lang)

    async def _open(self, text: str, base: tuple[str, str] | None, *, is_draft: bool) -> None:
        """Begin with a plan; `base` is number and text of the version before it that was published."""
        self._text, self._is_draft = text, is_draft
        self.has_base = base is not None
        self.base_number, self._base = base or ("", "")
        self.base_text = self._base if is_draft else ""
        self.members, self.twice, self.nowhere = [], [], []
        self.tab = "write" if is_draft else "document"
        await self._tell()

    async def _tell(self) -> None:
        lang, text = await language_of(self), await self._now()
        self.lines = document(prose_of(text), lang)
        self.changes = [said(each, lang) for each in changes(self._base, text)] if self.has_base else []

    async def _now(self) -> str:
        if not self._is_draft:
            return self._text
        form: Any = await self.get_state(PlanFormState)
        return form.text or self._text

    def _list(self, found: Roll, lang: str) -> None:
        days = found.year.days
        self.members = [
            {
                "name": each.name,
                "from": words.day(each.start, lang),
                "to": words.day(each.end - timedelta(days=1), lang),
                "days": str((each.end - each.start).days) + f" / {days}",
            }
            for each in found.members
        ]
        self.twice = [{"name": name, "plans": plans} for name, plans in found.twice]
        self.nowhere = list(found.nowhere)
