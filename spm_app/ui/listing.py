"""The state behind a data table: what is asked for stands in the address, and the server sorts, filters and cuts.

A page's state mixes `Listing` in, names its `_columns` and answers `_rows_for`; everything else is here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from spm_app.kernel.rights import Actor
from spm_app.ui import clocks
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.sheet import csv_file, xlsx_file
from spm_app.ui.written import Pill, plain, written

#: How many rows an export holds at most; who needs more uses the command line.
MOST = 50_000
#: Rows on a page.
SIZE = 25


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` is `text`, `number` (right-aligned), `pill`, `link` (to the row's `href`), or one of these.

    `opens` is an amount, and `detail` a word, that calls the state's own `open_row` with the row's `id`; `place` is a
    link where the row has an `href` and a plain word where that is empty.
    """

    key: str
    title: str
    kind: str = "text"
    sorts: bool = True
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """What the person asked for. `filters` holds what is chosen, by name; `sort` is a column's key or empty."""

    search: str = ""
    sort: str = ""
    descending: bool = False
    page: int = 1
    size: int = SIZE
    filters: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of rows as values by column key (plus `href`, and `id` where rows are chosen), and how many in all.

    `foot` are totals of all that was asked for, each with the key of its name.
    """

    rows: Sequence[Mapping[str, object]]
    total: int
    foot: Sequence[tuple[str, object]] = ()


class Listing(rx.State, mixin=True):
    """Mixed into the state of a page with a table."""

    _columns: ClassVar[tuple[Column, ...]] = ()
    _filters: ClassVar[tuple[str, ...]] = ()
    _file_name: ClassVar[str] = "export"

    rows: list[dict[str, str]] = []
    total: int = 0
    foot: list[dict[str, str]] = []
    page: int = 1
    pages: int = 1
    sort: str = ""
    descending: bool = False
    search: str = ""
    chosen: dict[str, str] = {}
    hidden: list[str] = []
    loaded: bool = False
    address: str = ""

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        """The rows asked for; called in a thread. Each page says which service it asks."""
        raise NotImplementedError

    async def _prepare(self) -> None:
        """What else the page needs before its rows are read, such as the choices of its filters."""

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read what the address asks for, then the rows."""
        asked = dict(self.router.url.query_parameters)
        self.search = str(asked.get("q", ""))[:200]
        self._sort_as(str(asked.get("sort", "")))
        self.page = _whole(str(asked.get("page", "1")))
        self.chosen = {name: str(asked[name])[:200] for name in self._filters if asked.get(name)}
        if not self.loaded:
            self.hidden = [each.key for each in self._columns if not each.shown]
        await self._prepare()
        await self._read()

    @rx.event
    @allow_signed_in()
    async def turn_page(self, page: int):
        """Go to a page of the table."""
        self.page = max(1, page)
        await self._read()

    @rx.event
    @allow_signed_in()
    async def sort_by(self, key: str):
        """Sort by a column; the same column again turns the order."""
        self.descending = self.sort == key and not self.descending
        self.sort = key if any(each.key == key and each.sorts for each in self._columns) else ""
        await self._from_start()

    @rx.event(supersedes=True)
    @allow_signed_in()
    async def look_for(self, text: str):
        """Search as the person types; an older search that still runs is dropped."""
        self.search = text[:200]
        await self._from_start()

    @rx.event
    @allow_signed_in()
    async def choose(self, name: str, value: str):
        """Set or clear one filter."""
        if name in self._filters:
            kept = {each: held for each, held in self.chosen.items() if each != name}
            self.chosen = {**kept, name: value[:200]} if value else kept
            await self._from_start()

    @rx.event
    @allow_signed_in()
    async def clear_filters(self):
        """Show everything again."""
        self.search, self.chosen = "", {}
        await self._from_start()

    @rx.event
    @allow_signed_in()
    async def show_column(self, key: str):
        """Show a hidden column, or hide a shown one."""
        self.hidden = [each for each in self.hidden if each != key] if key in self.hidden else [*self.hidden, key]

    @rx.event
    @allow_signed_in()
    async def export(self, kind: str):
        """Everything that was asked for, not only this page, as `csv` or `xlsx`."""
        actor, lang = await actor_of(self), await language_of(self)
        ask = self._ask(page=1, size=MOST)
        answer, zone = await asyncio.to_thread(lambda: (self._rows_for(actor, ask), clocks.zone()))
        titles = [say(lang, each.title) for each in self._columns]
        cells = [[plain(row.get(each.key), lang, zone) for each in self._columns] for row in answer.rows]
        made = xlsx_file if kind == "xlsx" else csv_file
        data = await asyncio.to_thread(made, titles, cells)
        return rx.download(data=data, filename=f"{self._file_name}.{'xlsx' if kind == 'xlsx' else 'csv'}")

    async def _from_start(self) -> None:
        self.page = 1
        await self._read()

    async def _read(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        answer, zone = await asyncio.to_thread(lambda: (self._rows_for(actor, self._ask()), clocks.zone()))
        self.total = answer.total
        self.pages = max(1, -(-answer.total // SIZE))
        if self.page > self.pages:
            self.page = self.pages
            answer = await asyncio.to_thread(partial(self._rows_for, actor, self._ask()))
        self.rows = [_as_text(row, lang, zone) for row in answer.rows]
        self.foot = [{"label": say(lang, key), "value": written(value, lang, zone)} for key, value in answer.foot]
        self.address = self._query()
        self.loaded = True

    def _ask(self, page: int | None = None, size: int | None = None) -> Ask:
        return Ask(
            search=self.search.strip(),
            sort=self.sort,
            descending=self.descending,
            page=page or self.page,
            size=size or SIZE,
            filters=dict(self.chosen),
        )

    def _sort_as(self, asked: str) -> None:
        key = asked.removeprefix("-")
        self.sort = key if any(each.key == key and each.sorts for each in self._columns) else ""
        self.descending = asked.startswith("-") and bool(self.sort)

    def _query(self) -> str:
        sort = ("-" if self.descending else "") + self.sort
        said: dict[str, Any] = {
            "q": self.search,
            "sort": sort,
            "page": self.page if self.page > 1 else "",
            **self.chosen,
        }
        return urlencode({name: value for name, value in said.items() if value})


def _as_text(row: Mapping[str, object], lang: str, zone: str) -> dict[str, str]:
    texts = {
        key: value if key in {"href", "id"} and isinstance(value, str) else written(value, lang, zone)
        for key, value in row.items()
    }
    return texts | {f"{key}_tone": value.tone for key, value in row.items() if isinstance(value, Pill)}


def _whole(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
