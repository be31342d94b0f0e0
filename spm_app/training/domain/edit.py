"""What a trainer does to a draft, as values; `apply` gives the new content and never touches the old one.

Texts are written in one language at a time; what stands in the others stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from spm_app.kernel.errors import NotFound
from spm_app.training.domain.course import Content, Lesson, Quiz, Section
from spm_app.training.domain.words import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spm_app.training.domain.course import Activity
    from spm_app.training.domain.question import Question

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Describe:
    """Rewrite what the course says of itself, in one language."""

    language: str
    title: str
    summary: str = ""
    category: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSection:
    """A new section at the end."""

    language: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameSection:
    """The section's title in one language."""

    id: str
    language: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddActivity:
    """A new lesson or quiz at the end of a section."""

    section_id: str
    kind: Literal["lesson", "quiz"]
    language: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLesson:
    """A lesson's text in one language, and what holds in all."""

    id: str
    language: str
    title: str
    body: str
    minutes: int = 5
    is_mandatory: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteQuiz:
    """A quiz's text in one language, and its rules."""

    id: str
    language: str
    title: str
    intro: str = ""
    pass_percent: int = 80
    attempts: int | None = 3
    is_shuffled: bool = True
    minutes: int = 5
    is_mandatory: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PutQuestion:
    """Add a question to a quiz (empty id), or replace the one of that id; `question` is whole, in all languages."""

    quiz_id: str
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A section, activity or question one place `up` or down; an activity goes on into the neighbouring section."""

    id: str
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """A section with all in it, an activity, or a question."""

    id: str


Edit: TypeAlias = (
    Describe | AddSection | RenameSection | AddActivity | WriteLesson | WriteQuiz | PutQuestion | Move | Remove
)


def apply(content: Content, edit: Edit) -> Content:
    """The content after the edit. Raises NotFound for a section, activity or question that is not there."""
    match edit:
        case Describe():
            return _describe(content, edit)
        case AddSection():
            section = Section(id=fresh_id(content, "section"), title={edit.language: edit.title})
            return replace(content, sections=(*content.sections, section))
        case RenameSection():
            return _each_section(content, edit.id, lambda old: _renamed(old, edit))
        case AddActivity():
            return _each_section(content, edit.section_id, lambda old: _with_activity(content, old, edit))
        case WriteLesson() | WriteQuiz():
            return _each_activity(content, edit.id, lambda old: _written(old, edit))
        case PutQuestion():
            return _each_activity(content, edit.quiz_id, lambda old: _with_question(content, old, edit.question))
        case Move():
            return _move(content, edit)
        case Remove():  # pragma: no branch - the union ends here
            return _remove(content, edit.id)


def fresh_id(content: Content, stem: str) -> str:
    """`stem-n` with the smallest n above every number in use, so that an id is not taken over by something else."""
    used = [each.rsplit("-", 1)[-1] for each in _ids(content)]
    return f"{stem}-{max((int(each) for each in used if each.isdecimal()), default=0) + 1}"


def _ids(content: Content) -> Iterable[str]:
    for section in content.sections:
        yield section.id
        for activity in section.activities:
            yield activity.id
            yield from (each.id for each in _questions(activity))


def _questions(activity: Activity) -> tuple[Question, ...]:
    return activity.questions if isinstance(activity, Quiz) else ()


def _describe(content: Content, edit: Describe) -> Content:
    return replace(
        content,
        title=written(content.title, edit.language, edit.title),
        summary=written(content.summary, edit.language, edit.summary),
        badge=written(content.badge, edit.language, edit.badge),
        category=edit.category,
    )


def _renamed(section: Section, edit: RenameSection) -> Section:
    return replace(section, title=written(section.title, edit.language, edit.title))


def _with_activity(content: Content, section: Section, edit: AddActivity) -> Section:
    kind = Lesson if edit.kind == "lesson" else Quiz
    made = kind(id=fresh_id(content, edit.kind), title={edit.language: edit.title})
    return replace(section, activities=(*section.activities, made))


def _written(old: Activity, edit: WriteLesson | WriteQuiz) -> Activity:
    title = written(old.title, edit.language, edit.title)
    if isinstance(old, Lesson) and isinstance(edit, WriteLesson):
        body = written(old.body, edit.language, edit.body)
        return replace(old, title=title, body=body, minutes=edit.minutes, is_mandatory=edit.is_mandatory)
    if isinstance(old, Quiz) and isinstance(edit, WriteQuiz):
        return replace(
            old,
            title=title,
            intro=written(old.intro, edit.language, edit.intro),
            pass_percent=edit.pass_percent,
            attempts=edit.attempts,
            is_shuffled=edit.is_shuffled,
            minutes=edit.minutes,
            is_mandatory=edit.is_mandatory,
        )
    raise NotFound("training.no_such_activity")


def _with_question(content: Content, old: Activity, question: Question) -> Activity:
    if not isinstance(old, Quiz):
        raise NotFound("training.no_such_activity")
    if not question.id:
        made = replace(question, id=fresh_id(content, "question"))
        return replace(old, questions=(*old.questions, made))
    if all(each.id != question.id for each in old.questions):
        raise NotFound("training.no_such_question")
    return replace(old, questions=tuple(question if each.id == question.id else each for each in old.questions))


def _each_section(content: Content, section_id: str, change: Callable[[Section], Section]) -> Content:
    if all(each.id != section_id for each in content.sections):
        raise NotFound("training.no_such_section")
    return replace(
        content, sections=tuple(change(each) if each.id == section_id else each for each in content.sections)
    )


def _each_activity(content: Content, activity_id: str, change: Callable[[Activity], Activity]) -> Content:
    home = next((each for each in content.sections if any(a.id == activity_id for a in each.activities)), None)
    if home is None:
        raise NotFound("training.no_such_activity")
    changed = tuple(change(each) if each.id == activity_id else each for each in home.activities)
    return _each_section(content, home.id, lambda section: replace(section, activities=changed))


def _move(content: Content, edit: Move) -> Content:
    ids = [each.id for each in content.sections]
    if edit.id in ids:
        return replace(content, sections=_swapped(content.sections, ids.index(edit.id), up=edit.up))
    if content.find(edit.id) is not None:
        return _move_activity(content, edit)
    quiz, at = _place_of_question(content, edit.id)
    moved = replace(quiz, questions=_swapped(quiz.questions, at, up=edit.up))
    return _each_activity(content, quiz.id, lambda _: moved)


def _move_activity(content: Content, edit: Move) -> Content:
    at = next(i for i, each in enumerate(content.sections) if any(a.id == edit.id for a in each.activities))
    home = content.sections[at]
    place = next(i for i, each in enumerate(home.activities) if each.id == edit.id)
    if 0 <= place + (-1 if edit.up else 1) < len(home.activities):
        moved = replace(home, activities=_swapped(home.activities, place, up=edit.up))
        return _each_section(content, home.id, lambda _: moved)
    target = at + (-1 if edit.up else 1)
    if not 0 <= target < len(content.sections):
        return content
    return _carried(content, home, content.sections[target], home.activities[place], up=edit.up)


def _carried(content: Content, home: Section, to: Section, activity: Activity, *, up: bool) -> Content:
    rest = tuple(each for each in home.activities if each.id != activity.id)
    arrived = (*to.activities, activity) if up else (activity, *to.activities)
    without = _each_section(content, home.id, lambda old: replace(old, activities=rest))
    return _each_section(without, to.id, lambda old: replace(old, activities=arrived))


def _place_of_question(content: Content, question_id: str) -> tuple[Quiz, int]:
    for quiz in (each for each in content.activities if isinstance(each, Quiz)):
        for at, question in enumerate(quiz.questions):
            if question.id == question_id:
                return quiz, at
    raise NotFound("training.no_such_question")


def _remove(content: Content, item_id: str) -> Content:
    if any(each.id == item_id for each in content.sections):
        return replace(content, sections=tuple(each for each in content.sections if each.id != item_id))
    if content.find(item_id) is not None:
        kept = tuple(
            replace(each, activities=tuple(a for a in each.activities if a.id != item_id)) for each in content.sections
        )
        return replace(content, sections=kept)
    quiz, at = _place_of_question(content, item_id)
    rest = replace(quiz, questions=quiz.questions[:at] + quiz.questions[at + 1 :])
    return _each_activity(content, quiz.id, lambda _: rest)


def _swapped(things: Sequence[T], at: int, *, up: bool) -> tuple[T, ...]:
    """The thing at `at` changes places with its neighbour; at the edge nothing happens."""
    other = at + (-1 if up else 1)
    if not 0 <= other < len(things):
        return tuple(things)
    order = list(things)
    order[at], order[other] = order[other], order[at]
    return tuple(order)
