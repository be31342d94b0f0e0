"""What a course still lacks before it can be published: every finding, each with its place and its cure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spm_app.kernel.problem import Problem, Severity
from spm_app.training.domain.course import Lesson, Quiz
from spm_app.training.domain.question import Multiple, Numerical, ShortAnswer, Single
from spm_app.training.domain.words import LANGUAGES, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spm_app.training.domain.course import Activity, Content
    from spm_app.training.domain.question import Option, Question
    from spm_app.training.domain.words import Words

#: A course this full is one to split, and a page that would be slow.
MOST_ACTIVITIES = 200


def findings(content: Content) -> tuple[Problem, ...]:
    """Errors stop the publication, warnings ask to look. `at` is the id of the section, activity or question."""
    return (*_of_course(content), *_of_sections(content), *_of_ids(content), *_translations(content))


def _of_course(content: Content) -> Iterator[Problem]:
    if not content.title.get(content.language, "").strip():
        yield Problem("course", "training.check.course_title")
    if not content.activities:
        yield Problem("course", "training.check.nothing_in_it")
    elif not any(each.is_mandatory for each in content.activities):
        yield Problem("course", "training.check.nothing_mandatory")
    if len(content.activities) > MOST_ACTIVITIES:
        yield Problem("course", "training.check.too_long", {"most": MOST_ACTIVITIES})
    if not any(content.badge.values()):
        yield Problem("course", "training.check.no_badge", severity=Severity.WARNING)


def _of_sections(content: Content) -> Iterator[Problem]:
    lessons = {each.id for each in content.activities if isinstance(each, Lesson)}
    for section in content.sections:
        if not section.title.get(content.language, "").strip():
            yield Problem(section.id, "training.check.section_title")
        if not section.activities:
            yield Problem(section.id, "training.check.section_empty", severity=Severity.WARNING)
        for activity in section.activities:
            yield from _of_activity(activity, content.language, lessons)


def _of_activity(activity: Activity, main: str, lessons: set[str]) -> Iterator[Problem]:
    if not activity.title.get(main, "").strip():
        yield Problem(activity.id, "training.check.activity_title")
    if isinstance(activity, Quiz):
        yield from _of_quiz(activity, main, lessons)
    elif not activity.body.get(main, "").strip():
        yield Problem(activity.id, "training.check.lesson_empty")


def _of_quiz(quiz: Quiz, main: str, lessons: set[str]) -> Iterator[Problem]:
    if not quiz.questions:
        yield Problem(quiz.id, "training.check.quiz_empty")
    if not 1 <= quiz.pass_percent <= 100:
        yield Problem(quiz.id, "training.check.pass_mark")
    if quiz.attempts is not None and quiz.attempts < 1:
        yield Problem(quiz.id, "training.check.attempts")
    for question in quiz.questions:
        yield from _of_question(question, main, lessons)


def _of_question(question: Question, main: str, lessons: set[str]) -> Iterator[Problem]:
    if not question.stem.get(main, "").strip():
        yield Problem(question.id, "training.check.question_empty")
    if question.points < 1:
        yield Problem(question.id, "training.check.points")
    if question.review and question.review not in lessons:
        yield Problem(question.id, "training.check.review_unknown")
    if isinstance(question, Single | Multiple):
        yield from _of_options(question, main)
    elif isinstance(question, Numerical) and question.tolerance < 0:
        yield Problem(question.id, "training.check.tolerance")
    elif isinstance(question, ShortAnswer) and not any(each.strip() for each in question.accepted):
        yield Problem(question.id, "training.check.nothing_accepted")


def _of_options(question: Single | Multiple, main: str) -> Iterator[Problem]:
    options = question.options
    if len(options) < 2:
        yield Problem(question.id, "training.check.two_options")
    if any(not each.text.get(main, "").strip() for each in options):
        yield Problem(question.id, "training.check.option_empty")
    if len({each.id for each in options}) < len(options):
        yield Problem(question.id, "training.check.same_id")
    if not any(each.weight > 0 for each in options):
        yield Problem(question.id, "training.check.none_right")
    elif isinstance(question, Single) and _best(options) > 1:
        yield Problem(question.id, "training.check.one_right")


def _best(options: tuple[Option, ...]) -> int:
    greatest = max(each.weight for each in options)
    return sum(each.weight == greatest for each in options)


def _of_ids(content: Content) -> Iterator[Problem]:
    quizzes = [each for each in content.activities if isinstance(each, Quiz)]
    ids = [each.id for each in content.sections] + [each.id for each in content.activities]
    ids += [question.id for quiz in quizzes for question in quiz.questions]
    for each, times in Counter(ids).items():
        if times > 1 or not each:
            yield Problem(each or "course", "training.check.same_id")


def _translations(content: Content) -> Iterator[Problem]:
    """One warning per place and language, for whatever has a text in the course's language and none in the other."""
    for language in LANGUAGES:
        if language == content.language:
            continue
        for at, words in _texts(content):
            if any(content.language in each and language not in each for each in words):
                yield Problem(at, "training.check.untranslated", {"language": language}, Severity.WARNING)


def _texts(content: Content) -> Iterator[tuple[str, Iterable[Words]]]:
    yield "course", (content.title, content.summary, content.badge)
    for section in content.sections:
        yield section.id, (section.title,)
    for activity in content.activities:
        if isinstance(activity, Lesson):
            yield activity.id, (activity.title, activity.body)
            continue
        yield activity.id, (activity.title, activity.intro)
        for question in activity.questions:
            options = question.options if isinstance(question, Single | Multiple) else ()
            yield question.id, (question.stem, question.explanation, *(each.text for each in options))


def title_of(content: Content, place: str, language: str) -> str:
    """What people call the place of a finding; the id itself when it has no title yet."""
    known = {"course": content.title, **{each.id: each.title for each in content.sections}}
    known |= {each.id: each.title for each in content.activities}
    for quiz in content.activities:
        if isinstance(quiz, Quiz):
            known |= {each.id: each.stem for each in quiz.questions}
    return in_language(known.get(place, {}), language, content.language) or place
