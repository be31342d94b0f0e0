"""How courses and activities look to one person, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.training.domain.course import Lesson
from spm_app.training.domain.progress import NOTHING, attempts_left, standing
from spm_app.training.domain.records import Source
from spm_app.training.domain.states import AttemptState
from spm_app.training.domain.words import in_language
from spm_app.training.service import markdown
from spm_app.training.service.views import ActivityView, AttemptSummary, Chapter, CourseCard, CourseView, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from spm_app.training.domain.course import Activity, Content, Section
    from spm_app.training.domain.progress import Progress
    from spm_app.training.domain.records import Attempt, Course, Enrolment, Version


def course_view(
    version: Version, language: str, mine: Enrolment | None, progress: Mapping[str, Progress]
) -> CourseView:
    """The outline with states, in the reader's language."""
    content = version.content
    return CourseView(
        course_id=version.course_id,
        title=in_language(content.title, language, content.language),
        summary=in_language(content.summary, language, content.language),
        badge=in_language(content.badge, language, content.language),
        version=version.number,
        minutes=content.minutes,
        state=mine.state if mine else None,
        standing=standing(content, progress),
        chapters=tuple(_chapter(each, content, language, progress) for each in content.sections),
        due_on=mine.due_on if mine else None,
        is_own_choice=mine is not None and mine.source is Source.SELF,
    )


def activity_view(
    content: Content, activity: Activity, progress: Progress, attempts: Sequence[Attempt], *, language: str
) -> ActivityView:
    """One screen: a lesson's text, or what a quiz asks for and the attempts so far."""
    lesson = isinstance(activity, Lesson)
    used = sum(each.state is not AttemptState.IN_PROGRESS for each in attempts)
    text = in_language(activity.body if lesson else activity.intro, language, content.language)
    return ActivityView(
        id=activity.id,
        title=in_language(activity.title, language, content.language),
        kind=activity.kind,
        html=markdown.html(text),
        minutes=activity.minutes,
        progress=progress,
        pass_percent=0 if lesson else activity.pass_percent,
        questions=0 if lesson else len(activity.questions),
        left=0 if lesson else attempts_left(activity, used),
        attempts=tuple(
            AttemptSummary(each.id, each.number, each.state, each.submitted_at, each.score, each.passed)
            for each in attempts
        ),
    )


def course_card(
    course: Course, version: Version, language: str, mine: tuple[Enrolment, Mapping[str, Progress], date] | None
) -> CourseCard:
    """A course in a list; `mine` is the person's enrolment, its progress and the company's day."""
    content = version.content
    enrolment = mine[0] if mine else None
    due_on = enrolment.due_on if enrolment else None
    return CourseCard(
        course_id=course.id,
        code=course.code,
        title=in_language(content.title, language, content.language),
        summary=in_language(content.summary, language, content.language),
        category=content.category,
        minutes=content.minutes,
        badge=in_language(content.badge, language, content.language),
        state=enrolment.state if enrolment else None,
        standing=standing(content, mine[1]) if mine else None,
        due_on=due_on,
        is_overdue=bool(mine and mine[0].state.is_open and due_on and due_on < mine[2]),
        in_catalogue=course.published_id is not None,
    )


def by_urgency(card: CourseCard) -> tuple[bool, bool, str, str]:
    """Sort key: what is open before what is closed, what is due first before what is due later or never."""
    is_open = card.state is not None and card.state.is_open
    return (not is_open, card.due_on is None, str(card.due_on), card.title.casefold())


def _chapter(section: Section, content: Content, language: str, progress: Mapping[str, Progress]) -> Chapter:
    steps = tuple(
        Step(
            id=each.id,
            title=in_language(each.title, language, content.language),
            kind=each.kind,
            minutes=each.minutes,
            is_mandatory=each.is_mandatory,
            state=progress.get(each.id, NOTHING).state,
        )
        for each in section.activities
    )
    return Chapter(in_language(section.title, language, content.language), steps)
