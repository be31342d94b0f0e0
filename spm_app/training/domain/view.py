"""What a learner's browser may hold: questions without keys, and results once an attempt is graded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.training.domain.grading import Answer, Grade, right_answer
from spm_app.training.domain.question import Multiple, Numerical, Single, TrueFalse
from spm_app.training.domain.shuffle import shuffled
from spm_app.training.domain.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from spm_app.training.domain.course import Content, Quiz, Section
    from spm_app.training.domain.question import Kind, Question


@dataclass(frozen=True, slots=True)
class OptionView:
    """A choice as it is offered: no weight, no feedback."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as it is asked, with what this learner has answered so far. True/false offers two named options."""

    id: str
    kind: Kind
    stem: str
    points: int
    options: tuple[OptionView, ...]
    unit: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question after grading. `right` is empty as long as the key is kept back; `review` is a lesson's id."""

    id: str
    stem: str
    answer: str
    mark: Fraction
    points: int
    right: str
    explanation: str
    review: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a course as its author reads it: `kind` is `section`, `lesson`, `quiz` or `question`.

    `body` is Markdown; `right` is the key of a question.
    """

    kind: str
    title: str
    body: str = ""
    right: str = ""


def text_of(content: Content, language: str) -> tuple[Part, ...]:
    """All that a version says, from beginning to end, with the keys: for authors only."""
    return tuple(part for section in content.sections for part in _parts(section, content.language, language))


def asked(
    quiz: Quiz, seed: str, answers: Mapping[str, Answer], *, language: str, main: str
) -> tuple[QuestionView, ...]:
    """The questions in the order of this attempt; the same seed always gives the same order."""
    questions = shuffled(quiz.questions, lambda each: each.id, seed) if quiz.is_shuffled else quiz.questions
    return tuple(
        QuestionView(
            id=each.id,
            kind=each.kind,
            stem=in_language(each.stem, language, main),
            points=each.points,
            options=_offered(each, seed if quiz.is_shuffled else "", language, main),
            unit=each.unit if isinstance(each, Numerical) else "",
            answer=answers.get(each.id, Answer()),
        )
        for each in questions
    )


def may_see_key(*, passed: bool, left: int | None) -> bool:
    """The key is shown once it cannot help in a further attempt: after passing, or when none is left."""
    return passed or left == 0


def results(
    content: Content, quiz: Quiz, answers: Mapping[str, Answer], grade: Grade, *, language: str, with_key: bool
) -> tuple[QuestionResult, ...]:
    """What was answered and what it earned, question by question, in the author's order."""
    return tuple(
        QuestionResult(
            id=each.id,
            stem=in_language(each.stem, language, content.language),
            answer=_said(each, answers.get(each.id, Answer()), language, content.language),
            mark=grade.marks[each.id],
            points=each.points,
            right=_said(each, _right(each), language, content.language) if with_key else "",
            explanation=in_language(each.explanation, language, content.language) if with_key else "",
            review=each.review if grade.marks[each.id] < 1 else "",
        )
        for each in quiz.questions
    )


def _parts(section: Section, main: str, language: str) -> Iterator[Part]:
    yield Part("section", in_language(section.title, language, main))
    for each in section.activities:
        title = in_language(each.title, language, main)
        yield Part(each.kind, title, in_language(each.body if each.kind == "lesson" else each.intro, language, main))
        for question in each.questions if each.kind == "quiz" else ():
            right = _said(question, _right(question), language, main)
            yield Part("question", in_language(question.stem, language, main), right=right)


def _offered(question: Question, seed: str, language: str, main: str) -> tuple[OptionView, ...]:
    if isinstance(question, TrueFalse):
        return (OptionView("true", "true"), OptionView("false", "false"))
    if not isinstance(question, Single | Multiple):
        return ()
    order = shuffled(question.options, lambda each: each.id, f"{seed}/{question.id}") if seed else question.options
    return tuple(OptionView(each.id, in_language(each.text, language, main)) for each in order)


def _said(question: Question, answer: Answer, language: str, main: str) -> str:
    if not isinstance(question, Single | Multiple):
        return answer.text or "".join(answer.chosen)
    texts = {each.id: in_language(each.text, language, main) for each in question.options}
    return "; ".join(texts[each] for each in answer.chosen)


def _right(question: Question) -> Answer:
    values = right_answer(question)
    is_typed = not isinstance(question, Single | Multiple | TrueFalse)
    return Answer(text="".join(values)) if is_typed else Answer(chosen=values)
