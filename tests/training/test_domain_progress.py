"""Progress never goes back by itself; a course is complete when what is mandatory is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import Conflict
from spm_app.training.domain.grading import Grade
from spm_app.training.domain.progress import (
    NOTHING,
    OPENED,
    READ,
    ActivityState,
    Progress,
    after_grade,
    attempts_left,
    is_stuck,
    standing,
    state_after,
)
from spm_app.training.domain.states import (
    ATTEMPT_STEPS,
    BADGE_STEPS,
    ENROLMENT_STEPS,
    VERSION_STEPS,
    AttemptState,
    EnrolmentState,
    VersionState,
    step,
)
from tests.training.builders import content, lesson, quiz

PROGRESS = st.builds(
    Progress,
    st.sampled_from(ActivityState),
    st.none() | st.fractions(0, 1, max_denominator=20),
)


@given(st.lists(PROGRESS))
def test_progress_never_goes_back(events: list[Progress]) -> None:
    place = NOTHING
    for event in events:
        further = place.merged(event)
        assert further.state.rank >= place.state.rank
        assert (further.score or 0) >= (place.score or 0)
        place = further


@given(PROGRESS, PROGRESS, PROGRESS)
def test_the_order_of_events_does_not_matter(one: Progress, two: Progress, three: Progress) -> None:
    assert one.merged(two).merged(three) == three.merged(one).merged(two)
    assert one.merged(one) == one


def test_a_passed_quiz_is_completed_and_a_failed_one_keeps_its_score() -> None:
    assert after_grade(Grade({}, Fraction(1), passed=True)).state is ActivityState.COMPLETED
    assert after_grade(Grade({}, Fraction(1, 3), passed=False)) == Progress(ActivityState.IN_PROGRESS, Fraction(1, 3))


def test_the_next_activity_is_the_first_that_is_left() -> None:
    course = content(lesson("a"), lesson("b"), lesson("c"))
    place = standing(course, {"a": READ, "b": OPENED})
    assert (place.done, place.total, place.next_id, place.percent) == (1, 3, "b", 33)


def test_what_is_optional_does_not_hold_up_completion() -> None:
    course = content(lesson("a"), lesson("extra", is_mandatory=False))
    place = standing(course, {"a": READ})
    assert place.is_complete
    assert place.next_id == "extra"
    assert place.percent == 50


def test_a_course_without_anything_mandatory_is_never_complete_by_itself() -> None:
    assert not standing(content(lesson("a", is_mandatory=False)), {"a": READ}).is_complete


def test_everything_done_leaves_nothing_next() -> None:
    assert standing(content(lesson("a")), {"a": READ}).next_id is None


def test_an_empty_course_has_no_percentage() -> None:
    from spm_app.training.domain.course import Content

    assert standing(Content(title={}), {}).percent == 0


@pytest.mark.parametrize(("limit", "used", "left"), [(None, 9, None), (3, 1, 2), (3, 3, 0), (2, 5, 0)])
def test_attempts_run_out_but_never_below_none(limit: int | None, used: int, left: int | None) -> None:
    assert attempts_left(quiz(attempts=limit), used) == left


def test_one_is_stuck_when_a_mandatory_quiz_cannot_be_passed_any_more() -> None:
    must, may = quiz(attempts=1), quiz(attempts=1, is_mandatory=False)
    assert is_stuck([must], {"quiz-1": 1}, {})
    assert not is_stuck([must], {"quiz-1": 1}, {"quiz-1": READ})
    assert not is_stuck([must], {}, {})
    assert not is_stuck([may], {"quiz-1": 1}, {})


def test_an_enrolment_follows_its_progress() -> None:
    course = content(lesson("a"))
    assert state_after(standing(course, {"a": READ}), stuck=False) is EnrolmentState.COMPLETED
    assert state_after(standing(course, {}), stuck=True) is EnrolmentState.FAILED
    assert state_after(standing(course, {}), stuck=False) is EnrolmentState.IN_PROGRESS


@pytest.mark.parametrize("steps", [VERSION_STEPS, ENROLMENT_STEPS, ATTEMPT_STEPS, BADGE_STEPS])
def test_every_state_says_what_may_follow(steps: dict[EnrolmentState, frozenset[EnrolmentState]]) -> None:
    kind = type(next(iter(steps)))
    assert set(steps) == set(kind)
    for now in kind:
        for to in kind:
            if to in steps[now]:
                assert step(steps, now, to) is to
            else:
                with pytest.raises(Conflict):
                    step(steps, now, to)


def test_a_published_version_never_becomes_a_draft_again() -> None:
    with pytest.raises(Conflict):
        step(VERSION_STEPS, VersionState.PUBLISHED, VersionState.DRAFT)


def test_what_is_graded_stays_graded() -> None:
    assert ATTEMPT_STEPS[AttemptState.GRADED] == frozenset()


def test_assigned_and_in_progress_are_open() -> None:
    assert {each for each in EnrolmentState if each.is_open} == {EnrolmentState.ASSIGNED, EnrolmentState.IN_PROGRESS}
