"""Taking a course: its outline, one activity at a time, and the place where one was."""

from __future__ import annotations

from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import CourseId
from spm_app.people import service as people
from spm_app.training import service as training
from spm_app.training.domain.states import AttemptState
from spm_app.training.service.views import ActivityView, AttemptSummary, CourseView
from spm_app.training.state.learning import TONES
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


class PlayerState(rx.State):
    """One course and the activity that is open. A course that was not begun shows its outline only."""

    found: bool = True
    course: dict[str, str] = {}
    outline: list[dict[str, str]] = []
    activity: dict[str, str] = {}
    attempts: list[dict[str, str]] = []
    previous: str = ""
    following: str = ""
    address: str = ""
    _id: CourseId = CourseId(0)

    @rx.event
    @allow_signed_in()
    async def load(self):
        """The course that the address names, at the activity that it names, else at the next to do."""
        asked = CourseId(number_in(self.router.url.path))
        step = str(dict(self.router.url.query_parameters).get("step", ""))
        self.found = True
        if self._id != asked:
            self._id, self.activity = asked, {}
        else:
            step = self.activity.get("id", "") or step
        try:
            view = await self._frame()
        except NotFound:
            self.found = False
            return
        await self._show(view, step)

    @rx.event
    @allow_signed_in()
    async def begin(self):
        """Enrol, and open the first activity."""
        await rx.run_in_thread(partial(training.enrol, await actor_of(self), self._id))
        await self._show(await self._frame(), "")

    @rx.event
    @allow_signed_in()
    async def open(self, step: str):
        """Open an activity of the outline."""
        await self._show(await self._frame(), step)
        return rx.set_focus("activity")

    @rx.event
    @allow_signed_in()
    async def finish(self):
        """Mark the lesson as read and go on to what comes next."""
        actor, lang = await actor_of(self), await language_of(self)
        view = await rx.run_in_thread(partial(training.finish_lesson, actor, self._id, self.activity.get("id", "")))
        done = self.course["is_done"] == "" and view.standing.is_complete
        self._frame_of(view, lang)
        await self._show(view, self.following or self.activity.get("id", ""))
        said = [rx.toast.success(say(lang, "training.completed", title=view.title))] if done else []
        return [*said, rx.set_focus("activity")]

    @rx.event
    @allow_signed_in()
    async def leave(self):
        """Leave a course that one chose oneself."""
        lang = await language_of(self)
        await rx.run_in_thread(partial(training.withdraw, await actor_of(self), self._id))
        self._id = CourseId(0)
        return [rx.toast.success(say(lang, "training.has_left")), rx.redirect("/learning")]

    async def _again(self) -> None:
        """What the quiz calls after it was handed in."""
        await self._show(await self._frame(), self.activity.get("id", ""))

    async def _frame(self) -> CourseView:
        view = await rx.run_in_thread(partial(training.course, await actor_of(self), self._id))
        self._frame_of(view, await language_of(self))
        return view

    def _frame_of(self, view: CourseView, lang: str) -> None:
        self.course = _course(view, lang)
        self.outline = list(_outline(view, lang))

    async def _show(self, view: CourseView, step: str) -> None:
        ids = [each.id for each in view.steps]
        if view.state is None or not ids:
            self.activity, self.attempts, self.address = {}, [], ""
            return
        chosen = step if step in ids else view.standing.next_id or ids[0]
        actor, lang = await actor_of(self), await language_of(self)
        shown, zone = await rx.run_in_thread(lambda: (training.open_activity(actor, self._id, chosen), people.zone()))
        await self._frame()
        place = ids.index(chosen)
        self.previous = ids[place - 1] if place else ""
        self.following = ids[place + 1] if place + 1 < len(ids) else ""
        self.activity = _activity(shown, lang) | {"key": f"{self._id}/{chosen}"}
        self.attempts = [_attempt(each, lang, zone) for each in shown.attempts]
        self.address = f"step={chosen}"


def _course(view: CourseView, lang: str) -> dict[str, str]:
    place = view.standing
    due_on = None if place.is_complete else view.due_on
    return {
        "title": view.title,
        "summary": view.summary,
        "badge": view.badge,
        "minutes": say(lang, "training.minutes", n=view.minutes),
        "begun": "yes" if view.state else "",
        "state": say(lang, f"training.state.{view.state}") if view.state else "",
        "tone": TONES.get(str(view.state), "neutral"),
        "is_done": "yes" if place.is_complete else "",
        "is_open": "yes" if view.state and view.state.is_open else "",
        "may_leave": "yes" if view.state and view.state.is_open and view.is_own_choice else "",
        "percent": str(place.percent),
        "progress": say(lang, "training.done_of", n=place.done, total=place.total),
        "due": say(lang, "training.due", day=words.day(due_on, lang)) if due_on else "",
    }


def _outline(view: CourseView, lang: str) -> Any:
    for chapter in view.chapters:
        yield {"kind": "section", "id": "", "title": chapter.title, "state": "", "minutes": "", "said": ""}
        for each in chapter.steps:
            said = say(lang, f"training.kind.{each.kind}") + ", " + say(lang, f"training.step.{each.state}")
            optional = "" if each.is_mandatory else say(lang, "training.optional")
            minutes = say(lang, "training.minutes", n=each.minutes)
            beside = " · ".join(filter(None, (minutes, optional)))
            yield {"kind": each.kind, "id": each.id, "title": each.title, "state": each.state.value,
                   "minutes": beside, "said": said}  # fmt: skip


def _activity(view: ActivityView, lang: str) -> dict[str, str]:
    going = any(each.state is AttemptState.IN_PROGRESS for each in view.attempts)
    left = say(lang, "training.no_limit") if view.left is None else words.number(view.left, lang)
    return {
        "id": view.id,
        "title": view.title,
        "kind": view.kind,
        "html": view.html,
        "minutes": say(lang, "training.minutes", n=view.minutes),
        "state": view.progress.state.value,
        "best": words.percent(view.progress.score, lang, 0),
        "pass_mark": f"{view.pass_percent}%",
        "questions": words.number(view.questions, lang),
        "left": left,
        "can_start": "yes" if going or view.left != 0 else "",
        "going": "yes" if going else "",
    }


def _attempt(attempt: AttemptSummary, lang: str, zone: str) -> dict[str, str]:
    if attempt.passed is None:
        outcome, tone = "training.attempt.going", "accent"
    else:
        outcome, tone = ("training.passed", "good") if attempt.passed else ("training.not_passed", "warn")
    return {
        "number": words.number(attempt.number, lang),
        "id": str(attempt.attempt_id),
        "score": words.percent(attempt.score, lang, 0),
        "outcome": say(lang, outcome),
        "outcome_tone": tone,
        "on": words.instant(attempt.submitted_at, lang, zone),
    }
