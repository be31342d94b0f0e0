"""All courses as their authors see them."""

from __future__ import annotations

from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.rights import Actor, Role
from spm_app.training import service as training
from spm_app.training.service.views import StudioCard
from spm_app.ui.catalogue import say_error
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill, Text

COLUMNS = (
    Column("title", "training.course", kind="link"),
    Column("code", "training.code"),
    Column("stands", "training.stands", kind="pill"),
    Column("number", "training.version", kind="number"),
    Column("enrolled", "training.enrolled", kind="number"),
    Column("completed", "training.state.completed", kind="number"),
    Column("changed_at", "training.changed"),
)


class StudioState(Listing, rx.State):
    """The table of courses, and the small form for a new one."""

    _columns = COLUMNS
    _file_name = "courses"
    is_new: bool = False
    refused: str = ""

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        cards = training.studio(actor, ask.search)
        if ask.sort:
            cards = sorted(cards, key=partial(_sort_key, ask.sort), reverse=ask.descending)
        return Answer([_row(each) for each in cards[ask.offset : ask.offset + ask.size]], len(cards))

    @rx.event
    @allow(Role.TRAINER)
    async def ask_title(self, is_open: bool):
        """Open or close the form."""
        self.is_new, self.refused = is_open, ""

    @rx.event
    @allow(Role.TRAINER)
    async def create(self, form: dict[str, Any]):
        """An empty course; straight to its desk."""
        actor, lang = await actor_of(self), await language_of(self)
        try:
            made = await rx.run_in_thread(partial(training.create, actor, str(form.get("title", "")), lang))
        except InvalidInput as wrong:
            self.refused = say_error(lang, wrong)
            return None
        self.is_new = False
        return rx.redirect(f"/studio/{made}")


def _row(card: StudioCard) -> dict[str, object]:
    return {
        "id": str(card.course_id),
        "href": f"/studio/{card.course_id}",
        "title": card.title,
        "code": card.code,
        "stands": _stands(card),
        "number": card.number,
        "enrolled": card.enrolled,
        "completed": card.completed,
        "changed_at": card.changed_at,
    }


def _stands(card: StudioCard) -> Pill:
    if card.published_number is None:
        return Pill(Text("training.stands.draft" if card.is_draft else "training.stands.retired"))
    if card.is_draft:
        return Pill(Text("training.stands.changed"), "accent")
    return Pill(Text("training.stands.published"), "good")


def _sort_key(key: str, card: StudioCard) -> Any:
    if key == "stands":
        return (card.published_number is None, card.is_draft)
    value = getattr(card, key)
    return value.casefold() if isinstance(value, str) else value
