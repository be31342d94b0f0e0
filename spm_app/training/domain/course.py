"""A course: sections of activities, written in one language and translated where somebody did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Discriminator

from spm_app.training.domain.question import Question  # noqa: TC001 - pydantic reads the annotations
from spm_app.training.domain.words import Words  # noqa: TC001 - pydantic reads the annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Something to read, in Markdown. It is completed when the learner says so."""

    id: str
    title: Words
    kind: Literal["lesson"] = "lesson"
    body: Words = field(default_factory=dict[str, str])
    minutes: int = 5
    is_mandatory: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """Questions to answer. It is completed when an attempt reaches `pass_percent`; `attempts` None is without limit."""

    id: str
    title: Words
    kind: Literal["quiz"] = "quiz"
    intro: Words = field(default_factory=dict[str, str])
    questions: tuple[Question, ...] = ()
    pass_percent: int = 80
    attempts: int | None = 3
    is_shuffled: bool = True
    minutes: int = 5
    is_mandatory: bool = True


Activity = Annotated[Lesson | Quiz, Discriminator("kind")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Activities that belong together."""

    id: str
    title: Words
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a version of a course says. Frozen at publication: learners finish what they began.

    `badge` is the title of the badge for completing it; empty gives none.
    """

    title: Words
    summary: Words = field(default_factory=dict[str, str])
    language: str = "en"
    category: str = ""
    badge: Words = field(default_factory=dict[str, str])
    sections: tuple[Section, ...] = ()

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All of them, in the order in which they are taken."""
        return tuple(each for section in self.sections for each in section.activities)

    @property
    def minutes(self) -> int:
        """How long it takes, as its author reckons."""
        return sum(each.minutes for each in self.activities)

    def find(self, activity_id: str) -> Activity | None:
        """The activity of that id."""
        return next((each for each in self.activities if each.id == activity_id), None)


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course to be written in one go: the code that it is known by for ever, and what it says."""

    code: str
    content: Content
