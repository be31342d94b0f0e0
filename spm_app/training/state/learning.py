"""Somebody's courses: what is open, what is done, and what else there is to learn."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.kernel.rights import Actor
from spm_app.training import service as training
from spm_app.training.domain.states import EnrolmentState
from spm_app.training.service.views import CourseCard
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of

#: How a state is coloured; what is not named here is grey.
TONES = {"in_progress": "accent", "completed": "good", "failed": "bad"}


class LearningState(rx.State):
    """Three lists of cards, narrowed by what is searched for."""

    open: list[dict[str, str]] = []
    offered: list[dict[str, str]] = []
    closed: list[dict[str, str]] = []
    search: str = ""
    loaded: bool = False

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read the lists again."""
        await self._read()

    @rx.event(supersedes=True)
    @allow_signed_in()
    async def look_for(self, text: str):
        """Search in titles, summaries and categories as the person types."""
        self.search = text[:200]
        await self._read()

    async def _read(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        mine, offered = await rx.run_in_thread(partial(_cards, actor, self.search))
        self.open = [_as_text(each, lang) for each in mine if each.state and each.state.is_open]
        self.closed = [_as_text(each, lang) for each in mine if each.state and not each.state.is_open]
        self.offered = [_as_text(each, lang) for each in offered]
        self.loaded = True


def _cards(actor: Actor, search: str) -> tuple[list[CourseCard], tuple[CourseCard, ...]]:
    wanted = search.strip().casefold()
    mine = training.my_courses(actor)
    found = [each for each in mine if wanted in f"{each.title} {each.summary} {each.category}".casefold()]
    return found, training.catalogue(actor, search)


def _as_text(card: CourseCard, lang: str) -> dict[str, str]:
    state = card.state
    percent = card.standing.percent if card.standing else 0
    due_on = card.due_on if state and state.is_open else None
    return {
        "href": f"/learning/{card.course_id}",
        "title": card.title,
        "summary": card.summary,
        "category": card.category,
        "minutes": say(lang, "training.minutes", n=card.minutes),
        "badge": card.badge,
        "state": say(lang, f"training.state.{state}") if state else "",
        "tone": TONES.get(str(state), "neutral"),
        "percent": str(percent) if state and state is not EnrolmentState.ASSIGNED else "0",
        "progress": say(lang, "training.done_of", n=card.standing.done, total=card.standing.total)
        if card.standing
        else "",
        "due": say(lang, "training.due", day=words.day(due_on, lang)) if due_on else "",
        "overdue": "yes" if card.is_overdue else "",
    }
