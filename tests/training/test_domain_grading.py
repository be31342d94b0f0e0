"""Marks are exact, partial where weights say so, and never below nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import InvalidInput
from spm_app.training.domain.grading import Answer, grade, mark, read_answer, right_answer
from spm_app.training.domain.question import Multiple, Option, Question, Single
from tests.training.builders import multiple, numerical, quiz, short, single, true_false

IDS = st.sampled_from("abcdef")
OPTIONS = st.lists(
    st.builds(Option, id=IDS, text=st.just({"en": "x"}), weight=st.integers(-200, 200)),
    min_size=1,
    max_size=6,
    unique_by=lambda each: each.id,
).map(tuple)
ANSWERS = st.builds(Answer, chosen=st.lists(IDS, unique=True).map(tuple))


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [("ab", Fraction(1)), ("a", Fraction(1, 2)), ("ac", 0), ("abc", Fraction(1, 2)), ("abcd", 0), ("cd", 0), ("", 0)],
)
def test_several_right_ones_earn_their_parts_and_wrong_ones_take_away(chosen: str, earned: Fraction) -> None:
    assert mark(multiple(), Answer(chosen=tuple(chosen))) == earned


@pytest.mark.parametrize(("chosen", "earned"), [("a", 1), ("b", 0), ("c", Fraction(1, 2)), ("", 0)])
def test_one_choice_earns_its_part_of_the_best(chosen: str, earned: Fraction) -> None:
    assert mark(single(), Answer(chosen=tuple(chosen))) == earned


@pytest.mark.parametrize(("is_true", "said", "earned"), [(True, "true", 1), (True, "false", 0), (False, "false", 1)])
def test_a_claim_is_right_or_wrong(is_true: bool, said: str, earned: int) -> None:
    assert mark(true_false(is_true=is_true), Answer(chosen=(said,))) == earned
    assert mark(true_false(is_true=is_true), Answer()) == 0


@pytest.mark.parametrize(("said", "earned"), [("12", 1), ("13.0", 1), ("11.99", 0), ("13.01", 0), ("", 0)])
def test_a_number_is_right_within_its_tolerance_ends_included(said: str, earned: int) -> None:
    assert mark(numerical(), Answer(text=said)) == earned


@pytest.mark.parametrize(("said", "earned"), [("close date", 1), ("  Close   DATE ", 1), ("closing", 0), ("", 0)])
def test_a_short_answer_forgives_case_and_spacing(said: str, earned: int) -> None:
    assert mark(short(), Answer(text=said)) == earned


def test_case_matters_when_the_author_says_so() -> None:
    assert mark(short("q", "GmbH", case_matters=True), Answer(text="gmbh")) == 0
    assert mark(short("q", "GmbH", case_matters=True), Answer(text="GmbH")) == 1


@given(options=OPTIONS, answer=ANSWERS, kind=st.sampled_from([Single, Multiple]))
def test_a_mark_is_never_below_nothing_nor_above_everything(
    options: tuple[Option, ...], answer: Answer, kind: type[Single | Multiple]
) -> None:
    assert 0 <= mark(kind(id="q", stem={"en": "?"}, options=options), answer) <= 1


@given(options=OPTIONS, kind=st.sampled_from([Single, Multiple]))
def test_the_right_answer_earns_the_full_mark_where_anything_does(
    options: tuple[Option, ...], kind: type[Single | Multiple]
) -> None:
    question = kind(id="q", stem={"en": "?"}, options=options)
    can_earn = any(each.weight > 0 for each in options)
    assert mark(question, Answer(chosen=right_answer(question))) == can_earn


@pytest.mark.parametrize("question", [single(), multiple(), true_false(is_true=False), numerical(), short()])
def test_the_right_answer_of_every_kind_is_read_and_earns_the_full_mark(question: Question) -> None:
    assert mark(question, read_answer(question, right_answer(question), "en")) == 1


def test_a_question_without_options_has_no_right_answer() -> None:
    assert right_answer(Single(id="q", stem={"en": "?"})) == ()


def test_a_quiz_is_graded_by_points_and_the_pass_mark_itself_passes() -> None:
    asked = quiz(single("q1", points=3), single("q2", points=1), pass_percent=75)

    got = grade(asked, {"q1": Answer(chosen=("a",))})

    assert got.score == Fraction(3, 4)
    assert got.passed
    assert got.marks == {"q1": 1, "q2": 0}


def test_just_below_the_pass_mark_fails() -> None:
    asked = quiz(single("q1", points=3), single("q2", points=1), pass_percent=76)
    assert not grade(asked, {"q1": Answer(chosen=("a",))}).passed


def test_a_quiz_that_asks_nothing_is_never_passed() -> None:
    nothing = quiz(single("q1", points=0), pass_percent=1)
    assert grade(nothing, {}).score == 0
    assert not grade(nothing, {}).passed


@given(st.data())
def test_the_score_of_a_quiz_lies_between_nothing_and_everything(data: st.DataObject) -> None:
    questions = tuple(
        Multiple(id=f"q{at}", stem={"en": "?"}, options=data.draw(OPTIONS), points=data.draw(st.integers(1, 9)))
        for at in range(data.draw(st.integers(1, 5)))
    )
    got = grade(quiz(*questions), {each.id: data.draw(ANSWERS) for each in questions})
    assert 0 <= got.score <= 1
    assert set(got.marks) == {each.id for each in questions}


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("12.5", "en", "12.5"),
        ("12,5", "en", "12.5"),
        ("12,5", "it", "12.5"),
        ("12.5", "it", "12.5"),
        ("1,234", "en", "1234"),
        ("1.234", "it", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234", "it", "1.234"),
        ("1,234,567.89", "en", "1234567.89"),
        ("1.234.567,89", "it", "1234567.89"),
        ("1 234,5", "it", "1234.5"),
        ("\u22127", "en", "-7"),
        ("+3", "en", "3"),
    ],
)
def test_numbers_are_read_as_the_reader_writes_them(text: str, language: str, value: str) -> None:
    assert Decimal(read_answer(numerical(), [text], language).text) == Decimal(value)


@pytest.mark.parametrize("text", ["about 5", "1.2.3", "--1", "1e9", "NaN", "∞", "1,2,3", "9" * 500])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_answer(numerical(), [text], "en")
    assert refused.value.key == "training.answer_not_a_number"


def test_an_option_that_was_not_offered_is_refused() -> None:
    with pytest.raises(InvalidInput, match="unknown_option"):
        read_answer(single(), ["z"], "en")


def test_two_choices_where_one_is_asked_are_refused() -> None:
    with pytest.raises(InvalidInput, match="one_only"):
        read_answer(single(), ["a", "b"], "en")
    with pytest.raises(InvalidInput, match="one_only"):
        read_answer(true_false(), ["true", "false"], "en")


def test_an_essay_in_place_of_a_word_is_refused() -> None:
    with pytest.raises(InvalidInput, match="too_long"):
        read_answer(short(), ["x" * 401], "en")


@pytest.mark.parametrize("question", [single(), multiple(), true_false(), numerical(), short()])
def test_no_values_take_the_answer_back(question: Question) -> None:
    assert read_answer(question, ["  "], "en") == Answer()


@given(st.lists(IDS, max_size=8))
def test_the_order_and_repetition_of_clicks_do_not_matter(clicks: list[str]) -> None:
    known = [each for each in clicks if each in "abcd"]
    assert read_answer(multiple(), known, "en") == read_answer(multiple(), sorted(set(known)), "en")
