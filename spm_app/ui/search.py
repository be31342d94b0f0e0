"""Search over everything that the person may see: pages of the menu, and what the modules know."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import reflex as rx

from spm_app.kernel.rights import Actor
from spm_app.ui.catalogue import say
from spm_app.ui.pages import Page
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its name, a word more, where it is, and the text key of what kind of thing it is."""

    title: str
    beside: str
    href: str
    kind: str


Finder = Callable[[Actor, str], Sequence[Hit]]
_finders: list[Finder] = []
_pages: list[Page] = []
#: Hits of one kind at most.
FEW = 6


def search_in(finder: Finder) -> None:
    """Add a place to look; the finder narrows by what the actor may see."""
    _finders.append(finder)


def search_pages(pages: Sequence[Page]) -> None:
    """Say which pages can be found by their titles."""
    _pages[:] = [page for page in pages if page.group and "[" not in page.route]


class SearchState(rx.State):
    """What the search has found."""

    is_open: bool = False
    hits: list[dict[str, str]] = []
    asked: str = ""

    @rx.event
    @allow_signed_in()
    async def set_open(self, is_open: bool):
        """Open or close; opening shows the pages."""
        self.is_open = is_open
        if is_open:
            self.asked = ""
            await self._find("")

    @rx.event(supersedes=True)
    @allow_signed_in()
    async def find(self, text: str):
        """Look for what was typed; an older search that still runs is dropped."""
        self.asked = text[:100].strip()
        await self._find(self.asked)

    @rx.event
    @allow_signed_in()
    async def go(self, _form: dict[str, str]):
        """Enter opens the first hit."""
        self.is_open = False
        return rx.redirect(self.hits[0]["href"]) if self.hits else None

    async def _find(self, text: str) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        found = [] if len(text) < 2 else await asyncio.to_thread(partial(_everywhere, actor, text))
        self.hits = [
            {"title": hit.title, "beside": hit.beside, "href": hit.href, "kind": say(lang, hit.kind)}
            for hit in (*_named(actor, text, lang), *found)
        ]


def _everywhere(actor: Actor, text: str) -> list[Hit]:
    return [hit for finder in _finders for hit in finder(actor, text)[:FEW]]


def _named(actor: Actor, text: str, lang: str) -> list[Hit]:
    titles = ((page, say(lang, page.title)) for page in _pages if not page.roles or actor.roles & set(page.roles))
    wanted = text.casefold()
    return [Hit(title, "", page.route, "ui.search.page") for page, title in titles if wanted in title.casefold()][
        : FEW * 2
    ]
