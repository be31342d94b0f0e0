"""One course on its author's desk: outline, the part that is being written, what is still to mend."""

from __future__ import annotations

from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import InvalidInput, NotFound
from spm_app.kernel.ids import CourseId
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.training import service as training
from spm_app.training.domain.course import Content
from spm_app.training.domain.edit import AddActivity, AddSection, Edit, Move, Remove
from spm_app.training.service.markdown import cleaned, html
from spm_app.training.service.views import Desk
from spm_app.training.state import forms, written
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say, say_error
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of


class DeskState(rx.State):
    """`at` is the id of what is being written: a section, a lesson, a quiz, or `course` for the course itself."""

    found: bool = True
    head: dict[str, str] = {}
    outline: list[dict[str, str]] = []
    findings: list[dict[str, str]] = []
    at: str = "course"
    kind: str = "course"
    fields: dict[str, str] = {}
    questions: list[dict[str, str]] = []
    lessons: list[dict[str, str]] = []
    preview: str = ""
    writes_in: str = "en"
    form_key: str = ""
    refused: str = ""
    _id: CourseId = CourseId(0)
    _revision: int = 0
    _content: Content | None = None

    @rx.event
    @allow(Role.TRAINER)
    async def load(self):
        """The course that the address names."""
        asked = CourseId(number_in(self.router.url.path))
        self.found, is_other, self._id = True, self._id != asked, asked
        try:
            desk = await rx.run_in_thread(partial(training.desk, await actor_of(self), self._id))
        except NotFound:
            self.found = False
            return
        if is_other:
            self.at, self.writes_in = "course", desk.content.language
        await self._show(desk)

    @rx.event
    @allow(Role.TRAINER)
    async def choose(self, at: str):
        """Write another part."""
        self.at = at
        await self._reload()
        return rx.set_focus("editor")

    @rx.event
    @allow(Role.TRAINER)
    async def write_in(self, language: str):
        """Write in the other language; what stands in the first is shown until there is a translation."""
        self.writes_in = language if language in {"en", "it"} else "en"
        await self._reload()

    @rx.event(supersedes=True)
    @allow(Role.TRAINER)
    async def look(self, text: str):
        """Show what the learner would read, as it is typed."""
        self.preview = await rx.run_in_thread(lambda: html(cleaned(text[:50_000])))

    @rx.event
    @allow(Role.TRAINER)
    async def save(self, form: dict[str, Any]):
        """Keep the part that is being written."""
        try:
            edit = forms.edit_of(self.kind, self.at, self.writes_in, form)
        except InvalidInput as wrong:
            self.refused = say_error(await language_of(self), wrong)
            return None
        return await self._edit(edit, say_saved=True)

    @rx.event
    @allow(Role.TRAINER)
    async def add(self, kind: str, section: str):
        """A new section at the end, or a lesson or quiz at the end of a section."""
        lang = self.writes_in
        if kind == "section":
            return await self._edit(AddSection(language=lang, title=say(lang, "training.new_section")))
        what = "quiz" if kind == "quiz" else "lesson"
        title = say(lang, f"training.new_{what}")
        return await self._edit(AddActivity(section_id=section, kind=what, language=lang, title=title))

    @rx.event
    @allow(Role.TRAINER)
    async def move(self, which: str, up: bool):
        """One place up or down."""
        return await self._edit(Move(id=which, up=up))

    @rx.event
    @allow(Role.TRAINER)
    async def remove(self, which: str):
        """Take out a section with all in it, an activity or a question."""
        if which == self.at:
            self.at = "course"
        return await self._edit(Remove(id=which))

    @rx.event
    @allow(Role.TRAINER)
    async def publish(self):
        """Put the draft in the catalogue."""
        version = await rx.run_in_thread(partial(training.publish, await actor_of(self), self._id))
        await self._reload()
        return rx.toast.success(say(await language_of(self), "training.published", number=version.number))

    @rx.event
    @allow(Role.TRAINER)
    async def unpublish(self):
        """Take the course out of the catalogue."""
        await rx.run_in_thread(partial(training.unpublish, await actor_of(self), self._id))
        await self._reload()
        return rx.toast.success(say(await language_of(self), "training.unpublished"))

    @rx.event
    @allow(Role.TRAINER)
    async def duplicate(self):
        """A new draft that says the same; straight to its desk."""
        made = await rx.run_in_thread(partial(training.duplicate, await actor_of(self), self._id))
        return rx.redirect(f"/studio/{made}")

    async def _edit(self, edit: Edit, *, say_saved: bool = False) -> Any:
        actor = await actor_of(self)
        before = {each["id"] for each in self.outline}
        await self._show(await rx.run_in_thread(partial(training.edit, actor, self._id, self._revision, edit)))
        fresh = [each["id"] for each in self.outline if each["id"] not in before]
        if fresh and isinstance(edit, AddSection | AddActivity):
            self.at = fresh[0]
            await self._reload()
        return rx.toast.success(say(await language_of(self), "training.saved")) if say_saved else None

    async def _reload(self) -> None:
        await self._show(await rx.run_in_thread(partial(training.desk, await actor_of(self), self._id)))

    async def _show(self, desk: Desk) -> None:
        lang, zone = await language_of(self), await rx.run_in_thread(people.zone)
        content = desk.content
        self._revision, self._content, self.refused = desk.version.revision, content, ""
        self.head = written.head(desk, lang, zone)
        self.outline = written.outline(content, lang)
        self.findings = written.findings(desk, lang)
        self.lessons = written.lessons(content, lang)
        self.kind, self.fields = written.fields(content, self.at, self.writes_in)
        self.at = self.at if self.kind != "course" else "course"
        self.questions = written.questions(content, self.at, lang)
        key = f"{self._id}/{self.at}/{self.writes_in}"
        if key != self.form_key:
            self.form_key, self.preview = key, html(self.fields.get("body", ""))
