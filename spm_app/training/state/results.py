"""Who learnt what: one line for each person on a course, and one for each course of a team."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.ids import CourseId
from spm_app.kernel.rate import Rate
from spm_app.kernel.rights import Actor
from spm_app.training import service as training
from spm_app.training.domain.states import EnrolmentState
from spm_app.training.service.views import Learner
from spm_app.training.state.learning import TONES
from spm_app.ui.address import number_in
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.session import actor_of
from spm_app.ui.written import Pill, Text

COLUMNS = (
    Column("name", "training.person"),
    Column("state", "training.stands", kind="pill"),
    Column("percent", "training.percent", kind="number"),
    Column("score", "training.score", kind="number"),
    Column("attempts", "training.attempts", kind="number"),
    Column("version", "training.version", kind="number"),
    Column("enrolled_at", "training.enrolled_at", shown=False),
    Column("closed_at", "training.closed_at"),
    Column("due_on", "training.due_on"),
)

TEAM_COLUMNS = (Column("name", "training.person", kind="link"), Column("course", "training.course"), *COLUMNS[1:])


class ResultsState(Listing, rx.State):
    """The table under a course."""

    _columns = COLUMNS
    _filters = ("state",)
    _file_name = "learners"
    _course: CourseId = CourseId(0)

    async def _prepare(self) -> None:
        self._course = CourseId(number_in(self.router.url.path))

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        return _answer(training.course_results(actor, self._course).learners, ask)


class TeamLearningState(Listing, rx.State):
    """Everybody whose learning one may see, one line for each course: for managers their team, for trainers all."""

    _columns = TEAM_COLUMNS
    _filters = ("course", "state")
    _file_name = "learning"

    courses: list[dict[str, str]] = []

    async def _prepare(self) -> None:
        learners = await rx.run_in_thread(partial(training.learnt, await actor_of(self)))
        known = {each.course_id: each.course for each in learners}
        found = sorted(known.items(), key=lambda each: each[1].casefold())
        self.courses = [{"value": str(number), "label": title} for number, title in found]

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        course = number_in(ask.filters.get("course", ""))
        return _answer([each for each in training.learnt(actor) if course in (0, each.course_id)], ask)


def _answer(learners: Sequence[Learner], ask: Ask) -> Answer:
    wanted, state = ask.search.casefold(), ask.filters.get("state", "")
    found = [
        each
        for each in learners
        if wanted in f"{each.name} {each.course}".casefold() and state in ("", each.state.value)
    ]
    if ask.sort:
        found.sort(key=partial(_sort_key, ask.sort), reverse=ask.descending)
    done = sum(each.state is EnrolmentState.COMPLETED for each in found)
    rows = [_row(each) for each in found[ask.offset : ask.offset + ask.size]]
    return Answer(rows, len(found), (("training.how_many_completed", done),))


def _row(learner: Learner) -> dict[str, object]:
    return {
        "href": f"/people/{learner.person_id}",
        "name": learner.name,
        "course": learner.course,
        "attempts": learner.attempts,
        "state": Pill(Text(f"training.state.{learner.state}"), TONES.get(learner.state.value, "neutral")),
        "percent": Rate.percent(learner.percent),
        "score": None if learner.score is None else Rate(learner.score),
        "version": learner.version,
        "enrolled_at": learner.enrolled_at,
        "closed_at": learner.closed_at,
        "due_on": learner.due_on,
    }


def _sort_key(key: str, learner: Learner) -> tuple[bool, Any]:
    """What is not there comes first."""
    value = getattr(learner, key)
    return (value is not None, value.casefold() if isinstance(value, str) else value)
