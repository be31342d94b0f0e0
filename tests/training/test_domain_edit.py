"""Editing a draft: one language at a time, nothing lost, nothing taken for something else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import InvalidInput, NotFound
from spm_app.training.domain import coursefile
from spm_app.training.domain.course import Content, Lesson, Quiz, Section
from spm_app.training.domain.edit import (
    AddActivity,
    AddSection,
    Describe,
    Edit,
    Move,
    PutQuestion,
    Remove,
    RenameSection,
    WriteLesson,
    WriteQuiz,
    apply,
    fresh_id,
)
from tests.training.builders import content, lesson, multiple, numerical, quiz, short, single, true_false

TWO = Content(
    title={"en": "Two"},
    sections=(
        Section(id="s1", title={"en": "One"}, activities=(lesson("a"), lesson("b"))),
        Section(id="s2", title={"en": "Two"}, activities=(quiz(single("q1"), single("q2"), single("q3")),)),
    ),
)


def order(course: Content) -> list[list[str]]:
    return [[each.id for each in section.activities] for section in course.sections]


def questions(course: Content) -> list[str]:
    found = course.find("quiz-1")
    assert isinstance(found, Quiz)
    return [each.id for each in found.questions]


def test_a_course_describes_itself_in_one_language_and_keeps_the_other() -> None:
    course = apply(content(), Describe(language="it", title="Chiudere", badge="Chiusura", category="x"))
    assert course.title == {"en": "Closing well", "it": "Chiudere"}
    assert course.summary == {"en": "From yes to signed."}
    assert course.badge["it"] == "Chiusura"
    assert course.category == "x"


def test_sections_and_activities_are_added_at_the_end_with_ids_of_their_own() -> None:
    course = apply(TWO, AddSection(language="en", title="Three"))
    added = course.sections[-1].id
    course = apply(course, AddActivity(section_id=added, kind="lesson", language="en", title="L"))
    course = apply(course, AddActivity(section_id=added, kind="quiz", language="it", title="Q"))
    assert [type(each) for each in course.sections[-1].activities] == [Lesson, Quiz]
    assert len({each.id for each in course.activities}) == 5


def test_a_section_is_renamed() -> None:
    course = apply(TWO, RenameSection(id="s1", language="it", title="Uno"))
    assert course.sections[0].title == {"en": "One", "it": "Uno"}


def test_a_lesson_is_written() -> None:
    course = apply(TWO, WriteLesson(id="a", language="it", title="A", body="Testo", minutes=9, is_mandatory=False))
    found = course.find("a")
    assert isinstance(found, Lesson)
    assert found.body == {"en": "Read **this**.", "it": "Testo"}
    assert (found.minutes, found.is_mandatory) == (9, False)


def test_the_rules_of_a_quiz_are_written_and_its_questions_stay() -> None:
    course = apply(TWO, WriteQuiz(id="quiz-1", language="en", title="T", intro="I", pass_percent=60, attempts=None))
    found = course.find("quiz-1")
    assert isinstance(found, Quiz)
    assert (found.pass_percent, found.attempts, len(found.questions)) == (60, None, 3)


def test_a_question_is_added_and_replaced() -> None:
    course = apply(TWO, PutQuestion(quiz_id="quiz-1", question=true_false("")))
    added = questions(course)[-1]
    assert added not in ("", "q1", "q2", "q3")
    course = apply(course, PutQuestion(quiz_id="quiz-1", question=numerical(added)))
    assert questions(course) == ["q1", "q2", "q3", added]


@pytest.mark.parametrize(
    ("item", "up", "expected"),
    [
        ("b", True, [["b", "a"], ["quiz-1"]]),
        ("a", False, [["b", "a"], ["quiz-1"]]),
        ("b", False, [["a"], ["b", "quiz-1"]]),
        ("quiz-1", True, [["a", "b", "quiz-1"], []]),
        ("a", True, [["a", "b"], ["quiz-1"]]),
        ("quiz-1", False, [["a", "b"], ["quiz-1"]]),
        ("s2", True, [["quiz-1"], ["a", "b"]]),
        ("s2", False, [["a", "b"], ["quiz-1"]]),
    ],
)
def test_things_move_one_place_and_activities_go_on_into_the_next_section(
    item: str, up: bool, expected: list[list[str]]
) -> None:
    assert order(apply(TWO, Move(id=item, up=up))) == expected


def test_questions_move_within_their_quiz() -> None:
    assert questions(apply(TWO, Move(id="q2", up=True))) == ["q2", "q1", "q3"]
    assert questions(apply(TWO, Move(id="q3", up=False))) == ["q1", "q2", "q3"]


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "quiz-1", "s1", "s2", "q1", "q2", "q3"]), st.booleans())))
def test_moving_loses_nothing(moves: list[tuple[str, bool]]) -> None:
    course = TWO
    for item, up in moves:
        course = apply(course, Move(id=item, up=up))
    assert sorted(each.id for each in course.activities) == ["a", "b", "quiz-1"]
    assert sorted(questions(course)) == ["q1", "q2", "q3"]


def test_things_are_removed_and_nothing_else() -> None:
    assert order(apply(TWO, Remove(id="s1"))) == [["quiz-1"]]
    assert order(apply(TWO, Remove(id="b"))) == [["a"], ["quiz-1"]]
    assert questions(apply(TWO, Remove(id="q2"))) == ["q1", "q3"]


@pytest.mark.parametrize(
    "edit",
    [
        RenameSection(id="no", language="en", title="x"),
        AddActivity(section_id="no", kind="lesson", language="en", title="x"),
        WriteLesson(id="no", language="en", title="x", body="x"),
        WriteLesson(id="quiz-1", language="en", title="x", body="x"),
        WriteQuiz(id="a", language="en", title="x"),
        PutQuestion(quiz_id="a", question=single()),
        PutQuestion(quiz_id="quiz-1", question=single("no")),
        Move(id="no", up=True),
        Remove(id="no"),
    ],
)
def test_what_is_not_there_cannot_be_edited(edit: Edit) -> None:
    with pytest.raises(NotFound):
        apply(TWO, edit)


def test_an_id_is_never_taken_over_by_something_else() -> None:
    assert fresh_id(Content(title={}), "section") == "section-1"
    assert fresh_id(content(lesson("lesson-9"), quiz(single("question-12"))), "lesson") == "lesson-13"


def test_a_course_survives_being_written_and_read() -> None:
    course = content(lesson(), quiz(single(), multiple(), true_false(), numerical(), short(), attempts=None))
    assert coursefile.from_json(coursefile.to_json(course)) == course


def test_the_fingerprint_tells_one_text_from_another() -> None:
    assert coursefile.fingerprint(content()) == coursefile.fingerprint(content())
    assert coursefile.fingerprint(content()) != coursefile.fingerprint(replace(content(), category="other"))


FILE = """
code = "closing"
title = { en = "Closing" }
[[sections]]
id = "s"
title = { en = "S" }
[[sections.activities]]
kind = "lesson"
id = "l"
title = { en = "L" }
body.en = '''
Hello
'''
[[sections.activities]]
kind = "quiz"
id = "z"
title = { en = "Z" }
[[sections.activities.questions]]
kind = "numerical"
id = "n"
stem = { en = "How much?" }
value = "2.5"
"""


def test_a_course_file_is_read() -> None:
    draft = coursefile.read(FILE)
    assert draft.code == "closing"
    assert [each.kind for each in draft.content.activities] == ["lesson", "quiz"]
    assert draft.content.minutes == 10


def test_a_file_that_is_no_course_says_where() -> None:
    with pytest.raises(InvalidInput) as refused:
        coursefile.read(FILE.replace('kind = "numerical"', 'kind = "riddle"'))
    assert refused.value.problems[0].at.startswith("sections.0.activities.1")


def test_a_file_that_cannot_be_read_says_so() -> None:
    with pytest.raises(InvalidInput, match="file_unreadable"):
        coursefile.read("title = ")
