"""Trainers write and publish; what was published stays as it was."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from spm_app.infra import audit
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.ids import CourseId
from spm_app.training import service as training
from spm_app.training.domain.course import Lesson, Quiz
from spm_app.training.domain.edit import AddSection, Describe, Edit, PutQuestion, WriteLesson
from spm_app.training.domain.states import VersionState
from spm_app.training.store import courses
from tests.training.builders import SECRET, content, draft, lesson, quiz, single
from tests.training.conftest import Staff

NO_COURSE = CourseId(999)


def edited(staff: Staff, course_id: CourseId, change: Edit) -> None:
    seen = training.desk(staff.trainer, course_id)
    training.edit(staff.trainer, course_id, seen.version.revision, change)


def acts() -> list[str]:
    with reading() as work:
        return [each.act for each in reversed(audit.page(work, size=100)) if each.subject.startswith("course:")]


def test_a_course_begins_as_a_draft_with_a_code_of_its_own(staff: Staff) -> None:
    one = training.create(staff.trainer, "  Vendere più caffè! ", "it")
    two = training.create(staff.trainer, "Vendere piu caffe", "it")

    first, second = training.desk(staff.trainer, one), training.desk(staff.trainer, two)

    assert (first.code, second.code) == ("vendere-piu-caffe", "vendere-piu-caffe-2")
    assert first.content.title == {"it": "Vendere più caffè!"}
    assert first.version.state is VersionState.DRAFT
    assert first.published_number is None


def test_a_course_without_a_title_is_refused(staff: Staff) -> None:
    with pytest.raises(InvalidInput, match="title_missing"):
        training.create(staff.trainer, "  ")


def test_a_code_is_taken_only_once(staff: Staff) -> None:
    training.author_course(staff.trainer, draft("closing"))
    with pytest.raises(Conflict, match="code_taken"):
        training.author_course(staff.trainer, draft("closing"))
    with pytest.raises(Conflict, match="code_taken"):
        training.author_course(staff.trainer, draft(""))


def test_only_trainers_write(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    for refused in (
        lambda: training.studio(staff.rep),
        lambda: training.desk(staff.manager, course_id),
        lambda: training.create(staff.rep, "Mine"),
        lambda: training.author_course(staff.rep, draft("x")),
        lambda: training.edit(staff.rep, course_id, 1, Describe(language="en", title="x")),
        lambda: training.publish(staff.manager, course_id),
        lambda: training.unpublish(staff.rep, course_id),
        lambda: training.duplicate(staff.rep, course_id),
        lambda: training.preview(staff.rep, course_id, "en"),
        lambda: training.preview_activity(staff.rep, course_id, "lesson-1", "en"),
        lambda: training.preview_questions(staff.rep, course_id, "quiz-1", "en"),
        lambda: training.try_answers(staff.rep, course_id, "quiz-1", {}),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_what_does_not_exist_is_not_found(staff: Staff) -> None:
    for refused in (
        lambda: training.desk(staff.trainer, NO_COURSE),
        lambda: training.edit(staff.trainer, NO_COURSE, 1, Describe(language="en", title="x")),
        lambda: training.publish(staff.trainer, NO_COURSE),
        lambda: training.unpublish(staff.trainer, NO_COURSE),
        lambda: training.duplicate(staff.trainer, NO_COURSE),
        lambda: training.course_results(staff.trainer, NO_COURSE),
    ):
        with pytest.raises(NotFound):
            refused()


def test_an_edit_is_one_revision_on_and_leaves_an_audit_row(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    edited(staff, course_id, AddSection(language="en", title="More"))

    desk = training.desk(staff.trainer, course_id)

    assert desk.version.revision == 2
    assert desk.content.sections[-1].title == {"en": "More"}
    assert acts() == ["course.created", "course.edited"]


def test_two_authors_do_not_overwrite_each_other(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    edited(staff, course_id, AddSection(language="en", title="First"))
    with pytest.raises(Conflict, match="draft_moved_on"):
        training.edit(staff.trainer, course_id, 1, AddSection(language="en", title="Second"))


def test_texts_are_made_safe_when_they_are_kept(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    body = "Hi <script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))\r\n\x00end"
    edited(staff, course_id, WriteLesson(id="lesson-1", language="en", title=" a\n b ", body=body))

    kept = training.desk(staff.trainer, course_id).content.find("lesson-1")
    shown = training.preview_activity(staff.trainer, course_id, "lesson-1", "en").html

    assert isinstance(kept, Lesson)
    assert kept.title["en"] == "a b"
    assert "<" not in kept.body["en"]
    assert "\x00" not in kept.body["en"]
    assert "<script" not in shown
    assert "<img" not in shown
    assert "href" not in shown


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (WriteLesson(id="lesson-1", language="en", title="x" * 501, body=""), "text_too_long"),
        (WriteLesson(id="lesson-1", language="en", title="x", body="x" * 50_001), "text_too_long"),
        (Describe(language="tlh", title="Qapla'"), "language_unknown"),
    ],
)
def test_texts_without_end_and_unknown_languages_are_refused(staff: Staff, change: Edit, key: str) -> None:
    course_id = training.author_course(staff.trainer, draft())
    with pytest.raises(InvalidInput, match=key):
        edited(staff, course_id, change)
    with pytest.raises(InvalidInput, match="language_unknown"):
        training.create(staff.trainer, "x", "tlh")


def test_publication_freezes_a_version_and_the_next_edit_begins_another(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    published = training.publish(staff.trainer, course_id)
    edited(staff, course_id, Describe(language="en", title="Better"))

    desk = training.desk(staff.trainer, course_id)
    with reading() as work:
        kept = courses.version(work, published.id)

    assert (desk.version.number, desk.version.is_draft, desk.published_number) == (2, True, 1)
    assert kept.state is VersionState.PUBLISHED
    assert kept.content.title["en"] == "Closing well"


def test_a_second_publication_takes_the_place_of_the_first(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    training.publish(staff.trainer, course_id)
    edited(staff, course_id, Describe(language="en", title="Better"))
    training.publish(staff.trainer, course_id)

    with reading() as work:
        states = [each.state for each in courses.versions(work, course_id)]
    assert states == [VersionState.RETIRED, VersionState.PUBLISHED]
    assert [each.title for each in training.catalogue(staff.rep)] == ["Better"]


def test_what_is_not_ready_is_not_published_and_every_reason_is_given(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft("x", Quiz(id="z", title={}), Lesson(id="l", title={})))
    with pytest.raises(InvalidInput, match="not_ready") as refused:
        training.publish(staff.trainer, course_id)
    assert {each.at for each in refused.value.problems} >= {"z", "l"}
    assert training.catalogue(staff.rep) == ()


def test_without_a_draft_there_is_nothing_to_publish(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    training.publish(staff.trainer, course_id)
    with pytest.raises(Conflict, match="nothing_to_publish"):
        training.publish(staff.trainer, course_id)


def test_unpublishing_hides_the_course_and_keeps_every_record(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    training.publish(staff.trainer, course_id)
    training.enrol(staff.rep, course_id)
    training.finish_lesson(staff.rep, course_id, "lesson-1")

    training.unpublish(staff.trainer, course_id)

    assert training.catalogue(staff.other) == ()
    with pytest.raises(NotFound):
        training.enrol(staff.other, course_id)
    assert training.course(staff.rep, course_id).standing.done == 1
    assert training.course_results(staff.trainer, course_id).enrolled == 1
    with pytest.raises(Conflict, match="not_published"):
        training.unpublish(staff.trainer, course_id)


def test_a_duplicate_says_the_same_under_another_code(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    copy = training.desk(staff.trainer, training.duplicate(staff.trainer, course_id))
    assert copy.code == "closing-2"
    assert copy.content == training.desk(staff.trainer, course_id).content
    assert copy.version.is_draft


def test_the_studio_lists_all_courses_the_last_changed_first(staff: Staff) -> None:
    training.author_course(staff.trainer, draft("one"))
    two = training.author_course(staff.trainer, draft("two"))
    training.publish(staff.trainer, two)
    training.enrol(staff.rep, two)

    cards = {each.code: each for each in training.studio(staff.trainer)}

    assert (cards["two"].published_number, cards["two"].is_draft, cards["two"].enrolled) == (1, False, 1)
    assert (cards["one"].published_number, cards["one"].is_draft) == (None, True)
    assert [each.code for each in training.studio(staff.trainer, " ON")] == ["one"]


def test_a_preview_shows_what_a_learner_sees_and_records_nothing(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())

    outline = training.preview(staff.trainer, course_id, "it")
    lesson_view = training.preview_activity(staff.trainer, course_id, "lesson-1", "it")
    questions = training.preview_questions(staff.trainer, course_id, "quiz-1", "it")
    score, passed, shown = training.try_answers(staff.trainer, course_id, "quiz-1", {"q1": ["a"]})

    assert outline.title == "Chiudere bene"
    assert "<strong>questo</strong>" in lesson_view.html
    assert SECRET not in repr(questions)
    assert (score * 2, passed) == (1, True)
    assert shown[0].explanation == SECRET
    assert training.course_results(staff.trainer, course_id).enrolled == 0
    assert acts() == ["course.created"]


def test_a_preview_of_what_is_not_there_is_not_found(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    with pytest.raises(NotFound):
        training.preview_activity(staff.trainer, course_id, "gone", "en")
    with pytest.raises(NotFound):
        training.preview_questions(staff.trainer, course_id, "lesson-1", "en")


def test_a_question_is_added_through_the_front_door(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    edited(staff, course_id, PutQuestion(quiz_id="quiz-1", question=single("")))
    changed = training.desk(staff.trainer, course_id).content.find("quiz-1")
    assert isinstance(changed, Quiz)
    assert len(changed.questions) == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE training_course_version SET content = '{}'",
        "UPDATE training_course_version SET state = 'draft'",
        "DELETE FROM training_course_version",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(staff: Staff, sql: str) -> None:
    training.publish(staff.trainer, training.author_course(staff.trainer, draft()))
    with pytest.raises(Exception, match="published course version"), unit_of_work() as work:
        work.session.execute(text(sql))


def test_a_draft_that_was_published_meanwhile_cannot_be_saved(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, draft())
    seen = training.desk(staff.trainer, course_id).version
    training.publish(staff.trainer, course_id)
    with pytest.raises(Conflict, match="draft_moved_on"), unit_of_work() as work:
        courses.save_draft(work, staff.trainer, seen, content(lesson(), quiz()), at=seen.changed_at)
