"""Every text of a course made safe and of bounded length, before it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from spm_app.kernel.errors import InvalidInput
from spm_app.training.domain.course import Lesson
from spm_app.training.domain.question import Multiple, Single
from spm_app.training.domain.words import LANGUAGES
from spm_app.training.service import markdown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.training.domain.course import Activity, Content, Section
    from spm_app.training.domain.question import Option, Question
    from spm_app.training.domain.words import Words

LONGEST_LINE = 500
LONGEST_TEXT = 50_000

Asks = TypeVar("Asks", bound="Question")


def content(course: Content) -> Content:
    """The course with clean texts. Raises InvalidInput for an unknown language or a text that is too long."""
    if course.language not in LANGUAGES:
        raise InvalidInput("training.language_unknown", language=course.language)
    return replace(
        course,
        title=_line(course.title),
        summary=_line(course.summary),
        badge=_line(course.badge),
        category=course.category.strip()[:LONGEST_LINE],
        sections=tuple(_section(each) for each in course.sections),
    )


def _section(section: Section) -> Section:
    return replace(
        section, title=_line(section.title), activities=tuple(_activity(each) for each in section.activities)
    )


def _activity(activity: Activity) -> Activity:
    if isinstance(activity, Lesson):
        return replace(activity, title=_line(activity.title), body=_markdown(activity.body))
    return replace(
        activity,
        title=_line(activity.title),
        intro=_markdown(activity.intro),
        questions=tuple(_question(each) for each in activity.questions),
    )


def _question(question: Asks) -> Asks:
    plain = replace(question, stem=_line(question.stem), explanation=_line(question.explanation))
    if isinstance(plain, Single | Multiple):
        return replace(plain, options=tuple(_option(each) for each in plain.options))
    return plain


def _option(option: Option) -> Option:
    return replace(option, text=_line(option.text), feedback=_line(option.feedback))


def _line(words: Words) -> Mapping[str, str]:
    """Plain text on one line: it is shown as text, never as HTML."""
    return {each: _bounded(" ".join(text.split()), LONGEST_LINE) for each, text in _known(words).items()}


def _markdown(words: Words) -> Mapping[str, str]:
    return {each: markdown.cleaned(_bounded(text, LONGEST_TEXT)) for each, text in _known(words).items()}


def _known(words: Words) -> Words:
    unknown = sorted(set(words) - set(LANGUAGES))
    if unknown:
        raise InvalidInput("training.language_unknown", language=unknown[0])
    return words


def _bounded(text: str, most: int) -> str:
    if len(text) > most:
        raise InvalidInput("training.text_too_long", most=most)
    return text
