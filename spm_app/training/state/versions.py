"""The versions of a course on its author's desk, and one of them to read."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.kernel.ids import CourseId
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.training import service as training
from spm_app.training.domain.records import Version
from spm_app.training.domain.view import Part
from spm_app.training.service.markdown import html
from spm_app.training.state.quiz import told
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

_TONES = {"published": "good", "draft": "accent", "in_review": "accent"}


class VersionsState(rx.State):
    """Every version, newest first; `parts` is what the open one says."""

    rows: list[dict[str, str]] = []
    is_open: bool = False
    title: str = ""
    parts: list[dict[str, str]] = []
    _course: CourseId = CourseId(0)

    @rx.event
    @allow(Role.TRAINER)
    async def load(self):
        """Those of the course that the address names."""
        actor, lang = await actor_of(self), await language_of(self)
        self._course, self.is_open = CourseId(number_in(self.router.url.path)), False
        found, zone = await rx.run_in_thread(lambda: (training.versions(actor, self._course), people.zone()))
        self.rows = [_row(each, lang, zone) for each in found]

    @rx.event
    @allow(Role.TRAINER)
    async def read(self, number: int):
        """One version from beginning to end."""
        actor, lang = await actor_of(self), await language_of(self)
        found, parts = await rx.run_in_thread(partial(training.version_text, actor, self._course, number))
        self.title = say(lang, "training.version_number", number=found.number)
        self.parts = await rx.run_in_thread(lambda: [_part(each, lang) for each in parts])
        self.is_open = True

    @rx.event
    @allow(Role.TRAINER)
    async def set_open(self, is_open: bool):
        """Escape and a click outside close it."""
        self.is_open = is_open


def _row(version: Version, lang: str, zone: str) -> dict[str, str]:
    return {
        "number": str(version.number),
        "name": say(lang, "training.version_number", number=version.number),
        "stands": say(lang, f"training.stands.{version.state}"),
        "stands_tone": _TONES.get(version.state.value, "neutral"),
        "changed": words.instant(version.changed_at, lang, zone),
        "published": words.instant(version.published_at, lang, zone),
    }


def _part(part: Part, lang: str) -> dict[str, str]:
    return {
        "kind": part.kind,
        "title": part.title,
        "html": html(part.body) if part.body else "",
        "right": say(lang, "training.version.right", answer=told(part.right, lang)) if part.right else "",
    }
