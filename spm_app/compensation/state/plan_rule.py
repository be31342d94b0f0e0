"""A condition while it is being written: what may come next at the place where the person stands."""

from __future__ import annotations

import json

import reflex as rx

from spm_app.compensation.domain.edit import edits
from spm_app.compensation.service import drafting
from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.kernel.rights import Role
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of

_LONGEST = 4_000


class PlanRuleState(rx.State):
    """`asking` is the path of the condition that is being written."""

    asking: str = ""
    offers: list[dict[str, str]] = []
    _at: int = 0

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def type_rule(self, path: str, value: str, at: int):
        """What was typed into a condition up to the place `at`; offers what may come next."""
        form = await self.get_state(PlanFormState)
        after = await form._change(edits.set_value(form.text, path[:_LONGEST], value[:_LONGEST]))
        await self._offer(path, value[:_LONGEST], at)
        return after

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def ask(self, path: str, value: str, at: int):
        """What may come next in that condition."""
        await self._offer(path, value[:_LONGEST], at)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def take(self, word: str, start: int):
        """Put an offered word where the person stands, and offer what may follow it."""
        form = await self.get_state(PlanFormState)
        place = edits.find(form.text, self.asking)
        value = "" if place is None else str(place.node.value)
        at = min(max(start, 0), len(value))
        gap = " " if start > len(value) else ""
        written = value[:at] + gap + word[:_LONGEST] + " " + value[max(at, self._at) :].lstrip()
        await form._change(edits.set_value(form.text, self.asking, written.strip()))
        await self._offer(self.asking, written, at + len(word) + 1)
        box = json.dumps("cell-" + self.asking)
        return rx.call_script(
            f"(() => {{ const box = document.getElementById({box});"
            f"if (box) {{ box.focus(); setTimeout(() => box.setSelectionRange({self._at}, {self._at}), 80); }} }})()"
        )

    async def _offer(self, path: str, value: str, at: int) -> None:
        known = (await self.get_state(PlanFormState))._known
        if known is None:
            return
        self.asking, self._at = path[:_LONGEST], min(max(at, 0), len(value))
        found = drafting.offered(await actor_of(self), value, self._at, known)
        self.offers = [{"word": each.word, "kind": each.kind, "start": str(each.start)} for each in found]
