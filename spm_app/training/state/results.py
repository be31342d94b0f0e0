"""Who learnt what: one line for each person on a course."""

from __future__ import annotations

from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.ids import CourseId
from spm_app.kernel.rate import Rate
from spm_app.kernel.rights import Actor
from spm_app.training import service as training
from spm_app.training.service.views import Learner
from spm_app.training.state.learning import TONES
from spm_app.ui.address import number_in
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.written import Pill, Text

COLUMNS = (
    Column("name", "training.person"),
    Column("state", "training.stands", kind="pill"),
    Column("percent", "training.percent", kind="number"),
    Column("score", "training.score", kind="number"),
    Column("version", "training.version", kind="number"),
    Column("enrolled_at", "training.enrolled_at", shown=False),
    Column("closed_at", "training.closed_at"),
    Column("due_on", "training.due_on"),
)


class ResultsState(Listing, rx.State):
    """The table under a course."""

    _columns = COLUMNS
    _filters = ("state",)
    _file_name = "learners"
    _course: CourseId = CourseId(0)

    async def _prepare(self) -> None:
        self._course = CourseId(number_in(self.router.url.path))

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        learners = training.course_results(actor, self._course).learners
        wanted, state = ask.search.casefold(), ask.filters.get("state", "")
        found = [each for each in learners if wanted in each.name.casefold() and state in ("", each.state.value)]
        if ask.sort:
            found.sort(key=partial(_sort_key, ask.sort), reverse=ask.descending)
        return Answer([_row(each) for each in found[ask.offset : ask.offset + ask.size]], len(found))


def _row(learner: Learner) -> dict[str, object]:
    return {
        "name": learner.name,
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
