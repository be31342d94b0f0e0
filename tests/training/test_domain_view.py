"""What a learner sees: an order by lot that stays, no keys before the time, badges once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.ids import CourseId, CourseVersionId, PersonId
from spm_app.training.domain import view
from spm_app.training.domain.badge import is_earned
from spm_app.training.domain.grading import Answer, grade
from spm_app.training.domain.records import Enrolment, Source, Version
from spm_app.training.domain.shuffle import seed_of, shuffled
from spm_app.training.domain.states import EnrolmentState, VersionState
from spm_app.training.domain.words import in_language, written
from tests.training.builders import SECRET, content, lesson, multiple, numerical, quiz, short, single, true_false

NAMES = st.lists(st.text(max_size=5), max_size=12, unique=True)
ALL = quiz(single("q1", review="lesson-1"), multiple("q2"), true_false("q3"), numerical("q4"), short("q5"))


@given(NAMES, st.text(max_size=20))
def test_a_shuffle_loses_nothing_and_adds_nothing(names: list[str], seed: str) -> None:
    assert sorted(shuffled(names, str, seed)) == sorted(names)


@given(NAMES, st.text(max_size=20), st.randoms())
def test_a_shuffle_is_the_same_after_a_reload_in_whatever_order_things_arrive(
    names: list[str], seed: str, lot: Random
) -> None:
    again = list(names)
    lot.shuffle(again)
    assert shuffled(names, str, seed) == shuffled(again, str, seed)


def test_another_attempt_has_another_order() -> None:
    orders = {shuffled("abcdefgh", str, seed_of("enrolment", number)) for number in range(20)}
    assert len(orders) > 15


def test_the_questions_of_an_attempt_are_all_there_in_a_stable_order() -> None:
    first = view.asked(ALL, "seed", {}, language="en", main="en")
    assert {each.id for each in first} == {"q1", "q2", "q3", "q4", "q5"}
    assert first == view.asked(ALL, "seed", {}, language="en", main="en")


def test_without_shuffling_the_authors_order_stands() -> None:
    plain = replace(ALL, is_shuffled=False)
    shown = view.asked(plain, "seed", {}, language="it", main="en")
    assert [each.id for each in shown] == ["q1", "q2", "q3", "q4", "q5"]
    assert [each.text for each in shown[0].options] == ["Scelta a", "Scelta b", "Scelta c"]
    assert [each.id for each in shown[2].options] == ["true", "false"]
    assert shown[3].unit == "%"


def test_a_question_on_its_way_to_the_browser_holds_no_key() -> None:
    shown = repr(view.asked(ALL, "seed", {"q1": Answer(chosen=("b",))}, language="en", main="en"))
    assert SECRET not in shown
    assert "weight" not in shown
    assert "12.5" not in shown
    assert "close date" not in shown


@pytest.mark.parametrize(
    ("passed", "left", "shown"), [(True, 2, True), (False, 0, True), (False, 1, False), (False, None, False)]
)
def test_the_key_is_shown_when_it_cannot_help_any_more(passed: bool, left: int | None, shown: bool) -> None:
    assert view.may_see_key(passed=passed, left=left) is shown


def test_a_result_without_key_says_what_to_review_and_no_more() -> None:
    course = content(lesson(), ALL)
    answers = {"q1": Answer(chosen=("b",)), "q5": Answer(text="closing")}
    shown = view.results(course, ALL, answers, grade(ALL, answers), language="en", with_key=False)
    assert shown[0].answer == "Option b"
    assert shown[0].review == "lesson-1"
    assert shown[4].answer == "closing"
    assert SECRET not in repr(shown)
    assert all(each.right == "" for each in shown)


def test_a_result_with_key_says_what_was_right_and_why() -> None:
    course = content(lesson(), ALL)
    answers = {"q1": Answer(chosen=("a",)), "q3": Answer(chosen=("false",))}
    shown = view.results(course, ALL, answers, grade(ALL, answers), language="en", with_key=True)
    assert [each.right for each in shown] == ["Option a", "a; b", "true", "12.5", "close date"]
    assert shown[0].explanation == SECRET
    assert shown[0].review == ""
    assert shown[2].answer == "false"


@pytest.mark.parametrize(
    ("state", "held", "due"),
    [
        (EnrolmentState.COMPLETED, set(), True),
        (EnrolmentState.COMPLETED, {CourseVersionId(7)}, False),
        (EnrolmentState.COMPLETED, {CourseVersionId(6)}, True),
        (EnrolmentState.IN_PROGRESS, set(), False),
    ],
)
def test_a_badge_is_due_once_for_each_version_completed(
    state: EnrolmentState, held: set[CourseVersionId], due: bool
) -> None:
    assert is_earned(content(), state, held, CourseVersionId(7)) is due


def test_a_course_without_a_badge_gives_none() -> None:
    assert not is_earned(content(badge=""), EnrolmentState.COMPLETED, set(), CourseVersionId(7))


def test_a_reader_gets_their_language_else_the_courses_else_any() -> None:
    words = {"en": "Yes", "it": "Sì"}
    assert in_language(words, "it") == "Sì"
    assert in_language({"en": "Yes", "it": "  "}, "it") == "Yes"
    assert in_language({"it": "Sì"}, "de", "en") == "Sì"
    assert in_language({}, "en") == ""


def test_writing_one_language_keeps_the_others() -> None:
    assert written({"en": "Yes", "it": "Si"}, "it", "Sì") == {"en": "Yes", "it": "Sì"}
    assert written({"en": "Yes", "it": "Si"}, "it", " ") == {"en": "Yes"}


NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "takes"),
    [(EnrolmentState.ASSIGNED, True), (EnrolmentState.COMPLETED, True), (EnrolmentState.FAILED, False)],
)
def test_nothing_is_added_to_an_enrolment_that_failed(state: EnrolmentState, takes: bool) -> None:
    enrolment = Enrolment(
        1,
        PersonId(1),
        CourseId(1),
        CourseVersionId(1),
        Source.SELF,
        state,
        due_on=None,
        enrolled_at=NOON,
        closed_at=None,
    )
    assert enrolment.takes_progress is takes


@pytest.mark.parametrize(
    ("state", "is_draft"),
    [
        (VersionState.DRAFT, True),
        (VersionState.IN_REVIEW, True),
        (VersionState.PUBLISHED, False),
        (VersionState.RETIRED, False),
    ],
)
def test_a_version_is_a_draft_until_it_is_published(state: VersionState, is_draft: bool) -> None:
    version = Version(CourseVersionId(1), CourseId(1), 1, state, 1, content(), NOON, None)
    assert version.is_draft is is_draft


def test_an_author_reads_a_version_from_beginning_to_end_with_its_keys() -> None:
    parts = view.text_of(content(lesson(), quiz(single("q1"), short("q5", "yes"))), "en")
    assert [each.kind for each in parts] == ["section", "lesson", "quiz", "question", "question"]
    assert parts[1].body == "Read **this**."
    assert parts[-1].right == "yes"
    assert all(each.right for each in parts if each.kind == "question")
