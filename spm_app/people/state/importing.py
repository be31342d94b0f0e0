"""The wizard that brings a personnel file in: a file, its columns, what would happen, done."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import reflex as rx

from spm_app.infra import files
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.people.domain.importing import FIELDS, ORDERS
from spm_app.ui.catalogue import say, say_error, say_problem
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

#: Refused rows that the screen names; the count names them all.
SHOWN = 200


class PeopleImportState(rx.State):
    """Where one is in the wizard. The file lies on the server; nothing of it is kept in the browser but a sample."""

    step: int = 1
    file_name: str = ""
    how: str = ""
    heading: list[str] = []
    sample: list[list[str]] = []
    choices: list[dict[str, str]] = []
    columns: dict[str, str] = {}
    order: str = "ymd"
    from_day: str = ""
    counts: dict[str, str] = {}
    refused: list[dict[str, str]] = []
    refused_in_all: int = 0
    new_words: str = ""
    wrong: str = ""
    _content: str = ""

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def load(self):
        """Begin anew."""
        self.step, self.wrong, self._content = 1, "", ""

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def take(self, files: list[rx.UploadFile]):
        """Keep the file and look at it."""
        if not files:
            return
        self.file_name = (files[0].name or "")[:120]
        content = await files[0].read()
        self._content = await rx.run_in_thread(partial(_keep, content))
        self.columns, self.order, self.from_day = {}, "ymd", ""
        await self._look()

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def set_column(self, field: str, column: str):
        """Say where a field stands; empty means nowhere."""
        if field in FIELDS:
            kept = {name: at for name, at in self.columns.items() if name != field}
            self.columns = {**kept, field: column} if column.isdecimal() and len(column) < 4 else kept
            await self._look()

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def set_order(self, order: str):
        """How days are written."""
        self.order = order if order in ORDERS else "ymd"
        await self._look()

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def set_day(self, day: str):
        """From which day changed seats hold."""
        self.from_day = day
        await self._look()

    @rx.event
    @allow(Role.COMP_ADMIN, Role.SYSADMIN)
    async def bring_in(self):
        """Do it. The file is gone afterwards."""
        if not self._content:
            return None
        done = await self._ask(dry_run=False)
        if done is None:
            return None
        await rx.run_in_thread(partial(files.remove, self._content))
        self._content, self.step = "", 3
        return rx.toast.success(say(await language_of(self), "people.import.done"))

    async def _look(self) -> None:
        if self._content and await self._ask(dry_run=True) is not None:
            self.step = 2

    async def _ask(self, *, dry_run: bool) -> people.Imported | None:
        actor, lang = await actor_of(self), await language_of(self)
        columns = {field: int(at) for field, at in self.columns.items()} if self.columns else None
        asked = people.Asked(columns, self.order, _day(self.from_day))
        self.wrong = ""
        try:
            found = await rx.run_in_thread(partial(_run, actor, self._content, asked, dry_run=dry_run))
        except InvalidInput as unreadable:
            self.wrong = say_error(lang, unreadable)
            return None
        self._show(found, lang)
        return found

    def _show(self, found: people.Imported, lang: str) -> None:
        self.how = f"{found.encoding} · {found.delimiter!r}" if found.encoding else "XLSX"
        self.heading = list(found.heading)
        self.sample = [list(row) for row in found.sample]
        self.choices = [{"value": str(at), "label": each or str(at + 1)} for at, each in enumerate(found.heading)]
        self.columns = {field: str(at) for field, at in found.columns.items()}
        self.counts = {name: str(getattr(found, name)) for name in ("rows", "hired", "changed", "same")}
        self.refused_in_all = len(found.refused)
        self.refused = [
            {"row": _place(each.at, lang), "why": say_problem(lang, each)} for each in found.refused[:SHOWN]
        ]
        self.new_words = ", ".join((*found.new_titles, *found.new_teams))


def _keep(content: bytes) -> str:
    return files.keep(content, 20)


def _run(actor: Any, name: str, asked: people.Asked, *, dry_run: bool) -> people.Imported:
    return people.import_people(actor, files.read(name), asked, dry_run=dry_run)


def _place(at: str, lang: str) -> str:
    """The number of a row, or the name of a field that has no column."""
    return at if at.isdecimal() else say(lang, f"people.field.{at}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
