"""Answers and their marks. Marks are exact parts of 1, never below 0 for a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.kernel.errors import InvalidInput
from spm_app.training.domain.question import Multiple, Numerical, ShortAnswer, Single, TrueFalse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.training.domain.course import Quiz
    from spm_app.training.domain.question import Question

_LONGEST_ANSWER = 400
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_TRUTHS = ("true", "false")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner gave: ids of the chosen options, or what was typed. Both empty: not answered."""

    chosen: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """The marks of one attempt: each question's part of its points, and the whole as a part of 1."""

    marks: Mapping[str, Fraction]
    score: Fraction
    passed: bool


def read_answer(question: Question, values: Sequence[str], language: str) -> Answer:
    """What came from the browser as an answer to this question; no values is 'not answered'.

    Raises InvalidInput for an option that the question does not have, two choices where one is asked, a number that
    cannot be read in that language, or a text without end.
    """
    given = [value.strip() for value in values if value.strip()]
    match question:
        case Numerical():
            return Answer(text=str(_number(given[0], language)) if given else "")
        case ShortAnswer():
            return Answer(text=_short(given[0]) if given else "")
        case TrueFalse():
            return _chosen(given, _TRUTHS, most=1)
        case Single():
            return _chosen(given, [each.id for each in question.options], most=1)
        case Multiple():  # pragma: no branch - the union ends here
            return _chosen(given, [each.id for each in question.options], most=len(question.options))


def mark(question: Question, answer: Answer) -> Fraction:
    """The part of the question's points that the answer earns: 0 to 1, partial where weights say so."""
    match question:
        case Single():
            full = max((each.weight for each in question.options), default=0)
            return _part(sum(each.weight for each in question.options if each.id in answer.chosen), full)
        case Multiple():
            full = sum(each.weight for each in question.options if each.weight > 0)
            return _part(sum(each.weight for each in question.options if each.id in answer.chosen), full)
        case TrueFalse():
            return Fraction(answer.chosen == (_TRUTHS[0] if question.is_true else _TRUTHS[1],))
        case Numerical():
            return Fraction(bool(answer.text) and abs(Decimal(answer.text) - question.value) <= question.tolerance)
        case ShortAnswer():  # pragma: no branch - the union ends here
            return Fraction(bool(answer.text) and _normal(answer.text, question) in _accepted(question))


def grade(quiz: Quiz, answers: Mapping[str, Answer]) -> Grade:
    """All questions count, answered or not, by their points. The pass mark itself passes."""
    marks = {each.id: mark(each, answers.get(each.id, Answer())) for each in quiz.questions}
    full = sum(each.points for each in quiz.questions)
    got = sum((each.points * marks[each.id] for each in quiz.questions), Fraction(0))
    score = got / full if full else Fraction(0)
    return Grade(marks, score, passed=bool(full) and score * 100 >= quiz.pass_percent)


def right_answer(question: Question) -> tuple[str, ...]:
    """The values that earn the full mark, as the browser would send them."""
    match question:
        case Single():
            best = max(question.options, key=lambda each: each.weight, default=None)
            return () if best is None else (best.id,)
        case Multiple():
            return tuple(each.id for each in question.options if each.weight > 0)
        case TrueFalse():
            return (_TRUTHS[0] if question.is_true else _TRUTHS[1],)
        case Numerical():
            return (str(question.value),)
        case ShortAnswer():  # pragma: no branch - the union ends here
            return question.accepted[:1]


def _chosen(given: Sequence[str], known: Sequence[str], most: int) -> Answer:
    distinct = tuple(each for each in known if each in given)
    if set(given) - set(known):
        raise InvalidInput("training.answer_unknown_option")
    if len(distinct) > most:
        raise InvalidInput("training.answer_one_only")
    return Answer(chosen=distinct)


def _short(text: str) -> str:
    if len(text) > _LONGEST_ANSWER:
        raise InvalidInput("training.answer_too_long", most=_LONGEST_ANSWER)
    return text


def _number(text: str, language: str) -> Decimal:
    """Read `1,234.5` or `1.234,5`: a lone separator that cannot group thousands is the decimal one."""
    plain = _one_point(re.sub(r"[\s\u00a0\u202f']", "", text).replace("\u2212", "-"), language)
    if len(plain) > _LONGEST_ANSWER or not _NUMBER.fullmatch(plain):
        raise InvalidInput("training.answer_not_a_number", text=text[:40])
    return Decimal(plain)


def _one_point(text: str, language: str) -> str:
    decimal, group = (",", ".") if language == "it" else (".", ",")
    grouped = re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", text)
    return text.replace(group, "" if grouped else ".").replace(decimal, ".")


def _part(got: int, full: int) -> Fraction:
    return Fraction(min(max(got, 0), full), full) if full > 0 else Fraction(0)


def _normal(text: str, question: ShortAnswer) -> str:
    spaced = " ".join(text.split())
    return spaced if question.case_matters else spaced.casefold()


def _accepted(question: ShortAnswer) -> set[str]:
    return {_normal(each, question) for each in question.accepted}
