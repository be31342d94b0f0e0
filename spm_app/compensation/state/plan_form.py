"""The editor of a plan: one text, shown as itself and as a form; whichever is changed, the other follows."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import reflex as rx

from spm_app.compensation.domain.edit import beginnings, edits
from spm_app.compensation.domain.edit.scalars import typed
from spm_app.compensation.service import drafting
from spm_app.compensation.service.drafting import Known
from spm_app.compensation.state.plan_views import BlockView, blocks_of, findings_of
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Role
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

_LONGEST, _SHORT, _STEPS = 100_000, 4_000, 200
_LINE = 20


class PlanFormState(rx.State):
    """The text that is being written, and what is shown beside it."""

    text: str = ""
    blocks: list[BlockView] = []
    findings: list[dict[str, str]] = []
    marks: list[dict[str, str]] = []
    lines: int = 1
    errors: int = 0
    readable: bool = True
    dirty: bool = False
    may_undo: bool = False
    may_redo: bool = False
    pickers: dict[str, list[dict[str, str]]] = {}
    _saved: str = ""
    _past: list[str] = []
    _future: list[str] = []
    _known: Known | None = None

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def write(self, text: str):
        """What was typed into the text."""
        return await self._change(text)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def set_cell(self, path: str, kind: str, value: str):
        """What was typed into a field, or chosen there."""
        return await self._change(edits.set_value(self.text, path[:_SHORT], typed(kind, value[:_SHORT])))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def add_word(self, path: str, word: str):
        """One more word in a list of words."""
        said = json.dumps(word[:200], ensure_ascii=False)
        return await self._change(edits.add_item(self.text, path[:_SHORT], said) if word else self.text)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def set_words(self, path: str, words: str):
        """A list of words, as somebody typed it with commas."""
        found = [each.strip() for each in words[:_SHORT].split(",")]
        listed = ", ".join(edits.scalar(each) for each in found if each)
        return await self._change(edits.replace_part(self.text, path[:_SHORT], f"[{listed}]"))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def add(self, path: str, name: str):
        """One more named part."""
        return await self._change(beginnings.begin(self.text, path[:_SHORT], name[:100]) if name else self.text)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def another(self, path: str):
        """One more entry of a list."""
        return await self._change(beginnings.another(self.text, path[:_SHORT]))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def take_out(self, path: str):
        """Without that part."""
        return await self._change(edits.remove(self.text, path[:_SHORT]))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def shift(self, path: str, by: int):
        """An entry one place up or down."""
        return await self._change(edits.move(self.text, path[:_SHORT], 1 if by > 0 else -1))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def double(self, path: str):
        """An entry once more, under a code of its own."""
        return await self._change(beginnings.doubled(self.text, path[:_SHORT]))

    @rx.event(supersedes=True)
    @allow(Role.COMP_ADMIN)
    async def try_out(self):
        """What goes wrong when the plan is tried, once nobody types any more; a newer text drops this."""
        actor, lang = await actor_of(self), await language_of(self)
        text = self.text
        found = await rx.run_in_thread(partial(drafting.tried, actor, text))
        if text == self.text:
            self._find(found, lang)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def undo(self):
        """Back by one change."""
        if self._past:
            self._future = [self.text, *self._future][:_STEPS]
            before, self._past = self._past[-1], self._past[:-1]
            await self._show(before)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def redo(self):
        """Forward again."""
        if self._future:
            self._past = [*self._past, self.text]
            after, self._future = self._future[0], self._future[1:]
            await self._show(after)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def go_to(self, line: int, path: str):
        """Show a place: its line in the text, and its field in the form."""
        lines = self.text.split("\n")
        at = max(0, min(line - 1, len(lines) - 1))
        start = sum(len(each) + 1 for each in lines[:at])
        return rx.call_script(_jump(start, start + len(lines[at]), at * _LINE, path[:_SHORT]))

    async def _open(self, text: str) -> None:
        """Begin with a text that is kept."""
        actor = await actor_of(self)
        self._saved, self._past, self._future = text, [], []
        known = self._known = await rx.run_in_thread(partial(drafting.known, actor))
        named = {"titles": known.titles, "positions": known.positions, "people": known.people}
        self.pickers = {
            kind: [{"value": code, "label": f"{code} · {name}" if name else code} for code, name in found]
            for kind, found in named.items()
        }
        await self._show(text)

    async def _change(self, text: str) -> Any:
        if text == self.text or len(text) > _LONGEST:
            return None
        self._past, self._future = [*self._past, self.text][-_STEPS:], []
        await self._show(text)
        return PlanFormState.try_out

    async def _show(self, text: str) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        seen = await rx.run_in_thread(partial(drafting.look, actor, text))
        self.text, self.lines, self.dirty = text, text.count("\n") + 1, text != self._saved
        self.may_undo, self.may_redo = bool(self._past), bool(self._future)
        self.readable = bool(seen.form.blocks)
        if self.readable:
            self.blocks = blocks_of(seen.form, seen.findings, lang)
        self._find(seen.findings, lang)

    def _find(self, found: tuple[Problem, ...], lang: str) -> None:
        self.findings = findings_of(found, lang)
        self.errors = sum(each["tone"] == "bad" for each in self.findings)
        self.marks = [{**each, "top": f"{8 + (int(each['line']) - 1) * _LINE}px"} for each in self.findings]


def _jump(start: int, end: int, top: int, path: str) -> str:
    """Select the line of the text and bring both places into view, the one that is on screen first."""
    return (
        "(() => { const box = document.getElementById('plan-text');"
        f"if (box) {{ box.focus({{preventScroll: true}}); box.setSelectionRange({start}, {end});"
        f"const frame = box.closest('[data-scroll]'); if (frame) frame.scrollTop = Math.max(0, {top} - 80); }}"
        f"const cell = document.getElementById('cell-' + {json.dumps(path)})"
        f" || document.querySelector('[data-path=' + JSON.stringify({json.dumps(path)}) + ']');"
        "const form = cell && cell.closest('[data-scroll]');"
        "if (form) form.scrollTop += cell.getBoundingClientRect().top - form.getBoundingClientRect().top - 80;"
        "if (cell) { cell.classList.add('outline', 'outline-2', 'outline-accent');"
        "setTimeout(() => cell.classList.remove('outline', 'outline-2', 'outline-accent'), 1500); } })()"
    )
