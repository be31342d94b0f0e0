"""The import wizard, first half: files, how they are read, which column is which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import reflex as rx

from spm_app.crm import service as crm
from spm_app.crm.domain.fields import FIELDS
from spm_app.crm.domain.imports import Kind
from spm_app.crm.domain.layout import DECIMALS, DELIMITERS, ENCODINGS, ORDERS, Layout
from spm_app.crm.domain.mapping import FileRequest, Request
from spm_app.kernel.errors import Conflict
from spm_app.kernel.rights import Role
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

UPLOAD, READING, COLUMNS, WORDS, PREVIEW = 1, 2, 3, 4, 5
_LAYOUT: Mapping[str, tuple[str, ...]] = {
    "encoding": ENCODINGS,
    "delimiter": DELIMITERS,
    "decimal": DECIMALS,
    "days": ORDERS,
}
#: How much of a line is shown where one chooses the heading.
_LINE = 48


class WizardState(rx.State):
    """Where one is, and the file that is looked at."""

    step: int = UPLOAD
    mappings: list[dict[str, str]] = []
    mapping: str = ""
    tabs: list[dict[str, str]] = []
    current: int = 0
    reading: dict[str, str] = {}
    sheets: list[dict[str, str]] = []
    top: list[dict[str, str]] = []
    kinds: list[dict[str, str]] = []
    heading: list[str] = []
    first: list[list[str]] = []
    columns: list[dict[str, str]] = []
    fields: list[dict[str, str]] = []
    lacking: str = ""
    _request: Request | None = None

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def load(self):
        """A wizard starts anew whenever its page is opened."""
        self.reset()
        lang = await language_of(self)
        found = await rx.run_in_thread(partial(crm.mappings, await actor_of(self)))
        self.mappings = [
            {"value": "", "label": say(lang, "crm.wizard.guess")},
            *({"value": each.name, "label": each.name} for each in found),
        ]
        self.kinds = [{"value": each.value, "label": say(lang, f"crm.kind.{each}")} for each in Kind]

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def use_mapping(self, name: str):
        """Understand the files that come next as those were."""
        self.mapping = name

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def take(self, files: list[rx.UploadFile]):
        """Keep the files, guess, and show what was guessed."""
        actor = await actor_of(self)
        uploads = [(each.name or "file", await each.read()) for each in files]
        saved = await rx.run_in_thread(partial(crm.mapping_named, actor, self.mapping)) if self.mapping else None
        self._request = await rx.run_in_thread(partial(crm.draft, actor, uploads, saved))
        self.current, self.step = 0, READING
        await self._show()

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def choose_file(self, number: int):
        """Look at another of the files."""
        self.current = max(0, min(number, len(self._asked.files) - 1))
        await self._show()

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def set_reading(self, name: str, value: str):
        """Read the file another way."""
        if value in (*_LAYOUT.get(name, ()), *(each["value"] for each in self._offered(name))):
            said = {name: int(value) if name == "heading" else value}
            layout = replace(self._file.layout, **said)
            await self._put(await rx.run_in_thread(partial(crm.relaid, await actor_of(self), self._file, layout)))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def set_kind(self, kind: str):
        """Its rows are something else."""
        await self._put(await rx.run_in_thread(partial(crm.turned, await actor_of(self), self._file, Kind(kind))))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def set_column(self, field: str, column: str):
        """That field stands in this column; an empty one leaves the field out."""
        columns = {name: held for name, held in self._file.columns.items() if name != field}
        await self._put(replace(self._file, columns={**columns, field: column} if column else columns))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def go_to(self, step: int):
        """One of the first three steps; the later ones have their own way in."""
        self.step = max(READING, min(step, COLUMNS)) if self._request else UPLOAD

    @property
    def _asked(self) -> Request:
        if self._request is None:
            raise Conflict("crm.wizard.start_over")
        return self._request

    @property
    def _file(self) -> FileRequest:
        return self._asked.files[self.current]

    def _offered(self, name: str) -> list[dict[str, str]]:
        """What this file leaves to choose from."""
        return {"sheet": self.sheets, "heading": self.top}.get(name, [])

    async def _put(self, file: FileRequest) -> None:
        """Show the file as changed; what cannot be read that way is refused, and nothing is lost."""
        before = self._asked
        files = tuple(file if at == self.current else each for at, each in enumerate(before.files))
        self._request = replace(before, files=files)
        try:
            await self._show()
        except Exception:
            self._request = before
            raise

    async def _show(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        look = await rx.run_in_thread(partial(crm.look, actor, self._file))
        self.tabs = [{"name": each.filename, "kind": say(lang, f"crm.kind.{each.kind}")} for each in self._asked.files]
        self.reading = _reading(look, lang)
        self.sheets = [{"value": each, "label": each} for each in look.sheets]
        self.top = [_line(row.number, row.cells, lang) for row in look.top]
        self.heading, self.first = list(look.heading), [list(row.cells) for row in look.first]
        self.columns = [{"value": "", "label": say(lang, "crm.wizard.no_column")}]
        self.columns += [{"value": each, "label": each} for each in look.heading if each]
        self.fields = _fields(look, lang)
        self.lacking = ", ".join(say(lang, f"crm.field.{each}") for each in look.missing)


def _reading(look: crm.FileLook, lang: str) -> dict[str, str]:
    layout: Layout = look.file.layout
    return {
        "filename": look.file.filename,
        "kind": look.file.kind.value,
        "rows": say(lang, "crm.wizard.rows", n=look.rows),
        "encoding": layout.encoding,
        "delimiter": layout.delimiter,
        "decimal": layout.decimal,
        "days": layout.days,
        "sheet": layout.sheet,
        "heading": str(next((row.number for row in look.top if row.number >= layout.heading), layout.heading)),
        "is_book": "yes" if look.sheets else "",
        "number": words.number(look.rows, lang),
    }


def _line(number: int, cells: tuple[str, ...], lang: str) -> dict[str, str]:
    """One of the first lines, to be chosen as the heading: its number, and enough of it to know it by."""
    said = ", ".join(each.strip() for each in cells if each.strip())
    short = said if len(said) <= _LINE else f"{said[:_LINE].rstrip()}…"
    return {"value": str(number), "label": say(lang, "crm.wizard.line", n=number, said=short)}


def _fields(look: crm.FileLook, lang: str) -> list[dict[str, str]]:
    """The fields of the kind, each with its column and the first value that stands there."""
    at = {name: place for place, name in enumerate(look.heading)}
    examples = {
        name: next((row.cells[at[name]] for row in look.first if row.cells[at[name]]), "") for name in look.heading
    }
    return [
        {
            "name": field.name,
            "label": say(lang, f"crm.field.{field.name}"),
            "column": look.file.columns.get(field.name, ""),
            "needed": "yes" if field.is_required else "",
            "example": examples.get(look.file.columns.get(field.name, ""), ""),
        }
        for field in FIELDS[look.file.kind]
    ]
