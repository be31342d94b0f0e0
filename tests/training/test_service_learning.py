"""Learners take what is published, one activity after the other, and keep what they did."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import text

from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import AttemptId, BadgeId, CourseId, PersonId
from spm_app.kernel.rights import Actor
from spm_app.training import service as training
from spm_app.training.domain.course import Activity
from spm_app.training.domain.edit import Describe, Remove
from spm_app.training.domain.progress import ActivityState
from spm_app.training.domain.states import EnrolmentState
from tests.conftest import NOW
from tests.training.builders import SECRET, draft, lesson, multiple, numerical, quiz, short, single, true_false
from tests.training.conftest import Staff

RIGHT = {"q1": ["a"], "q2": ["b"]}
WRONG = {"q1": ["b"], "q2": ["a"]}


def published(staff: Staff, code: str = "closing", *activities: Activity, badge: str = "Closer") -> CourseId:
    course_id = training.author_course(staff.trainer, draft(code, *activities, badge=badge))
    training.publish(staff.trainer, course_id)
    return course_id


def take(actor: Actor, course_id: CourseId, answers: dict[str, list[str]]) -> AttemptId:
    going = training.start(actor, course_id, "quiz-1")
    for question_id, values in answers.items():
        training.answer(actor, going.attempt_id, question_id, values)
    training.submit(actor, going.attempt_id)
    return going.attempt_id


def complete(actor: Actor, course_id: CourseId) -> None:
    training.enrol(actor, course_id)
    training.finish_lesson(actor, course_id, "lesson-1")
    take(actor, course_id, RIGHT)


def state(actor: Actor, course_id: CourseId) -> EnrolmentState | None:
    return training.course(actor, course_id).state


def test_the_catalogue_shows_what_is_published_and_not_yet_begun(staff: Staff) -> None:
    course_id = published(staff)
    training.author_course(staff.trainer, draft("unfinished"))

    assert [each.title for each in training.catalogue(staff.rep)] == ["Closing well"]
    assert training.catalogue(staff.rep, "sign")[0].summary == "From yes to signed."
    assert training.catalogue(staff.rep, "astronomy") == ()

    training.enrol(staff.rep, course_id)
    assert training.catalogue(staff.rep) == ()
    assert len(training.catalogue(staff.other)) == 1


def test_a_course_can_be_looked_at_before_it_is_begun(staff: Staff) -> None:
    course_id = published(staff)
    seen = training.course(staff.rep, course_id)
    assert seen.state is None
    assert [each.title for each in seen.steps] == ["Lesson lesson-1", "Check"]
    with pytest.raises(NotFound, match="not_enrolled"):
        training.open_activity(staff.rep, course_id, "lesson-1")
    with pytest.raises(NotFound, match="not_enrolled"):
        training.start(staff.rep, course_id, "quiz-1")


def test_opening_begins_and_reading_completes_a_lesson(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    assert state(staff.rep, course_id) is EnrolmentState.ASSIGNED

    shown = training.open_activity(staff.rep, course_id, "lesson-1")
    assert "<strong>this</strong>" in shown.html
    assert state(staff.rep, course_id) is EnrolmentState.IN_PROGRESS

    after = training.finish_lesson(staff.rep, course_id, "lesson-1")
    assert after.standing.percent == 50
    assert after.standing.next_id == "quiz-1"
    training.open_activity(staff.rep, course_id, "lesson-1")
    assert training.course(staff.rep, course_id).steps[0].state is ActivityState.COMPLETED


def test_one_is_on_a_course_once(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    with pytest.raises(Conflict, match="already_enrolled"):
        training.enrol(staff.rep, course_id)
    with pytest.raises(Conflict, match="already_enrolled"):
        training.assign(staff.trainer, staff.rep.person_id, course_id)


def test_a_quiz_is_completed_by_passing_it_not_by_saying_so(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    with pytest.raises(Conflict, match="quiz_is_passed"):
        training.finish_lesson(staff.rep, course_id, "quiz-1")
    with pytest.raises(NotFound, match="no_such_activity"):
        training.finish_lesson(staff.rep, course_id, "gone")
    with pytest.raises(NotFound, match="no_such_activity"):
        training.start(staff.rep, course_id, "lesson-1")


def test_the_last_mandatory_activity_completes_the_course_and_gives_the_badge(staff: Staff) -> None:
    course_id = published(staff)
    complete(staff.rep, course_id)

    assert state(staff.rep, course_id) is EnrolmentState.COMPLETED
    badges = training.badges_of(staff.rep, staff.rep.person_id)
    assert [(each.title, each.course, each.version, each.issued_at) for each in badges] == [
        ("Closer", "Closing well", 1, NOW)
    ]
    with reading() as work:
        acts = [each.act for each in reversed(audit.page(work, size=100))]
        assert audit.verify(work) is None
    assert acts[-3:] == ["attempt.graded", "enrolment.completed", "badge.issued"]


def test_a_badge_is_given_once_for_a_version_even_when_the_course_is_assigned_again(staff: Staff) -> None:
    course_id = published(staff)
    complete(staff.rep, course_id)
    with pytest.raises(Conflict, match="already_completed"):
        training.enrol(staff.rep, course_id)
    training.assign(staff.trainer, staff.rep.person_id, course_id)
    training.finish_lesson(staff.rep, course_id, "lesson-1")
    take(staff.rep, course_id, RIGHT)
    assert state(staff.rep, course_id) is EnrolmentState.COMPLETED
    assert len(training.badges_of(staff.rep, staff.rep.person_id)) == 1


def test_another_version_gives_another_badge(staff: Staff) -> None:
    course_id = published(staff)
    complete(staff.rep, course_id)
    desk = training.desk(staff.trainer, course_id)
    training.edit(staff.trainer, course_id, desk.version.revision, Describe(language="en", title="New", badge="Pro"))
    training.publish(staff.trainer, course_id)
    complete(staff.rep, course_id)
    assert {each.version for each in training.badges_of(staff.rep, staff.rep.person_id)} == {1, 2}


def test_a_course_without_a_badge_completes_without_one(staff: Staff) -> None:
    course_id = published(staff, "plain", lesson(), quiz(), badge="")
    complete(staff.rep, course_id)
    assert training.badges_of(staff.rep, staff.rep.person_id) == ()


def test_a_learner_finishes_the_version_begun(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    training.finish_lesson(staff.rep, course_id, "lesson-1")
    desk = training.desk(staff.trainer, course_id)
    training.edit(staff.trainer, course_id, desk.version.revision, Remove(id="quiz-1"))
    training.publish(staff.trainer, course_id)

    assert state(staff.rep, course_id) is EnrolmentState.IN_PROGRESS
    take(staff.rep, course_id, RIGHT)

    assert training.course(staff.rep, course_id).version == 1
    assert state(staff.rep, course_id) is EnrolmentState.COMPLETED
    assert [each.kind for each in training.course(staff.other, course_id).steps] == ["lesson"]


def test_changing_a_course_changes_no_past_result(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    attempt_id = take(staff.rep, course_id, RIGHT)
    before = training.result(staff.rep, attempt_id)
    desk = training.desk(staff.trainer, course_id)
    training.edit(staff.trainer, course_id, desk.version.revision, Remove(id="q1"))
    training.publish(staff.trainer, course_id)
    assert training.result(staff.rep, attempt_id) == before


def test_answers_are_kept_one_by_one_and_a_lost_connection_loses_nothing(staff: Staff) -> None:
    everything = quiz(single("q1"), multiple("q2"), true_false("q3"), numerical("q4"), short("q5"))
    course_id = published(staff, "all", everything)
    training.enrol(staff.rep, course_id)
    going = training.start(staff.rep, course_id, "quiz-1")
    given = {"q1": ["a"], "q2": ["b", "a"], "q3": ["true"], "q4": ["12,5"], "q5": ["Close  date"]}
    for question_id, values in given.items():
        training.answer(staff.rep, going.attempt_id, question_id, values)
    training.answer(staff.rep, going.attempt_id, "q1", ["b"])

    again = training.start(staff.rep, course_id, "quiz-1")

    assert again.attempt_id == going.attempt_id
    assert [each.id for each in again.questions] == [each.id for each in going.questions]
    kept = {each.id: each.answer for each in again.questions}
    assert kept["q1"].chosen == ("b",)
    assert kept["q2"].chosen == ("a", "b")
    assert kept["q4"].text == "12.5"
    assert training.attempt(staff.rep, going.attempt_id) == again
    training.answer(staff.rep, going.attempt_id, "q1", ["a"])
    assert training.submit(staff.rep, going.attempt_id).score == 1


def test_no_key_leaves_before_the_attempt_is_submitted(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    going = training.start(staff.rep, course_id, "quiz-1")
    seen = (
        going,
        training.attempt(staff.rep, going.attempt_id),
        training.course(staff.rep, course_id),
        training.open_activity(staff.rep, course_id, "quiz-1"),
        training.catalogue(staff.other),
    )
    assert SECRET not in repr(seen)
    assert "weight" not in repr(seen)
    with pytest.raises(Conflict, match="not_submitted"):
        training.result(staff.rep, going.attempt_id)


def test_the_key_is_kept_back_while_an_attempt_is_left(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    first = training.result(staff.rep, take(staff.rep, course_id, WRONG))
    assert (first.passed, first.left, first.shows_key) == (False, 1, False)
    assert SECRET not in repr(first)
    assert first.questions[0].review == "lesson-1"

    second = training.result(staff.rep, take(staff.rep, course_id, {"q1": ["a"]}))
    assert (second.score, second.passed, second.shows_key) == (Fraction(1, 2), True, True)
    assert second.questions[0].explanation == SECRET


def test_the_last_attempt_in_progress_does_not_open_the_key_of_the_one_before(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    first = take(staff.rep, course_id, WRONG)
    training.start(staff.rep, course_id, "quiz-1")
    seen = training.result(staff.rep, first)
    assert (seen.left, seen.shows_key) == (1, False)
    assert SECRET not in repr(seen)


def test_answers_stand_once_submitted_and_are_graded_once(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    attempt_id = take(staff.rep, course_id, {"q1": ["a"]})
    with pytest.raises(Conflict, match="already_submitted"):
        training.answer(staff.rep, attempt_id, "q2", ["b"])
    with pytest.raises(Conflict):
        training.submit(staff.rep, attempt_id)
    assert training.result(staff.rep, attempt_id).score == Fraction(1, 2)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE training_response SET answer = '{}'",
        (
            "INSERT INTO training_response (attempt_id, question_id, answer, saved_at)"
            " SELECT id, 'late', '{}', started_at FROM training_attempt"
        ),
        "UPDATE training_attempt SET score = '1'",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_submitted(staff: Staff, sql: str) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    take(staff.rep, course_id, RIGHT)
    with pytest.raises(Exception, match=r"frozen once submitted|graded once"), unit_of_work() as work:
        work.session.execute(text(sql))


def test_attempts_run_out_the_course_fails_and_only_others_can_give_another_chance(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    take(staff.rep, course_id, WRONG)
    last = take(staff.rep, course_id, WRONG)

    assert state(staff.rep, course_id) is EnrolmentState.FAILED
    assert training.result(staff.rep, last).shows_key
    with pytest.raises(Conflict, match="enrolment_closed"):
        training.start(staff.rep, course_id, "quiz-1")
    with pytest.raises(Conflict, match="enrolment_closed"):
        training.finish_lesson(staff.rep, course_id, "lesson-1")
    assert training.open_activity(staff.rep, course_id, "quiz-1").left == 0
    with pytest.raises(Conflict, match="already_failed"):
        training.enrol(staff.rep, course_id)

    training.assign(staff.manager, staff.rep.person_id, course_id)
    training.finish_lesson(staff.rep, course_id, "lesson-1")
    take(staff.rep, course_id, RIGHT)
    assert state(staff.rep, course_id) is EnrolmentState.COMPLETED


def test_no_attempt_is_left_after_the_last_of_an_optional_quiz(staff: Staff) -> None:
    course_id = published(staff, "soft", lesson(), quiz(attempts=1, is_mandatory=False))
    training.enrol(staff.rep, course_id)
    take(staff.rep, course_id, WRONG)
    with pytest.raises(Conflict, match="no_attempt_left"):
        training.start(staff.rep, course_id, "quiz-1")


def test_what_is_optional_can_be_done_after_completion(staff: Staff) -> None:
    course_id = published(staff, "soft", lesson(), lesson("extra", is_mandatory=False))
    training.enrol(staff.rep, course_id)
    training.finish_lesson(staff.rep, course_id, "lesson-1")
    assert state(staff.rep, course_id) is EnrolmentState.COMPLETED
    assert training.finish_lesson(staff.rep, course_id, "extra").standing.percent == 100


def test_a_better_score_stays(staff: Staff) -> None:
    course_id = published(staff, "long", lesson(), quiz(attempts=None))
    training.enrol(staff.rep, course_id)
    take(staff.rep, course_id, RIGHT)
    take(staff.rep, course_id, WRONG)
    shown = training.open_activity(staff.rep, course_id, "quiz-1")
    assert shown.progress.score == 1
    assert [each.score for each in shown.attempts] == [1, 0]
    assert shown.left is None


def test_nobody_reads_or_answers_somebody_elses_attempt(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    attempt_id = training.start(staff.rep, course_id, "quiz-1").attempt_id
    for thief in (staff.other, staff.manager, staff.trainer):
        for refused in (training.attempt, training.submit, training.result):
            with pytest.raises(NotFound):
                refused(thief, attempt_id)
        with pytest.raises(NotFound):
            training.answer(thief, attempt_id, "q1", ["a"])
    with pytest.raises(NotFound):
        training.attempt(staff.rep, AttemptId(999))


def test_an_answer_that_does_not_fit_is_refused_and_the_one_before_stays(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    going = training.start(staff.rep, course_id, "quiz-1")
    training.answer(staff.rep, going.attempt_id, "q1", ["a"])
    with pytest.raises(InvalidInput):
        training.answer(staff.rep, going.attempt_id, "q1", ["nonsense"])
    with pytest.raises(NotFound, match="no_such_question"):
        training.answer(staff.rep, going.attempt_id, "q9", ["a"])
    kept = {each.id: each.answer.chosen for each in training.attempt(staff.rep, going.attempt_id).questions}
    assert kept["q1"] == ("a",)


def test_a_chosen_course_can_be_left_until_a_quiz_was_begun(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    training.withdraw(staff.rep, course_id)
    assert training.my_courses(staff.rep) == ()
    training.enrol(staff.rep, course_id)
    training.start(staff.rep, course_id, "quiz-1")
    with pytest.raises(Conflict, match="attempt_begun"):
        training.withdraw(staff.rep, course_id)


def test_an_assigned_course_cannot_be_left(staff: Staff) -> None:
    course_id = published(staff)
    training.assign(staff.manager, staff.rep.person_id, course_id)
    with pytest.raises(Conflict, match="assigned_by_others"):
        training.withdraw(staff.rep, course_id)
    with pytest.raises(NotFound, match="not_enrolled"):
        training.withdraw(staff.other, course_id)


def test_a_manager_assigns_to_the_team_and_to_nobody_else(staff: Staff) -> None:
    course_id = published(staff)
    for outside in (staff.other, staff.manager):
        with pytest.raises(NotAllowed, match="not_your_team"):
            training.assign(staff.manager, outside.person_id, course_id)
    with pytest.raises(NotAllowed):
        training.assign(staff.rep, staff.rep.person_id, course_id)
    with pytest.raises(NotFound, match="no_such_person"):
        training.assign(staff.trainer, PersonId(999), course_id)
    training.assign(staff.trainer, staff.other.person_id, course_id)
    assert state(staff.other, course_id) is EnrolmentState.ASSIGNED


def test_what_is_due_comes_first_and_what_is_late_is_said_to_be(staff: Staff) -> None:
    late, soon, free = (published(staff, code) for code in ("late", "soon", "free"))
    training.enrol(staff.rep, free)
    training.assign(staff.trainer, staff.rep.person_id, soon, NOW.date() + timedelta(days=3))
    training.assign(staff.manager, staff.rep.person_id, late, NOW.date() - timedelta(days=1))

    due = training.due_for(staff.rep)

    assert [(each.course_id, each.is_overdue) for each in due] == [(late, True), (soon, False), (free, False)]
    assert due[0].activity == "Lesson lesson-1"
    first = training.next_activity(staff.rep)
    assert first is not None
    assert first.activity_id == "lesson-1"
    assert training.next_activity(staff.other) is None
    assert [each.course_id for each in training.my_courses(staff.rep)] == [late, soon, free]
    assert training.my_courses(staff.rep)[0].is_overdue


def test_a_certificate_counts_from_the_day_of_completion_in_the_companys_zone(staff: Staff) -> None:
    course_id = published(staff)
    with clock.at(NOW.replace(hour=23, minute=30)):  # half past midnight of the next day in Rome
        complete(staff.rep, course_id)
    with reading() as work:
        assert training.certificates(work, NOW.date()) == frozenset()
        assert training.certificates(work, NOW.date() + timedelta(days=1)) == {(staff.rep.person_id, "closing")}
        assert training.certificates(work, date(2020, 1, 1)) == frozenset()


def test_badges_are_seen_by_oneself_by_the_manager_and_by_trainers(staff: Staff) -> None:
    course_id = published(staff)
    complete(staff.rep, course_id)
    mine = staff.rep.person_id
    assert len(training.badges_of(staff.manager, mine)) == 1
    assert len(training.badges_of(staff.trainer, mine)) == 1
    with pytest.raises(NotFound):
        training.badges_of(staff.other, mine)
    assert [each.person for each in training.team_badges(staff.manager)] == [staff.rep.name]
    assert training.team_badges(staff.rep) == ()
    assert training.team_badges(staff.other) == ()


def test_a_badge_is_taken_back_once_and_not_given_again(staff: Staff) -> None:
    course_id = published(staff)
    complete(staff.rep, course_id)
    badge = BadgeId(training.badges_of(staff.rep, staff.rep.person_id)[0].badge_id)
    with pytest.raises(NotAllowed):
        training.revoke_badge(staff.manager, badge, "why not")
    training.revoke_badge(staff.trainer, badge, "wrong person")
    with pytest.raises(Conflict):
        training.revoke_badge(staff.trainer, badge, "again")
    with pytest.raises(NotFound):
        training.revoke_badge(staff.trainer, BadgeId(999), "gone")
    training.assign(staff.trainer, staff.rep.person_id, course_id)
    training.finish_lesson(staff.rep, course_id, "lesson-1")
    take(staff.rep, course_id, RIGHT)
    assert training.badges_of(staff.rep, staff.rep.person_id) == ()


def test_results_count_who_began_completed_and_passed(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    training.finish_lesson(staff.rep, course_id, "lesson-1")
    take(staff.rep, course_id, WRONG)
    take(staff.rep, course_id, RIGHT)
    training.enrol(staff.other, course_id)

    seen = training.course_results(staff.trainer, course_id)

    assert (seen.enrolled, seen.completed, seen.completion) == (2, 1, Fraction(1, 2))
    assert (seen.attempts, seen.pass_rate, seen.first_pass_rate) == (2, Fraction(1, 2), Fraction(0))
    assert {each.name: each.percent for each in seen.learners} == {staff.rep.name: 100, staff.other.name: 0}
    assert [(each.asked, each.right) for each in seen.questions] == [(1, 0), (1, 0)]


def test_a_manager_sees_the_team_in_the_results_and_nobody_else(staff: Staff) -> None:
    course_id = published(staff)
    training.enrol(staff.rep, course_id)
    training.enrol(staff.other, course_id)
    assert [each.name for each in training.course_results(staff.manager, course_id).learners] == [staff.rep.name]
    with pytest.raises(NotAllowed):
        training.course_results(staff.rep, course_id)


def test_without_anybody_there_are_no_rates(staff: Staff) -> None:
    seen = training.course_results(staff.trainer, published(staff))
    assert (seen.completion, seen.pass_rate, seen.first_pass_rate) == (None, None, None)


def test_a_manager_sees_how_the_team_learns(staff: Staff) -> None:
    one, two = published(staff, "one"), published(staff, "two")
    complete(staff.rep, one)
    training.assign(staff.manager, staff.rep.person_id, two, NOW.date() - timedelta(days=1))

    lines = training.team(staff.manager)

    assert [(each.name, each.open, each.overdue, each.completed, each.badges) for each in lines] == [
        (staff.rep.name, 1, 1, 1, 1)
    ]
    assert len(training.team(staff.trainer)) == 3
    with pytest.raises(NotAllowed):
        training.team(staff.rep)


def test_a_manager_sees_what_each_of_the_team_did_in_each_course(staff: Staff) -> None:
    one, two = published(staff, "one"), published(staff, "two")
    complete(staff.rep, one)
    training.enrol(staff.rep, two)
    training.enrol(staff.other, two)
    training.enrol(staff.manager, two)

    lines = training.learnt(staff.manager)

    assert [(each.name, each.course_id, each.state, each.attempts, each.score) for each in lines] == [
        (staff.rep.name, one, EnrolmentState.COMPLETED, 1, Fraction(1)),
        (staff.rep.name, two, EnrolmentState.ASSIGNED, 0, None),
    ]
    assert len(training.learnt(staff.trainer)) == 4
    with pytest.raises(NotAllowed):
        training.learnt(staff.rep)
