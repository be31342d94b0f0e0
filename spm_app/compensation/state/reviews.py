"""A manager's word on the figures of the team."""

from __future__ import annotations

from functools import partial
from typing import Any

import reflex as rx

from spm_app.compensation.service import periods
from spm_app.kernel.ids import RunId
from spm_app.kernel.rights import Permission, Role
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of


class ReviewState(rx.State):
    """The newest period that waits for the manager's word; empty when none does."""

    period: str = ""
    objecting: bool = False
    errors: dict[str, str] = {}
    _code: str = ""
    _run_id: int = 0

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Which period waits."""
        actor, lang = await actor_of(self), await language_of(self)
        self.objecting, self.errors, self._code, self._run_id = False, {}, "", 0
        if actor.may(Permission.APPROVE_TEAM):
            waiting = await rx.run_in_thread(partial(periods.to_review, actor))
            if waiting:
                self._code, self._run_id = waiting[0]
        self.period = words.period(self._code, lang) if self._code else ""

    @rx.event
    @allow(Role.MANAGER)
    async def start_objecting(self):
        """Ask for what is wrong."""
        self.objecting = True

    @rx.event
    @allow(Role.MANAGER)
    async def agree(self, _form: dict[str, str]):
        """The figures are right."""
        return await self._say(agreed=True, remark="")

    @rx.event
    @allow(Role.MANAGER)
    async def object(self, form: dict[str, str]):
        """The figures are not right; the remark says why."""
        remark = form.get("remark", "").strip()
        if not remark:
            self.errors = {"remark": say(await language_of(self), "compensation.problem.text_missing")}
            return None
        return await self._say(agreed=False, remark=remark)

    async def _say(self, *, agreed: bool, remark: str) -> Any:
        actor, code, seen = await actor_of(self), self._code, RunId(self._run_id)
        await rx.run_in_thread(lambda: periods.review_team(actor, code, agreed=agreed, remark=remark[:4000], seen=seen))
        return [rx.toast.success(say(await language_of(self), "compensation.review.sent")), ReviewState.load]
