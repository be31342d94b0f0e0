"""The check before publication finds everything at once, each with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spm_app.kernel.problem import has_errors
from spm_app.training.domain.check import findings, title_of
from spm_app.training.domain.course import Activity, Content, Lesson, Quiz, Section
from spm_app.training.domain.question import Multiple, Numerical, Option, Question, ShortAnswer, Single, TrueFalse
from tests.training.builders import content, lesson, multiple, numerical, quiz, short, single, true_false

YES = Option(id="a", text={"en": "Yes"}, weight=1)
NO = Option(id="b", text={"en": "No"})


def found(course: Content) -> set[tuple[str, str]]:
    return {(each.at, each.key.removeprefix("training.check.")) for each in findings(course)}


def test_a_whole_course_in_both_languages_has_nothing_to_mend() -> None:
    course = content(lesson(), quiz(single(), multiple(), true_false(), numerical(), short()))
    assert not has_errors(findings(course))


@pytest.mark.parametrize(
    ("activity", "finding"),
    [
        (Lesson(id="x", title={"it": "Solo"}, body={"en": "t"}), ("x", "activity_title")),
        (Lesson(id="x", title={"en": "T"}), ("x", "lesson_empty")),
        (Quiz(id="x", title={"en": "T"}), ("x", "quiz_empty")),
        (Quiz(id="x", title={"en": "T"}, pass_percent=0), ("x", "pass_mark")),
        (Quiz(id="x", title={"en": "T"}, attempts=0), ("x", "attempts")),
    ],
)
def test_an_activity_is_checked(activity: Activity, finding: tuple[str, str]) -> None:
    assert finding in found(content(lesson(), activity))


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        (TrueFalse(id="x", stem={"en": " "}), "question_empty"),
        (TrueFalse(id="x", stem={"en": "?"}, points=0), "points"),
        (TrueFalse(id="x", stem={"en": "?"}, review="gone"), "review_unknown"),
        (Single(id="x", stem={"en": "?"}, options=(YES,)), "two_options"),
        (Single(id="x", stem={"en": "?"}, options=(YES, replace(NO, text={}))), "option_empty"),
        (Single(id="x", stem={"en": "?"}, options=(YES, replace(NO, id="a"))), "same_id"),
        (Multiple(id="x", stem={"en": "?"}, options=(NO, replace(NO, id="c"))), "none_right"),
        (Single(id="x", stem={"en": "?"}, options=(YES, replace(YES, id="c"))), "one_right"),
        (Numerical(id="x", stem={"en": "?"}, tolerance=numerical().value * -1), "tolerance"),
        (ShortAnswer(id="x", stem={"en": "?"}, accepted=(" ",)), "nothing_accepted"),
    ],
)
def test_a_question_is_checked(question: Question, finding: str) -> None:
    assert ("x", finding) in found(content(lesson(), quiz(question)))


def test_a_question_may_send_back_to_a_lesson_that_is_there() -> None:
    assert ("q1", "review_unknown") not in found(content(lesson(), quiz(single("q1", review="lesson-1"))))


def test_the_course_itself_is_checked() -> None:
    assert found(Content(title={})) >= {("course", "course_title"), ("course", "nothing_in_it"), ("course", "no_badge")}
    assert ("course", "nothing_mandatory") in found(content(lesson(is_mandatory=False)))
    assert ("course", "too_long") in found(content(*(lesson(f"l{each}") for each in range(201))))


def test_sections_are_checked() -> None:
    course = replace(content(), sections=(*content().sections, Section(id="s", title={})))
    assert {("s", "section_title"), ("s", "section_empty")} <= found(course)


def test_one_id_for_two_things_is_found() -> None:
    assert ("twin", "same_id") in found(content(lesson("twin"), lesson("twin")))
    assert ("course", "same_id") in found(content(lesson("")))


def test_what_is_not_translated_is_a_warning_with_its_place() -> None:
    course = content(replace(lesson(), body={"en": "only"}), quiz(replace(single(), stem={"en": "Which?"})))
    warned = [each for each in findings(course) if each.key == "training.check.untranslated"]
    assert {each.at for each in warned} == {"lesson-1", "q1"}
    assert not has_errors(warned)


def test_a_finding_is_named_as_people_call_the_place() -> None:
    course = content()
    assert title_of(course, "course", "it") == "Chiudere bene"
    assert title_of(course, "section-1", "en") == "Basics"
    assert title_of(course, "lesson-1", "en") == "Lesson lesson-1"
    assert title_of(course, "q1", "en") == "Which? (q1)"
    assert title_of(course, "gone", "en") == "gone"
